// One writer replaces a value that several threads read.

#include <thuocdo/live/detail/published.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

namespace published_tests {

using thuocdo::live::detail::Published;

/// Two numbers that agree, and a count of the objects that live.
struct Pair {
    static inline std::atomic<long> alive{0};
    static inline std::atomic<long> made{0};
    std::uint64_t version;
    std::uint64_t complement;

    explicit Pair(std::uint64_t value) : version(value), complement(~value) {
        ++alive;
        ++made;
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    ~Pair() {
        // What is read after it was freed has no complement.
        version = complement;
        --alive;
    }
};

static_assert(!std::is_copy_constructible_v<Published<Pair>>);
static_assert(!std::is_move_constructible_v<Published<Pair>>);

}  // namespace published_tests

using namespace published_tests;

TEST_CASE("a reader gets the value published last and keeps it as long as it likes") {
    REQUIRE(Pair::alive == 0);
    std::shared_ptr<const Pair> kept;
    {
        Published<Pair> published;
        CHECK(published.read() == nullptr);
        published.publish(std::make_shared<const Pair>(1U));
        kept = published.read();
        CHECK(kept->version == 1U);
        CHECK(published.read() == kept);
        published.publish(std::make_shared<const Pair>(2U));
        CHECK(published.read()->version == 2U);
        CHECK(kept->version == 1U);
        CHECK(Pair::alive == 2);
        published.publish(nullptr);
        CHECK(published.read() == nullptr);
        CHECK(Pair::alive == 1);
    }
    CHECK(kept->complement == ~std::uint64_t{1});
    kept.reset();
    CHECK(Pair::alive == 0);
}

TEST_CASE("what nobody holds is freed at once, once, and the rest by the destructor") {
    REQUIRE(Pair::alive == 0);
    {
        Published<Pair> published(std::make_shared<const Pair>(0U));
        for (std::uint64_t version = 1; version <= 1000; ++version) {
            published.publish(std::make_shared<const Pair>(version));
            CHECK(Pair::alive == 1);
            CHECK(published.retired_count() == 0);
        }
    }
    CHECK(Pair::alive == 0);
}

TEST_CASE("readers see whole values in the order of publication while one thread writes") {
    REQUIRE(Pair::alive == 0);
    const long made_before = Pair::made;
    constexpr std::uint64_t publications = 20'000;
    constexpr int reader_count = 4;
    {
        Published<Pair> published(std::make_shared<const Pair>(0U));
        std::atomic<int> halves{0};
        std::atomic<int> steps_back{0};
        std::atomic<int> reading{0};
        std::vector<std::thread> readers;
        for (int k = 0; k < reader_count; ++k)
            readers.emplace_back([&] {
                std::vector<std::shared_ptr<const Pair>> kept(8);
                std::uint64_t newest = 0;
                ++reading;
                for (std::size_t n = 0; newest < publications; ++n) {
                    std::shared_ptr<const Pair>& value = kept[n % kept.size()];
                    value = published.read();
                    if (value->complement != ~value->version) ++halves;
                    if (value->version < newest) ++steps_back;
                    newest = value->version;
                }
                for (const auto& value : kept)
                    if (value && value->complement != ~value->version) ++halves;
            });
        while (reading < reader_count) std::this_thread::yield();
        std::size_t most_retired = 0;
        for (std::uint64_t version = 1; version <= publications; ++version) {
            published.publish(std::make_shared<const Pair>(version));
            most_retired = std::max(most_retired, published.retired_count());
        }
        for (std::thread& reader : readers) reader.join();
        CHECK(halves == 0);
        CHECK(steps_back == 0);
        CHECK(most_retired <= static_cast<std::size_t>(reader_count));
        CHECK(Pair::made - made_before == static_cast<long>(publications) + 1);
    }
    CHECK(Pair::alive == 0);
}

TEST_CASE("more readers than slots wait for each other, not for ever") {
    Published<Pair> published(std::make_shared<const Pair>(5U));
    std::vector<std::thread> readers;
    std::atomic<std::uint64_t> sum{0};
    for (std::size_t k = 0; k < Published<Pair>::slots_count + 16; ++k)
        readers.emplace_back([&] {
            for (int n = 0; n < 20; ++n) sum += published.read()->version;
        });
    for (std::thread& reader : readers) reader.join();
    CHECK(sum == (Published<Pair>::slots_count + 16) * 20 * 5);
}
