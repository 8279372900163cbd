// The contract of ingest/event_log.h as tests, run on every log. A log takes part by a
// LogUnderTest. What the built-in logs promise beyond it: event_log_disk_contract.h.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <vector>

#include "ingest/event_log.h"

namespace plenum {

// A log on a storage that can be disturbed.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  virtual EventLog& log() = 0;
  // Stops the log, and opens another one on the same storage.
  virtual void Reopen() = 0;
  // Returns once nothing is pending.
  virtual void Settle() = 0;
  // Between the two nothing is taken from the queue. Hold returns once that is so.
  virtual void Hold() = 0;
  virtual void Release() = 0;
};

struct LogKind {
  std::string name;
  std::function<std::unique_ptr<LogUnderTest>()> make;
  friend void PrintTo(const LogKind& kind, std::ostream* out) { *out << kind.name; }
};

class EventLogContract : public testing::TestWithParam<LogKind> {
 protected:
  EventLogContract() : under_test_(GetParam().make()) {}
  EventLog& log() { return under_test_->log(); }
  LogUnderTest& under_test() { return *under_test_; }

 private:
  std::unique_ptr<LogUnderTest> under_test_;
};

// Collects what `done`s were told. Thread-safe; outlives the log.
class Answers {
 public:
  using Answer = std::expected<uint64_t, LogError>;

  // A `done` for the append that has this number, from 0 on.
  EventLog::Done For(size_t number);
  std::vector<std::vector<Answer>> Get() const;  // by number
  size_t Count() const;                          // of all answers
  // Those of all appends, in the order in which they came. Fails the test if one has none or two.
  std::vector<Answer> OnePerAppend(size_t appends) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::vector<Answer>> by_number_;
};

// Appends entries [first, first + count) to the room partition; all must be taken.
void AppendMany(EventLog& log, Answers& answers, size_t first, size_t count,
                Urgency urgency = Urgency::kVote);

// All entries of a partition, read in pieces; fails the test if that does not work.
std::vector<LogEntry> ReadAll(EventLog& log, Partition partition);
std::vector<std::string> BytesOf(const std::vector<LogEntry>& entries);

// "entry 7" of a partition, so that what is read tells where it came from.
std::string Bytes(size_t number);
std::vector<std::string> ManyBytes(size_t count);

}  // namespace plenum
