#pragma once
/// @file
/// Reads the members of JSON objects and collects what is wrong with them. A
/// member that cannot be read leaves its default and is remembered as failed,
/// so that later checks do not complain about the default.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/time/date.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/json_text.hpp"
#include "io/messages.hpp"

namespace thuocdo::io::detail {

/// The places of a document that could not be read.
class FailedPlaces {
  public:
    void insert(std::string place) { places_.insert(std::move(place)); }
    [[nodiscard]] bool contains(const std::string& place) const { return places_.contains(place); }
    [[nodiscard]] const std::set<std::string>& all() const noexcept { return places_; }

    /// Whether the place itself or an object or list that holds it failed.
    [[nodiscard]] bool at_or_above(std::string_view place) const;

    /// Whether the place itself or something inside it failed.
    [[nodiscard]] bool at_or_below(std::string_view place) const;

  private:
    std::set<std::string> places_;
};

/// What one reading found.
struct ReadLog {
    std::vector<Problem> problems{};
    FailedPlaces failed{};

    /// A problem that makes its place unreadable.
    void add(Problem problem) {
        failed.insert(problem.place);
        problems.push_back(std::move(problem));
    }
};

/// What stands in a document, e.g. `text "0.2"`, `number 3` or `a list`.
[[nodiscard]] std::string described(const Json& value);

[[nodiscard]] std::optional<std::string> read_text(const Json& value, const std::string& place,
                                                   ReadLog& log);
[[nodiscard]] std::optional<double> read_number(const Json& value, const std::string& place,
                                                ReadLog& log);
[[nodiscard]] std::optional<Date> read_date(const Json& value, const std::string& place,
                                            ReadLog& log);
/// Position of a word among those allowed.
[[nodiscard]] std::optional<std::size_t> read_word(const Json& value, const std::string& place,
                                                   ReadLog& log,
                                                   std::span<const std::string> allowed,
                                                   const char* code = "unknown_word");

/// Reads one object. The members that are asked for are the members it may
/// have; `finish` reports the others.
class ObjectReader {
  public:
    /// Reports a value that is no object; it then reads as one without members.
    ObjectReader(const Json& value, std::string place, ReadLog& log);

    [[nodiscard]] bool is_object() const noexcept { return object_ != nullptr; }
    [[nodiscard]] const std::string& place() const noexcept { return place_; }
    [[nodiscard]] std::string at(const char* name) const { return place_ + '/' + name; }
    [[nodiscard]] ReadLog& log() noexcept { return log_; }

    /// The member, or nothing where it is absent.
    [[nodiscard]] const Json* find(const char* name);
    /// The member; its absence is a problem.
    [[nodiscard]] const Json* require(const char* name, const char* expected);

    [[nodiscard]] std::string text(const char* name);
    [[nodiscard]] std::string required_text(const char* name, const char* expected = "text");
    [[nodiscard]] std::optional<double> number(const char* name);
    [[nodiscard]] double number(const char* name, double default_value);
    [[nodiscard]] double required_number(const char* name, double fallback);
    [[nodiscard]] std::optional<int> integer(const char* name);
    [[nodiscard]] int required_integer(const char* name);
    [[nodiscard]] bool flag(const char* name, bool default_value);
    [[nodiscard]] std::optional<Date> date(const char* name);
    [[nodiscard]] Label label(const char* name);
    [[nodiscard]] std::vector<double> numbers(const char* name);
    [[nodiscard]] std::vector<std::string> texts(const char* name);
    /// A list of texts, or one text that stands for a list of one.
    [[nodiscard]] std::vector<std::string> text_or_texts(const char* name);

    template <class Enum>
    [[nodiscard]] std::optional<Enum> word(const char* name) {
        const Json* value = find(name);
        return value ? to_word<Enum>(*value, at(name)) : std::nullopt;
    }
    template <class Enum>
    [[nodiscard]] Enum word(const char* name, Enum default_value) {
        return word<Enum>(name).value_or(default_value);
    }
    template <class Enum>
    [[nodiscard]] std::optional<Enum> to_word(const Json& value, const std::string& place) {
        std::vector<std::string> allowed;
        for (const auto& each : thuocdo::detail::Names<Enum>::all)
            allowed.emplace_back(each.second);
        const auto found = read_word(value, place, log_, allowed);
        if (!found) return std::nullopt;
        return thuocdo::detail::Names<Enum>::all[*found].first;
    }

    /// Calls `read(element, place)` for each element of a list.
    template <class Read>
    void each(const char* name, const Json* list, Read read) {
        if (!list || !is_list(*list, at(name))) return;
        for (std::size_t k = 0; k < list->size(); ++k)
            read((*list)[k], at(name) + '/' + std::to_string(k));
    }

    /// Reports the members that were not asked for.
    void finish();

  private:
    [[nodiscard]] bool is_list(const Json& value, const std::string& place);
    std::optional<int> to_integer(const Json* value, const char* name);

    const Json* object_ = nullptr;
    std::string place_;
    ReadLog& log_;
    std::vector<std::string> known_;
};

}  // namespace thuocdo::io::detail
