#include "gateway/follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <utility>

#include "gateway/keys.h"
#include "gateway/secret_file.h"
#include "ingest/backup.h"
#include "schema/hash.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

// How often it is written down that the copy is in step.
constexpr TimeMs kNoteEveryMs = 5000;
constexpr size_t kAllRows = 100'000'000;

std::unexpected<std::string> Refuse(const fs::path& data, std::string_view why) {
  return std::unexpected(data.string() + " " + std::string(why));
}

// The folder's marker; nothing if it is to be begun.
Found<CopyMarker> FindMarker(const fs::path& data) {
  std::error_code error;
  if (!fs::exists(data, error)) return std::nullopt;
  if (!fs::is_directory(data, error)) return Refuse(data, "is not a folder.");
  auto marker = ReadCopyMarker(data);
  if (!marker || *marker) return marker;
  if (fs::exists(data / kEpochFile, error)) {
    return Refuse(data, "was a copy and has been served since: it is a server's folder now.");
  }
  if (fs::exists(data / kLogFolder, error)) {
    return Refuse(data, "has a log that is no copy: it is a server's folder.");
  }
  fs::directory_iterator entries(data, error);
  if (error) return Refuse(data, "cannot be read: " + error.message() + ".");
  for (const fs::directory_entry& entry : entries) {
    if (entry.path().filename() == "lost+found") continue;
    return Refuse(data, "is not empty and is no copy; choose another folder with --data.");
  }
  return std::nullopt;
}

std::expected<void, std::string> MakeFolder(const fs::path& data) {
  std::error_code error;
  fs::create_directories(data, error);
  if (!error) fs::permissions(data, fs::perms::owner_all, error);
  if (error) return Refuse(data, "cannot be made: " + error.message() + ".");
  return {};
}

// Counts the answers of appends.
class Appended {
 public:
  EventLog::Done Expect() {
    std::lock_guard lock(mutex_);
    ++open_;
    return [this](std::expected<uint64_t, LogError> offset) {
      std::lock_guard guard(mutex_);
      if (!offset && !error_) error_ = offset.error();
      --open_;
      changed_.notify_all();
    };
  }
  std::expected<void, LogError> Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_ == 0; });
    if (error_) return std::unexpected(*error_);
    return {};
  }
  // One that was expected will not come.
  void Forget(LogError error) {
    std::lock_guard lock(mutex_);
    error_ = error;
    --open_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t open_ = 0;
  std::optional<LogError> error_;
};

}  // namespace

std::expected<std::unique_ptr<Follower>, std::string> Follower::Open(const fs::path& data,
                                                                     const std::string& from,
                                                                     const CopyKeys& keys) {
  auto marker = FindMarker(data);
  if (!marker) return std::unexpected(marker.error());
  std::unique_ptr<Follower> follower(new Follower(data));
  if (*marker) {
    follower->marker_ = **marker;
    if (follower->marker_.log != keys.log) return Refuse(data, "is a copy of another log.");
    if (keys.epoch.epoch < follower->epoch()) {
      return Refuse(data, "has followed a later server of this log: " + from +
                              " was replaced, and must not be copied.");
    }
  } else {
    if (auto made = MakeFolder(data); !made) return std::unexpected(made.error());
    follower->marker_.name = RandomId<TokenId>().Hex();
  }
  follower->marker_.from = from;
  follower->marker_.log = keys.log;
  // First of all what this folder is: half a copy must never be taken for a server's folder.
  if (!*marker) {
    follower->marker_.epoch = keys.epoch;
    if (auto written = WriteCopyMarker(data, follower->marker_); !written) {
      return std::unexpected(written.error());
    }
  }
  if (auto opened = follower->OpenStores(); !opened) return std::unexpected(opened.error());
  // Under the log's lock: nobody has promoted it in between.
  auto still = ReadCopyMarker(data);
  if (!still) return std::unexpected(still.error());
  if (!*still) return Refuse(data, "has just been promoted: it is a server's folder now.");
  if (auto renewed = follower->Renew(keys); !renewed) return std::unexpected(renewed.error());
  return follower;
}

std::expected<void, std::string> Follower::OpenStores() {
  auto log = RocksDbLog::Open(data_ / kLogFolder, {.id = marker_.log});
  if (!log) return std::unexpected(log.error());
  log_ = *std::move(log);
  auto vault = RocksDbVault::Open(data_ / kVaultFolder);
  if (!vault) return std::unexpected(vault.error());
  vault_ = *std::move(vault);
  partitions_ = log_->Partitions();
  // A copy that was cut short may have replaced an erased text without clearing its files.
  if (auto rewritten = vault_->RewriteAll(); !rewritten) {
    return std::unexpected(std::string(LogErrorText(rewritten.error())));
  }
  return LearnLast();
}

std::expected<void, std::string> Follower::LearnLast() {
  last_.clear();
  for (Partition partition : partitions_) {
    Digest& digest = last_.emplace_back();
    const uint64_t end = log_->End(partition);
    if (end == 0) continue;
    auto entry = log_->Read(partition, end - 1, 1);
    if (!entry || entry->empty()) return Refuse(data_, "has a log that cannot be read.");
    digest = HashOf(entry->front().bytes);
  }
  return {};
}

std::expected<void, std::string> Follower::Renew(const CopyKeys& keys) {
  if (keys.log != marker_.log || keys.partitions != partitions_.size()) {
    return Refuse(data_, "is a copy of another log.");
  }
  if (keys.epoch.epoch < epoch()) return Refuse(data_, "has followed a later server of this log.");
  marker_.epoch = keys.epoch;
  if (auto written = WriteSecrets(keys); !written) return written;
  return WriteCopyMarker(data_, marker_);
}

std::expected<void, std::string> Follower::WriteSecrets(const CopyKeys& keys) {
  if (auto written = WriteKeys(data_ / "keys", keys.keys); !written) return written;
  return WriteSecret(data_ / "organiser.token", keys.organiser + "\n");
}

NextQuestion Follower::Question() const {
  NextQuestion question{.copy = marker_.name,
                        .log = marker_.log,
                        .ends = {},
                        .last = last_,
                        .feed = feed_,
                        .at = at_,
                        .wait_ms = 0};
  for (Partition partition : partitions_) question.ends.push_back(log_->End(partition));
  return question;
}

uint64_t Follower::entries() const {
  uint64_t entries = 0;
  for (Partition partition : partitions_) entries += log_->End(partition);
  return entries;
}

std::unexpected<std::string> Follower::Broken(const std::string& what) {
  broken_ = true;
  return std::unexpected(what);
}

std::expected<void, std::string> Follower::Take(const NextAnswer& answer, TimeMs now) {
  if (answer.ends.size() != partitions_.size()) return Broken("The server's log has changed.");
  if (auto put = vault_->PutRows(answer.rows); !put) {
    return Broken("The vault of the copy: " + std::string(LogErrorText(put.error())));
  }
  feed_ = answer.feed;
  at_ = answer.at;
  for (const NextAnswer::Run& run : answer.runs) {
    if (auto appended = Append(run); !appended) return appended;
  }
  behind_ = 0;
  for (size_t i = 0; i < partitions_.size(); ++i) {
    behind_ += answer.ends[i] - std::min(answer.ends[i], log_->End(partitions_[i]));
  }
  if (behind_ > 0 || now - marker_.in_step < kNoteEveryMs) return {};
  marker_.in_step = now;
  auto noted = WriteCopyMarker(data_, marker_);
  if (!noted) return Broken(noted.error());
  return {};
}

std::expected<void, std::string> Follower::Append(const NextAnswer::Run& run) {
  const auto place = std::ranges::find(partitions_, run.partition);
  if (place == partitions_.end() || run.entries.empty() ||
      run.entries.front().offset != log_->End(run.partition)) {
    return Broken("The server has sent something that was not asked for.");
  }
  Appended appended;
  for (const LogEntry& entry : run.entries) {
    auto queued = log_->Append(run.partition, entry.bytes, Urgency::kStaff, appended.Expect());
    if (queued) continue;
    appended.Forget(queued.error());
    break;
  }
  if (auto durable = appended.Wait(); !durable) {
    return Broken("The log of the copy: " + std::string(LogErrorText(durable.error())));
  }
  last_[static_cast<size_t>(place - partitions_.begin())] = HashOf(run.entries.back().bytes);
  return {};
}

std::expected<void, std::string> Follower::CompareVault(const NextAnswer& begin,
                                                        const AskPage& ask) {
  VaultPageQuestion question;
  do {
    question.rows = false;
    auto page = ask(question);
    if (!page) return std::unexpected(page.error());
    auto own = vault_->Rows(question.from, page->to, kAllRows);
    if (!own) return Broken("The vault of the copy: " + std::string(LogErrorText(own.error())));
    if (DigestOf(*own) != page->digest) {
      question.rows = true;
      page = ask(question);
      if (!page) return std::unexpected(page.error());
      if (auto put = PutPage(question, *page); !put) return put;
    }
    question.from = page->to;
  } while (!question.from.empty());
  feed_ = begin.feed;
  at_ = begin.at;
  return {};
}

// The page as it is, and nothing else between its ends.
std::expected<void, std::string> Follower::PutPage(const VaultPageQuestion& question,
                                                   const VaultPage& page) {
  auto own = vault_->Rows(question.from, page.to, kAllRows);
  if (!own) return Broken("The vault of the copy: " + std::string(LogErrorText(own.error())));
  std::vector<VaultRow> rows = page.rows;
  for (const VaultRow& row : *own) {
    const bool there = std::ranges::binary_search(page.rows, row.key, {}, &VaultRow::key);
    if (!there) rows.push_back({row.key, std::nullopt});
  }
  auto put = vault_->PutRows(rows);
  if (!put) return Broken("The vault of the copy: " + std::string(LogErrorText(put.error())));
  return {};
}

}  // namespace plenum
