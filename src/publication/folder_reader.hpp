#pragma once
// What stands in the folder of a publication, also where it does not belong there.

#include <thuocdo/error.hpp>
#include <thuocdo/publish/bundle.hpp>

#include <filesystem>
#include <vector>

namespace thuocdo::publish::detail {

struct FolderReading {
    Bundle bundle{};
    /// Files that are no part of any publication.
    std::vector<Problem> problems{};
};

/// @throws DataError (`file_not_found`)
[[nodiscard]] FolderReading read_folder(const std::filesystem::path& path);

}  // namespace thuocdo::publish::detail
