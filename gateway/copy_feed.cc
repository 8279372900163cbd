#include "gateway/copy_feed.h"

#include <algorithm>
#include <utility>

#include "schema/hash.h"
#include "schema/limits.h"

namespace plenum {
namespace {

constexpr size_t kAnswerBytes = 2 * 1024 * 1024;  // of entries, about
constexpr size_t kEntriesAPiece = 128;
constexpr size_t kChanges = 500;  // of the vault, in one answer
constexpr size_t kRowsAPage = 500;

}  // namespace

CopyFeed::CopyFeed(RocksDbLog& log, RocksDbVault& vault, std::string feed)
    : log_(log),
      vault_(vault),
      feed_(std::move(feed)),
      log_id_(log.LogId()),
      partitions_(log.Partitions()) {}

std::vector<uint64_t> CopyFeed::Ends() const {
  std::vector<uint64_t> ends;
  for (Partition partition : partitions_) ends.push_back(log_.End(partition));
  return ends;
}

bool CopyFeed::HasNews(const NextQuestion& question) const {
  return question.feed != feed_ || question.at != vault_.ChangesEnd() || question.ends != Ends();
}

std::expected<bool, LogError> CopyFeed::IsPrefix(const NextQuestion& question) const {
  if (question.ends.size() != partitions_.size() || question.last.size() != partitions_.size()) {
    return false;
  }
  for (size_t i = 0; i < partitions_.size(); ++i) {
    if (question.ends[i] == 0) continue;
    if (question.ends[i] > log_.End(partitions_[i])) return false;
    auto entry = log_.Read(partitions_[i], question.ends[i] - 1, 1);
    if (!entry) return std::unexpected(entry.error());
    if (entry->size() != 1 || HashOf(entry->front().bytes) != question.last[i]) return false;
  }
  return true;
}

std::expected<NextAnswer, LogError> CopyFeed::Next(const NextQuestion& question) const {
  NextAnswer answer;
  answer.feed = feed_;
  answer.at = vault_.ChangesEnd();
  answer.ends = Ends();
  auto known = question.feed == feed_ ? vault_.ChangesSince(question.at, kChanges) : std::nullopt;
  if (!known) {
    answer.compare = true;
    return answer;
  }
  size_t bytes_left = kAnswerBytes;
  for (size_t i = 0; i < partitions_.size() && bytes_left > 0; ++i) {
    auto run = ReadRun(partitions_[i], question.ends[i], &bytes_left);
    if (!run) return std::unexpected(run.error());
    if (!run->entries.empty()) answer.runs.push_back(*std::move(run));
  }
  // Only now: what these entries refer to was in the vault before they were in the log.
  auto changes = vault_.ChangesSince(question.at, kChanges);
  if (!changes) {
    answer.runs.clear();
    answer.compare = true;
    return answer;
  }
  for (const std::string& key : changes->keys) {
    auto row = vault_.Row(key);
    if (!row) return std::unexpected(row.error());
    answer.rows.push_back(*std::move(row));
  }
  answer.at = changes->next;
  // More changes than fit: the entries wait until all of them are there.
  if (changes->next - question.at >= kChanges) answer.runs.clear();
  return answer;
}

std::expected<NextAnswer::Run, LogError> CopyFeed::ReadRun(Partition partition, uint64_t from,
                                                           size_t* bytes_left) const {
  NextAnswer::Run run{.partition = partition, .entries = {}};
  while (*bytes_left > 0 && run.entries.size() < limits::kReadEvents) {
    auto piece = log_.Read(partition, from + run.entries.size(), kEntriesAPiece);
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) break;
    for (LogEntry& entry : *piece) {
      *bytes_left -= std::min(*bytes_left, entry.bytes.size());
      run.entries.push_back(std::move(entry));
    }
  }
  return run;
}

std::expected<VaultPage, LogError> CopyFeed::Page(const VaultPageQuestion& question) const {
  auto rows = vault_.Rows(question.from, {}, kRowsAPage + 1);
  if (!rows) return std::unexpected(rows.error());
  VaultPage page;
  if (rows->size() > kRowsAPage) {
    page.to = std::move(rows->back().key);
    rows->pop_back();
  }
  page.digest = DigestOf(*rows);
  if (question.rows) page.rows = *std::move(rows);
  return page;
}

}  // namespace plenum
