#pragma once
/// @file
/// Which way an indicator counts.

namespace thuocdo {

/// Whether a larger value of an indicator is better or worse.
enum class Direction { higher_is_better, lower_is_better };

}  // namespace thuocdo
