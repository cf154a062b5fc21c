#pragma once
/// @file
/// The life of one made-up task: how able its body is, how hard the work, and
/// what that makes of its days.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/synthetic/units.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

/// A body that leads tasks.
struct TaskBody {
    std::string code;
    /// `central`, `province` or `commune`.
    std::string level;
};

/// How tasks are made up.
struct TaskOptions {
    std::uint64_t seed = 57;
    /// About what the Government Office follows in a year.
    std::size_t tasks = 22'000;
    /// Days of assignment; lives run on to their end, also after the last day.
    Date first{2024, 1, 1};
    Date last{2026, 12, 31};
    /// Titles, products, money, milestones, coordinating bodies and progress
    /// reports; without them a task has what counts need, for very large
    /// registers.
    bool details = true;
};

namespace detail {

/// The uses of randomness, kept apart from those of units and panels.
enum class TaskStage : std::uint32_t {
    office = 64,
    body,
    ability,
    difficulty,
    luck,
    assignment,
    duration,
    deadline_kind,
    start,
    stall,
    reports,
    fate,
    extension,
    review,
    rework,
    excuse,
    product,
    quality,
    indicator,
    money,
    coefficient,
    group,
    secrecy
};

inline constexpr std::array<const char*, 8> task_sectors{
    "khoa học công nghệ", "đổi mới sáng tạo", "chuyển đổi số", "dữ liệu",
    "nhân lực",           "hạ tầng số",       "an ninh mạng",  "thể chế"};

inline constexpr std::array<const char*, 8> task_verbs{"Xây dựng", "Hoàn thiện", "Triển khai",
                                                       "Ban hành", "Thí điểm",   "Kết nối",
                                                       "Rà soát",  "Nâng cấp"};

inline constexpr std::array<const char*, 12> task_objects{"cơ sở dữ liệu chuyên ngành",
                                                          "nền tảng số dùng chung",
                                                          "đề án trung tâm đổi mới sáng tạo",
                                                          "cơ chế đặt hàng nghiên cứu",
                                                          "hệ thống giám sát an toàn thông tin",
                                                          "chương trình đào tạo nhân lực số",
                                                          "quy định chia sẻ dữ liệu",
                                                          "dịch vụ công trực tuyến toàn trình",
                                                          "hạ tầng điện toán đám mây",
                                                          "phòng thí nghiệm trọng điểm",
                                                          "chính sách thu hút chuyên gia",
                                                          "bản đồ công nghệ chiến lược"};

inline constexpr std::array<const char*, 6> task_documents{"57-NQ/TW",
                                                           "03/NQ-CP",
                                                           "71/NQ-CP",
                                                           "Kế hoạch 01-KH/BCĐTW",
                                                           "Kế hoạch 02-KH/BCĐTW",
                                                           "Thông báo 07-TB/CQTTBCĐ"};

/// Outcomes of the reference model `resolution57-province`.
inline constexpr std::array<const char*, 6> task_indicators{
    "innovative_firms", "hightech_exports", "online_service_use",
    "digital_economy",  "cashless_share",   "incident_recovery"};

inline constexpr std::array<const char*, 4> roman_quarters{"I", "II", "III", "IV"};

/// What all made-up tasks share.
struct TaskWorld {
    TaskWorld(const std::vector<TaskBody>& all, const TaskOptions& given)
        : options(given), random(given.seed), bodies(all) {
        for (std::size_t k = 0; k < all.size(); ++k)
            (all[k].level == "central"    ? central
             : all[k].level == "province" ? provinces
                                          : communes)
                .push_back(k);
        if (!all.empty() && given.first <= given.last) return;
        throw DataError("tasks cannot be made up",
                        {{"bad_option", "TaskOptions", "no body, or days in the wrong order",
                          "bodies, and a first day not after the last", "correct the options"}});
    }

    TaskOptions options;
    numeric::Philox random;
    const std::vector<TaskBody>& bodies;
    std::vector<std::size_t> central{};
    std::vector<std::size_t> provinces{};
    std::vector<std::size_t> communes{};
};

/// Makes one task.
class TaskLife {
  public:
    TaskLife(const TaskWorld& world, std::size_t number) : world_(world), number_(number) {}

    [[nodiscard]] Task run() {
        choose_body();
        choose_group();
        choose_dates();
        work();
        if (world_.options.details) describe();
        return std::move(task_);
    }

  private:
    [[nodiscard]] double uniform(TaskStage stage, std::uint32_t index = 0) const {
        return world_.random.uniform(number_, static_cast<std::uint32_t>(stage), index);
    }
    [[nodiscard]] std::size_t below(std::size_t bound, TaskStage stage,
                                    std::uint32_t index = 0) const {
        return static_cast<std::size_t>(
            world_.random.below(bound, number_, static_cast<std::uint32_t>(stage), index));
    }
    [[nodiscard]] long between(long low, long high, TaskStage stage,
                               std::uint32_t index = 0) const {
        return low +
               static_cast<long>(below(static_cast<std::size_t>(high - low + 1), stage, index));
    }
    [[nodiscard]] static Date later(const Date& date, long days) {
        return date + boost::gregorian::days(days);
    }

    void choose_body() {
        // Most tasks of a central programme are led by central bodies and provinces.
        constexpr double central_share = 0.5;
        constexpr double province_share = 0.35;
        const double draw = uniform(TaskStage::body);
        const auto* group = draw < central_share                    ? &world_.central
                            : draw < central_share + province_share ? &world_.provinces
                                                                    : &world_.communes;
        for (const auto* other : {&world_.central, &world_.provinces, &world_.communes})
            if (group->empty()) group = other;
        body_ = (*group)[below(group->size(), TaskStage::body, 1)];
        task_.lead = world_.bodies[body_].code;
        task_.level = world_.bodies[body_].level;
        const std::string digits = std::to_string(number_ + 1);
        constexpr std::size_t width = 6;
        task_.code =
            "NV-" + std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
    }

    void choose_group() {
        task_.sector = task_sectors[below(task_sectors.size(), TaskStage::group)];
        task_.document = task_documents[below(task_documents.size(), TaskStage::group, 1)];
        // Work of the decree is converted by 0.3 to 5.
        constexpr long smallest = 3;
        constexpr long largest = 50;
        constexpr double tenths = 10.0;
        const long tenth = between(smallest, largest, TaskStage::coefficient);
        task_.coefficient = static_cast<double>(tenth) / tenths;
        constexpr double secret_share = 0.01;
        if (uniform(TaskStage::secrecy) < secret_share) task_.secrecy = TaskSecrecy::secret;
    }

    void choose_dates() {
        const long days = days_between(world_.options.first, world_.options.last);
        task_.assigned = later(world_.options.first, between(0, days, TaskStage::assignment));
        constexpr double without_deadline = 0.03;
        const double kind = uniform(TaskStage::deadline_kind);
        if (kind < without_deadline) {
            expected_days_ = between(60, 360, TaskStage::duration);
            return;
        }
        const Date near = later(task_.assigned, between(20, 240, TaskStage::duration));
        const auto month = static_cast<unsigned short>(near.month().as_number());
        const std::string year = std::to_string(near.year());
        constexpr double by_month = 0.45;
        constexpr double by_quarter = 0.80;
        constexpr double by_year = 0.88;
        if (kind < by_month) {
            task_.deadline = near.end_of_month();
            task_.deadline_text = std::string("trong tháng ") + (month < 10 ? "0" : "") +
                                  std::to_string(month) + '/' + year;
        } else if (kind < by_quarter) {
            const auto quarter = static_cast<unsigned short>((month - 1) / 3);
            task_.deadline =
                Date(near.year(), static_cast<unsigned short>(quarter * 3 + 3), 1).end_of_month();
            task_.deadline_text =
                std::string("chậm nhất trong Quý ") + roman_quarters[quarter] + '/' + year;
        } else if (kind < by_year) {
            task_.deadline = Date(near.year(), 12, 31);
            task_.deadline_text = "trong năm " + year;
        } else {
            task_.deadline = near;
            const Date after = later(near, 1);
            task_.deadline_text = "trước ngày " + std::to_string(after.day().as_number()) + '/' +
                                  std::to_string(after.month().as_number()) + '/' +
                                  std::to_string(after.year());
        }
        expected_days_ = days_between(task_.assigned, *task_.deadline);
    }

    /// Time that the work takes as a multiple of the time given: about one in
    /// seven is above 1, with a long tail.
    THUOCDO_KERNEL [[nodiscard]] double pace() const {
        THUOCDO_EXACT
        const double ability = world_.random.uniform(
            place_of(task_.lead), static_cast<std::uint32_t>(TaskStage::ability), 0);
        const double hard = uniform(TaskStage::difficulty);
        const double luck = uniform(TaskStage::luck);
        const double tail = 0.16 * luck * luck * luck / (1.04 - luck);
        return 0.36 + 0.28 * (1.0 - ability) + 0.26 * hard + tail;
    }

    THUOCDO_KERNEL void work() {
        THUOCDO_EXACT
        const double fate = uniform(TaskStage::fate);
        constexpr double cancelled = 0.015;
        constexpr double suspended = 0.03;
        constexpr double never_done = 0.04;
        long duration = std::max(3L, std::lround(pace() * static_cast<double>(expected_days_)));
        const long start =
            std::lround(uniform(TaskStage::start) * 0.35 * static_cast<double>(duration));
        started_ = later(task_.assigned, start);
        if (fate < cancelled) {
            const Date day = later(task_.assigned, std::max(2L, expected_days_ / 2));
            if (started_ < day) add(TaskEventKind::started, started_);
            finished_ = later(day, 1);
            report_progress(day);
            TaskEvent& event = add(TaskEventKind::cancelled, day);
            event.authority = "Thủ trưởng cấp trên, công văn số " + std::to_string(number_ % 900);
            return;
        }
        if (fate < suspended) {
            const Date stop = later(started_, std::max(1L, (duration - start) / 2));
            const long pause = between(30, 120, TaskStage::fate, 1);
            pause_ = {stop, later(stop, pause)};
            duration += pause;
        }
        finished_ = later(task_.assigned, duration);
        add(TaskEventKind::started, started_);
        report_progress(finished_);
        if (pause_.first != pause_.second) {
            add(TaskEventKind::suspended, pause_.first);
            add(TaskEventKind::resumed, pause_.second);
        }
        extend();
        if (fate > 1.0 - never_done * (1.0 - uniform(TaskStage::fate, 2))) {
            // Work stops and nobody says so.
            forget_after(later(started_, (duration - start) / 2));
            return;
        }
        hand_in();
    }

    void hand_in() {
        constexpr double sent_back_share = 0.10;
        add(TaskEventKind::submitted, finished_);
        Date last = finished_;
        Date review = later(last, between(1, 25, TaskStage::review));
        sent_back_ = uniform(TaskStage::rework) < sent_back_share;
        if (sent_back_) {
            add(TaskEventKind::returned, review);
            failed_ = review;
            last = later(review, between(5, 40, TaskStage::rework, 1));
            add(TaskEventKind::submitted, last);
            review = later(last, between(1, 15, TaskStage::review, 1));
        }
        accepted_ = review;
        add(TaskEventKind::accepted, review);
        constexpr double excused_share = 0.08;
        if (task_.deadline && finished_ > *task_.deadline &&
            uniform(TaskStage::excuse) < excused_share) {
            TaskEvent& event = add(TaskEventKind::exempted, review);
            event.authority = "Cấp có thẩm quyền, thông báo số " + std::to_string(number_ % 900);
            event.note = "nguyên nhân khách quan";
        }
    }

    /// Late work asks for more time; some decisions come after the deadline.
    void extend() {
        if (!task_.deadline || finished_ <= *task_.deadline) return;
        constexpr double asks = 0.4;
        if (uniform(TaskStage::extension) > asks) return;
        const Date decided =
            std::max(later(task_.assigned, 1),
                     later(*task_.deadline, between(-20, 15, TaskStage::extension, 1)));
        const Date until =
            later(*task_.deadline, between(20, 120, TaskStage::extension, 2)).end_of_month();
        task_.extensions.push_back(
            {decided, until, std::to_string(number_ % 900 + 1) + "/QĐ-VPCP"});
    }

    THUOCDO_KERNEL void report_progress(const Date& until) {
        THUOCDO_EXACT
        if (!world_.options.details) return;
        // Work may stand still for a while in the middle; reports are rounded to
        // 5% and a little too bright.
        const auto span = static_cast<double>(std::max(1L, days_between(started_, finished_)));
        constexpr double stalls = 0.3;
        const bool stalled = uniform(TaskStage::stall) < stalls;
        const double stall_from = 0.2 + 0.4 * uniform(TaskStage::stall, 1);
        const double stall_to = stall_from + 0.3 * uniform(TaskStage::stall, 2);
        double last = 0.0;
        Date day = later(started_, between(10, 35, TaskStage::reports));
        for (std::uint32_t k = 1; day < until; ++k) {
            const double time = static_cast<double>(days_between(started_, day)) / span;
            const bool paused =
                pause_.first != pause_.second && day >= pause_.first && day <= pause_.second;
            if (!paused) {
                last = std::max(last, reported(time, stalled, stall_from, stall_to, k));
                TaskEvent& event = add(TaskEventKind::progress, day);
                event.share = last;
            }
            day = later(day, between(20, 45, TaskStage::reports, k));
        }
    }

    THUOCDO_KERNEL [[nodiscard]] double reported(double time, bool stalled, double from, double to,
                                                 std::uint32_t report) const {
        THUOCDO_EXACT
        double done = time;
        if (stalled && time > from) {
            const double resumed = from + (time - to) * (1.0 - from) / (1.0 - to);
            done = time < to ? from : resumed;
        }
        constexpr double noise = 0.1;
        constexpr std::uint32_t noise_stage = 1000;
        done += noise * uniform(TaskStage::reports, noise_stage + report) - noise / 4.0;
        constexpr double steps = 20.0;
        constexpr double most_reported = 0.95;
        return std::min(most_reported, std::max(0.0, std::round(done * steps) / steps));
    }

    void forget_after(const Date& day) {
        auto& events = task_.events;
        events.erase(std::remove_if(events.begin(), events.end(),
                                    [&](const TaskEvent& event) { return event.date > day; }),
                     events.end());
        finished_ = Date(boost::date_time::pos_infin);
    }

    TaskEvent& add(TaskEventKind kind, const Date& day) {
        TaskEvent event;
        event.kind = kind;
        event.date = day;
        task_.events.push_back(event);
        return task_.events.back();
    }

    void describe() {
        const std::size_t object = below(task_objects.size(), TaskStage::group, 2);
        task_.title = std::string(task_verbs[below(task_verbs.size(), TaskStage::group, 3)]) + ' ' +
                      task_objects[object];
        const std::size_t helpers = below(4, TaskStage::group, 4);
        for (std::size_t k = 0; k < helpers && !world_.central.empty(); ++k) {
            const std::size_t other = world_.central[below(world_.central.size(), TaskStage::group,
                                                           static_cast<std::uint32_t>(5 + k))];
            const std::string& code = world_.bodies[other].code;
            const auto& named = task_.coordinating;
            if (code != task_.lead && std::find(named.begin(), named.end(), code) == named.end())
                task_.coordinating.push_back(code);
        }
        // One task in five has nothing that it is to move.
        constexpr double linked_share = 0.8;
        if (uniform(TaskStage::indicator) < linked_share)
            task_.indicators.push_back(
                task_indicators[below(task_indicators.size(), TaskStage::indicator, 1)]);
        if (task_.deadline && expected_days_ > 60) {
            task_.milestones.push_back(
                {"Giai đoạn 1", later(task_.assigned, expected_days_ / 3), 0.3});
            task_.milestones.push_back(
                {"Giai đoạn 2", later(task_.assigned, 2 * expected_days_ / 3), 0.6});
        }
        add_products(object);
        add_money();
    }

    void add_products(std::size_t object) {
        const std::size_t count = 1 + below(3, TaskStage::product);
        for (std::size_t k = 0; k < count; ++k) {
            const auto index = static_cast<std::uint32_t>(k);
            TaskProduct product;
            product.name = std::string(task_objects[object]) + " (" + std::to_string(k + 1) + ')';
            if (sent_back_ && k == 0) product.failed_assessments.push_back(failed_);
            if (!accepted_.is_special()) {
                product.accepted = accepted_;
                constexpr double exceeds = 0.35;
                product.quality = uniform(TaskStage::quality, index) < exceeds
                                      ? ProductQuality::exceeds
                                      : ProductQuality::meets;
            }
            task_.products.push_back(std::move(product));
        }
    }

    void add_money() {
        constexpr double funded_share = 0.4;
        if (uniform(TaskStage::money) > funded_share) return;
        constexpr double million = 1e6;
        const double total =
            million * static_cast<double>(between(500, 80'000, TaskStage::money, 1));
        const Date given = later(task_.assigned, std::lround(static_cast<double>(expected_days_) *
                                                             0.4 * uniform(TaskStage::money, 2)));
        task_.money.push_back({given, total, 0.0});
        // Paid out with the work, with a delay, in four parts; unfinished work
        // still spends some.
        const double spent_share = finished_.is_special() ? 0.6 : 1.0;
        const long span = finished_.is_special() ? expected_days_
                                                 : std::max(1L, days_between(started_, finished_));
        constexpr long parts = 4;
        for (long k = 1; k <= parts; ++k) {
            const Date day = std::max(
                given,
                later(started_, span * k / parts + between(0, 60, TaskStage::money,
                                                           static_cast<std::uint32_t>(2 + k))));
            const double part =
                std::floor(total * spent_share / static_cast<double>(parts) / million);
            task_.money.push_back({day, 0.0, part * million});
        }
    }

    const TaskWorld& world_;
    std::uint64_t number_;
    Task task_{};
    std::size_t body_ = 0;
    long expected_days_ = 0;
    Date started_{};
    Date finished_{};
    Date accepted_{};
    Date failed_{};
    std::pair<Date, Date> pause_{Date(1400, 1, 1), Date(1400, 1, 1)};
    bool sent_back_ = false;
};

}  // namespace detail
}  // namespace thuocdo::synthetic
