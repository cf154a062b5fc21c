#pragma once
/// @file
/// Ed25519 signatures (RFC 8032) by libsodium, and their key files. Needs the target
/// `thuocdo::publication`; where it was built without libsodium, every function that needs it
/// throws DataError (`signatures_not_built`).

#include <thuocdo/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace thuocdo::publish {

/// Whether the library can sign and check signatures.
[[nodiscard]] bool signatures_built() noexcept;

/// The key by which anybody checks a signature.
class PublicKey {
  public:
    static constexpr std::size_t size = 32;
    using Bytes = std::array<std::uint8_t, size>;

    explicit PublicKey(const Bytes& bytes) noexcept : bytes_(bytes) {}
    /// @throws DataError (`bad_key`) for anything but 64 hexadecimal digits
    [[nodiscard]] static PublicKey from_hex(std::string_view text);

    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::string hex() const;
    /// SHA-256 of the key, by which people compare keys.
    [[nodiscard]] std::string fingerprint() const;

    friend bool operator==(const PublicKey&, const PublicKey&) = default;

  private:
    Bytes bytes_;
};

/// The key that signs. Overwritten in memory when it goes.
class SecretKey {
  public:
    static constexpr std::size_t seed_size = 32;
    using Seed = std::array<std::uint8_t, seed_size>;

    /// A new key from the random numbers of the operating system.
    [[nodiscard]] static SecretKey generate();
    /// The key of a seed (RFC 8032, 5.1.5); for tests and for keys kept elsewhere.
    explicit SecretKey(const Seed& seed);
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    [[nodiscard]] PublicKey public_key() const;
    [[nodiscard]] const Seed& seed() const noexcept { return seed_; }

  private:
    Seed seed_;
};

inline constexpr std::size_t signature_size = 64;
using Signature = std::array<std::uint8_t, signature_size>;

/// Signs a text. The same key and text give the same signature.
[[nodiscard]] Signature sign(std::string_view message, const SecretKey& key);

/// Whether a signature is that of a text under a key.
[[nodiscard]] bool is_signed(std::string_view message, const Signature& signature,
                             const PublicKey& key);

/// Writes a secret key into a new file that only its owner can read (mode 0600).
/// @throws DataError (`target_exists`, `cannot_write`)
void write_secret_key(const std::filesystem::path& path, const SecretKey& key);
/// Writes a public key into a new file. @throws DataError as above
void write_public_key(const std::filesystem::path& path, const PublicKey& key);

/// Reads a secret key.
/// @throws DataError (`file_not_found`, `key_readable_by_others` when the group or others may
///         read the file, `bad_key`)
[[nodiscard]] SecretKey read_secret_key(const std::filesystem::path& path);
/// Reads a public key. @throws DataError (`file_not_found`, `bad_key`)
[[nodiscard]] PublicKey read_public_key(const std::filesystem::path& path);

}  // namespace thuocdo::publish
