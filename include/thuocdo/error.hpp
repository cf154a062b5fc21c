#pragma once
/// @file
/// Typed errors that name the place, what was found, what was expected and how
/// to mend it. One error carries every problem of the call that raised it.

#include <cstddef>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// One thing that is wrong with the input.
struct Problem {
    /// Stable identifier in snake_case, e.g. `band_gap`. Programs match on it;
    /// the sentences may change between versions.
    std::string code;
    /// JSON pointer (`/root/children/2/weight`), `file:row:column`, or
    /// `unit "HN", indicator "le"`.
    std::string place;
    /// What stands there, e.g. `text "100%"`.
    std::string found;
    /// What should stand there, e.g. `a number`.
    std::string expected;
    /// What the user can do about it.
    std::string remedy;

    /// `PLACE: found ...; expected ...; REMEDY [code]`
    [[nodiscard]] std::string message() const {
        std::string text = place.empty() ? std::string("(whole document)") : place;
        text += ": found " + found + "; expected " + expected;
        if (!remedy.empty()) text += "; " + remedy;
        return text + " [" + code + "]";
    }

    friend bool operator==(const Problem&, const Problem&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Problem& problem) {
        return out << problem.message();
    }
};

/// Base of every error that the library throws. `what()` lists the first
/// problems, `problems()` has them all.
class Error : public std::runtime_error {
  public:
    /// How many problems `what()` spells out before it only counts the rest.
    static constexpr std::size_t problems_in_message = 20;

    Error(const std::string& summary, std::vector<Problem> problems)
        : std::runtime_error(compose(summary, problems)), problems_(std::move(problems)) {}

    /// Every problem found, in the order of the document or file.
    [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

  private:
    static std::string compose(const std::string& summary, const std::vector<Problem>& problems) {
        std::string text = summary;
        std::size_t listed = 0;
        for (const Problem& problem : problems) {
            if (listed == problems_in_message) {
                text += "\n  ... and " + std::to_string(problems.size() - listed) + " more";
                break;
            }
            text += "\n  " + problem.message();
            ++listed;
        }
        return text;
    }

    std::vector<Problem> problems_;
};

/// An index model that cannot be used as written.
class ModelError : public Error {
  public:
    using Error::Error;
};

/// Units, values or files that cannot be used as given.
class DataError : public Error {
  public:
    using Error::Error;
};

/// Tasks that cannot be used as given.
class TaskError : public Error {
  public:
    using Error::Error;
};

/// An argument outside the domain of a kernel.
class NumericError : public Error {
  public:
    using Error::Error;
};

}  // namespace thuocdo
