#pragma once
/// @file
/// The register of tasks: checked, stored by columns, and ready to be evaluated
/// for any day.

#include <thuocdo/error.hpp>
#include <thuocdo/tasks/detail/check_task.hpp>
#include <thuocdo/tasks/detail/ragged.hpp>
#include <thuocdo/tasks/detail/text_pool.hpp>
#include <thuocdo/tasks/detail/timeline.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_rules.hpp>
#include <thuocdo/tasks/task_state.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// One product of a task in the register.
struct ProductRecord {
    /// Day of acceptance; `never` while it is not accepted.
    std::int32_t accepted = never;
    std::int32_t name = 0;
    /// Ten thousandths of a unit of work.
    std::int64_t coefficient = 0;
    ProductQuality quality = ProductQuality::not_assessed;
    /// Whether the product states its own coefficient.
    bool own_coefficient = false;
};

/// Tasks by columns. What a task is on a day is a pure function of its row and
/// the day: nothing about earlier evaluations is kept. A task, or an event of
/// one, is added without touching the rows of the others. Const access is safe
/// from many threads; copies are independent.
///
/// A task takes about 150 bytes beside its texts; texts that occur again are
/// stored once.
class TaskRegister {
  public:
    /// An empty register.
    /// @throws TaskError for offices held twice on a day, or penalties that are
    ///         not shares with at most four decimals
    explicit TaskRegister(const TaskRules& rules = {}, std::vector<OfficeTerm> offices = {})
        : rules_(rules), offices_(std::move(offices)) {
        std::vector<Problem> problems = detail::check_offices(offices_);
        check_penalty(rules.penalty_per_failed_assessment, "penalty_per_failed_assessment",
                      problems);
        check_penalty(rules.penalty_per_missed_deadline, "penalty_per_missed_deadline", problems);
        if (rules.due_soon_days < 0)
            problems.push_back({"bad_option", "/rules/due_soon_days",
                                std::to_string(rules.due_soon_days), "0 or more",
                                "give a number of days"});
        if (!problems.empty()) throw TaskError("the register cannot be used", std::move(problems));
        for (std::size_t k = 0; k < offices_.size(); ++k)
            terms_by_post_.push_back({posts_.add(offices_[k].post), static_cast<std::int32_t>(k)});
        std::sort(terms_by_post_.begin(), terms_by_post_.end());
    }

    /// A register of tasks.
    /// @throws TaskError with every problem of every task
    explicit TaskRegister(const std::vector<Task>& tasks, std::vector<OfficeTerm> offices = {},
                          const TaskRules& rules = {})
        : TaskRegister(rules, std::move(offices)) {
        add(tasks);
    }

    /// Adds tasks, all of them or none. Linear in the tasks given.
    /// @throws TaskError with every problem: codes as in the documentation of
    ///         the register, and `duplicate_task`
    void add(std::span<const Task> tasks) {
        std::vector<Problem> problems;
        detail::CodeIndex fresh;
        std::vector<std::string> fresh_codes;
        fresh_codes.reserve(tasks.size());
        for (const Task& task : tasks) {
            collect(task, problems);
            const std::uint32_t before = fresh.find(task.code, fresh_codes);
            fresh_codes.push_back(task.code);
            if (task.code.empty()) continue;
            if (find(task.code) || before != detail::CodeIndex::none) {
                problems.push_back({"duplicate_task", place_of(task.code),
                                    "code \"" + task.code + "\" again",
                                    "a code that no other task has", "keep one of the two"});
            } else {
                fresh.add(static_cast<std::uint32_t>(fresh_codes.size() - 1), fresh_codes);
            }
        }
        if (!problems.empty()) throw TaskError("the tasks cannot be used", std::move(problems));
        for (const Task& task : tasks) append(task);
    }
    void add(const std::vector<Task>& tasks) { add(std::span<const Task>(tasks)); }
    void add(const Task& task) { add(std::span<const Task>(&task, 1)); }

    /// Puts a changed version in the place of the task of that code.
    /// @throws TaskError with every problem; the register is then as before
    void replace(const Task& task) {
        std::vector<Problem> problems;
        collect(task, problems);
        const std::size_t row = require(task.code, problems);
        if (!problems.empty()) throw TaskError("the task cannot be changed", std::move(problems));
        write(row, task);
    }

    /// Records an event of a task. Out of order is fine: what matters is its day.
    /// @throws TaskError as `replace`
    void record(std::string_view code, const TaskEvent& event) {
        Task changed = task(require(code));
        changed.events.push_back(event);
        replace(changed);
    }

    /// Records a decision to move the deadline.
    void extend(std::string_view code, const DeadlineExtension& extension) {
        Task changed = task(require(code));
        changed.extensions.push_back(extension);
        replace(changed);
    }

    [[nodiscard]] std::size_t size() const noexcept { return codes_.size(); }
    [[nodiscard]] const TaskRules& rules() const noexcept { return rules_; }
    [[nodiscard]] const std::vector<OfficeTerm>& offices() const noexcept { return offices_; }

    /// The row of a task.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const noexcept {
        const std::uint32_t row = index_.find(code, codes_);
        if (row == detail::CodeIndex::none) return std::nullopt;
        return row;
    }

    [[nodiscard]] const std::string& code(std::size_t row) const { return codes_.at(row); }
    [[nodiscard]] const std::string& title(std::size_t row) const {
        return texts_[columns_.title.at(row)];
    }
    [[nodiscard]] const std::string& lead(std::size_t row) const {
        return bodies_[columns_.lead.at(row)];
    }
    [[nodiscard]] const std::string& document(std::size_t row) const {
        return documents_[columns_.document.at(row)];
    }
    [[nodiscard]] const std::string& level(std::size_t row) const {
        return levels_[columns_.level.at(row)];
    }
    [[nodiscard]] const std::string& sector(std::size_t row) const {
        return sectors_[columns_.sector.at(row)];
    }
    /// The deadline in the words of the document.
    [[nodiscard]] const std::string& deadline_text(std::size_t row) const {
        return texts_[columns_.deadline_text.at(row)];
    }
    [[nodiscard]] bool is_secret(std::size_t row) const { return columns_.secret.at(row) != 0; }
    /// First deadline as a day number; `never` for a standing task.
    [[nodiscard]] std::int32_t first_deadline(std::size_t row) const {
        return columns_.deadline.at(row);
    }
    [[nodiscard]] std::int32_t assigned(std::size_t row) const { return columns_.assigned.at(row); }
    /// Coefficient K in ten thousandths.
    [[nodiscard]] std::int64_t coefficient(std::size_t row) const {
        return columns_.coefficient.at(row);
    }
    [[nodiscard]] std::vector<std::string> coordinating(std::size_t row) const {
        std::vector<std::string> names;
        for (const std::int32_t body : coordinating_[row]) names.push_back(bodies_[body]);
        return names;
    }
    [[nodiscard]] std::vector<std::string> indicators(std::size_t row) const {
        std::vector<std::string> names;
        for (const std::int32_t each : indicators_[row]) names.push_back(texts_[each]);
        return names;
    }
    /// Decisions to move the deadline, as given.
    [[nodiscard]] std::vector<DeadlineExtension> extensions(std::size_t row) const {
        std::vector<DeadlineExtension> all;
        for (const ExtensionRecord& each : extensions_[row])
            all.push_back({date_of(each.decided), date_of(each.last_day), texts_[each.decision]});
        return all;
    }
    [[nodiscard]] std::span<const ProductRecord> products(std::size_t row) const noexcept {
        return products_[row];
    }
    /// Failed assessments of one product of a task until a day.
    [[nodiscard]] std::int32_t failed_assessments(std::size_t row, std::size_t product,
                                                  std::int32_t day) const noexcept {
        std::int32_t count = 0;
        for (const Failure& failure : failures_[row])
            count += failure.product == product && failure.day <= day ? 1 : 0;
        return count;
    }
    [[nodiscard]] bool has_failed_assessments(std::size_t row) const noexcept {
        return !failures_[row].empty();
    }
    [[nodiscard]] std::span<const TaskMoney> money(std::size_t row) const noexcept {
        return money_[row];
    }
    /// The last share of the work that was reported until a day; NaN if none.
    [[nodiscard]] double progress(std::size_t row, std::int32_t day) const noexcept {
        double share = std::numeric_limits<double>::quiet_NaN();
        std::int32_t latest = std::numeric_limits<std::int32_t>::min();
        for (const EventRecord& event : events_[row]) {
            if (event.kind != TaskEventKind::progress || event.day > day || event.day < latest)
                continue;
            latest = event.day;
            share = event.share;
        }
        return share;
    }
    /// The share of the work that milestones plan until the end of a day; NaN
    /// where none is due.
    [[nodiscard]] double planned_share(std::size_t row, std::int32_t day) const noexcept {
        double share = std::numeric_limits<double>::quiet_NaN();
        for (const MilestoneRecord& milestone : milestones_[row])
            if (milestone.day <= day) share = milestone.planned_share;
        return share;
    }
    [[nodiscard]] bool has_indicators(std::size_t row) const noexcept {
        return !indicators_[row].empty();
    }
    /// The day of the last event until a day; the assignment where there is none.
    [[nodiscard]] std::int32_t last_event(std::size_t row, std::int32_t day) const noexcept {
        std::int32_t latest = columns_.assigned[row];
        for (const EventRecord& event : events_[row])
            if (event.day <= day) latest = std::max(latest, event.day);
        return latest;
    }

    /// The task as it was given.
    [[nodiscard]] Task task(std::size_t row) const;

    /// The points between which the standing of a task does not change.
    [[nodiscard]] std::span<const detail::TimelinePoint> timeline(std::size_t row) const noexcept {
        return timelines_[row];
    }

    /// Where a task stands at the end of a day. Complexity: the points of its
    /// timeline.
    [[nodiscard]] TaskStatus status(std::size_t row, const Date& as_of) const {
        return status(row, day_number(as_of));
    }
    [[nodiscard]] TaskStatus status(std::size_t row, std::int32_t day) const noexcept {
        TaskStatus status;
        status.deadline = columns_.deadline[row];
        const detail::TimelinePoint* point = detail::point_on(timelines_[row], day);
        if (!point) return status;
        const detail::StateOnDay now = detail::state_on(*point, day);
        status.state = now.state;
        status.days_late = now.days_late;
        status.deadline = point->deadline;
        status.finished = point->finished;
        status.extended = (point->flags & detail::task_extended) != 0;
        status.returned = (point->flags & detail::task_returned) != 0;
        status.exempted = (point->flags & detail::task_exempted) != 0;
        status.awaiting_acceptance = (point->flags & detail::task_awaiting_acceptance) != 0;
        status.due_soon = is_due_soon(*point, now.state, day);
        status.deadlines_missed = point->missed + (now.days_late > 0 ? 1 : 0);
        return status;
    }

    /// The state alone.
    [[nodiscard]] TaskState state(std::size_t row, std::int32_t day) const noexcept {
        const detail::TimelinePoint* point = detail::point_on(timelines_[row], day);
        return point ? detail::state_on(*point, day).state : TaskState::not_yet_assigned;
    }

    /// Whether an open task that is not handed in is near its deadline.
    [[nodiscard]] bool is_due_soon(const detail::TimelinePoint& point, TaskState state,
                                   std::int32_t day) const noexcept {
        return is_open(state) && !is_overdue(state) && point.finished == never &&
               point.deadline != never && point.deadline - day <= rules_.due_soon_days;
    }

    /// The term of the person who answers for a task on a day, as a position in
    /// `offices()`; nothing when the post is vacant or unknown.
    [[nodiscard]] std::optional<std::size_t> accountable(std::size_t row, std::int32_t day) const {
        const std::int32_t post = columns_.post.at(row);
        if (post < 0) return std::nullopt;
        return holder(post, day);
    }

    /// Code of the accountable post; empty where none is known.
    [[nodiscard]] const std::string& post(std::size_t row) const {
        const std::int32_t post = columns_.post.at(row);
        return posts_[post < 0 ? 0 : post];
    }

    // Groups of tasks as small numbers, for tables.
    [[nodiscard]] std::int32_t lead_id(std::size_t row) const noexcept {
        return columns_.lead[row];
    }
    [[nodiscard]] std::span<const std::int32_t> coordinating_ids(std::size_t row) const noexcept {
        return coordinating_[row];
    }
    [[nodiscard]] std::int32_t level_id(std::size_t row) const noexcept {
        return columns_.level[row];
    }
    [[nodiscard]] std::int32_t sector_id(std::size_t row) const noexcept {
        return columns_.sector[row];
    }
    [[nodiscard]] std::int32_t document_id(std::size_t row) const noexcept {
        return columns_.document[row];
    }
    /// -1 where no post is known.
    [[nodiscard]] std::int32_t post_id(std::size_t row) const noexcept {
        return columns_.post[row];
    }
    [[nodiscard]] const std::vector<std::string>& bodies() const noexcept { return bodies_.all(); }
    [[nodiscard]] const std::vector<std::string>& levels() const noexcept { return levels_.all(); }
    [[nodiscard]] const std::vector<std::string>& sectors() const noexcept {
        return sectors_.all();
    }
    [[nodiscard]] const std::vector<std::string>& documents() const noexcept {
        return documents_.all();
    }
    [[nodiscard]] const std::vector<std::string>& posts() const noexcept { return posts_.all(); }

    /// The term that holds a post on a day.
    [[nodiscard]] std::optional<std::size_t> holder(std::int32_t post, std::int32_t day) const {
        auto term = std::lower_bound(terms_by_post_.begin(), terms_by_post_.end(),
                                     std::pair<std::int32_t, std::int32_t>(post, -1));
        for (; term != terms_by_post_.end() && term->first == post; ++term) {
            const OfficeTerm& office = offices_[static_cast<std::size_t>(term->second)];
            const bool begun = !office.from || day_number(*office.from) <= day;
            const bool ended = office.to && day_number(*office.to) < day;
            if (begun && !ended) return static_cast<std::size_t>(term->second);
        }
        return std::nullopt;
    }

    /// Bytes that an evaluation of all tasks by lead body reads.
    [[nodiscard]] std::size_t evaluation_bytes() const noexcept {
        return timelines_.bytes() + size() * (2 * sizeof(std::int32_t) + sizeof(std::uint8_t));
    }

  private:
    /// One array a member, so that a pass over all tasks reads what it needs.
    struct Columns {
        std::vector<std::int32_t> coefficient;
        std::vector<std::int32_t> lead;
        std::vector<std::int32_t> post;
        std::vector<std::int32_t> level;
        std::vector<std::int32_t> sector;
        std::vector<std::int32_t> document;
        std::vector<std::int32_t> title;
        std::vector<std::int32_t> deadline_text;
        std::vector<std::int32_t> assigned;
        std::vector<std::int32_t> deadline;
        std::vector<std::uint8_t> secret;
        /// Whether the post was named, not taken from the lead body.
        std::vector<std::uint8_t> own_post;

        void add_row() {
            for (auto* column : {&coefficient, &lead, &post, &level, &sector, &document, &title,
                                 &deadline_text, &assigned, &deadline})
                column->push_back(0);
            secret.push_back(0);
            own_post.push_back(0);
        }
    };
    struct EventRecord {
        double share = 0.0;
        std::int32_t day = 0;
        std::int32_t authority = 0;
        std::int32_t note = 0;
        TaskEventKind kind = TaskEventKind::started;
    };
    struct ExtensionRecord {
        std::int32_t decided = 0;
        std::int32_t last_day = 0;
        std::int32_t decision = 0;
    };
    struct MilestoneRecord {
        double planned_share = 0.0;
        std::int32_t day = 0;
        std::int32_t name = 0;
    };
    struct Failure {
        std::uint32_t product = 0;
        std::int32_t day = 0;
    };

    static void check_penalty(double share, const std::string& name,
                              std::vector<Problem>& problems) {
        if (share <= 1.0 && detail::ten_thousandths(share) >= 0) return;
        problems.push_back({"bad_option", "/rules/" + name, numeric::shortest(share),
                            "a share from 0 to 1 with at most four decimals", "write 25% as 0.25"});
    }

    static std::string place_of(std::string_view code) {
        return "task \"" + std::string(code) + '"';
    }

    static void collect(const Task& task, std::vector<Problem>& problems) {
        for (Problem& problem : detail::check_task(task)) {
            problem.place = place_of(task.code) + problem.place;
            problems.push_back(std::move(problem));
        }
    }

    std::size_t require(std::string_view code, std::vector<Problem>& problems) const {
        if (const auto row = find(code)) return *row;
        problems.push_back({"unknown_task", place_of(code), "a code that no task has",
                            "the code of a task in the register", "add the task first"});
        return 0;
    }

    [[nodiscard]] std::size_t require(std::string_view code) const {
        std::vector<Problem> problems;
        const std::size_t row = require(code, problems);
        if (!problems.empty()) throw TaskError("no such task", std::move(problems));
        return row;
    }

    void append(const Task& task) {
        const std::size_t row = codes_.size();
        codes_.push_back(task.code);
        columns_.add_row();
        index_.add(static_cast<std::uint32_t>(row), codes_);
        write(row, task);
    }

    void write(std::size_t row, const Task& task);

    TaskRules rules_;
    std::vector<OfficeTerm> offices_;
    std::vector<std::string> codes_;
    detail::CodeIndex index_;
    Columns columns_;
    detail::Ragged<detail::TimelinePoint> timelines_;
    detail::Ragged<std::int32_t> coordinating_;
    detail::Ragged<std::int32_t> indicators_;
    detail::Ragged<EventRecord> events_;
    detail::Ragged<ExtensionRecord> extensions_;
    detail::Ragged<MilestoneRecord> milestones_;
    detail::Ragged<ProductRecord> products_;
    detail::Ragged<Failure> failures_;
    detail::Ragged<TaskMoney> money_;
    detail::TextPool texts_;
    detail::TextPool bodies_;
    detail::TextPool levels_;
    detail::TextPool sectors_;
    detail::TextPool documents_;
    detail::TextPool posts_;
    std::vector<std::pair<std::int32_t, std::int32_t>> terms_by_post_;
};

inline void TaskRegister::write(std::size_t row, const Task& task) {
    Columns& to = columns_;
    to.coefficient[row] = static_cast<std::int32_t>(detail::ten_thousandths(task.coefficient));
    to.lead[row] = bodies_.add(task.lead);
    to.own_post[row] = task.post.empty() ? 0 : 1;
    to.post[row] = to.own_post[row] != 0 ? posts_.add(task.post) : posts_.find(task.lead);
    to.level[row] = levels_.add(task.level);
    to.sector[row] = sectors_.add(task.sector);
    to.document[row] = documents_.add(task.document);
    to.title[row] = texts_.add(task.title);
    to.deadline_text[row] = texts_.add(task.deadline_text);
    to.assigned[row] = day_number(task.assigned);
    to.deadline[row] = task.deadline ? day_number(*task.deadline) : never;
    to.secret[row] = task.secrecy == TaskSecrecy::secret ? 1 : 0;
    const std::vector<detail::TimelinePoint> points = detail::make_timeline(task, rules_);
    timelines_.set(row, points);

    std::vector<std::int32_t> ids;
    for (const std::string& body : task.coordinating) ids.push_back(bodies_.add(body));
    coordinating_.set(row, ids);
    ids.clear();
    for (const std::string& indicator : task.indicators) ids.push_back(texts_.add(indicator));
    indicators_.set(row, ids);

    std::vector<EventRecord> events;
    for (const TaskEvent& event : task.events)
        events.push_back({event.share, day_number(event.date), texts_.add(event.authority),
                          texts_.add(event.note), event.kind});
    events_.set(row, events);
    std::vector<ExtensionRecord> extensions;
    for (const DeadlineExtension& each : task.extensions)
        extensions.push_back(
            {day_number(each.decided), day_number(each.last_day), texts_.add(each.decision)});
    extensions_.set(row, extensions);
    std::vector<MilestoneRecord> milestones;
    for (const TaskMilestone& each : task.milestones)
        milestones.push_back({each.planned_share, day_number(each.date), texts_.add(each.name)});
    milestones_.set(row, milestones);
    std::vector<ProductRecord> products;
    std::vector<Failure> failures;
    for (std::size_t k = 0; k < task.products.size(); ++k) {
        const TaskProduct& product = task.products[k];
        products.push_back({product.accepted ? day_number(*product.accepted) : never,
                            texts_.add(product.name),
                            product.coefficient ? detail::ten_thousandths(*product.coefficient)
                                                : to.coefficient[row],
                            product.quality, product.coefficient.has_value()});
        for (const Date& date : product.failed_assessments)
            failures.push_back({static_cast<std::uint32_t>(k), day_number(date)});
    }
    products_.set(row, products);
    failures_.set(row, failures);
    money_.set(row, task.money);
}

inline Task TaskRegister::task(std::size_t row) const {
    const Columns& from = columns_;
    Task task;
    task.code = codes_.at(row);
    task.title = texts_[from.title[row]];
    task.document = documents_[from.document[row]];
    task.lead = bodies_[from.lead[row]];
    task.coordinating = coordinating(row);
    if (from.own_post[row] != 0) task.post = posts_[from.post[row]];
    task.level = levels_[from.level[row]];
    task.sector = sectors_[from.sector[row]];
    task.assigned = date_of(from.assigned[row]);
    if (from.deadline[row] != never) task.deadline = date_of(from.deadline[row]);
    task.deadline_text = texts_[from.deadline_text[row]];
    task.extensions = extensions(row);
    for (const MilestoneRecord& each : milestones_[row])
        task.milestones.push_back({texts_[each.name], date_of(each.day), each.planned_share});
    for (const EventRecord& each : events_[row])
        task.events.push_back(
            {each.kind, date_of(each.day), each.share, texts_[each.authority], texts_[each.note]});
    for (const ProductRecord& each : products_[row]) {
        TaskProduct product;
        product.name = texts_[each.name];
        if (each.accepted != never) product.accepted = date_of(each.accepted);
        product.quality = each.quality;
        if (each.own_coefficient)
            product.coefficient = static_cast<double>(each.coefficient) / detail::coefficient_steps;
        task.products.push_back(std::move(product));
    }
    for (const Failure& failure : failures_[row])
        task.products[failure.product].failed_assessments.push_back(date_of(failure.day));
    task.indicators = indicators(row);
    task.coefficient = static_cast<double>(from.coefficient[row]) / detail::coefficient_steps;
    task.money.assign(money_[row].begin(), money_[row].end());
    task.secrecy = from.secret[row] != 0 ? TaskSecrecy::secret : TaskSecrecy::open;
    return task;
}

}  // namespace thuocdo
