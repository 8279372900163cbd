// A disk that is really full: a small tmpfs, mounted where only the test's child sees it. Where
// that is not permitted, a folder that is said to have so much room, and files that cannot grow
// further.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <latch>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

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

bool CanMountDisks() {
  const pid_t child = fork();
  if (child == 0) _exit(MountDisk(fs::temp_directory_path(), 1) ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

uint64_t BytesIn(const fs::path& folder) {
  uint64_t bytes = 0;
  std::error_code gone;  // files come and go meanwhile
  for (fs::recursive_directory_iterator it(folder, gone), end; !gone && it != end;
       it.increment(gone)) {
    std::error_code unknown;
    const auto size = it->file_size(unknown);
    bytes += unknown ? 0 : size;
  }
  return bytes;
}

// The most that a file may grow to, for this process.
void LimitFiles(rlim_t bytes) {
  signal(SIGXFSZ, SIG_IGN);  // so that a write fails instead
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
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

// Appends all at once, so that they share syncs, and waits for every answer.
std::vector<Answer> AppendAndWait(EventLog& log, const std::vector<std::string>& entries,
                                  Urgency urgency) {
  std::vector<Answer> answers(entries.size());
  std::latch answered(static_cast<std::ptrdiff_t>(entries.size()));
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto taken = log.Append(kRoomPartition, entries[i], urgency, [&, i](Answer answer) {
      answers[i] = answer;
      answered.count_down();
    });
    if (taken) continue;
    answers[i] = std::unexpected(taken.error());
    answered.count_down();
  }
  answered.wait();
  return answers;
}

// Appends until something is refused; how that was refused.
LogError FillUp(EventLog& log, Urgency urgency, std::map<uint64_t, std::string>& acknowledged) {
  while (true) {
    std::vector<std::string> entries;
    while (entries.size() < 16) {
      entries.push_back(Noise(std::to_string(acknowledged.size() + entries.size())));
    }
    const auto answers = AppendAndWait(log, entries, urgency);
    for (size_t i = 0; i < answers.size(); ++i) {
      if (answers[i]) acknowledged.emplace(*answers[i], entries[i]);
    }
    for (const Answer& answer : answers) {
      if (!answer) return answer.error();
    }
  }
}

void CheckAllThere(EventLog& log, const std::map<uint64_t, std::string>& acknowledged) {
  for (const auto& [offset, bytes] : acknowledged) {
    const auto entry = log.Read(kRoomPartition, offset, 1);
    Check(entry && entry->size() == 1 && entry->front().bytes == bytes, "all are there");
  }
}

enum class Disk { kMounted, kPretended };

[[noreturn]] void FillADisk(const fs::path& folder, Disk disk) {
  RocksDbOptions options;
  if (disk == Disk::kMounted) {
    Check(MountDisk(folder, 104), "a disk can be mounted");
  } else {
    options.free_bytes = [&] { return 104 * kMegabyte - BytesIn(folder); };
  }
  std::map<uint64_t, std::string> acknowledged;
  {
    const auto log = MustOpen(folder / "log", options);
    Check(FillUp(*log, Urgency::kVote, acknowledged) == LogError::kDiskFull, "votes are refused");
    const size_t votes = acknowledged.size();
    Check(votes > 100, "there was room for votes");
    // RocksDB may be writing files anew just then, which takes the reserve until the old ones go. A
    // presenter's page sends again what was refused so.
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (acknowledged.size() - votes <= 100) {
      Check(std::chrono::steady_clock::now() < end, "there was a reserve for staff");
      Check(FillUp(*log, Urgency::kStaff, acknowledged) == LogError::kDiskFull, "staff is refused");
    }
    CheckAllThere(*log, acknowledged);
    Check(!log->Trouble(), "nothing is broken");
  }
  CheckAllThere(*MustOpen(folder / "log", options), acknowledged);
  _exit(0);
}

// What nobody looks out for: there is no room between the look and the write.
[[noreturn]] void RunOutOfDisk(const fs::path& folder, Disk disk) {
  const RocksDbOptions blind{.env = nullptr, .free_bytes = [] { return ~0ull; }};
  if (disk == Disk::kMounted) {
    Check(MountDisk(folder, 48), "a disk can be mounted");
    std::ofstream(folder / "ballast") << std::string(8 * kMegabyte, 'x');
  } else {
    LimitFiles(10 * kMegabyte);
  }
  std::map<uint64_t, std::string> acknowledged;
  {
    const auto log = MustOpen(folder / "log", blind);
    Check(FillUp(*log, Urgency::kVote, acknowledged) == LogError::kUnknown, "a write fails");
    Check(acknowledged.size() > 100, "there was room");
    Check(AppendAndWait(*log, {"x"}, Urgency::kStaff)[0] == std::unexpected(LogError::kFailed),
          "the log has failed for good");
    Check(log->Trouble().has_value(), "it says so");
    CheckAllThere(*log, acknowledged);
  }
  fs::remove(folder / "ballast");
  LimitFiles(RLIM_INFINITY);
  const auto log = MustOpen(folder / "log", blind);
  CheckAllThere(*log, acknowledged);
  Check(AppendAndWait(*log, {"x"}, Urgency::kVote)[0].has_value(), "it goes on");
  _exit(0);
}

class FullDiskDeathTest : public testing::TestWithParam<Disk> {
 protected:
  FullDiskDeathTest() { fs::create_directories(folder_); }
  const ChildFolder parent_;
  const fs::path folder_ = parent_.path() / "disk";
};

TEST_P(FullDiskDeathTest, VotesAreRefusedFirstThenStaffAndNothingIsLost) {
  EXPECT_EXIT(FillADisk(folder_, GetParam()), testing::ExitedWithCode(0), "");
}

TEST_P(FullDiskDeathTest, RunningOutOfDiskLosesNothing) {
  EXPECT_EXIT(RunOutOfDisk(folder_, GetParam()), testing::ExitedWithCode(0), "");
}

std::vector<Disk> DisksHere() {
  if (CanMountDisks()) return {Disk::kMounted, Disk::kPretended};
  return {Disk::kPretended};
}

INSTANTIATE_TEST_SUITE_P(Disks, FullDiskDeathTest, testing::ValuesIn(DisksHere()),
                         [](const auto& disk) {
                           return disk.param == Disk::kMounted ? "mounted" : "pretended";
                         });

}  // namespace
}  // namespace plenum
