#include "gateway/data_folder.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "gateway/copy_marker.h"
#include "ingest/backup.h"
#include "projector/read_models.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

bool IsOurs(const std::string& name) {
  static const std::vector<std::string_view> kNames = {
      kLogFolder,   kVaultFolder, "vault-copy", "keys",       "organiser.token",
      "lost+found", kCopyFile,    kEpochFile,   kReplacedFile};
  return std::ranges::find(kNames, name) != kNames.end() || name.starts_with(kReadModelsFolder);
}

std::unexpected<std::string> Refuse(const fs::path& path, std::string_view why) {
  return std::unexpected(path.string() + " " + std::string(why));
}

// Only looks.
std::expected<void, std::string> CheckContents(const fs::path& path) {
  std::error_code error;
  fs::directory_iterator entries(path, error);
  if (error) return Refuse(path, "cannot be read: " + error.message() + ".");
  if (fs::exists(path / kLogFolder, error)) return {};
  for (const fs::directory_entry& entry : entries) {
    std::string name = entry.path().filename();
    if (IsOurs(name)) continue;
    return Refuse(path, "is not empty and is no data folder of plenum (it holds \"" + name +
                            "\"); choose another with --data.");
  }
  if (fs::exists(path / kVaultFolder, error)) {
    return Refuse(path, "has a vault but no log: the log is missing, and cannot be made again.");
  }
  return {};
}

std::expected<void, std::string> MakeFolder(const fs::path& path, bool make) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    if (!make) return Refuse(path, "does not exist.");
    fs::create_directories(path, error);
    if (error) return Refuse(path, "cannot be made: " + error.message() + ".");
    // What is in it tells texts, and totals before their reveal.
    fs::permissions(path, fs::perms::owner_all, error);
  }
  if (!fs::is_directory(path, error)) return Refuse(path, "is not a folder.");
  return CheckContents(path);
}

}  // namespace

std::expected<void, std::string> PrepareNodeFolder(const fs::path& path, bool make) {
  if (auto made = MakeFolder(path, make); !made) return made;
  std::error_code error;
  if (!fs::exists(path / kLogFolder, error)) return {};
  return Refuse(path, "has a log of its own, and the log was asked for on Kafka; choose another.");
}

std::expected<DataFolder, std::string> OpenDataFolder(const fs::path& path,
                                                      const fs::path& keys_folder, bool make) {
  if (auto made = MakeFolder(path, make); !made) return std::unexpected(made.error());
  std::error_code error;
  const bool has_log = fs::exists(path / kLogFolder, error);
  if (!make && !has_log) return Refuse(path, "holds no log.");
  if (has_log && !fs::exists(keys_folder / "master.key", error)) {
    return Refuse(path, "has a log but no keys/master.key, without which its rooms stay closed.");
  }

  DataFolder folder;
  // In this order, so that a first start that was cut short can begin again.
  auto keys = LoadOrMakeKeys(keys_folder);
  if (!keys) return std::unexpected(keys.error());
  folder.keys = *std::move(keys);
  auto log = RocksDbLog::Open(path / kLogFolder);
  if (!log) return std::unexpected(log.error());
  folder.log = *std::move(log);
  bool has_entries =
      folder.log->End(kDirectoryPartition) > 0 || folder.log->End(kRoomPartition) > 0;
  if (has_entries && !fs::exists(path / kVaultFolder, error)) {
    return Refuse(path, "has a log but no vault: the texts and keys of its rooms are missing.");
  }
  auto vault = RocksDbVault::Open(path / kVaultFolder);
  if (!vault) return std::unexpected(vault.error());
  folder.vault = *std::move(vault);
  return folder;
}

}  // namespace plenum
