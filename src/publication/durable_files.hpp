#pragma once
// Files that are there as a whole or not at all.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace thuocdo::publish::detail {

/// Writes a new file and syncs it. @param mode permissions, less those of the process's mask
/// @throws DataError (`target_exists`, `cannot_write`)
void write_new_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode);

/// Writes a new file under a temporary name beside it, syncs it and renames it.
/// @throws DataError (`target_exists`, `cannot_write`)
void place_file(const std::filesystem::path& target, std::string_view bytes);

/// The same with a folder of files by name, which may have folders.
void place_folder(const std::filesystem::path& target,
                  const std::map<std::string, std::string>& files);

}  // namespace thuocdo::publish::detail
