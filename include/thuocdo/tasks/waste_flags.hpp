#pragma once
/// @file
/// Signs of waste on a day: of money, of resources, of people's work and of
/// opportunity, each with who answers and what is at stake.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/tasks/detail/duplicate_products.hpp>
#include <thuocdo/tasks/detail/head_load.hpp>
#include <thuocdo/tasks/detail/task_words.hpp>
#include <thuocdo/tasks/resources.hpp>
#include <thuocdo/tasks/task_address.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo {

/// What is wasted.
enum class WasteClass : std::uint8_t { money, resources, people, opportunity };

inline constexpr std::size_t waste_classes = 4;

/// The signs, as they stand at the end of a day. Only what is dated until then
/// counts. *The work of a task* is the sum of the coefficients K of its products,
/// or its own K where it lists none.
enum class WasteKind : std::uint8_t {
    /// money: the deadline in force has passed and allocated money is not
    /// disbursed. Amount: what is left.
    idle_allocation,
    /// money: the deadline in force has passed, the task is not cancelled, money
    /// is disbursed, and no product is accepted (of a task that lists none: it is
    /// not completed). Amount: what is disbursed.
    spent_without_product,
    /// money: cancelled after money was disbursed. Amount: what is disbursed.
    spent_on_cancelled,
    /// resources: a product is accepted and the task is linked to no indicator,
    /// so that no result can be seen. Amount: what is disbursed.
    product_without_result,
    /// resources: a product of the same name belongs to an earlier task (by
    /// assignment, then code) of another lead body. Amount: what is disbursed on
    /// the later task. Names are compared as they are written.
    duplicated_product,
    /// people: cancelled after it was started. Work: that of the task.
    work_cancelled,
    /// people: sent back for rework at least once, not cancelled. Work: that of
    /// the task.
    work_returned,
    /// people: the open work of a person in office is more than `overload_ratio`
    /// times the median over all persons in office with open work. Work: what is
    /// beyond the median.
    overloaded_head,
    /// opportunity: overdue or completed late. Days: how late. What the benefit
    /// would have been worth is not known, so there is no amount.
    days_lost
};

inline constexpr std::size_t waste_kinds = 9;

namespace detail {
inline constexpr std::array<const char*, waste_classes> waste_class_names{"money", "resources",
                                                                          "people", "opportunity"};
inline constexpr std::array<const char*, waste_kinds> waste_kind_names{
    "idle_allocation",        "spent_without_product", "spent_on_cancelled",
    "product_without_result", "duplicated_product",    "work_cancelled",
    "work_returned",          "overloaded_head",       "days_lost"};
}  // namespace detail

/// In words, e.g. `idle_allocation`.
[[nodiscard]] constexpr const char* waste_class_name(WasteClass waste) noexcept {
    return detail::waste_class_names[static_cast<std::size_t>(waste)];
}
[[nodiscard]] constexpr const char* waste_kind_name(WasteKind kind) noexcept {
    return detail::waste_kind_names[static_cast<std::size_t>(kind)];
}

/// For people.
[[nodiscard]] inline Label waste_class_label(WasteClass waste) {
    switch (waste) {
        case WasteClass::money:
            return {"money", "tiền vốn"};
        case WasteClass::resources:
            return {"resources", "nguồn lực"};
        case WasteClass::people:
            return {"people", "nhân lực"};
        case WasteClass::opportunity:
            break;
    }
    return {"opportunity", "cơ hội"};
}

/// The class of a kind.
[[nodiscard]] constexpr WasteClass waste_class(WasteKind kind) noexcept {
    if (kind <= WasteKind::spent_on_cancelled) return WasteClass::money;
    if (kind <= WasteKind::duplicated_product) return WasteClass::resources;
    return kind <= WasteKind::overloaded_head ? WasteClass::people : WasteClass::opportunity;
}

/// Where the signs begin.
struct WasteOptions {
    /// Times the median open work, at least 1.
    double overload_ratio = 2.0;
    /// With fewer persons in office than this nobody is compared.
    std::int32_t fewest_heads = 5;
    /// A product name that more lead bodies use is taken as the name of a kind
    /// of product ("report"), not as a duplicate.
    std::int32_t most_leads_of_a_product = 5;
};

/// One sign.
struct WasteFlag {
    WasteKind kind = WasteKind::idle_allocation;
    /// Task and who answers for it; no task for `overloaded_head`.
    TaskAddress address{};
    /// What was found, in words with numbers.
    Label reason{};
    /// At stake, in dong, in units of work and in days; NaN and 0 where the kind
    /// has none or it is not known.
    double amount = std::numeric_limits<double>::quiet_NaN();
    double work = std::numeric_limits<double>::quiet_NaN();
    std::int32_t days = 0;

    [[nodiscard]] WasteClass waste() const noexcept { return waste_class(kind); }
};

/// Totals of one class.
struct WasteClassRow {
    WasteClass waste = WasteClass::money;
    std::int64_t flags = 0;
    /// Distinct tasks among the flags.
    std::int64_t tasks = 0;
    /// Money and work at stake, those of a task counted once even where several
    /// flags name them; NaN where no flag has any. Money of different classes may
    /// be the same money, so classes do not add up.
    double amount = std::numeric_limits<double>::quiet_NaN();
    double work = std::numeric_limits<double>::quiet_NaN();
    std::int64_t days = 0;
};

/// The signs of a day.
struct WasteFlags {
    Date as_of{};
    /// By class and kind; in each the greatest at stake first (amount, work,
    /// days; what is not known last), then by task, body and post.
    std::vector<WasteFlag> flags{};
    std::array<WasteClassRow, waste_classes> by_class{};
    /// Secret tasks assigned until the day. They are neither flagged nor
    /// compared nor in any total.
    std::int64_t secret_count = 0;

    [[nodiscard]] const WasteClassRow& of(WasteClass waste) const noexcept {
        return by_class[static_cast<std::size_t>(waste)];
    }

    friend std::ostream& operator<<(std::ostream& out, const WasteFlags& flags);
};

namespace detail {

/// Exact totals of one class while it grows.
class WasteTotals {
  public:
    /// Counts the flags of one task, or of one head, in this class. Flags of one
    /// subject share their money, except what is left and what is spent.
    void count(const std::vector<const WasteFlag*>& flags) {
        const WasteFlag* left = nullptr;
        const WasteFlag* spent = nullptr;
        const WasteFlag* worked = nullptr;
        for (const WasteFlag* flag : flags) {
            ++flags_;
            days_ += flag->days;
            if (!std::isnan(flag->work)) worked = flag;
            if (std::isnan(flag->amount)) continue;
            (flag->kind == WasteKind::idle_allocation ? left : spent) = flag;
        }
        if (!flags.empty() && !flags.front()->address.task.empty()) ++tasks_;
        for (const WasteFlag* flag : {left, spent})
            if (flag) amount_.add(flag->amount);
        if (worked) work_.add(worked->work);
        has_amount_ = has_amount_ || left || spent;
        has_work_ = has_work_ || worked;
    }

    [[nodiscard]] WasteClassRow row(WasteClass waste) const {
        WasteClassRow row;
        row.waste = waste;
        row.flags = flags_;
        row.tasks = tasks_;
        row.days = days_;
        if (has_amount_) row.amount = amount_.value();
        if (has_work_) row.work = work_.value();
        return row;
    }

  private:
    std::int64_t flags_ = 0;
    std::int64_t tasks_ = 0;
    std::int64_t days_ = 0;
    numeric::ExactSum amount_;
    numeric::ExactSum work_;
    bool has_amount_ = false;
    bool has_work_ = false;
};

/// Collects the signs of a register on a day.
class WasteCollector {
  public:
    WasteCollector(const TaskRegister& tasks, std::int32_t day, const WasteOptions& options)
        : tasks_(tasks),
          day_(day),
          duplicates_(tasks, day, options.most_leads_of_a_product),
          loads_(tasks, day, options.overload_ratio, options.fewest_heads) {
        found_.as_of = date_of(day);
    }

    void visit(std::size_t row) {
        const TaskStatus status = tasks_.status(row, day_);
        if (status.state == TaskState::not_yet_assigned) return;
        if (tasks_.is_secret(row)) {
            ++found_.secret_count;
            return;
        }
        begin_ = found_.flags.size();
        const TaskResources money = resources_of(tasks_, row, status, day_);
        visit_money(row, status, money);
        visit_products(row, status, money);
        visit_people(row, status);
        if (status.days_late > 0) {
            const Label state = task_state_label(status.state);
            add(row, WasteKind::days_lost,
                sentence({"{1}: {2} days", "{1}: {2} ngày"},
                         {state, count_words(status.days_late)}))
                .days = status.days_late;
        }
        close();
    }

    [[nodiscard]] WasteFlags finish() {
        for (const HeadLoad& load : loads_.overloaded()) {
            begin_ = found_.flags.size();
            WasteFlag flag;
            flag.kind = WasteKind::overloaded_head;
            const OfficeTerm& office = tasks_.offices()[load.office];
            flag.address = {{}, {}, office.body, office.post, office.person, office.position};
            flag.reason = sentence(
                {"{1} units of open work in {2} tasks, {3} times the median {4}",
                 "{1} đơn vị công việc đang mở trong {2} nhiệm vụ, gấp {3} lần "
                 "trung vị {4}"},
                {value_words(load.work), count_words(load.tasks),
                 number_words(load.work / loads_.median(), 1), value_words(loads_.median())});
            flag.work = load.work - loads_.median();
            found_.flags.push_back(std::move(flag));
            close();
        }
        for (std::size_t k = 0; k < waste_classes; ++k)
            found_.by_class[k] = totals_[k].row(static_cast<WasteClass>(k));
        std::sort(found_.flags.begin(), found_.flags.end(), before);
        return std::move(found_);
    }

  private:
    /// Greater first, what is not known last.
    static bool before(const WasteFlag& a, const WasteFlag& b) {
        if (a.kind != b.kind) return a.kind < b.kind;
        const auto known = [](double value) {
            return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
        };
        const auto size_a = std::tuple(known(a.amount), known(a.work), a.days);
        const auto size_b = std::tuple(known(b.amount), known(b.work), b.days);
        if (size_a != size_b) return size_a > size_b;
        return address_before(a.address, b.address);
    }

    WasteFlag& add(std::size_t row, WasteKind kind, Label reason) {
        WasteFlag flag;
        flag.kind = kind;
        flag.address = task_address(tasks_, row, day_);
        flag.reason = std::move(reason);
        found_.flags.push_back(std::move(flag));
        return found_.flags.back();
    }

    /// Adds the flags since `begin_` to the totals of their classes.
    void close() {
        for (std::size_t k = 0; k < waste_classes; ++k) {
            std::vector<const WasteFlag*> flags;
            for (std::size_t at = begin_; at < found_.flags.size(); ++at)
                if (found_.flags[at].waste() == static_cast<WasteClass>(k))
                    flags.push_back(&found_.flags[at]);
            totals_[k].count(flags);
        }
    }

    [[nodiscard]] bool has_accepted_product(std::size_t row) const {
        const auto products = tasks_.products(row);
        return std::any_of(products.begin(), products.end(),
                           [&](const ProductRecord& product) { return product.accepted <= day_; });
    }

    void visit_money(std::size_t row, const TaskStatus& status, const TaskResources& money) {
        if (!money.has_money()) return;
        const bool cancelled = status.state == TaskState::cancelled;
        const bool past = day_ > status.deadline;
        const Label deadline = past ? date_words(status.deadline) : Label{};
        if (past && money.undisbursed() > 0.0)
            add(row, WasteKind::idle_allocation,
                sentence(
                    {"{1} of {2} not disbursed after the deadline {3}",
                     "{1} trong {2} chưa giải ngân sau thời hạn {3}"},
                    {money_words(money.undisbursed()), money_words(money.allocated), deadline}))
                .amount = money.undisbursed();
        if (!(money.disbursed > 0.0)) return;
        const bool delivered =
            tasks_.products(row).empty() ? is_completed(status.state) : has_accepted_product(row);
        if (cancelled)
            add(row, WasteKind::spent_on_cancelled,
                sentence({"{1} disbursed on a cancelled task",
                          "đã giải ngân {1} cho nhiệm vụ bị hủy bỏ"},
                         {money_words(money.disbursed)}))
                .amount = money.disbursed;
        else if (past && !delivered)
            add(row, WasteKind::spent_without_product,
                sentence({"{1} disbursed and no accepted product after the deadline {2}",
                          "đã giải ngân {1}, chưa có sản phẩm được nghiệm thu sau thời hạn {2}"},
                         {money_words(money.disbursed), deadline}))
                .amount = money.disbursed;
    }

    void visit_products(std::size_t row, const TaskStatus& status, const TaskResources& money) {
        if (status.state == TaskState::cancelled) return;
        if (has_accepted_product(row) && tasks_.indicators(row).empty())
            add(row, WasteKind::product_without_result,
                {"a product is accepted and no indicator is linked",
                 "sản phẩm đã được nghiệm thu nhưng không gắn với chỉ tiêu nào"})
                .amount = money.disbursed;
        if (const auto earlier = duplicates_.earlier(row))
            add(row, WasteKind::duplicated_product,
                sentence({"product {1} is also that of task {2} of {3}",
                          "sản phẩm {1} trùng với nhiệm vụ {2} của {3}"},
                         {name_words(tasks_.task(row).products[earlier->product].name),
                          name_words(tasks_.code(earlier->task)),
                          name_words(tasks_.lead(earlier->task))}))
                .amount = money.disbursed;
    }

    void visit_people(std::size_t row, const TaskStatus& status) {
        const bool cancelled = status.state == TaskState::cancelled;
        if (!(cancelled ? was_started(row) : status.returned)) return;
        const double work = static_cast<double>(task_work(tasks_, row)) / coefficient_steps;
        const Label text = cancelled ? Label{"cancelled after work began: {1} units of work",
                                             "bị hủy bỏ sau khi đã thực hiện: {1} đơn vị công việc"}
                                     : Label{"sent back for rework: {1} units of work",
                                             "bị trả lại làm lại: {1} đơn vị công việc"};
        add(row, cancelled ? WasteKind::work_cancelled : WasteKind::work_returned,
            sentence(text, {value_words(work)}))
            .work = work;
    }

    [[nodiscard]] bool was_started(std::size_t row) const {
        for (const TimelinePoint& point : tasks_.timeline(row)) {
            if (point.day > day_) break;
            if (point.phase == TaskPhase::in_progress || point.phase == TaskPhase::completed)
                return true;
        }
        return false;
    }

    const TaskRegister& tasks_;
    std::int32_t day_;
    DuplicateProducts duplicates_;
    HeadLoads loads_;
    std::array<WasteTotals, waste_classes> totals_{};
    std::size_t begin_ = 0;
    WasteFlags found_{};
};

}  // namespace detail

/// Finds the signs of waste of a register at the end of a day. Does not depend on
/// the order of tasks. O(n log n) for n tasks with their entries of money.
/// @throws TaskError (`bad_option`) when an option is out of range
[[nodiscard]] inline WasteFlags waste_flags(const TaskRegister& tasks, const Date& as_of,
                                            const WasteOptions& options = {}) {
    std::vector<Problem> problems;
    if (!(options.overload_ratio >= 1.0) || std::isinf(options.overload_ratio))
        problems.push_back({"bad_option", "/overload_ratio",
                            numeric::shortest(options.overload_ratio), "a number from 1 up",
                            "2 means twice the median"});
    if (options.fewest_heads < 1)
        problems.push_back({"bad_option", "/fewest_heads", std::to_string(options.fewest_heads),
                            "1 or more", "give a number of persons"});
    if (options.most_leads_of_a_product < 1)
        problems.push_back({"bad_option", "/most_leads_of_a_product",
                            std::to_string(options.most_leads_of_a_product), "1 or more",
                            "1 means that no name is ever a duplicate"});
    if (!problems.empty())
        throw TaskError("the options of waste flags cannot be used", std::move(problems));
    detail::WasteCollector collector(tasks, day_number(as_of), options);
    for (std::size_t row = 0; row < tasks.size(); ++row) collector.visit(row);
    return collector.finish();
}

inline std::ostream& operator<<(std::ostream& out, const WasteFlags& flags) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"loại / class", Align::left},
                            {"dấu hiệu / flags", Align::right},
                            {"nhiệm vụ / tasks", Align::right},
                            {"đồng / dong", Align::right},
                            {"công việc (K) / work", Align::right},
                            {"ngày / days", Align::right}});
    for (const WasteClassRow& row : flags.by_class) {
        const Label name = waste_class_label(row.waste);
        text.add({name.vi + " / " + name.en, std::to_string(row.flags), std::to_string(row.tasks),
                  std::isnan(row.amount) ? "-" : detail::number_words(row.amount, 0).vi,
                  std::isnan(row.work) ? "-" : detail::value_words(row.work).vi,
                  std::to_string(row.days)});
    }
    return out << to_iso(flags.as_of) << '\n' << text;
}

}  // namespace thuocdo
