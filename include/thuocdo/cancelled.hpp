#pragma once
/// @file
/// What stops a long run when its caller asks for it.

#include <stdexcept>

namespace thuocdo {

/// Thrown when a progress callback asks to stop. Nothing is changed.
class Cancelled : public std::runtime_error {
  public:
    Cancelled() : std::runtime_error("cancelled by the caller") {}
};

}  // namespace thuocdo
