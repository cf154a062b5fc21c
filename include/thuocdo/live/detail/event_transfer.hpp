#pragma once
/// @file
/// Every member of an event in a fixed order, for whoever writes, reads or hashes events.

#include <thuocdo/live/event.hpp>
#include <thuocdo/time/day_number.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::live::detail {

/// Passes the members of an event through `io`, which has `text(std::string&)`,
/// `number(double&)` and `integer(std::int64_t&)`, and whose constant `reads` says whether
/// it fills them in.
template <class Io>
class EventTransfer {
  public:
    explicit EventTransfer(Io& io) : io_(io) {}

    void event(Event& event) {
        io_.text(event.id);
        day(event.valid);
        io_.integer(event.known.microseconds);
        io_.text(event.replaces);
        io_.text(event.source);
        auto kind = static_cast<std::int64_t>(event.fact.index());
        io_.integer(kind);
        if constexpr (Io::reads) event.fact = fact_of(kind);
        std::visit([this](auto& fact) { pass(fact); }, event.fact);
    }

  private:
    [[nodiscard]] Fact fact_of(std::int64_t kind) const {
        switch (kind) {
            case 0:
                return Observation{};
            case 1:
                return Withdrawal{};
            case 2:
                return UnitFact{};
            case 3:
                return TaskFact{};
            case 4:
                return TaskHappening{};
            case 5:
                return TaskExtension{};
            default:
                io_.refuse("a kind of fact that does not exist");
                return Withdrawal{};
        }
    }

    void pass(Observation& fact) {
        io_.text(fact.unit);
        io_.text(fact.indicator);
        io_.text(fact.period);
        maybe(fact.value);
        maybe(fact.numerator);
        maybe(fact.denominator);
        word(fact.state, cell_states);
    }
    void pass(Withdrawal&) {}
    void pass(UnitFact& fact) {
        Unit& unit = fact.unit;
        io_.text(unit.code);
        label(unit.name);
        io_.text(unit.level);
        io_.text(unit.kind);
        io_.text(unit.parent);
        map(unit.groups, [this](std::string& group) { io_.text(group); });
        map(unit.attributes, [this](double& number) { io_.number(number); });
        maybe(unit.valid_from);
        maybe(unit.valid_to);
        texts(unit.predecessors);
    }
    void pass(TaskFact& fact) {
        Task& task = fact.task;
        for (std::string* each : {&task.code, &task.title, &task.document, &task.lead, &task.post,
                                  &task.level, &task.sector, &task.deadline_text})
            io_.text(*each);
        texts(task.coordinating);
        day(task.assigned);
        maybe(task.deadline);
        list(task.extensions, [this](DeadlineExtension& each) { extension(each); });
        list(task.milestones, [this](TaskMilestone& each) {
            io_.text(each.name);
            day(each.date);
            io_.number(each.planned_share);
        });
        list(task.events, [this](TaskEvent& each) { happening(each); });
        list(task.products, [this](TaskProduct& each) {
            io_.text(each.name);
            maybe(each.accepted);
            word(each.quality, 3);
            list(each.failed_assessments, [this](Date& failed) { day(failed); });
            maybe(each.coefficient);
        });
        texts(task.indicators);
        io_.number(task.coefficient);
        list(task.money, [this](TaskMoney& each) {
            day(each.date);
            io_.number(each.allocated);
            io_.number(each.disbursed);
        });
        word(task.secrecy, 2);
    }
    void pass(TaskHappening& fact) {
        io_.text(fact.task);
        happening(fact.event);
    }
    void pass(TaskExtension& fact) {
        io_.text(fact.task);
        extension(fact.extension);
    }

    void happening(TaskEvent& event) {
        word(event.kind, thuocdo::detail::task_event_names.size());
        day(event.date);
        io_.number(event.share);
        io_.text(event.authority);
        io_.text(event.note);
    }
    void extension(DeadlineExtension& each) {
        day(each.decided);
        day(each.last_day);
        io_.text(each.decision);
    }
    void label(Label& name) {
        io_.text(name.vi);
        io_.text(name.en);
    }

    void day(Date& date) {
        std::int64_t number = 0;
        if constexpr (!Io::reads) number = day_number(date);
        io_.integer(number);
        if constexpr (Io::reads) date = date_of(static_cast<std::int32_t>(number));
    }
    void one(Date& date) { day(date); }
    void one(double& number) { io_.number(number); }

    template <class Each>
    void maybe(std::optional<Each>& value) {
        std::int64_t there = value ? 1 : 0;
        io_.integer(there);
        if constexpr (Io::reads) value = there != 0 ? std::optional(Each()) : std::nullopt;
        if (value) one(*value);
    }
    template <class Word>
    void word(Word& value, std::size_t count) {
        auto number = static_cast<std::int64_t>(value);
        io_.integer(number);
        if constexpr (Io::reads) {
            if (number < 0 || static_cast<std::size_t>(number) >= count)
                io_.refuse("a word that does not exist");
            value = static_cast<Word>(number);
        }
    }
    template <class Each, class Pass>
    void list(std::vector<Each>& values, Pass&& pass_one) {
        auto count = static_cast<std::int64_t>(values.size());
        io_.integer(count);
        if constexpr (Io::reads) {
            values.clear();
            for (std::int64_t k = 0; k < count; ++k) {
                values.emplace_back();
                pass_one(values.back());
            }
        } else {
            for (Each& each : values) pass_one(each);
        }
    }
    void texts(std::vector<std::string>& values) {
        list(values, [this](std::string& each) { io_.text(each); });
    }
    template <class Value, class Pass>
    void map(std::map<std::string, Value>& values, Pass&& pass_one) {
        auto count = static_cast<std::int64_t>(values.size());
        io_.integer(count);
        if constexpr (Io::reads) {
            values.clear();
            for (std::int64_t k = 0; k < count; ++k) {
                std::string name;
                io_.text(name);
                pass_one(values[name]);
            }
        } else {
            for (auto& [name, value] : values) {
                std::string copy = name;
                io_.text(copy);
                pass_one(value);
            }
        }
    }

    Io& io_;
};

}  // namespace thuocdo::live::detail
