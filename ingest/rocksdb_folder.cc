#include "ingest/rocksdb_folder.h"

#include <fcntl.h>
#include <rocksdb/listener.h>
#include <rocksdb/utilities/checkpoint.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "ingest/rocksdb_settings.h"
#include "schema/ids.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using Families = std::vector<rocksdb::ColumnFamilyDescriptor>;
using Handles = std::vector<rocksdb::ColumnFamilyHandle*>;

constexpr std::string_view kIdKey = "id";

Families FamiliesOf(const FolderKind& kind) {
  return {{rocksdb::kDefaultColumnFamilyName, IngestFamilyOptions()},
          {kind.Name(), IngestFamilyOptions()}};
}

std::string The(const FolderKind& kind, const fs::path& path) {
  return "The " + kind.noun + " in " + path.string();
}

// RocksDB says all of this by the text of an IOError.
std::string OpenSentence(const FolderKind& kind, const fs::path& path,
                         const rocksdb::Status& status) {
  const std::string text = status.ToString();
  const auto says = [&](std::string_view words) { return text.find(words) != std::string::npos; };
  if (status.IsIOError() && (says("While lock file") || says("lock hold by current process"))) {
    return The(kind, path) + " is in use by another process.";
  }
  if (status.IsCorruption()) {
    return The(kind, path) + " is damaged, and is left as it is (" + text + ").";
  }
  return The(kind, path) + " cannot be opened (" + text + ").";
}

std::string RandomId() {
  std::array<uint8_t, 16> bytes{};
  // Cannot fail for so few bytes once the system is up (getrandom(2)).
  while (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
  }
  return HexEncode(bytes.data(), bytes.size());
}

rocksdb::Status MakeDatabase(const fs::path& path, const FolderKind& kind,
                             const RocksDbOptions& chosen) {
  rocksdb::DBOptions options = IngestDbOptions(chosen.env);
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  Handles handles;
  rocksdb::DB* raw = nullptr;
  auto status = rocksdb::DB::Open(options, path.string(), FamiliesOf(kind), &handles, &raw);
  if (!status.ok()) return status;
  const std::unique_ptr<rocksdb::DB> db(raw);
  rocksdb::WriteOptions sync;
  sync.sync = true;
  status =
      db->Put(sync, handles[0], std::string(kIdKey), chosen.id.empty() ? RandomId() : chosen.id);
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  const auto closed = db->Close();
  return status.ok() ? closed : status;
}

// Makes the folder under another name and renames it, so that half of one is never found.
std::optional<std::string> MakeFolder(const fs::path& path, const FolderKind& kind,
                                      const RocksDbOptions& options) {
  const std::string cannot = "The folder " + path.string() + " cannot be made (";
  const fs::path staging = path.string() + ".new";
  std::error_code error;
  const fs::path parent = fs::absolute(path, error).parent_path();
  if (!error) fs::remove_all(staging, error);
  if (!error) fs::create_directories(parent, error);
  if (error) return cannot + error.message() + ").";
  const auto made = MakeDatabase(staging, kind, options);
  if (!made.ok()) return cannot + made.ToString() + ").";
  fs::permissions(staging, fs::perms::owner_all, error);
  if (!error) fs::rename(staging, path, error);
  if (!error) error = SyncFolder(parent);
  if (error) return cannot + error.message() + ").";
  return std::nullopt;
}

// A sentence if what is in the folder is not of the kind. Only reads.
std::optional<std::string> CheckKind(const fs::path& path, const FolderKind& kind,
                                     rocksdb::Env* env) {
  const std::string foreign =
      "The folder " + path.string() + " holds something other than a plenum " + kind.noun + ".";
  std::error_code error;
  const bool database = fs::exists(path / "CURRENT", error);
  if (error) return "The folder " + path.string() + " cannot be read (" + error.message() + ").";
  if (!database) return foreign;
  std::vector<std::string> names;
  const auto status = rocksdb::DB::ListColumnFamilies(IngestDbOptions(env), path.string(), &names);
  if (!status.ok()) return OpenSentence(kind, path, status);
  if (std::ranges::find(names, kind.Name()) != names.end()) return std::nullopt;
  const std::string any_version = "plenum." + kind.noun + ".v";
  const bool other_version = std::ranges::any_of(
      names, [&](const std::string& name) { return name.starts_with(any_version); });
  if (other_version) return The(kind, path) + " was made by another version of plenum.";
  return foreign;
}

}  // namespace

std::string FolderKind::Name() const { return "plenum." + noun + ".v" + std::to_string(version); }

// Keeps what RocksDB's background threads have found wrong.
class RocksDbFolder::Listener final : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
    std::lock_guard lock(mutex_);
    trouble_ = status->ToString();
  }
  void OnErrorRecoveryEnd(const rocksdb::BackgroundErrorRecoveryInfo& info) override {
    std::lock_guard lock(mutex_);
    if (info.new_bg_error.ok()) trouble_.reset();
  }
  std::optional<std::string> Trouble() const {
    std::lock_guard lock(mutex_);
    return trouble_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<std::string> trouble_;
};

std::expected<std::unique_ptr<RocksDbFolder>, std::string> RocksDbFolder::Open(
    const fs::path& path, const FolderKind& kind, const RocksDbOptions& options) {
  std::error_code error;
  const fs::file_status found = fs::status(path, error);
  std::optional<std::string> problem;
  if (!fs::exists(found)) {
    problem = MakeFolder(path, kind, options);
  } else if (!fs::is_directory(found)) {
    problem = path.string() + " is not a folder.";
  } else if (fs::is_empty(path, error) && !error) {
    problem = MakeFolder(path, kind, options);
  } else {
    problem = CheckKind(path, kind, options.env);
  }
  if (problem) return std::unexpected(*problem);

  std::unique_ptr<RocksDbFolder> folder(new RocksDbFolder);
  folder->path_ = path;
  folder->free_bytes_ = options.free_bytes;
  if (auto sentence = folder->OpenDatabase(kind, options.env)) return std::unexpected(*sentence);
  if (!options.id.empty() && folder->id() != options.id) {
    return std::unexpected(The(kind, path) + " is another one than the " + kind.noun +
                           " that it should be a copy of.");
  }
  return folder;
}

std::optional<std::string> RocksDbFolder::OpenDatabase(const FolderKind& kind, rocksdb::Env* env) {
  listener_ = std::make_shared<Listener>();
  rocksdb::DBOptions options = IngestDbOptions(env);
  options.listeners.push_back(listener_);
  Handles handles;
  rocksdb::DB* raw = nullptr;
  auto status = rocksdb::DB::Open(options, path_.string(), FamiliesOf(kind), &handles, &raw);
  if (!status.ok()) return OpenSentence(kind, path_, status);
  db_.reset(raw);
  meta_ = handles[0];
  rows_ = handles[1];
  status = db_->Get(rocksdb::ReadOptions(), meta_, std::string(kIdKey), &id_);
  if (!status.ok()) return OpenSentence(kind, path_, status);
  return std::nullopt;
}

RocksDbFolder::~RocksDbFolder() {
  if (!db_) return;
  db_->DestroyColumnFamilyHandle(rows_);
  db_->DestroyColumnFamilyHandle(meta_);
}

uint64_t RocksDbFolder::FreeBytes() const {
  if (free_bytes_) return free_bytes_();
  std::error_code error;
  const fs::space_info space = fs::space(path_, error);
  return error ? 0 : space.available;
}

std::optional<std::string> RocksDbFolder::Trouble() const {
  const auto trouble = listener_->Trouble();
  if (!trouble) return std::nullopt;
  return "Writing to " + path_.string() + " has failed (" + *trouble + ").";
}

std::expected<void, std::string> RocksDbFolder::CopyTo(const fs::path& to) {
  std::lock_guard lock(files_mutex_);
  rocksdb::Checkpoint* raw = nullptr;
  auto status = rocksdb::Checkpoint::Create(db_.get(), &raw);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  if (status.ok()) status = checkpoint->CreateCheckpoint(to.string());
  if (status.ok()) return {};
  return std::unexpected("The copy to " + to.string() + " cannot be made (" + status.ToString() +
                         ").");
}

std::expected<void, LogError> RocksDbFolder::Rewrite(std::string_view first,
                                                     std::string_view last) {
  const rocksdb::Slice from(first.data(), first.size());
  const rocksdb::Slice to(last.data(), last.size());
  return RewriteRange(&from, &to);
}

std::expected<void, LogError> RocksDbFolder::RewriteAll() { return RewriteRange(nullptr, nullptr); }

std::expected<void, LogError> RocksDbFolder::RewriteRange(const rocksdb::Slice* first,
                                                          const rocksdb::Slice* last) {
  std::lock_guard lock(files_mutex_);
  rocksdb::CompactRangeOptions all_levels;
  all_levels.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  // Flushes first if a key is in memory, which makes the write-ahead log that it is in obsolete.
  const auto status = db_->CompactRange(all_levels, rows_, first, last);
  if (!status.ok()) return std::unexpected(ToLogError(status));
  return DeleteDeadFiles();
}

// Background threads delete them by and by, and not while a reader is in one.
std::expected<void, LogError> RocksDbFolder::DeleteDeadFiles() {
  constexpr int kTries = 200;
  constexpr std::chrono::milliseconds kPause{10};
  for (int i = 0; i < kTries; ++i) {
    // Enabling looks for files to delete, and deletes them.
    auto status = db_->DisableFileDeletions();
    if (status.ok()) status = db_->EnableFileDeletions(/*force=*/false);
    if (!status.ok()) return std::unexpected(ToLogError(status));
    const auto dead = HasDeadFiles();
    if (!dead) return std::unexpected(dead.error());
    if (!*dead) return {};
    std::this_thread::sleep_for(kPause);
  }
  return std::unexpected(LogError::kBusy);
}

std::expected<bool, LogError> RocksDbFolder::HasDeadFiles() {
  std::vector<std::string> live;  // "/000012.sst"
  uint64_t manifest_bytes = 0;
  rocksdb::VectorLogPtr logs;
  auto status = db_->GetLiveFiles(live, &manifest_bytes, /*flush_memtable=*/false);
  if (status.ok()) status = db_->GetSortedWalFiles(logs);
  if (!status.ok()) return std::unexpected(ToLogError(status));
  for (const auto& log : logs) live.push_back(log->PathName());

  std::error_code error;
  for (fs::directory_iterator it(path_, error), end; !error && it != end; it.increment(error)) {
    const std::string extension = it->path().extension();
    if (extension != ".sst" && extension != ".log") continue;
    // A new write-ahead log is not listed before something is in it; and a file may just be gone.
    std::error_code gone;
    if (const auto size = it->file_size(gone); gone || size == 0) continue;
    if (std::ranges::find(live, "/" + it->path().filename().string()) == live.end()) return true;
  }
  if (error) return std::unexpected(LogError::kFailed);
  return false;
}

LogError ToLogError(const rocksdb::Status& status) {
  return status.IsCorruption() ? LogError::kCorrupt : LogError::kFailed;
}

std::error_code SyncFolder(const fs::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return {errno, std::generic_category()};
  const int result = fsync(fd);
  const std::error_code error(result == 0 ? 0 : errno, std::generic_category());
  close(fd);
  return error;
}

}  // namespace plenum
