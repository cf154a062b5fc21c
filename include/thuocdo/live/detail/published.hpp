#pragma once
/// @file
/// A value that one thread replaces and any number of threads read, without a lock.

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// The newest of the values that a writer publishes. One thread at a time publishes; any
/// number of threads read at the same time. **The writer never waits for a reader**, even
/// one that was suspended in the middle of `read()`; a reader starts over only when a
/// publication came in between, and waits only while more than `slots_count` readers are
/// inside `read()` at one moment.
///
/// `std::atomic<std::shared_ptr>` (libstdc++ 12) and `boost::atomic_shared_ptr` do not
/// promise that: both lock a bit while a reader copies, and a reader suspended there stops
/// the writer. Here readers announce what they are about to copy in a hazard pointer
/// (M. M. Michael, Hazard Pointers: Safe Memory Reclamation for Lock-Free Objects, IEEE
/// Transactions on Parallel and Distributed Systems 15(6), 2004), and the writer puts off
/// freeing what is announced.
///
/// **Memory order**, and why it is enough:
/// - A reader announces a node, then looks whether it is still the current one; the writer
///   replaces the current node, then looks at the announcements. These four operations are
///   `seq_cst`, so they have one order: either the writer's replacement comes before the
///   reader's second look, and the reader starts over, or the reader's announcement comes
///   before the writer's look, and the writer keeps the node. Weaker orders would allow
///   both to look too early.
/// - The reader's second look is an acquire that reads what the writer's exchange, a
///   release, wrote: it sees the whole value that the node was made with. This holds when
///   a freed node's address was used again, because then the look reads the newer
///   exchange.
/// - A reader gives its slot back by a release store after its copy, and the writer looks
///   at the slot by an acquire load: the copy happens before the node is freed. If another
///   reader has claimed the slot in between, it did so by an acquire-release exchange, and
///   its own stores are releases, so that the first copy happens before what the writer
///   sees.
/// - The first look of a reader may be relaxed: what it reads is only compared.
///
/// What is no longer current is freed by a later `publish()` or the destructor; at most
/// one value a slot is kept that way. A value itself is destroyed by whoever lets go of it
/// last, which may be a reader.
template <class T>
class Published {
  public:
    /// Readers that can be inside `read()` at one moment without waiting for each other.
    static constexpr std::size_t slots_count = 64;

    explicit Published(std::shared_ptr<const T> first = nullptr)
        : current_(new Node{std::move(first)}) {
        try {
            retired_.reserve(slots_count + 1);
        } catch (...) {
            delete current_.load(std::memory_order_relaxed);
            throw;
        }
    }

    Published(const Published&) = delete;
    Published& operator=(const Published&) = delete;

    /// No thread may be reading or publishing any more.
    ~Published() {
        delete current_.load(std::memory_order_relaxed);
        for (const Node* node : retired_) delete node;
    }

    /// Replaces the value. One thread at a time. Bounded time: O(slots), and the
    /// destructors of values that nobody holds any more.
    void publish(std::shared_ptr<const T> value) {
        const Node* next = new Node{std::move(value)};
        // Each slot keeps at most one node back, so there is room for one more.
        retired_.push_back(current_.exchange(next, std::memory_order_seq_cst));
        free_retired();
    }

    /// The value that was published last; empty before the first. Any thread.
    [[nodiscard]] std::shared_ptr<const T> read() const {
        const Node* node = current_.load(std::memory_order_relaxed);
        std::atomic<const Node*>& slot = claim_slot(node);
        for (;;) {
            const Node* newest = current_.load(std::memory_order_seq_cst);
            if (newest == node) break;
            node = newest;
            slot.store(node, std::memory_order_seq_cst);
        }
        std::shared_ptr<const T> value = node->value;
        slot.store(nullptr, std::memory_order_release);
        return value;
    }

    /// Values that are no longer current and not yet let go of. For the writer.
    [[nodiscard]] std::size_t retired_count() const noexcept { return retired_.size(); }

  private:
    struct Node {
        std::shared_ptr<const T> value;
    };

    static constexpr std::size_t cache_line = 64;

    /// The node that a reader is about to copy; null while no reader uses the slot. Apart,
    /// so that readers do not slow each other down.
    struct alignas(cache_line) Slot {
        std::atomic<const Node*> announced{nullptr};
    };

    /// Takes a free slot and announces `node` in it at once.
    [[nodiscard]] std::atomic<const Node*>& claim_slot(const Node* node) const {
        const std::size_t own = std::hash<std::thread::id>{}(std::this_thread::get_id());
        for (;;) {
            for (std::size_t k = 0; k < slots_count; ++k) {
                std::atomic<const Node*>& slot = slots_[(own + k) % slots_count].announced;
                const Node* free = nullptr;
                if (slot.load(std::memory_order_relaxed) == nullptr &&
                    slot.compare_exchange_strong(free, node, std::memory_order_seq_cst,
                                                 std::memory_order_relaxed))
                    return slot;
            }
            std::this_thread::yield();
        }
    }

    void free_retired() {
        std::array<const Node*, slots_count> announced{};
        for (std::size_t k = 0; k < slots_count; ++k)
            announced[k] = slots_[k].announced.load(std::memory_order_seq_cst);
        std::erase_if(retired_, [&announced](const Node* node) {
            for (const Node* each : announced)
                if (each == node) return false;
            delete node;
            return true;
        });
    }

    std::atomic<const Node*> current_;
    mutable std::array<Slot, slots_count> slots_{};
    /// Replaced nodes that a reader may still be copying. The writer's.
    std::vector<const Node*> retired_;
};

}  // namespace thuocdo::live::detail
