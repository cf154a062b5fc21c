#pragma once
/// @file
/// What the two forms of a model have in common once they are read.

#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/index_model.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io::detail {

/// A model as far as it could be read, and everything that is wrong with it.
struct ModelReading {
    ModelDefinition definition{};
    std::vector<Problem> problems{};
};

/// Reads a JSON document; `file` is its name in messages, empty for a text.
[[nodiscard]] ModelReading read_model_json(std::string_view json, const std::string& file);

/// Reads a table.
[[nodiscard]] ModelReading read_model_table(std::string_view csv, const std::string& file);

/// Reads a file by its extension.
[[nodiscard]] ModelReading read_model_file(const std::filesystem::path& path);

/// The model, or an error that calls it `subject`.
[[nodiscard]] IndexModel accepted(ModelReading reading, const std::string& subject);

}  // namespace thuocdo::io::detail
