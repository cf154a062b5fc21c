#pragma once
// The status that a file states, held against the dates of the task.

#include <thuocdo/io/tasks.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/json_reader.hpp"

namespace thuocdo::io::detail {

/// The texts of a vocabulary, ready to be looked up as wholes.
class StatusMatcher {
  public:
    /// Reports words without text and texts that occur twice, placed by
    /// `place` + `/words/2/text`.
    StatusMatcher(const StatusVocabulary& vocabulary, const std::string& place,
                  std::vector<Problem>& problems);

    [[nodiscard]] std::optional<StatedStatus> find(std::string_view text) const;

    /// The problem of a text that is not in the vocabulary.
    [[nodiscard]] Problem unknown(std::string_view text, std::string place) const;

  private:
    [[nodiscard]] std::string key(std::string_view text) const;

    bool case_sensitive_;
    std::vector<std::string> texts_;
    std::unordered_map<std::string, StatedStatus> meanings_;
};

/// Where the dates of a task contradict its stated status, or do not support it.
[[nodiscard]] std::optional<Problem> status_problem(std::string_view text, StatedStatus stated,
                                                    const Task& task, std::string place);

/// Reads `case_sensitive` and `words`.
[[nodiscard]] StatusVocabulary read_vocabulary(const Json& value, const std::string& place,
                                               ReadLog& log);

}  // namespace thuocdo::io::detail
