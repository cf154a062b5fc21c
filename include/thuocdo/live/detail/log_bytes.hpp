#pragma once
/// @file
/// A log as a digest and as bytes.

#include <thuocdo/live/detail/event_transfer.hpp>
#include <thuocdo/live/event.hpp>
#include <thuocdo/numeric/detail/bytes.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

inline constexpr numeric::detail::ByteFormat log_format{"thuocdo events 1\n", "the log",
                                                        "ObservationLog::bytes()"};

/// Adds events to a digest; lengths come before texts, so that no two events look alike.
struct HashIo {
    static constexpr bool reads = false;
    numeric::Sha256& hash;

    void text(const std::string& value) const {
        hash.update_integer(value.size());
        hash.update(value);
    }
    void number(double value) const { hash.update_double(value); }
    void integer(std::int64_t value) const {
        hash.update_integer(static_cast<std::uint64_t>(value));
    }
    void refuse(const char*) const {}
};

/// Writes events; a text that came before is written as its number.
class WriteIo {
  public:
    static constexpr bool reads = false;

    void text(const std::string& value) {
        const auto [found, inserted] = known_.try_emplace(value, known_.size() + 1);
        out_.number(inserted ? std::uint32_t{0} : static_cast<std::uint32_t>(found->second));
        if (inserted) out_.text(value);
    }
    void number(double value) { out_.number(value); }
    void integer(std::int64_t value) { out_.number(value); }
    void refuse(const char*) const {}
    [[nodiscard]] std::string finish() { return out_.finish(); }

  private:
    numeric::detail::ByteWriter out_{log_format};
    std::unordered_map<std::string, std::size_t> known_;
};

/// Reads what `WriteIo` wrote.
class ReadIo {
  public:
    static constexpr bool reads = true;

    explicit ReadIo(std::string_view bytes) : in_(log_format, bytes) {}

    void text(std::string& value) {
        const auto number = in_.number<std::uint32_t>();
        if (number > known_.size()) refuse("a text that did not come before");
        if (number == 0) known_.push_back(in_.text());
        value = number == 0 ? known_.back() : known_[number - 1];
    }
    void number(double& value) { value = in_.number<double>(); }
    void integer(std::int64_t& value) { value = in_.number<std::int64_t>(); }
    [[noreturn]] void refuse(const char* found) const { in_.refuse(found); }
    void finish() const { in_.finish(); }

  private:
    numeric::detail::ByteReader in_;
    std::vector<std::string> known_;
};

inline void hash_event(numeric::Sha256& hash, Event event) {
    HashIo io{hash};
    EventTransfer<HashIo>(io).event(event);
}

}  // namespace thuocdo::live::detail
