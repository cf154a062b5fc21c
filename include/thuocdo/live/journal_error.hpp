#pragma once
/// @file
/// What a journal can fail with.

#include <thuocdo/error.hpp>

namespace thuocdo::live {

/// A journal that cannot be opened, read or written. The code of the problem says
/// why; see `Journal`.
class JournalError : public Error {
  public:
    using Error::Error;
};

}  // namespace thuocdo::live
