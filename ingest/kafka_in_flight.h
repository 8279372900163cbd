// KafkaInFlight: the appends that Kafka was given, or is to be given, until their fate is known:
// who is answered what and when. Knows nothing of librdkafka. Not synchronised.
//
// Entries leave in the order in which they came, partition by partition. One that is not
// acknowledged in time is answered kUnknown and stays, for Kafka may still be given it; behind it
// nothing more is taken in that partition, so that an outage does not fill the queue with what the
// same people send again and again.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/batch_queue.h"
#include "ingest/event_log.h"

namespace plenum {

struct KafkaEntry {
  enum class Fate : uint8_t {
    kWaiting,
    kDurable,    // at `offset`
    kSomewhere,  // durable, but Kafka did not say where: it had it already
    kRefused,    // not recorded
    kUnknown,
  };
  Partition partition = 0;
  std::string bytes;  // librdkafka reads them from here
  EventLog::Done done;
  std::chrono::steady_clock::time_point since;
  uint64_t not_below = 0;  // the partition's end as it was: the entry's offset is not less
  Fate fate = Fate::kWaiting;
  uint64_t offset = 0;
};

struct KafkaDeadlines {
  std::chrono::milliseconds answer_within;
  std::chrono::milliseconds away_after;
};

class KafkaInFlight {
 public:
  using Now = std::chrono::steady_clock::time_point;
  struct Answer {
    EventLog::Done done;
    std::expected<uint64_t, LogError> what;
  };

  KafkaInFlight(size_t partitions, KafkaDeadlines deadlines, QueueBounds bounds = {});

  // Where the entry is until it is popped. kAway: an older one waits for too long; kBusy: full, or,
  // for a vote, nearly full.
  std::expected<KafkaEntry*, LogError> Push(KafkaEntry entry, Urgency urgency);
  // Takes the entry pushed last back: Kafka could not be given it.
  void PopLast(Partition partition);

  // What can be answered now, in order within each partition.
  std::vector<Answer> TakeAnswers(Now now);
  // All that waits: its fate is not known and never will be.
  void GiveUp();

  void ForEachWaiting(const std::function<void(KafkaEntry&)>& visit);
  // The first entry of which Kafka did not say where it is, and that is not answered yet.
  KafkaEntry* FirstSomewhere();
  // A partition whose oldest entry waits for so long that nothing more is taken.
  std::optional<Partition> Away(Now now) const;

  bool empty() const { return count_ == 0; }
  size_t size() const { return count_; }
  size_t bytes() const { return bytes_; }

 private:
  struct Lane {
    std::deque<KafkaEntry> entries;
    size_t answered = 0;  // how many of the first ones are, with kUnknown
  };
  bool IsAway(const Lane& lane, Now now) const;
  static bool IsSettled(const Lane& lane);
  static Answer AnswerOf(KafkaEntry& entry);
  void PopFirst(Lane& lane);

  const KafkaDeadlines deadlines_;
  const QueueBounds bounds_;
  std::vector<Lane> lanes_;
  size_t count_ = 0;
  size_t bytes_ = 0;
};

}  // namespace plenum
