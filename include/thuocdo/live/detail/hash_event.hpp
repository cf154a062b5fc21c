#pragma once
/// @file
/// Events as bytes of a digest.

#include <thuocdo/live/event.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/time/day_number.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thuocdo::live::detail {

inline void hash_text(numeric::Sha256& hash, const std::string& text) {
    hash.update_integer(text.size());
    hash.update(text);
}

inline void hash_day(numeric::Sha256& hash, const Date& day) {
    hash.update_integer(static_cast<std::uint64_t>(day_number(day)));
}

inline void hash_day(numeric::Sha256& hash, const std::optional<Date>& day) {
    hash.update_integer(day ? 1 : 0);
    if (day) hash_day(hash, *day);
}

inline void hash_number(numeric::Sha256& hash, const std::optional<double>& number) {
    hash.update_integer(number ? 1 : 0);
    if (number) hash.update_double(*number);
}

template <class Each>
void hash_list(numeric::Sha256& hash, const std::vector<Each>& list, auto&& one) {
    hash.update_integer(list.size());
    for (const Each& each : list) one(each);
}

inline void hash_texts(numeric::Sha256& hash, const std::vector<std::string>& texts) {
    hash_list(hash, texts, [&](const std::string& each) { hash_text(hash, each); });
}

inline void hash_happening(numeric::Sha256& hash, const TaskEvent& event) {
    hash.update_integer(static_cast<std::uint64_t>(event.kind));
    hash_day(hash, event.date);
    hash.update_double(event.share);
    hash_text(hash, event.authority);
    hash_text(hash, event.note);
}

inline void hash_extension(numeric::Sha256& hash, const DeadlineExtension& extension) {
    hash_day(hash, extension.decided);
    hash_day(hash, extension.last_day);
    hash_text(hash, extension.decision);
}

/// Adds what a fact says to a digest.
struct FactHash {
    numeric::Sha256& hash;

    void operator()(const Observation& fact) const {
        hash_text(hash, fact.unit);
        hash_text(hash, fact.indicator);
        hash_text(hash, fact.period);
        hash_number(hash, fact.value);
        hash_number(hash, fact.numerator);
        hash_number(hash, fact.denominator);
        hash.update_integer(static_cast<std::uint64_t>(fact.state));
    }
    void operator()(const Withdrawal&) const {}
    void operator()(const UnitFact& fact) const {
        const Unit& unit = fact.unit;
        for (const std::string* text :
             {&unit.code, &unit.name.vi, &unit.name.en, &unit.level, &unit.kind, &unit.parent})
            hash_text(hash, *text);
        hash.update_integer(unit.groups.size());
        for (const auto& [name, group] : unit.groups) {
            hash_text(hash, name);
            hash_text(hash, group);
        }
        hash.update_integer(unit.attributes.size());
        for (const auto& [name, value] : unit.attributes) {
            hash_text(hash, name);
            hash.update_double(value);
        }
        hash_day(hash, unit.valid_from);
        hash_day(hash, unit.valid_to);
        hash_texts(hash, unit.predecessors);
    }
    void operator()(const TaskFact& fact) const {
        const Task& task = fact.task;
        for (const std::string* text : {&task.code, &task.title, &task.document, &task.lead,
                                        &task.post, &task.level, &task.sector, &task.deadline_text})
            hash_text(hash, *text);
        hash_texts(hash, task.coordinating);
        hash_day(hash, task.assigned);
        hash_day(hash, task.deadline);
        hash_list(hash, task.extensions,
                  [&](const DeadlineExtension& each) { hash_extension(hash, each); });
        hash_list(hash, task.milestones, [&](const TaskMilestone& each) {
            hash_text(hash, each.name);
            hash_day(hash, each.date);
            hash.update_double(each.planned_share);
        });
        hash_list(hash, task.events, [&](const TaskEvent& each) { hash_happening(hash, each); });
        hash_list(hash, task.products, [&](const TaskProduct& each) {
            hash_text(hash, each.name);
            hash_day(hash, each.accepted);
            hash.update_integer(static_cast<std::uint64_t>(each.quality));
            hash_list(hash, each.failed_assessments, [&](const Date& day) { hash_day(hash, day); });
            hash_number(hash, each.coefficient);
        });
        hash_texts(hash, task.indicators);
        hash.update_double(task.coefficient);
        hash_list(hash, task.money, [&](const TaskMoney& each) {
            hash_day(hash, each.date);
            hash.update_double(each.allocated);
            hash.update_double(each.disbursed);
        });
        hash.update_integer(static_cast<std::uint64_t>(task.secrecy));
    }
    void operator()(const TaskHappening& fact) const {
        hash_text(hash, fact.task);
        hash_happening(hash, fact.event);
    }
    void operator()(const TaskExtension& fact) const {
        hash_text(hash, fact.task);
        hash_extension(hash, fact.extension);
    }
};

/// Adds an event to a digest. A number of any size and a text that ends early cannot be
/// taken for each other: lengths come first.
inline void hash_event(numeric::Sha256& hash, const Event& event) {
    hash_text(hash, event.id);
    hash_day(hash, event.valid);
    hash.update_integer(static_cast<std::uint64_t>(event.known.microseconds));
    hash_text(hash, event.replaces);
    hash_text(hash, event.source);
    hash.update_integer(event.fact.index());
    std::visit(FactHash{hash}, event.fact);
}

}  // namespace thuocdo::live::detail
