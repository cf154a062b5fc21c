#include <thuocdo/numeric/sha256.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>

namespace {

using thuocdo::numeric::Sha256;

std::string digest(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return hash.hex();
}

}  // namespace

TEST_CASE("SHA-256 gives the digests of the NIST examples") {
    CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(digest("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                 "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu") ==
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(digest(std::string(1000000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("messages around the padding border have the digests of Python's hashlib") {
    const auto repeated = [](std::size_t count) { return digest(std::string(count, 'x')); };
    CHECK(repeated(55) == "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072");
    CHECK(repeated(56) == "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e");
    CHECK(repeated(63) == "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2");
    CHECK(repeated(64) == "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c");
    CHECK(repeated(65) == "9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9");
    CHECK(repeated(119) == "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c");
    CHECK(repeated(120) == "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98");
}

TEST_CASE("how the input is cut into updates does not matter") {
    const std::string text(1000, 'q');
    for (std::size_t step : {1U, 7U, 63U, 64U, 65U, 999U}) {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += step) {
            hash.update(std::string_view(text).substr(at, step));
        }
        CHECK(hash.hex() == digest(text));
    }
}

TEST_CASE("reading the digest does not end the message") {
    Sha256 hash;
    hash.update("a");
    CHECK(hash.hex() == digest("a"));
    CHECK(hash.hex() == digest("a"));
    hash.update("bc");
    CHECK(hash.hex() == digest("abc"));
}

TEST_CASE("doubles that mean the same have the same digest") {
    // hashlib.sha256(struct.pack("<dddQ", 0.0, 1.5, -2.25, 57))
    Sha256 hash;
    hash.update_double(-0.0);
    hash.update_double(1.5);
    hash.update_double(-2.25);
    hash.update_integer(57);
    CHECK(hash.hex() == "fa30bfe3ff1e973249a968ddef9dabfeed2c16b66ce4bd6ea85574f3a8f0334a");

    for (const double nan :
         {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::quiet_NaN()}) {
        Sha256 missing;
        missing.update_double(nan);
        CHECK(missing.hex() == "74999fd28ab18ccca2bee199f260d19764603a3c78353d773d16d215eebe8e19");
    }
}
