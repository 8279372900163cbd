// Disk: what a node leaves behind when it dies. The log keeps what was synced and perhaps a part of
// what was written; the read models were never synced and may lose their newest commits.
#pragma once

#include <algorithm>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/memory_storage.h"
#include "ingest/memory_vault.h"
#include "projector/memory_store.h"

namespace plenum::simulation {

// A store whose newest commits can be lost, each wholly.
class FragileStore final : public Store {
 public:
  std::expected<void, std::string> Commit(const std::vector<StoreChange>& changes) override {
    std::vector<StoreChange> undo;
    for (const StoreChange& change : changes) {
      auto before = store_.rows().find(change.key);
      undo.push_back({change.key, before == store_.rows().end() ? "" : before->second});
    }
    undo_.push_back(std::move(undo));
    if (undo_.size() > kKept) undo_.pop_front();
    return store_.Commit(changes);
  }
  std::expected<std::optional<std::string>, std::string> Get(std::string_view key) override {
    return store_.Get(key);
  }
  std::expected<void, std::string> Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) override {
    return store_.Scan(prefix, visit);
  }

  size_t CanLose() const { return undo_.size(); }
  // The last `commits` never happened.
  void Lose(size_t commits) {
    for (; commits > 0 && !undo_.empty(); --commits) {
      std::vector<StoreChange>& last = undo_.back();
      while (!last.empty()) {  // the same key may stand in it twice
        (void)store_.Commit({std::move(last.back())});
        last.pop_back();
      }
      undo_.pop_back();
    }
  }
  // Half of the last commit never happened, which no store may do: for testing the checks.
  bool Tear() {
    if (undo_.empty()) return false;
    std::vector<StoreChange>& last = undo_.back();
    for (size_t half = last.size() / 2; half > 0; --half) {
      (void)store_.Commit({std::move(last.back())});
      last.pop_back();
    }
    undo_.clear();
    return true;
  }
  void Clear() {
    store_.rows().clear();
    undo_.clear();
  }
  const MemoryStore::Rows& rows() { return store_.rows(); }

 private:
  static constexpr size_t kKept = 200;
  MemoryStore store_;
  std::deque<std::vector<StoreChange>> undo_;
};

class Disk {
 public:
  explicit Disk(const std::string& log_id) : log_(std::make_unique<MemoryStorage>(log_id)) {}

  MemoryStorage& log() { return *log_; }
  MemoryVault vault;  // durable when Put returns
  FragileStore rows;

  // The last durable entries of the rooms' log are gone, which no disk may do: for testing the
  // checks. A few, since of the last alone nobody may have been told yet. REQUIRES: no node.
  void LoseLastEntries() {
    constexpr size_t kLost = 3;
    auto cut = std::make_unique<MemoryStorage>(log_->LogId());
    for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
      auto entries = log_->Read(partition, 0, ~0u);
      if (partition == kRoomPartition)
        entries->resize(entries->size() - std::min(kLost, entries->size()));
      const LogSlice slices[] = {{partition, *entries}};
      (void)cut->WriteSync(slices);
    }
    log_ = std::move(cut);
  }

 private:
  std::unique_ptr<MemoryStorage> log_;
};

}  // namespace plenum::simulation
