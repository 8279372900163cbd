// The contract on the RocksDB log, on a real disk.
#include <atomic>
#include <chrono>
#include <thread>

#include "ingest/rocksdb_log.h"
#include "tests/unit/event_log_disk_contract.h"
#include "tests/unit/ingest_faulty_env.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

class RocksDbLogUnderTest final : public DiskLogUnderTest {
 public:
  RocksDbLogUnderTest() { Open(); }
  ~RocksDbLogUnderTest() override { Release(); }

  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    faults_.FailSyncs(false);
    Open();
  }
  // An append of its own is answered after all that came before it; an answer may append again.
  void Settle() override {
    do {
      std::atomic<bool> answered = false;
      const auto fence = log_->Append(kFencePartition, "", Urgency::kStaff, [&](auto) {
        answered = true;
        answered.notify_all();
      });
      if (fence) {
        answered.wait(false);
      } else if (fence.error() == LogError::kBusy) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the queue is full
      } else {
        log_->Stop();  // it has failed: once its thread has ended everything is answered
      }
    } while (log_->Pending() > 0);
  }
  void Hold() override {
    std::atomic<bool> held = false;
    held_ = true;
    ASSERT_TRUE(log_->Append(kFencePartition, "", Urgency::kStaff, [&](auto) {
      held = true;
      held.notify_all();
      held_.wait(true);
    }));
    held.wait(false);
  }
  void Release() override {
    held_ = false;
    held_.notify_all();
  }
  void FailSyncs() override { faults_.FailSyncs(true); }
  void SetFreeBytes(uint64_t bytes) override { free_bytes_ = bytes; }
  void AwaitLookAtDisk() override {
    const int before = looks_;
    while (looks_ < before + 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  uint64_t Damage(Partition partition) override;

 private:
  void Open() {
    RocksDbOptions options;
    options.env = faults_.env();
    options.free_bytes = [this] {
      ++looks_;
      return free_bytes_.load();
    };
    auto opened = RocksDbLog::Open(folder_.path() / "log", options);
    ASSERT_TRUE(opened.has_value()) << opened.error();
    log_ = *std::move(opened);
  }

  TempFolder folder_;
  FaultyEnv faults_;
  std::atomic<uint64_t> free_bytes_ = ~0ull;
  std::atomic<int> looks_ = 0;
  std::atomic<bool> held_ = false;
  std::unique_ptr<RocksDbLog> log_;
};

uint64_t RocksDbLogUnderTest::Damage(Partition partition) {
  Reopen();  // moves all from the write-ahead log to a table
  log_.reset();
  const auto table = LargestFile(folder_.path() / "log", ".sst");
  FlipBit(table, std::filesystem::file_size(table) / 2);
  Open();
  uint64_t offset = 0;
  while (offset < log_->End(partition) && log_->Read(partition, offset, 1)) ++offset;
  return offset;
}

INSTANTIATE_TEST_SUITE_P(RocksDb, EventLogContract,
                         testing::Values(LogKind{
                             "rocksdb", [] { return std::make_unique<RocksDbLogUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });
INSTANTIATE_TEST_SUITE_P(RocksDb, EventLogDiskContract,
                         testing::Values(DiskLogKind{
                             "rocksdb", [] { return std::make_unique<RocksDbLogUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
