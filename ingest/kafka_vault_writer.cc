#include "ingest/kafka_vault_writer.h"

#include <algorithm>
#include <utility>

namespace plenum {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPoll{20};

}  // namespace

std::expected<std::unique_ptr<KafkaVaultWriter>, std::string> KafkaVaultWriter::Make(
    const KafkaOptions& options) {
  std::unique_ptr<KafkaVaultWriter> writer(new KafkaVaultWriter(options));
  if (auto connected = writer->Connect(); !connected) return std::unexpected(connected.error());
  return writer;
}

std::expected<void, std::string> KafkaVaultWriter::Connect() {
  queue_.reset();
  client_.reset();
  auto client = MakeKafkaClient(options_, KafkaUse::kWriter);
  if (!client) return std::unexpected(std::move(client.error()));
  client_ = *std::move(client);
  queue_ = MainQueue(client_.get());
  ended_ = false;
  waiting_.clear();  // it may be in the topic, or not: that is what was answered
  return {};
}

std::expected<void, LogError> KafkaVaultWriter::Write(std::span<const vault_rows::Record> records,
                                                      Clock::time_point until) {
  if (ended_ && !Connect()) return std::unexpected(LogError::kAway);
  Take(milliseconds(0));
  if (IsAway(Clock::now())) return std::unexpected(LogError::kAway);
  const uint64_t number = ++number_;
  awaited_ = number;
  first_offset_.reset();
  unplaced_ = false;
  waiting_[number].since = Clock::now();
  for (const vault_rows::Record& record : records) {
    if (!Send(record, number)) waiting_[number].failed = true;
  }
  while (waiting_[number].records > 0 && Clock::now() < until && !ended_) Take(kPoll);
  const Waiting& sent = waiting_[number];
  const bool written = sent.records == 0 && !sent.failed;
  refused_ = sent.failed;
  awaited_ = 0;
  if (sent.records == 0) waiting_.erase(number);
  if (!written) return std::unexpected(LogError::kUnknown);
  Complain(std::nullopt);
  return {};
}

void KafkaVaultWriter::Tick() {
  if (ended_) return;
  Take(milliseconds(0));
  // A connection that was lost and found again while nothing was sent has harmed nobody.
  if (waiting_.empty() && !refused_) Complain(std::nullopt);
}

bool KafkaVaultWriter::Send(const vault_rows::Record& record, uint64_t number) {
  const std::string topic = options_.VaultTopic();
  // A tombstone is a record without a value, which is not the same as an empty one.
  std::string value = record.value.value_or("");
  void* bytes = record.value ? value.data() : nullptr;
  const auto error = rd_kafka_producev(
      client_.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_KEY(record.key.data(), record.key.size()), RD_KAFKA_V_VALUE(bytes, value.size()),
      RD_KAFKA_V_OPAQUE(reinterpret_cast<void*>(number)), RD_KAFKA_V_END);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    Complain(rd_kafka_err2str(error));
    return false;
  }
  ++waiting_[number].records;
  return true;
}

void KafkaVaultWriter::Take(milliseconds wait) {
  for (bool more = true; more; wait = milliseconds(0)) {
    const KafkaEvent event(rd_kafka_queue_poll(queue_.get(), static_cast<int>(wait.count())));
    more = event != nullptr;
    if (!more) return;
    if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_DR) {
      while (const rd_kafka_message_t* report = rd_kafka_event_message_next(event.get())) {
        TakeReport(*report);
      }
    } else if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_ERROR) {
      ended_ |= rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__FATAL;
      Complain(rd_kafka_event_error_string(event.get()));
    }
  }
}

void KafkaVaultWriter::TakeReport(const rd_kafka_message_t& report) {
  const auto number = reinterpret_cast<uint64_t>(report._private);
  const auto it = waiting_.find(number);
  if (it == waiting_.end()) return;
  if (report.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    it->second.failed = true;
    Complain(rd_kafka_err2str(report.err));
  } else if (report.offset >= 0) {
    const auto offset = static_cast<uint64_t>(report.offset);
    acknowledged_ = std::max(acknowledged_, offset + 1);
    if (number == awaited_) first_offset_ = std::min(first_offset_.value_or(offset), offset);
  } else {
    unplaced_ |= number == awaited_;  // it had been written before its acknowledgement was lost
  }
  // What a Write waits for is looked at by it.
  if (--it->second.records == 0 && number != awaited_) waiting_.erase(it);
}

uint64_t KafkaVaultWriter::Acknowledged() {
  if (!ended_) Take(milliseconds(0));
  return acknowledged_;
}

bool KafkaVaultWriter::IsAway(Clock::time_point now) const {
  return std::ranges::any_of(waiting_, [&](const auto& each) {
    return each.second.records > 0 && now - each.second.since >= options_.away_after;
  });
}

void KafkaVaultWriter::Complain(std::optional<std::string> complaint) {
  std::lock_guard lock(mutex_);
  complaint_ = std::move(complaint);
}

std::optional<std::string> KafkaVaultWriter::Trouble() const {
  std::lock_guard lock(mutex_);
  if (!complaint_) return std::nullopt;
  return "Kafka does not take texts (" + *complaint_ + ").";
}

}  // namespace plenum
