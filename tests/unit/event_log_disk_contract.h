// What the built-in logs promise beyond the contract, as tests: the order of tail and answers, and
// what they do when their disk fails, fills up or forgets.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "tests/unit/event_log_contract.h"

namespace plenum {

// A partition that is not looked into: a LogUnderTest may append to it.
inline constexpr Partition kFencePartition = 99;

// A log on a disk that can be disturbed.
class DiskLogUnderTest : public LogUnderTest {
 public:
  virtual void FailSyncs() = 0;
  virtual void SetFreeBytes(uint64_t bytes) = 0;
  virtual void AwaitLookAtDisk() = 0;
  // Damages one entry, about in the middle of what is in the log, and returns its offset. The log
  // may be another one afterwards.
  virtual uint64_t Damage(Partition partition) = 0;
};

struct DiskLogKind {
  std::string name;
  std::function<std::unique_ptr<DiskLogUnderTest>()> make;
  friend void PrintTo(const DiskLogKind& kind, std::ostream* out) { *out << kind.name; }
};

class EventLogDiskContract : public testing::TestWithParam<DiskLogKind> {
 protected:
  EventLogDiskContract() : under_test_(GetParam().make()) {}
  EventLog& log() { return under_test_->log(); }
  DiskLogUnderTest& under_test() { return *under_test_; }

 private:
  std::unique_ptr<DiskLogUnderTest> under_test_;
};

}  // namespace plenum
