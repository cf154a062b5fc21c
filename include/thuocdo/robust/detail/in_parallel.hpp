#pragma once
/// @file
/// The same work on several threads.

#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace thuocdo::robust::detail {

/// Runs `work(k)` for k = 0 .. count-1, each on a thread of its own, the first on this one.
/// @throws what one of them throws, once all have ended.
template <class Work>
void in_parallel(std::size_t count, const Work& work) {
    if (count <= 1) {
        if (count == 1) work(std::size_t{0});
        return;
    }
    std::exception_ptr failure;
    std::mutex guard;
    const auto guarded = [&](std::size_t k) {
        try {
            work(k);
        } catch (...) {
            const std::lock_guard<std::mutex> lock(guard);
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::thread> helpers;
    helpers.reserve(count - 1);
    for (std::size_t k = 1; k < count; ++k) helpers.emplace_back(guarded, k);
    guarded(0);
    for (std::thread& helper : helpers) helper.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace thuocdo::robust::detail
