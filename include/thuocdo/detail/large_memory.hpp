#pragma once
/// @file
/// A hint to the system about large tables.

#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace thuocdo::detail {

/// Asks for large pages under a table that has not been written yet. With pages
/// of 4 KB, taking the memory of a million units from the system costs more than
/// scoring them: 24 memory sweeps against 11 with large pages. Only a hint;
/// small tables are left alone.
template <class Number>
void prefer_large_pages([[maybe_unused]] Number* data,
                        [[maybe_unused]] std::size_t count) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::uintptr_t large_page = std::uintptr_t{1} << 21U;
    constexpr std::size_t worth_it = std::size_t{1} << 22U;
    if (count * sizeof(Number) < worth_it) return;
    const auto begin = reinterpret_cast<std::uintptr_t>(data);
    const std::uintptr_t first = (begin + large_page - 1) / large_page * large_page;
    const std::uintptr_t last = (begin + count * sizeof(Number)) / large_page * large_page;
    if (last > first)
        static_cast<void>(madvise(reinterpret_cast<void*>(first),
                                  static_cast<std::size_t>(last - first), MADV_HUGEPAGE));
#endif
}

/// A table of zeros, on large pages where it is large.
template <class Number>
[[nodiscard]] std::vector<Number> large_table(std::size_t count) {
    std::vector<Number> out;
    out.reserve(count);
    prefer_large_pages(out.data(), count);
    out.resize(count);
    return out;
}

}  // namespace thuocdo::detail
