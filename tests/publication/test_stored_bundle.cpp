// A bundle that another build once published still verifies: g++ 12 for SSE2 without assertions
// made it, and these tests are compiled by g++ and clang, with and without sanitizers.
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/verification.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

namespace stored_bundle_tests {

const std::string path =
    std::string(THUOCDO_TEST_DATA_DIR) + "/publication/index766-2026-10-10.zip";

// The public key of the seed 0, 1, ..., 31.
constexpr const char* signer = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

}  // namespace stored_bundle_tests

TEST_CASE("a bundle of another build verifies: files, signature and every figure") {
    namespace publish = thuocdo::publish;
    using namespace stored_bundle_tests;
    publish::VerifyOptions options;
    if (publish::signatures_built()) {
        options.trusted_key = publish::PublicKey::from_hex(signer);
        options.require_signature = true;
    }
    const publish::Verification found = publish::verify(path, options);
    CAPTURE(found);
    CHECK(found.ok());
    CHECK(found.digests.outcome == publish::Checked::yes);
    CHECK(found.recomputed.outcome == publish::Checked::yes);
    if (publish::signatures_built()) CHECK(found.signature.outcome == publish::Checked::yes);
}

TEST_CASE("a changed byte of it is caught, wherever it is") {
    namespace publish = thuocdo::publish;
    using namespace stored_bundle_tests;
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(bytes.size() > 50'000);
    std::size_t caught = 0;
    std::size_t tried = 0;
    constexpr std::size_t step = 997;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const char kept = bytes[at];
        bytes[at] = static_cast<char>(kept ^ 1);
        ++tried;
        try {
            if (!publish::verify(publish::parse_zip(bytes)).ok()) ++caught;
        } catch (const thuocdo::DataError& error) {
            if (error.problems().front().code == "zip_damaged") ++caught;
        }
        bytes[at] = kept;
    }
    CHECK(caught == tried);
}
