#include "ingest/kafka_watch.h"

#include <utility>

namespace plenum {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kEvery{1000};
constexpr milliseconds kAsk{1000};
// Right after a change of leaders, or while a broker starts, what brokers say can be old.
constexpr milliseconds kBelieve{5000};

}  // namespace

KafkaWatch::KafkaWatch(KafkaState& state, KafkaClient client, Calls calls)
    : state_(state), calls_(std::move(calls)), client_(std::move(client)) {
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
      const bool unusual = trouble.has_value();
      if (unusual_ && !unusual) calls_.doubt();  // before, nothing could be read again
      unusual_ = unusual;
      state_.Say(KafkaState::Who::kWatch, std::move(trouble));
    }
    LastComplaint(client_.get(), "");  // so that they do not pile up
    calls_.each_time();
    lock.lock();
  }
}

std::optional<std::string> KafkaWatch::Look() {
  const KafkaOptions& options = state_.options();
  const int rooms = static_cast<int>(state_.partitions() - kRoomPartition);
  if (auto trouble = LookAtTopic(options.DirectoryTopic(), 1)) return trouble;
  if (auto trouble = LookAtTopic(options.RoomsTopic(), rooms)) return trouble;
  if (unusual_) {
    if (auto trouble = LookAtCluster()) return trouble;
  }
  for (Partition p = 0; p < state_.partitions() && !state_.broken(); ++p) {
    if (auto trouble = LookAtEnds(p)) return trouble;
  }
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
  int64_t low = 0, high = 0;
  const auto error = rd_kafka_query_watermark_offsets(
      client_.get(), state_.TopicOf(partition).c_str(), KafkaState::NumberOf(partition), &low,
      &high, static_cast<int>(kAsk.count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return "Kafka does not say where " + name + " ends (" +
           LastComplaint(client_.get(), rd_kafka_err2str(error)) + ").";
  }
  if (low > 0) {
    return Contradicted(name + " has lost what was before offset " + std::to_string(low) + ".");
  }
  if (std::cmp_less(high, known)) {
    return Contradicted(name + " ends at offset " + std::to_string(high) + ", but what is before " +
                        std::to_string(known) +
                        " was acknowledged: the topic was truncated or made anew.");
  }
  state_.Grow(partition, static_cast<uint64_t>(high));
  return std::nullopt;
}

std::string KafkaWatch::Contradicted(std::string sentence) {
  contradicted_ = true;
  if (!contradicted_since_) contradicted_since_ = Clock::now();
  if (Clock::now() - *contradicted_since_ >= kBelieve) state_.Break(sentence);
  return sentence;
}

}  // namespace plenum
