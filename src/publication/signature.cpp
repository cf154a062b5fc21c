#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/publish/signature.hpp>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

#include "publication/durable_files.hpp"
#include "publication/hexadecimal.hpp"

#if THUOCDO_WITH_SODIUM
#include <sodium.h>
#endif

namespace thuocdo::publish {
namespace detail {
namespace {

constexpr std::string_view secret_key_heading = "thuocdo ed25519 secret key\n";
constexpr std::string_view public_key_heading = "thuocdo ed25519 public key\n";

[[noreturn]] [[maybe_unused]] void refuse_without_sodium() {
    throw DataError("signatures are not built in",
                    {{"signatures_not_built", "signature", "a library built without libsodium",
                      "one built with it", "install libsodium and build again"}});
}

#if THUOCDO_WITH_SODIUM
/// Prepares libsodium once; harmless from several threads.
void require_sodium() {
    if (sodium_init() < 0)
        throw DataError("signatures cannot be made",
                        {{"no_random_numbers", "signature", "no source of random numbers",
                          "that of the operating system", "check the system"}});
}

/// Overwrites bytes at the end of a block.
struct Wiped {
    std::span<std::uint8_t> bytes;
    explicit Wiped(std::span<std::uint8_t> given) : bytes(given) {}
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { sodium_memzero(bytes.data(), bytes.size()); }
};

struct SodiumKeys {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> open{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    Wiped wiped{secret};

    explicit SodiumKeys(const SecretKey::Seed& seed) {
        require_sodium();
        crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
    }
};
#endif

[[noreturn]] void refuse_key(const std::string& place, const char* expected) {
    // What was found stays unsaid: it may be a secret.
    throw DataError("the key cannot be used", {{"bad_key", place, "another text", expected,
                                                "use a file that thuocdo key new made"}});
}

/// The text of a small file. @param own refuse one that others may read
std::string read_key_file(const std::filesystem::path& path, bool own) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat found {};
    if (file < 0 || ::fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) {
        const int error = errno;
        if (file >= 0) ::close(file);
        throw DataError("the key cannot be read",
                        {{"file_not_found", path.string(), std::strerror(error), "a key file",
                          "check the path and the permissions"}});
    }
    constexpr unsigned others = 077;
    if (own && (found.st_mode & others) != 0) {
        ::close(file);
        throw DataError(
            "the key is not secret",
            {{"key_readable_by_others", path.string(), "a file that the group or others may use",
              "mode 0600", "make a new key if it was read; else chmod 600"}});
    }
    constexpr std::size_t longest = 200;
    std::string text(longest, '\0');
    const ::ssize_t length = ::read(file, text.data(), text.size());
    ::close(file);
    text.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
    return text;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> key_in(const std::filesystem::path& path, bool own,
                                      std::string_view heading, const char* expected) {
    const std::string text = read_key_file(path, own);
    std::string_view rest = text;
    const bool headed = rest.starts_with(heading) && rest.ends_with('\n');
    if (!headed) refuse_key(path.string(), expected);
    rest.remove_prefix(heading.size());
    rest.remove_suffix(rest.empty() ? 0 : 1);
    const auto bytes = from_hex<Size>(rest);
    if (!bytes) refuse_key(path.string(), expected);
    return *bytes;
}

}  // namespace
}  // namespace detail

bool signatures_built() noexcept {
#if THUOCDO_WITH_SODIUM
    return true;
#else
    return false;
#endif
}

PublicKey PublicKey::from_hex(std::string_view text) {
    const auto bytes = detail::from_hex<size>(text);
    if (!bytes) detail::refuse_key("public key", "64 hexadecimal digits in lower case");
    return PublicKey(*bytes);
}

std::string PublicKey::hex() const { return detail::to_hex(bytes_); }

std::string PublicKey::fingerprint() const {
    numeric::Sha256 hash;
    hash.update(std::as_bytes(std::span(bytes_)));
    return hash.hex();
}

SecretKey::SecretKey(const Seed& seed) : seed_(seed) {}

SecretKey::~SecretKey() {
#if THUOCDO_WITH_SODIUM
    sodium_memzero(seed_.data(), seed_.size());
#endif
}

SecretKey SecretKey::generate() {
#if THUOCDO_WITH_SODIUM
    detail::require_sodium();
    Seed seed{};
    const detail::Wiped wiped(seed);
    randombytes_buf(seed.data(), seed.size());
    return SecretKey(seed);
#else
    detail::refuse_without_sodium();
#endif
}

PublicKey SecretKey::public_key() const {
#if THUOCDO_WITH_SODIUM
    return PublicKey(detail::SodiumKeys(seed_).open);
#else
    detail::refuse_without_sodium();
#endif
}

Signature sign([[maybe_unused]] std::string_view message, [[maybe_unused]] const SecretKey& key) {
#if THUOCDO_WITH_SODIUM
    const detail::SodiumKeys keys(key.seed());
    Signature out{};
    crypto_sign_detached(out.data(), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         keys.secret.data());
    return out;
#else
    detail::refuse_without_sodium();
#endif
}

bool is_signed([[maybe_unused]] std::string_view message,
               [[maybe_unused]] const Signature& signature, [[maybe_unused]] const PublicKey& key) {
#if THUOCDO_WITH_SODIUM
    detail::require_sodium();
    return crypto_sign_verify_detached(signature.data(),
                                       reinterpret_cast<const unsigned char*>(message.data()),
                                       message.size(), key.bytes().data()) == 0;
#else
    detail::refuse_without_sodium();
#endif
}

void write_secret_key(const std::filesystem::path& path, const SecretKey& key) {
    constexpr unsigned owner_only = 0600;
    detail::write_new_file(
        path, std::string(detail::secret_key_heading) + detail::to_hex(key.seed()) + '\n',
        owner_only);
}

void write_public_key(const std::filesystem::path& path, const PublicKey& key) {
    constexpr unsigned readable_by_all = 0644;
    detail::write_new_file(path, std::string(detail::public_key_heading) + key.hex() + '\n',
                           readable_by_all);
}

SecretKey read_secret_key(const std::filesystem::path& path) {
    return SecretKey(detail::key_in<SecretKey::seed_size>(path, true, detail::secret_key_heading,
                                                          "a secret key as thuocdo writes it"));
}

PublicKey read_public_key(const std::filesystem::path& path) {
    return PublicKey(detail::key_in<PublicKey::size>(path, false, detail::public_key_heading,
                                                     "a public key as thuocdo writes it"));
}

}  // namespace thuocdo::publish
