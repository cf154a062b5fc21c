#pragma once
// What the readers and writers ask of utf8proc, and the mark that may open a file.

#include <utf8proc.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace thuocdo::io::detail {

inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Well-formed UTF-8, composed (NFC) and changed as the further options of utf8proc say.
[[nodiscard]] inline std::string composed_utf8(std::string_view text, int further_options = 0) {
    struct FreeBuffer {
        void operator()(utf8proc_uint8_t* buffer) const noexcept { std::free(buffer); }
    };
    utf8proc_uint8_t* raw = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        static_cast<utf8proc_ssize_t>(text.size()), &raw,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | further_options));
    const std::unique_ptr<utf8proc_uint8_t, FreeBuffer> buffer(raw);
    // Well-formed text fails for want of memory only.
    if (length < 0 || !buffer) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(buffer.get()), static_cast<std::size_t>(length)};
}

}  // namespace thuocdo::io::detail
