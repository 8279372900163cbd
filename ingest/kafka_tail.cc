#include "ingest/kafka_tail.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "schema/limits.h"

namespace plenum {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWait{50};       // for an entry
constexpr milliseconds kAsk{300};       // for an answer to a question
constexpr milliseconds kLast{1000};     // at the end, for what was acknowledged
constexpr milliseconds kAskAgain{500};  // between two questions
// So long the brokers may contradict what was read before it is believed: right after a change of
// leaders, or while a broker starts, what they say can be old.
constexpr milliseconds kBelieve{5000};

}  // namespace

KafkaTail::KafkaTail(KafkaState& state, KafkaClient client, std::function<void()> each_second)
    : state_(state),
      each_second_(std::move(each_second)),
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
  auto second = Clock::now();
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
    LookAtEvents();
    LookAtBrokers();
    LookAtSuspects();
    if (Clock::now() - second >= std::chrono::seconds(1)) {
      second = Clock::now();
      each_second_();
    }
  }
}

// There is something that is known to be durable and was not handed over.
bool KafkaTail::IsBehind() const {
  if (away_ || state_.broken()) return false;
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
    spot.anchor.reset();
    spot.batch.clear();
  }
  queue_.reset(rd_kafka_queue_new(client_.get()));  // what is in the old one is out of date
  for (Partition p = 0; p < spots_.size(); ++p) Restart(p);
}

// From the last entry that was read, so that it is seen whether it is still the same.
void KafkaTail::Restart(Partition partition) {
  Spot& spot = spots_[partition];
  const int32_t number = KafkaState::NumberOf(partition);
  if (spot.running) rd_kafka_consume_stop(spot.topic.get(), number);
  const auto from = static_cast<int64_t>(spot.next == 0 ? 0 : spot.next - 1);
  spot.running = rd_kafka_consume_start_queue(spot.topic.get(), number, from, queue_.get()) == 0;
  spot.suspect_since.reset();
  if (!spot.running) Suspect(spot, "it cannot be read");
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

KafkaTail::Anchor KafkaTail::AnchorOf(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type{};
  const std::string_view bytes(static_cast<const char*>(message.payload), message.len);
  return {rd_kafka_message_timestamp(&message, &type), std::hash<std::string_view>{}(bytes)};
}

void KafkaTail::Accept(Partition partition, const rd_kafka_message_t& message) {
  if (!state_.Has(partition)) return;  // a complaint that concerns no partition
  Spot& spot = spots_[partition];
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    Suspect(spot, rd_kafka_err2str(message.err));
    return;
  }
  const auto offset = static_cast<uint64_t>(message.offset);
  if (offset > spot.next) {
    state_.Break(state_.NameOf(partition) + " has nothing at offset " + std::to_string(spot.next) +
                 ".");
  } else if (offset == spot.next) {
    spot.anchor = AnchorOf(message);
    ++spot.next;
    spot.batch.push_back(
        {offset, std::string(static_cast<const char*>(message.payload), message.len)});
  } else if (offset + 1 == spot.next) {
    const Anchor found = AnchorOf(message);
    if (spot.anchor.value_or(found) != found) {
      state_.Break(state_.NameOf(partition) + " has another entry at offset " +
                   std::to_string(offset) + " than it had: it was made anew.");
    }
    spot.anchor = found;
  }
}

void KafkaTail::HandOver() {
  for (Partition p = 0; p < spots_.size(); ++p) {
    std::vector<LogEntry>& batch = spots_[p].batch;
    if (batch.empty()) continue;
    state_.Grow(p, batch.back().offset + 1);
    if (tail_ && !state_.broken()) tail_(p, batch);
    batch.clear();
  }
}

void KafkaTail::LookAtEvents() {
  while (const KafkaEvent event{rd_kafka_queue_poll(events_.get(), 0)}) {
    if (rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_ERROR) continue;
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      away_ = true;
    } else {
      why_ = rd_kafka_event_error_string(event.get());
    }
  }
}

// While none answers they are asked; when one does, what was read is looked at again.
void KafkaTail::LookAtBrokers() {
  if (!away_ || Clock::now() - asked_ < kAskAgain) return;
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), 0, spots_[0].topic.get(), &answer,
                                       static_cast<int>(kAsk.count()));
  const KafkaMetadata metadata(answer);
  asked_ = Clock::now();
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    state_.Say(KafkaState::Who::kTail, "Kafka at " + state_.options().brokers +
                                           " does not answer (" +
                                           (why_.empty() ? rd_kafka_err2str(error) : why_) + ").");
    return;
  }
  away_ = false;
  why_.clear();
  state_.Say(KafkaState::Who::kTail, std::nullopt);
  for (Spot& spot : spots_) Suspect(spot, "its brokers were away");
}

void KafkaTail::Suspect(Spot& spot, const std::string& why) {
  if (!spot.suspect_since) spot.suspect_since = Clock::now();
  why_ = why;
}

void KafkaTail::LookAtSuspects() {
  if (away_) return;
  for (Partition p = 0; p < spots_.size() && !ending_; ++p) {
    Spot& spot = spots_[p];
    if (spot.suspect_since && Clock::now() - spot.asked >= kAskAgain) Investigate(p);
  }
  const bool any =
      std::ranges::any_of(spots_, [](const Spot& spot) { return spot.suspect_since.has_value(); });
  if (!any && !why_.empty()) {
    why_.clear();
    state_.Say(KafkaState::Who::kTail, std::nullopt);
  }
}

void KafkaTail::Investigate(Partition partition) {
  Spot& spot = spots_[partition];
  const std::string name = state_.NameOf(partition);
  int64_t low = 0, high = 0;
  const auto error = rd_kafka_query_watermark_offsets(
      client_.get(), rd_kafka_topic_name(spot.topic.get()), KafkaState::NumberOf(partition), &low,
      &high, static_cast<int>(kAsk.count()));
  spot.asked = Clock::now();
  const bool believed = spot.asked - *spot.suspect_since >= kBelieve;
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR && std::cmp_greater_equal(high, spot.next)) {
    Restart(partition);
  } else if (error == RD_KAFKA_RESP_ERR_NO_ERROR && believed) {
    state_.Break(name + " ends at offset " + std::to_string(high) + ", but what was at " +
                 std::to_string(spot.next - 1) +
                 " had been acknowledged: the topic was truncated or made anew.");
  } else if (believed && (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
                          error == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
                          error == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)) {
    state_.Break("The topic " + state_.TopicOf(partition) + " is gone.");
  } else {
    state_.Say(KafkaState::Who::kTail, name + " cannot be read (" + why_ + ").");
  }
}

}  // namespace plenum
