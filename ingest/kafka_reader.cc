#include "ingest/kafka_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schema/limits.h"

namespace plenum {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWait{1000};
constexpr milliseconds kIdle{2000};
constexpr milliseconds kAsk{500};
constexpr milliseconds kAskAgain{200};
// What is nearer is read and thrown away, which is cheaper than a round trip.
constexpr uint64_t kSkip = 4096;

int MillisecondsUntil(std::chrono::steady_clock::time_point until) {
  const auto left = until - std::chrono::steady_clock::now();
  return std::max(0, static_cast<int>(std::chrono::ceil<milliseconds>(left).count()));
}

}  // namespace

KafkaReader::KafkaReader(KafkaState& state, KafkaClient client)
    : state_(state), client_(std::move(client)) {
  for (Partition p = 0; p < state_.partitions(); ++p) {
    auto& stream = streams_.emplace_back(std::make_unique<Stream>());
    stream->topic.reset(rd_kafka_topic_new(client_.get(), state_.TopicOf(p).c_str(), nullptr));
  }
}

KafkaReader::~KafkaReader() {
  for (Partition p = 0; p < streams_.size(); ++p) Close(*streams_[p], p);
  streams_.clear();
}

std::expected<std::vector<LogEntry>, LogError> KafkaReader::Read(Partition partition, uint64_t from,
                                                                 size_t max) {
  std::vector<LogEntry> entries;
  if (!state_.Has(partition)) return entries;
  if (state_.broken()) return std::unexpected(LogError::kCorrupt);
  const uint64_t end = state_.End(partition);
  if (from >= end || max == 0) return entries;

  const Wanted wanted{partition, from, std::min<uint64_t>(max, end - from), Clock::now() + kWait};
  Stream& stream = *streams_[partition];
  const std::unique_lock lock(stream.mutex, wanted.until);
  if (!lock.owns_lock()) return std::unexpected(LogError::kAway);
  if (const auto error = GoTo(stream, partition, from)) return std::unexpected(*error);
  const auto error = Gather(stream, wanted, entries);
  stream.used = Clock::now();
  if (!entries.empty()) return entries;
  // librdkafka can believe for minutes that a topic is gone. Asking for it makes it learn.
  Close(stream, partition);
  (void)AskShape(client_.get(), state_.TopicOf(partition), kAskAgain);
  return std::unexpected(error.value_or(LogError::kAway));
}

std::optional<uint64_t> KafkaReader::Find(Partition partition, uint64_t from,
                                          const std::string& bytes) {
  const auto until = Clock::now() + kWait;
  // Beyond the known end too: what is looked for may be the reason why it is not known.
  if (const auto span = AskSpan(client_.get(), state_.TopicOf(partition),
                                KafkaState::NumberOf(partition), kAsk)) {
    state_.Grow(partition, static_cast<uint64_t>(span->high));
  }
  while (Clock::now() < until) {
    const auto entries = Read(partition, from, limits::kReadEvents);
    if (!entries || entries->empty()) return std::nullopt;
    const auto it = std::ranges::find(*entries, bytes, &LogEntry::bytes);
    if (it != entries->end()) return it->offset;
    from = entries->back().offset + 1;
  }
  return std::nullopt;
}

void KafkaReader::CloseIdle() {
  LastComplaint(client_.get(), "");  // so that they do not pile up; the tail has them too
  const auto now = Clock::now();
  for (Partition p = 0; p < streams_.size(); ++p) {
    Stream& stream = *streams_[p];
    const std::unique_lock lock(stream.mutex, std::try_to_lock);
    if (lock.owns_lock() && now - stream.used > kIdle) Close(stream, p);
  }
}

// Makes the stream run, and bring `from` next or soon.
std::optional<LogError> KafkaReader::GoTo(Stream& stream, Partition partition, uint64_t from) {
  if (stream.queue != nullptr && from >= stream.next && from - stream.next <= kSkip) {
    return std::nullopt;
  }
  Close(stream, partition);
  stream.queue.reset(rd_kafka_queue_new(client_.get()));
  stream.next = from;
  if (rd_kafka_consume_start_queue(stream.topic.get(), KafkaState::NumberOf(partition),
                                   static_cast<int64_t>(from), stream.queue.get()) == 0) {
    return std::nullopt;
  }
  stream.queue.reset();
  return LogError::kAway;
}

void KafkaReader::Close(Stream& stream, Partition partition) {
  if (stream.queue == nullptr) return;
  rd_kafka_consume_stop(stream.topic.get(), KafkaState::NumberOf(partition));
  stream.queue.reset();
}

std::optional<LogError> KafkaReader::Gather(Stream& stream, const Wanted& wanted,
                                            std::vector<LogEntry>& entries) {
  std::array<rd_kafka_message_t*, limits::kReadEvents> messages;
  entries.reserve(wanted.count);
  while (entries.size() < wanted.count) {
    // What is skipped comes on top. All of it is there, so that nothing is waited for in vain.
    const uint64_t missing = wanted.from + wanted.count - stream.next;
    const ssize_t count =
        rd_kafka_consume_batch_queue(stream.queue.get(), MillisecondsUntil(wanted.until),
                                     messages.data(), std::min<uint64_t>(missing, messages.size()));
    std::optional<LogError> error;
    for (ssize_t i = 0; i < count; ++i) {
      const KafkaMessage message(messages[static_cast<size_t>(i)]);
      if (!error) error = Accept(stream, wanted, *message, entries);
    }
    if (error) {
      Close(stream, wanted.partition);
      return error;
    }
    if (Clock::now() >= wanted.until) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<LogError> KafkaReader::Accept(Stream& stream, const Wanted& wanted,
                                            const rd_kafka_message_t& message,
                                            std::vector<LogEntry>& entries) {
  // The end: right after a change of leaders it can be behind what is known. It catches up.
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return std::nullopt;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) return Judge(stream, wanted, message);
  const auto offset = static_cast<uint64_t>(message.offset);
  if (offset < stream.next) return std::nullopt;
  if (offset > stream.next) {
    state_.Break(state_.NameOf(wanted.partition) + " has nothing at offset " +
                 std::to_string(stream.next) + ".");
    return LogError::kCorrupt;
  }
  ++stream.next;
  if (offset < wanted.from) return std::nullopt;
  entries.push_back({offset, std::string(static_cast<const char*>(message.payload), message.len)});
  return std::nullopt;
}

LogError KafkaReader::Judge(Stream& stream, const Wanted& wanted,
                            const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__BAD_MSG) return LogError::kCorrupt;
  if (message.err != RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) return LogError::kAway;
  const auto span = AskSpan(client_.get(), state_.TopicOf(wanted.partition),
                            KafkaState::NumberOf(wanted.partition), kAsk);
  if (!span || std::cmp_less_equal(span->low, stream.next)) {
    return LogError::kAway;  // whether it ends too early the tail finds out
  }
  state_.Break(state_.NameOf(wanted.partition) + " has lost what was before offset " +
               std::to_string(span->low) + ".");
  return LogError::kCorrupt;
}

}  // namespace plenum
