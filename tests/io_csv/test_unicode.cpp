#include <thuocdo/error.hpp>
#include <thuocdo/io/unicode.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using thuocdo::io::find_invalid_utf8;
using thuocdo::io::is_nfc;
using thuocdo::io::is_valid_utf8;
using thuocdo::io::to_nfc;

namespace {

// Written independently of the library: RFC 3629, section 3.
std::string encoded(std::uint32_t point) {
    std::string out;
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xc0 | (point >> 6));
        add(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        add(0xe0 | (point >> 12));
        add(0x80 | ((point >> 6) & 0x3f));
        add(0x80 | (point & 0x3f));
    } else {
        add(0xf0 | (point >> 18));
        add(0x80 | ((point >> 12) & 0x3f));
        add(0x80 | ((point >> 6) & 0x3f));
        add(0x80 | (point & 0x3f));
    }
    return out;
}

}  // namespace

TEST_CASE("every code point but the surrogates is well formed, alone and among ASCII") {
    for (std::uint32_t point = 0; point < 0x110000; ++point) {
        const std::string text = encoded(point);
        const bool surrogate = point >= 0xd800 && point < 0xe000;
        if (is_valid_utf8(text) == surrogate) FAIL("code point ", point);
        if (is_valid_utf8("abcdefghij" + text + "k") == surrogate) FAIL("code point ", point);
    }
}

TEST_CASE("malformed sequences are found at their first byte") {
    // Unicode Standard, section 3.9: overlong, truncated, lone trail, too high.
    const std::vector<std::string> malformed = {"\xc0\x80",
                                                "\xc1\xbf",
                                                "\xe0\x9f\xbf",
                                                "\xed\xa0\x80",
                                                "\xf0\x8f\xbf\xbf",
                                                "\xf4\x90\x80\x80",
                                                "\xf5\x80\x80\x80",
                                                "\x80",
                                                "\xbf",
                                                "\xff",
                                                "\xe1\xba",
                                                "\xc3"};
    for (const std::string& bad : malformed) {
        CHECK(find_invalid_utf8(bad) == 0);
        CHECK(find_invalid_utf8("Hà Nội, " + bad + "x") == 11);
    }
    CHECK_FALSE(find_invalid_utf8("").has_value());
}

TEST_CASE("Vietnamese names: composed form is NFC, decomposed form is not and becomes it") {
    CHECK(is_nfc("Thừa Thiên - Huế"));
    CHECK_FALSE(is_nfc("Hu\x65\xcc\x82\xcc\x81"));
    CHECK(to_nfc("Hu\x65\xcc\x82\xcc\x81") == "Huế");
    // Dot below before circumflex, as some keyboards write it.
    CHECK(to_nfc("N\x6f\xcc\xa3\xcc\x82i") == "Nội");
    CHECK(to_nfc("Đắk Lắk") == "Đắk Lắk");
    // The Greek question mark is canonically a semicolon (Unicode Character Database).
    CHECK(to_nfc("\xcd\xbe") == ";");
    CHECK_FALSE(is_nfc("\xcd\xbe"));
    CHECK(is_nfc("日本"));
    CHECK(is_nfc(""));
}

TEST_CASE("text that is not UTF-8 is not NFC and cannot become it") {
    CHECK_FALSE(is_nfc("a\xff"));
    CHECK_THROWS_AS(static_cast<void>(to_nfc("a\xff")), thuocdo::DataError);
}

TEST_CASE("noncharacters are text as well") {
    for (const std::uint32_t point : {0xfffeU, 0xffffU, 0xfdd0U, 0x10ffffU}) {
        CHECK(is_nfc(encoded(point)));
        CHECK(to_nfc(encoded(point)) == encoded(point));
    }
}

TEST_CASE("the code points that are taken as NFC without a look are NFC in every pair") {
    std::vector<std::string> plain;
    for (std::uint32_t point = 0x20; point < 0x300; ++point) plain.push_back(encoded(point));
    for (std::uint32_t point = 0x1e00; point < 0x1f00; ++point) plain.push_back(encoded(point));
    // A character of another script sends the text through full normalisation.
    for (const std::string& first : plain) {
        std::string all = "日";
        for (const std::string& second : plain) all += first + second;
        if (to_nfc(all) != all) FAIL("changed after ", first);
    }
}
