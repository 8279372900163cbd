// A disk that is really full: a small tmpfs, mounted where only this test's child sees it.
#include <gtest/gtest.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "ingest/rocksdb_log.h"
#include "schema/limits.h"
#include "tests/unit/ingest_child_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using Answer = std::expected<uint64_t, LogError>;

constexpr size_t kMegabyte = 1 << 20;

// From here on `folder` is a disk of this size, for this process only.
bool MountDisk(const fs::path& folder, size_t megabytes) {
  if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  const std::string size = "size=" + std::to_string(megabytes) + "m";
  return mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

bool CanMountDisks(const fs::path& folder) {
  const pid_t child = fork();
  if (child == 0) _exit(MountDisk(folder, 1) ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void Check(bool holds, std::string_view what) {
  if (holds) return;
  fprintf(stderr, "not so: %.*s\n", static_cast<int>(what.size()), what.data());
  _exit(1);
}

std::unique_ptr<RocksDbLog> MustOpen(const fs::path& path, const RocksDbOptions& options = {}) {
  auto log = RocksDbLog::Open(path, options);
  Check(log.has_value(), log ? "" : log.error());
  return *std::move(log);
}

// Bytes that no compression makes smaller.
std::string Noise(std::string_view name) {
  std::string bytes(name);
  uint64_t x = std::hash<std::string_view>()(name) | 1;
  while (bytes.size() < limits::kEventBytes) {
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    bytes.push_back(static_cast<char>(x));
  }
  return bytes;
}

Answer AppendAndWait(EventLog& log, std::string bytes, Urgency urgency) {
  std::atomic<bool> answered = false;
  Answer answer;
  const auto taken = log.Append(kRoomPartition, std::move(bytes), urgency, [&](Answer given) {
    answer = given;
    answered = true;
    answered.notify_all();
  });
  if (!taken) return std::unexpected(taken.error());
  answered.wait(false);
  return answer;
}

// Appends until it is refused; how it was refused.
LogError FillUp(EventLog& log, Urgency urgency, std::map<uint64_t, std::string>& acknowledged) {
  while (true) {
    std::string bytes = Noise(std::to_string(acknowledged.size()));
    const Answer answer = AppendAndWait(log, bytes, urgency);
    if (!answer) return answer.error();
    acknowledged.emplace(*answer, std::move(bytes));
  }
}

void CheckAllThere(EventLog& log, const std::map<uint64_t, std::string>& acknowledged) {
  for (const auto& [offset, bytes] : acknowledged) {
    const auto entry = log.Read(kRoomPartition, offset, 1);
    Check(entry && entry->size() == 1 && entry->front().bytes == bytes, "all are there");
  }
}

[[noreturn]] void FillADisk(const fs::path& disk) {
  Check(MountDisk(disk, 128), "a disk can be mounted");
  std::map<uint64_t, std::string> acknowledged;
  {
    const auto log = MustOpen(disk / "log");
    Check(FillUp(*log, Urgency::kVote, acknowledged) == LogError::kDiskFull, "votes are refused");
    const size_t votes = acknowledged.size();
    Check(votes > 100, "there was room for votes");
    Check(FillUp(*log, Urgency::kStaff, acknowledged) == LogError::kDiskFull, "staff is refused");
    Check(acknowledged.size() - votes > 100, "there was a reserve for staff");
    CheckAllThere(*log, acknowledged);
    Check(!log->Trouble(), "nothing is broken");
  }
  CheckAllThere(*MustOpen(disk / "log"), acknowledged);
  _exit(0);
}

// What nobody looks out for: the disk fills up between the look and the write.
[[noreturn]] void RunOutOfDisk(const fs::path& disk) {
  Check(MountDisk(disk, 48), "a disk can be mounted");
  std::ofstream(disk / "ballast") << std::string(8 * kMegabyte, 'x');
  const RocksDbOptions blind{.env = nullptr, .free_bytes = [] { return ~0ull; }};
  std::map<uint64_t, std::string> acknowledged;
  {
    const auto log = MustOpen(disk / "log", blind);
    Check(FillUp(*log, Urgency::kVote, acknowledged) == LogError::kUnknown, "a write fails");
    Check(acknowledged.size() > 100, "there was room");
    Check(AppendAndWait(*log, "x", Urgency::kStaff) == std::unexpected(LogError::kFailed),
          "the log has failed for good");
    Check(log->Trouble().has_value(), "it says so");
    CheckAllThere(*log, acknowledged);
  }
  fs::remove(disk / "ballast");
  const auto log = MustOpen(disk / "log", blind);
  CheckAllThere(*log, acknowledged);
  Check(AppendAndWait(*log, "x", Urgency::kVote).has_value(), "it goes on");
  _exit(0);
}

class FullDiskDeathTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(disk_);
    if (!folder_.in_child() && !CanMountDisks(disk_)) {
      GTEST_SKIP() << "no disk can be mounted here; the contract's tests fill a pretended one";
    }
  }
  const ChildFolder folder_;
  const fs::path disk_ = folder_.path() / "disk";
};

TEST_F(FullDiskDeathTest, VotesAreRefusedFirstThenStaffAndNothingIsLost) {
  EXPECT_EXIT(FillADisk(disk_), testing::ExitedWithCode(0), "");
}

TEST_F(FullDiskDeathTest, RunningOutOfDiskLosesNothing) {
  EXPECT_EXIT(RunOutOfDisk(disk_), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace plenum
