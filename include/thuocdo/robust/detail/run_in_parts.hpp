#pragma once
/// @file
/// Work that is cut into parts for threads.

#include <thuocdo/error.hpp>
#include <thuocdo/robust/detail/in_parallel.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace thuocdo::robust::detail {

/// Threads that are worth starting for so many parts.
/// @throws NumericError below one thread.
[[nodiscard]] inline std::size_t threads_for(std::uint64_t parts, int threads) {
    if (threads < 1)
        throw NumericError("options of a robustness study",
                           {{"option_out_of_range", "threads", std::to_string(threads),
                             "at least 1", "correct the option"}});
    return static_cast<std::size_t>(
        std::max<std::uint64_t>(1, std::min(parts, static_cast<std::uint64_t>(threads))));
}

/// Calls work(worker, first, end) for parts of [0, count). What a worker gathers must
/// merge to the same whatever parts it gets.
/// @param workers from `threads_for`; each has a number below it.
/// @throws Cancelled when the progress callback returns false; what the work throws.
template <class Work>
void run_in_parts(std::uint64_t count, std::uint64_t part, std::size_t workers,
                  const std::function<bool(double)>& progress, const Work& work) {
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> stop{false};
    std::uint64_t done = 0;
    bool cancelled = false;
    std::mutex guard;
    in_parallel(workers, [&](std::size_t worker) {
        try {
            while (!stop) {
                const std::uint64_t first = next.fetch_add(part);
                if (first >= count) return;
                const std::uint64_t end = std::min(count, first + part);
                work(worker, first, end);
                if (!progress) continue;
                const std::lock_guard<std::mutex> lock(guard);
                done += end - first;
                if (stop || progress(static_cast<double>(done) / static_cast<double>(count)))
                    continue;
                cancelled = true;
                stop = true;
            }
        } catch (...) {
            // The others need not begin another part.
            stop = true;
            throw;
        }
    });
    if (cancelled) throw Cancelled();
}

}  // namespace thuocdo::robust::detail
