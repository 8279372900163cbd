#include "gateway/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = 0600;

std::string Failure(const fs::path& path, std::string_view verb) {
  std::string text = "Cannot ";
  text.append(verb).append(" ").append(path.string()).append(": ");
  return text.append(std::strerror(errno)).append(".");
}

// Makes what was renamed or removed in it survive a loss of power.
void SyncFolderOf(const fs::path& path) {
  int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

std::expected<void, std::string> WriteSecret(const fs::path& path, std::string_view text) {
  fs::path draft = path;
  draft += ".new";
  ::unlink(draft.c_str());
  int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return std::unexpected(Failure(draft, "make"));
  ssize_t written = ::write(file, text.data(), text.size());
  bool durable = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  std::string failure = durable ? "" : Failure(draft, "write");
  ::close(file);
  if (!durable) return std::unexpected(failure);
  if (::rename(draft.c_str(), path.c_str()) != 0) return std::unexpected(Failure(path, "make"));
  SyncFolderOf(path);
  return {};
}

std::expected<std::optional<std::string>, std::string> ReadSecret(const fs::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return std::unexpected(Failure(path, "read"));
  }
  if ((status.st_mode & 077) != 0) ::chmod(path.c_str(), kOwnerOnly);
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return std::unexpected(Failure(path, "read"));
  return text.str();
}

std::expected<void, std::string> RemoveSecret(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return std::unexpected(Failure(path, "remove"));
  }
  SyncFolderOf(path);
  return {};
}

}  // namespace plenum
