#pragma once
// Whole files as text.

#include <thuocdo/error.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace thuocdo::io::detail {

/// The bytes of a file.
/// @throws DataError (`file_not_found`) when it cannot be read.
[[nodiscard]] inline std::string read_text_file(const std::filesystem::path& path) {
    std::error_code ignored;
    std::ifstream file;
    if (!std::filesystem::is_directory(path, ignored)) file.open(path, std::ios::binary);
    std::string text;
    if (file.is_open()) {
        const auto size = std::filesystem::file_size(path, ignored);
        if (!ignored) {
            text.resize(static_cast<std::size_t>(size));
            file.read(text.data(), static_cast<std::streamsize>(text.size()));
            text.resize(static_cast<std::size_t>(file.gcount()));
        } else {
            text.assign(std::istreambuf_iterator<char>(file), {});
        }
    }
    if (!file.is_open() || file.bad())
        throw DataError("the file cannot be read",
                        {{"file_not_found", path.string(), "no file that can be read",
                          "a text file", "check the path and the permissions"}});
    return text;
}

}  // namespace thuocdo::io::detail
