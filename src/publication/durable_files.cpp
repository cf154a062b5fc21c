#include "publication/durable_files.hpp"

#include <thuocdo/error.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace thuocdo::publish::detail {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_existing(const fs::path& path) {
    throw DataError("nothing was written",
                    {{"target_exists", path.string(), "a file or folder of that name",
                      "a name that is free", "what is published stays: choose another name"}});
}

[[noreturn]] void fail_to_write(const fs::path& path, int error) {
    throw DataError("nothing was written",
                    {{"cannot_write", path.string(), std::strerror(error), "a place to write",
                      "check the folder, its permissions and the space left"}});
}

/// A file descriptor that is closed at the end.
class Descriptor {
  public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const noexcept { return number_; }

  private:
    int number_;
};

void sync_folder(const fs::path& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot sync folders; the files are synced anyway.
    if (folder.number() >= 0) static_cast<void>(::fsync(folder.number()));
}

[[nodiscard]] fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

[[nodiscard]] bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::symlink_status(path, ignored).type() != fs::file_type::not_found;
}

/// Renames without replacing anything.
void rename_to_free(const fs::path& from, const fs::path& to) {
#if defined(RENAME_NOREPLACE)
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST) refuse_existing(to);
    if (errno != EINVAL && errno != ENOSYS) fail_to_write(to, errno);
#endif
    // The file system cannot refuse by itself; between the two calls somebody could.
    if (is_there(to)) refuse_existing(to);
    if (::rename(from.c_str(), to.c_str()) != 0) {
        if (errno == EEXIST || errno == ENOTEMPTY) refuse_existing(to);
        fail_to_write(to, errno);
    }
}

/// A name beside the target that is removed unless it was renamed.
class Partial {
  public:
    explicit Partial(const fs::path& target) : target_(target) {
        if (!target.has_filename()) fail_to_write(target, EINVAL);
        if (is_there(target)) refuse_existing(target);
        const std::string start =
            '.' + target.filename().string() + ".partial-" + std::to_string(::getpid()) + '-';
        for (int number = 0; path_.empty(); ++number) {
            const fs::path each = folder_of(target) / (start + std::to_string(number));
            if (!is_there(each)) path_ = each;
        }
    }
    Partial(const Partial&) = delete;
    Partial& operator=(const Partial&) = delete;
    ~Partial() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }
    void place() {
        rename_to_free(path_, target_);
        sync_folder(folder_of(target_));
    }

  private:
    fs::path target_;
    fs::path path_;
};

constexpr unsigned mode_of_files = 0666;
constexpr unsigned mode_of_folders = 0777;

void make_folder(const fs::path& path) {
    if (::mkdir(path.c_str(), mode_of_folders) != 0) fail_to_write(path, errno);
}

}  // namespace

void write_new_file(const fs::path& path, std::string_view bytes, unsigned mode) {
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (file.number() < 0) {
        if (errno == EEXIST) refuse_existing(path);
        fail_to_write(path, errno);
    }
    const auto give_up = [&](int error) {
        ::unlink(path.c_str());
        fail_to_write(path, error);
    };
    while (!bytes.empty()) {
        const ::ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) give_up(written < 0 ? errno : EIO);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0) give_up(errno);
}

void place_file(const fs::path& target, std::string_view bytes) {
    Partial partial(target);
    write_new_file(partial.path(), bytes, mode_of_files);
    partial.place();
}

void place_folder(const fs::path& target, const std::map<std::string, std::string>& files) {
    Partial partial(target);
    make_folder(partial.path());
    std::set<fs::path> folders;
    for (const auto& [name, bytes] : files) {
        const fs::path path = partial.path() / name;
        fs::path made = partial.path();
        for (const fs::path& part : fs::path(name).parent_path()) {
            made /= part;
            if (folders.insert(made).second) make_folder(made);
        }
        write_new_file(path, bytes, mode_of_files);
    }
    for (const fs::path& each : folders) sync_folder(each);
    sync_folder(partial.path());
    partial.place();
}

}  // namespace thuocdo::publish::detail
