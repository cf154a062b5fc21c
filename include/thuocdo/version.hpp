#pragma once
/// @file
/// The version of the library. CMake, the Python package and the command all
/// read it from this file, so that it is written once.

#define THUOCDO_VERSION_MAJOR 0
#define THUOCDO_VERSION_MINOR 1
#define THUOCDO_VERSION_PATCH 0
#define THUOCDO_VERSION "0.1.0"

namespace thuocdo {

/// The version as text, `major.minor.patch`.
[[nodiscard]] constexpr const char* version() noexcept { return THUOCDO_VERSION; }

}  // namespace thuocdo
