#include "ingest/kafka_watch.h"

#include <utility>

namespace plenum {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kEvery{1000};
constexpr milliseconds kAsk{1000};
constexpr milliseconds kCompare{60'000};  // without a reason
// Right after a change of leaders, or while a broker starts, what brokers say can be old.
constexpr milliseconds kBelieve{5000};

}  // namespace

KafkaWatch::KafkaWatch(KafkaState& state, KafkaClient client, std::function<void()> each_time)
    : state_(state), each_time_(std::move(each_time)), client_(std::move(client)) {
  thread_ = std::thread([this] { Run(); });
}

KafkaWatch::~KafkaWatch() { Stop(); }

void KafkaWatch::Stop() {
  std::call_once(stopped_, [this] {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
  });
}

void KafkaWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, kEvery, [this] { return ending_; })) {
    lock.unlock();
    if (!state_.broken()) {
      contradicted_ = false;
      auto trouble = Look();
      if (!contradicted_) contradicted_since_.reset();
      if (trouble) state_.Doubt();
      state_.Say(KafkaState::Who::kWatch, std::move(trouble));
    }
    LastComplaint(client_.get(), "");  // so that they do not pile up
    each_time_();
    lock.lock();
  }
}

std::optional<std::string> KafkaWatch::Look() {
  const KafkaOptions& options = state_.options();
  const int rooms = static_cast<int>(state_.partitions() - kRoomPartition);
  if (auto trouble = LookAtTopic(options.DirectoryTopic(), 1)) return trouble;
  if (auto trouble = LookAtTopic(options.RoomsTopic(), rooms)) return trouble;
  if (Clock::now() - compared_ >= kCompare) state_.Doubt();
  if (state_.InDoubt()) {
    if (auto trouble = LookAtCluster()) return trouble;
  }
  for (Partition p = 0; p < state_.partitions() && !state_.broken(); ++p) {
    if (auto trouble = LookAtEnds(p)) return trouble;
  }
  if (state_.InDoubt() && !state_.broken()) return Compare();
  return std::nullopt;
}

// A client believes the first name of a cluster for good: a new one is asked.
std::optional<std::string> KafkaWatch::LookAtCluster() {
  const auto fresh = MakeKafkaClient(state_.options(), KafkaUse::kQuestion);
  if (!fresh) return fresh.error();
  const auto cluster = AskCluster(fresh->get(), kAsk);
  if (!cluster) return NoAnswer(state_.options(), fresh->get(), RD_KAFKA_RESP_ERR__TIMED_OUT);
  if (*cluster != state_.cluster()) {
    state_.Break("Kafka at " + state_.options().brokers + " is the cluster " + *cluster +
                 ", and not " + state_.cluster() + " any more.");
  }
  return std::nullopt;
}

std::optional<std::string> KafkaWatch::LookAtTopic(const std::string& topic, int partitions) {
  const auto shape = AskShape(client_.get(), topic, kAsk);
  if (!shape) {
    return "Kafka at " + state_.options().brokers + " does not answer (" + shape.error() + ").";
  }
  if (!shape->exists) return Contradicted("The topic " + topic + " is gone.");
  if (shape->partitions != partitions) {
    return Contradicted(topic + " has " + std::to_string(shape->partitions) +
                        " partitions, and had " + std::to_string(partitions) + ".");
  }
  return std::nullopt;
}

std::optional<std::string> KafkaWatch::LookAtEnds(Partition partition) {
  const std::string name = state_.NameOf(partition);
  const uint64_t known = state_.End(partition);  // before it is asked: it may grow meanwhile
  const auto span =
      AskSpan(client_.get(), state_.TopicOf(partition), KafkaState::NumberOf(partition), kAsk);
  if (!span) {
    return "Kafka does not say where " + name + " ends (" +
           LastComplaint(client_.get(), rd_kafka_err2str(span.error())) + ").";
  }
  if (span->low > 0) {
    return Contradicted(name + " has lost what was before offset " + std::to_string(span->low) +
                        ".");
  }
  if (std::cmp_less(span->high, known)) {
    return Contradicted(name + " ends at offset " + std::to_string(span->high) +
                        ", but what is before " + std::to_string(known) +
                        " was acknowledged: the topic was truncated or made anew.");
  }
  state_.Grow(partition, static_cast<uint64_t>(span->high));
  return std::nullopt;
}

// With a client of its own: one that has seen a topic go can take minutes to find it again.
std::optional<std::string> KafkaWatch::Compare() {
  const uint64_t doubts = state_.doubts();
  const auto reader = MakeKafkaClient(state_.options(), KafkaUse::kReader);
  if (!reader) return reader.error();
  for (Partition p = 0; p < state_.partitions() && !state_.broken(); ++p) {
    if (auto trouble = Compare(reader->get(), p)) return trouble;
  }
  state_.Settle(doubts);
  compared_ = Clock::now();
  return std::nullopt;
}

std::optional<std::string> KafkaWatch::Compare(rd_kafka_t* reader, Partition partition) {
  const auto witness = state_.WitnessOf(partition);
  if (!witness) return std::nullopt;
  const KafkaTopic topic(rd_kafka_topic_new(reader, state_.TopicOf(partition).c_str(), nullptr));
  const KafkaQueue queue(rd_kafka_queue_new(reader));
  const int32_t number = KafkaState::NumberOf(partition);
  const std::string where =
      state_.NameOf(partition) + " at offset " + std::to_string(witness->offset);
  if (rd_kafka_consume_start_queue(topic.get(), number, static_cast<int64_t>(witness->offset),
                                   queue.get()) != 0) {
    return where + " cannot be read (" + rd_kafka_err2str(rd_kafka_last_error()) + ").";
  }
  const KafkaMessage message(rd_kafka_consume_queue(queue.get(), static_cast<int>(kAsk.count())));
  rd_kafka_consume_stop(topic.get(), number);
  if (message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return where + " cannot be read (" +
           (message == nullptr ? "no answer" : rd_kafka_err2str(message->err)) + ").";
  }
  const std::string_view bytes(static_cast<const char*>(message->payload), message->len);
  if (std::cmp_not_equal(message->offset, witness->offset) ||
      KafkaState::HashOf(bytes) != witness->hash) {
    state_.Break(where + " has another entry than it had: the topic was made anew.");
  }
  return std::nullopt;
}

std::string KafkaWatch::Contradicted(std::string sentence) {
  contradicted_ = true;
  if (!contradicted_since_) contradicted_since_ = Clock::now();
  if (Clock::now() - *contradicted_since_ >= kBelieve) state_.Break(sentence);
  return sentence;
}

}  // namespace plenum
