// The contract on the memory log.
#include "ingest/memory_log.h"
#include "tests/unit/event_log_disk_contract.h"

namespace plenum {
namespace {

class MemoryLogUnderTest final : public DiskLogUnderTest {
 public:
  EventLog& log() override { return *log_; }
  void Reopen() override {
    // A process that ends: what it has written to files stays.
    if (log_->failed()) log_->Crash(storage_.Unsynced());
    log_.reset();
    log_ = std::make_unique<MemoryLog>(storage_);
  }
  void Settle() override {
    while (log_->Step()) {
    }
  }
  // Nothing moves unless it is stepped.
  void Hold() override {}
  void Release() override {}
  void FailSyncs() override { storage_.FailNextSync(); }
  void SetFreeBytes(uint64_t bytes) override { storage_.SetFreeBytes(bytes); }
  void AwaitLookAtDisk() override { log_->Step(); }
  uint64_t Damage(Partition partition) override {
    const uint64_t offset = log_->End(partition) / 2;
    storage_.Rot(partition, offset);
    return offset;
  }

 private:
  MemoryStorage storage_{"memory log"};
  std::unique_ptr<MemoryLog> log_ = std::make_unique<MemoryLog>(storage_);
};

INSTANTIATE_TEST_SUITE_P(Memory, EventLogContract,
                         testing::Values(LogKind{
                             "memory", [] { return std::make_unique<MemoryLogUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });
INSTANTIATE_TEST_SUITE_P(Memory, EventLogDiskContract,
                         testing::Values(DiskLogKind{
                             "memory", [] { return std::make_unique<MemoryLogUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
