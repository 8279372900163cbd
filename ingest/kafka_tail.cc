#include "ingest/kafka_tail.h"

#include <array>
#include <string_view>
#include <utility>

#include "schema/limits.h"

namespace plenum {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWait{50};    // for an entry
constexpr milliseconds kLast{1000};  // at the end, for what was acknowledged
constexpr milliseconds kPause{500};  // between two tries
constexpr milliseconds kPatience{2000};
constexpr milliseconds kAsk{300};

}  // namespace

KafkaTail::KafkaTail(KafkaState& state, KafkaClient client)
    : state_(state),
      client_(std::move(client)),
      events_(MainQueue(client_.get())),
      queue_(rd_kafka_queue_new(client_.get())),
      spots_(state.partitions()) {
  for (Partition p = 0; p < spots_.size(); ++p) {
    Spot& spot = spots_[p];
    spot.topic.reset(rd_kafka_topic_new(client_.get(), state_.TopicOf(p).c_str(), nullptr));
    spot.opened_at = state_.End(p);
  }
  thread_ = std::thread([this] { Run(); });
}

KafkaTail::~KafkaTail() {
  Stop();
  for (Partition p = 0; p < spots_.size(); ++p) {
    if (spots_[p].running) {
      rd_kafka_consume_stop(spots_[p].topic.get(), KafkaState::NumberOf(p));
    }
  }
  spots_.clear();
}

void KafkaTail::SetTail(EventLog::Tail tail) {
  std::lock_guard lock(mutex_);
  new_tail_ = std::move(tail);
  has_new_tail_ = true;
}

void KafkaTail::Stop() {
  std::call_once(stopped_, [this] {
    until_ = Clock::now() + kLast;
    ending_ = true;
    thread_.join();
  });
}

void KafkaTail::Run() {
  Begin();
  while (!ending_ || (IsBehind() && Clock::now() < until_)) {
    if (has_new_tail_) {
      {
        std::lock_guard lock(mutex_);
        tail_ = *std::exchange(new_tail_, std::nullopt);
        has_new_tail_ = false;
      }
      Begin();
    }
    if (state_.broken()) {
      std::this_thread::sleep_for(kWait);
      continue;
    }
    Gather();
    HandOver();
    TryAgain();
    WakeUp();
    LastComplaint(client_.get(), "");  // so that they do not pile up; the watch has them too
  }
}

// There is something that is known to be durable and was not handed over.
bool KafkaTail::IsBehind() const {
  if (state_.broken()) return false;
  if (has_new_tail_) return true;
  for (Partition p = 0; p < spots_.size(); ++p) {
    if (spots_[p].next < state_.End(p)) return true;
  }
  return false;
}

// All partitions from where they ended when the log was opened.
void KafkaTail::Begin() {
  for (Partition p = 0; p < spots_.size(); ++p) {
    Spot& spot = spots_[p];
    if (spot.running) rd_kafka_consume_stop(spot.topic.get(), KafkaState::NumberOf(p));
    spot.running = false;
    spot.next = spot.opened_at;
    spot.batch.clear();
  }
  queue_.reset(rd_kafka_queue_new(client_.get()));  // what is in the old one is out of date
  for (Partition p = 0; p < spots_.size(); ++p) Restart(p);
}

void KafkaTail::Restart(Partition partition) {
  Spot& spot = spots_[partition];
  const int32_t number = KafkaState::NumberOf(partition);
  if (spot.running) rd_kafka_consume_stop(spot.topic.get(), number);
  spot.running = rd_kafka_consume_start_queue(spot.topic.get(), number,
                                              static_cast<int64_t>(spot.next), queue_.get()) == 0;
  if (!spot.running) Fail(partition, rd_kafka_err2str(rd_kafka_last_error()));
}

// Waits for one entry, and takes what is there with it: nothing is held back to gather more.
void KafkaTail::Gather() {
  const KafkaMessage first(rd_kafka_consume_queue(queue_.get(), static_cast<int>(kWait.count())));
  if (first == nullptr) return;
  Accept(PartitionOf(*first), *first);
  std::array<rd_kafka_message_t*, limits::kBatchEvents - 1> more;
  const ssize_t count = rd_kafka_consume_batch_queue(queue_.get(), 0, more.data(), more.size());
  for (ssize_t i = 0; i < count; ++i) {
    const KafkaMessage message(more[static_cast<size_t>(i)]);
    Accept(PartitionOf(*message), *message);
  }
}

Partition KafkaTail::PartitionOf(const rd_kafka_message_t& message) const {
  const auto number = static_cast<Partition>(message.partition);
  const std::string_view topic = message.rkt == nullptr ? "" : rd_kafka_topic_name(message.rkt);
  if (topic == state_.options().DirectoryTopic()) return kDirectoryPartition + number;
  if (topic == state_.options().RoomsTopic()) return kRoomPartition + number;
  return static_cast<Partition>(spots_.size());
}

void KafkaTail::Accept(Partition partition, const rd_kafka_message_t& message) {
  if (!state_.Has(partition)) return;  // a complaint that concerns no partition
  Spot& spot = spots_[partition];
  const bool at_end = message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR && !at_end) {
    return Fail(partition, rd_kafka_err2str(message.err));
  }
  if (spot.failed) {
    spot.failed.reset();
    state_.Say(KafkaState::Who::kTail, std::nullopt);  // others that fail will say so again
  }
  if (at_end) return;
  const auto offset = static_cast<uint64_t>(message.offset);
  if (offset > spot.next) {
    state_.Break(state_.NameOf(partition) + " has nothing at offset " + std::to_string(spot.next) +
                 ".");
  } else if (offset == spot.next) {
    ++spot.next;
    spot.batch.push_back(
        {offset, std::string(static_cast<const char*>(message.payload), message.len)});
  }
}

void KafkaTail::HandOver() {
  for (Partition p = 0; p < spots_.size(); ++p) {
    std::vector<LogEntry>& batch = spots_[p].batch;
    if (batch.empty()) continue;
    state_.Grow(p, batch.back().offset + 1);
    state_.Remember(p, batch.back().offset, batch.back().bytes);
    behind_since_.reset();
    if (tail_ && !state_.broken()) tail_(p, batch);
    batch.clear();
  }
}

void KafkaTail::Fail(Partition partition, const std::string& why) {
  spots_[partition].failed = Clock::now();
  state_.Doubt();
  state_.Say(KafkaState::Who::kTail, state_.NameOf(partition) + " cannot be read (" + why + ").");
}

void KafkaTail::TryAgain() {
  const auto now = Clock::now();
  for (Partition p = 0; p < spots_.size(); ++p) {
    std::optional<Clock::time_point>& failed = spots_[p].failed;
    if (!failed || now - *failed < kPause) continue;
    failed = now;
    Restart(p);
  }
}

// There is more, and nothing comes: librdkafka can go on believing that a topic is gone, or led by
// another broker, for minutes. Asking for the topic makes it learn.
void KafkaTail::WakeUp() {
  if (!IsBehind()) return behind_since_.reset();
  if (!behind_since_) behind_since_ = Clock::now();
  if (Clock::now() - *behind_since_ < kPatience) return;
  behind_since_ = Clock::now();
  for (const Partition first : {kDirectoryPartition, kRoomPartition}) {
    (void)AskShape(client_.get(), state_.TopicOf(first), kAsk);
  }
  for (Partition p = 0; p < spots_.size(); ++p) Restart(p);
}

}  // namespace plenum
