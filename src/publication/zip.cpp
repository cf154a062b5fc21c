// Written here although libraries for zip files exist: a publication must have the same bytes
// on every machine, and every byte of the container must count. Libraries write times, versions
// and extra fields of their own, and readers pass over what they do not need. The format is that
// of PKWARE's APPNOTE.TXT 6.3, stored entries alone.
#include <thuocdo/publish/bundle.hpp>

#include <boost/crc.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "publication/bundle_names.hpp"

namespace thuocdo::publish {
namespace zip_format {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50;
constexpr std::uint32_t directory_mark = 0x02014b50;
constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::size_t local_size = 30;
constexpr std::size_t directory_size = 46;
constexpr std::size_t end_size = 22;
/// Version 2.0 of the format, on Unix, where file modes stand in the attributes.
constexpr std::uint16_t needed_version = 20;
constexpr std::uint16_t made_by = (3U << 8U) | needed_version;
/// Names are UTF-8.
constexpr std::uint16_t flags = 1U << 11U;
/// 1 January 1980, the first day that the format has.
constexpr std::uint16_t no_time = 0;
constexpr std::uint16_t first_day = (1U << 5U) | 1U;
/// A regular file that all may read.
constexpr std::uint32_t attributes = 0100644U << 16U;

constexpr std::size_t size_at_directory = 24;
constexpr std::size_t name_size_at_directory = 28;
constexpr std::size_t offset_at_directory = 42;
constexpr std::size_t count_at_end = 10;
constexpr std::size_t directory_offset_at_end = 16;

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t k = 0; k < bytes; ++k) {
        out += static_cast<char>(static_cast<unsigned char>(value & 0xffU));
        value >>= 8U;
    }
}
void put16(std::string& out, std::uint64_t value) { put(out, value, 2); }
void put32(std::string& out, std::uint64_t value) { put(out, value, 4); }

std::uint32_t crc_of(std::string_view bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

/// What the local header and the directory say alike.
void put_common(std::string& out, const std::string& name, std::string_view bytes) {
    put16(out, needed_version);
    put16(out, flags);
    put16(out, 0);  // stored
    put16(out, no_time);
    put16(out, first_day);
    put32(out, crc_of(bytes));
    put32(out, bytes.size());
    put32(out, bytes.size());
    put16(out, name.size());
    put16(out, 0);  // no extra field
}

void refuse_large(std::string found, std::string expected) {
    throw DataError("the zip file cannot be written",
                    {{"zip_too_large", "zip", std::move(found), std::move(expected),
                      "write a folder instead"}});
}

[[noreturn]] void refuse_damage(const std::string& place, std::string found, std::string expected) {
    throw DataError("the zip file is not as it was written",
                    {{"zip_damaged", place, std::move(found), std::move(expected),
                      "get the publication again from where it was published"}});
}

/// Reads the directory and the entries that it names.
class ZipReader {
  public:
    explicit ZipReader(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] Bundle read() {
        if (bytes_.size() < end_size || number(bytes_.size() - end_size, 4) != end_mark)
            refuse_damage("end of the file", "no end record",
                          "an end record in the last " + std::to_string(end_size) + " bytes");
        const std::size_t end = bytes_.size() - end_size;
        const std::size_t count = number(end + count_at_end, 2);
        std::size_t at = number(end + directory_offset_at_end, 4);
        Bundle out;
        for (std::size_t k = 0; k < count; ++k) at = read_entry(at, end, out);
        compare(out);
        return out;
    }

  private:
    [[nodiscard]] std::size_t number(std::size_t at, std::size_t length) const {
        std::size_t value = 0;
        for (std::size_t k = length; k-- > 0;)
            value = (value << 8U) | static_cast<unsigned char>(bytes_[at + k]);
        return value;
    }

    [[nodiscard]] static std::string offset_text(std::size_t at) {
        return "offset " + std::to_string(at);
    }

    std::size_t read_entry(std::size_t at, std::size_t end, Bundle& out) const {
        if (at > end || end - at < directory_size || number(at, 4) != directory_mark)
            refuse_damage(offset_text(at), "no entry of the directory", "one entry a file");
        const std::size_t size = number(at + size_at_directory, 4);
        const std::size_t name_size = number(at + name_size_at_directory, 2);
        const std::size_t local = number(at + offset_at_directory, 4);
        if (end - at - directory_size < name_size)
            refuse_damage(offset_text(at), "a name beyond the directory", "a name inside it");
        const std::string name(bytes_.substr(at + directory_size, name_size));
        if (!detail::is_bundle_name(name) || out.find(name) != nullptr)
            refuse_damage(offset_text(at + directory_size), "name " + detail::shown_name(name),
                          "a name of letters, digits, '.', '_', '-' and '/' that occurs once");
        if (local > end || end - local < local_size + name_size ||
            end - local - local_size - name_size < size)
            refuse_damage(name, "bytes beyond the end of the file",
                          std::to_string(size) + " bytes at " + offset_text(local));
        const std::size_t data = local + local_size + name_size;
        out.add(name, std::string(bytes_.substr(data, size)));
        check_crc(name, out, at, local);
        return at + directory_size + name_size;
    }

    /// Damage inside an entry is told by its name rather than by that of its header.
    void check_crc(const std::string& name, const Bundle& out, std::size_t directory,
                   std::size_t local) const {
        constexpr std::size_t crc_at_directory = 16;
        constexpr std::size_t crc_at_local = 14;
        const std::size_t stated = number(directory + crc_at_directory, 4);
        const std::size_t found = crc_of(*out.find(name));
        if (found != stated && number(local + crc_at_local, 4) == stated)
            refuse_damage(name, "bytes with CRC-32 " + std::to_string(found),
                          "CRC-32 " + std::to_string(stated));
    }

    /// Whatever is left: the one zip file of these entries must be this one.
    void compare(const Bundle& found) const {
        const std::string expected = to_zip(found);
        const auto [here, there] =
            std::mismatch(bytes_.begin(), bytes_.end(), expected.begin(), expected.end());
        if (here == bytes_.end() && there == expected.end()) return;
        const auto at = static_cast<std::size_t>(here - bytes_.begin());
        refuse_damage(offset_text(at) + part_at(found, at), "another byte",
                      "the only zip file of these entries");
    }

    /// Which header an offset lies in.
    [[nodiscard]] static std::string part_at(const Bundle& found, std::size_t at) {
        std::size_t end = 0;
        for (const auto& [name, bytes] : found.files()) {
            end += local_size + name.size() + bytes.size();
            if (at < end) return ", header of " + name;
        }
        for (const auto& [name, bytes] : found.files()) {
            end += directory_size + name.size();
            if (at < end) return ", directory entry of " + name;
        }
        return ", end record";
    }

    std::string_view bytes_;
};

}  // namespace
}  // namespace zip_format

std::string to_zip(const Bundle& bundle) {
    constexpr std::size_t most_files = std::numeric_limits<std::uint16_t>::max();
    constexpr std::size_t most_bytes = std::numeric_limits<std::uint32_t>::max();
    const auto& files = bundle.files();
    if (files.size() > most_files)
        zip_format::refuse_large(std::to_string(files.size()) + " files",
                                 "at most " + std::to_string(most_files));
    std::size_t total = zip_format::end_size;
    for (const auto& [name, bytes] : files)
        total +=
            zip_format::local_size + zip_format::directory_size + 2 * name.size() + bytes.size();
    if (total > most_bytes)
        zip_format::refuse_large(std::to_string(total) + " bytes",
                                 "at most " + std::to_string(most_bytes));
    std::string out;
    out.reserve(total);
    std::string directory;
    for (const auto& [name, bytes] : files) {
        const std::size_t local = out.size();
        zip_format::put32(out, zip_format::local_mark);
        zip_format::put_common(out, name, bytes);
        out += name;
        out += bytes;
        zip_format::put32(directory, zip_format::directory_mark);
        zip_format::put16(directory, zip_format::made_by);
        zip_format::put_common(directory, name, bytes);
        zip_format::put16(directory, 0);  // no comment
        zip_format::put16(directory, 0);  // first disk
        zip_format::put16(directory, 0);  // no internal attributes
        zip_format::put32(directory, zip_format::attributes);
        zip_format::put32(directory, local);
        directory += name;
    }
    const std::size_t start = out.size();
    out += directory;
    zip_format::put32(out, zip_format::end_mark);
    zip_format::put16(out, 0);  // this disk
    zip_format::put16(out, 0);  // disk of the directory
    zip_format::put16(out, files.size());
    zip_format::put16(out, files.size());
    zip_format::put32(out, directory.size());
    zip_format::put32(out, start);
    zip_format::put16(out, 0);  // no comment
    return out;
}

Bundle parse_zip(std::string_view bytes) { return zip_format::ZipReader(bytes).read(); }

}  // namespace thuocdo::publish
