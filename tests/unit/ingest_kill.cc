// kill -9 in the middle of batches: what was acknowledged is there after the restart, once.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"
#include "ingest/text_intake.h"
#include "tests/unit/event_log_contract.h"
#include "tests/unit/ingest_child_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr int kKills = 12;
constexpr int kThreads = 3;

// What a child knows to be acknowledged: one line each. The kernel keeps what was written to the
// file when the process dies.
class Acks {
 public:
  explicit Acks(const fs::path& file)
      : fd_(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  void Add(const std::string& name, uint64_t offset) {
    const std::string line = name + " " + std::to_string(offset) + "\n";
    if (write(fd_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(2);
    ++count_;
  }
  int count() const { return count_; }

 private:
  const int fd_;
  std::atomic<int> count_ = 0;
};

std::map<std::string, uint64_t> ReadAcks(const fs::path& file) {
  std::map<std::string, uint64_t> acks;
  std::ifstream in(file);
  for (std::string name; in >> name;) {
    uint64_t offset = 0;
    in >> offset;
    EXPECT_TRUE(acks.emplace(name, offset).second) << name << " was acknowledged twice";
  }
  return acks;
}

// Dies by SIGKILL at a moment that the round chooses, once some of its appends are acknowledged.
[[noreturn]] void DieAmidst(const Acks& acks, int round) {
  while (acks.count() < 20) std::this_thread::sleep_for(std::chrono::microseconds(50));
  std::this_thread::sleep_for(std::chrono::microseconds(round * 1777 % 20'000));
  kill(getpid(), SIGKILL);
  std::abort();
}

[[noreturn]] void AppendUntilKilled(const fs::path& folder, int round) {
  auto log = RocksDbLog::Open(folder / "log");
  if (!log) _exit(1);
  Acks acks(folder / "acks");
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0;; ++i) {
        const std::string name =
            std::to_string(round) + "." + std::to_string(t) + "." + std::to_string(i);
        while (!(*log)->Append(kRoomPartition, name, Urgency::kVote,
                               [&, name](auto offset) { acks.Add(name, offset.value()); })) {
          std::this_thread::yield();
        }
        if (i % 16 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
      }
    });
  }
  DieAmidst(acks, round);
}

TEST(KillDeathTest, WhatTheLogAcknowledgedSurvives) {
  const ChildFolder folder;
  for (int round = 0; round < kKills; ++round) {
    EXPECT_EXIT(AppendUntilKilled(folder.path(), round), testing::KilledBySignal(SIGKILL), "");
    if (folder.in_child()) continue;  // on to the round that it was started for
    const auto log = RocksDbLog::Open(folder.path() / "log");
    ASSERT_TRUE(log.has_value()) << log.error();
    const auto entries = BytesOf(ReadAll(**log, kRoomPartition));
    const auto acks = ReadAcks(folder.path() / "acks");
    ASSERT_GE(acks.size(), 20u * (round + 1));
    for (const auto& [name, offset] : acks) {
      ASSERT_LT(offset, entries.size()) << name << " was lost in round " << round;
      ASSERT_EQ(entries[offset], name);
    }
    ASSERT_EQ(std::set(entries.begin(), entries.end()).size(), entries.size());
  }
}

EventId NumberedEvent(int round, int i) {
  EventId id;
  std::memcpy(id.bytes.data(), &round, sizeof round);
  std::memcpy(id.bytes.data() + sizeof round, &i, sizeof i);
  return id;
}

[[noreturn]] void SubmitUntilKilled(const fs::path& folder, int round) {
  auto log = RocksDbLog::Open(folder / "log");
  auto vault = RocksDbVault::Open(folder / "vault");
  if (!log || !vault) _exit(1);
  Acks acks(folder / "acks");
  TextIntakeThread intake(**vault, **log);
  std::thread submitter([&] {
    for (int i = 0;; ++i) {
      const EventId id = NumberedEvent(round, i);
      const auto make_event = [id](const Digest& digest) { return id.Hex() + digest.Hex(); };
      const auto done = [&, id](auto offset) { acks.Add(id.Hex(), offset.value()); };
      while (!intake.Submit({.room = {}, .event = id, .nonce = {}, .text = id.Hex()},
                            Urgency::kVote, make_event, kRoomPartition, done)) {
        std::this_thread::yield();
      }
      if (i % 16 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  });
  DieAmidst(acks, round);
}

// Every event in the log has its text, acknowledged or not.
TEST(KillDeathTest, TextsAreThereBeforeTheirEvents) {
  const ChildFolder folder;
  for (int round = 0; round < kKills; ++round) {
    EXPECT_EXIT(SubmitUntilKilled(folder.path(), round), testing::KilledBySignal(SIGKILL), "");
    if (folder.in_child()) continue;
    const auto log = RocksDbLog::Open(folder.path() / "log");
    const auto vault = RocksDbVault::Open(folder.path() / "vault");
    ASSERT_TRUE(log.has_value() && vault.has_value());
    const auto entries = BytesOf(ReadAll(**log, kRoomPartition));
    ASSERT_GE(entries.size(), ReadAcks(folder.path() / "acks").size());
    for (const std::string& entry : entries) {
      const auto id = EventId::FromHex(entry.substr(0, 32));
      const auto text = (*vault)->GetText({}, *id, *Digest::FromHex(entry.substr(32)));
      ASSERT_TRUE(text.has_value() && text->has_value()) << entry;
    }
  }
}

}  // namespace
}  // namespace plenum
