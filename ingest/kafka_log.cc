#include "ingest/kafka_log.h"

#include <utility>
#include <vector>

#include "ingest/kafka_producer.h"
#include "ingest/kafka_reader.h"
#include "ingest/kafka_settings.h"
#include "ingest/kafka_state.h"
#include "ingest/kafka_tail.h"
#include "ingest/kafka_topics.h"
#include "ingest/kafka_watch.h"

namespace plenum {

namespace {

constexpr std::chrono::milliseconds kAsk{5000};

// Where each partition ends; all must begin at 0, or entries were lost.
std::expected<std::vector<uint64_t>, std::string> AskEnds(const KafkaOptions& options,
                                                          rd_kafka_t* client, int rooms) {
  std::vector<uint64_t> ends;
  for (int i = -1; i < rooms; ++i) {
    const std::string topic = i < 0 ? options.DirectoryTopic() : options.RoomsTopic();
    const int32_t partition = i < 0 ? 0 : i;
    const auto span = AskSpan(client, topic, partition, kAsk);
    const std::string name = topic + "/" + std::to_string(partition);
    if (!span) {
      return std::unexpected("Where " + name + " ends cannot be learned: " +
                             LastComplaint(client, rd_kafka_err2str(span.error())) + ".");
    }
    if (span->low != 0) {
      return std::unexpected(name + " has lost what was before offset " +
                             std::to_string(span->low) + ".");
    }
    ends.push_back(static_cast<uint64_t>(span->high));
  }
  return ends;
}

std::expected<std::unique_ptr<KafkaState>, std::string> Learn(const KafkaOptions& options) {
  const auto findings = CheckTopics(options);
  if (!findings) return std::unexpected(findings.error());
  if (!findings->empty()) {
    std::string all;
    for (const std::string& finding : *findings) all += (all.empty() ? "" : " ") + finding;
    return std::unexpected(std::move(all));
  }
  const auto client = MakeKafkaClient(options, KafkaUse::kQuestion);
  if (!client) return std::unexpected(client.error());
  auto cluster = AskCluster(client->get(), kAsk);
  if (!cluster) {
    return std::unexpected(NoAnswer(options, client->get(), RD_KAFKA_RESP_ERR__TIMED_OUT));
  }
  const auto rooms = AskShape(client->get(), options.RoomsTopic(), kAsk);
  if (!rooms) return std::unexpected(rooms.error());
  const auto ends = AskEnds(options, client->get(), rooms->partitions);
  if (!ends) return std::unexpected(ends.error());
  return std::make_unique<KafkaState>(options, *std::move(cluster), *ends);
}

}  // namespace

struct KafkaLog::Impl {
  std::unique_ptr<KafkaState> state;
  std::unique_ptr<KafkaReader> reader;
  std::unique_ptr<KafkaProducer> producer;
  std::unique_ptr<KafkaTail> tail;
  std::unique_ptr<KafkaWatch> watch;
};

std::expected<std::unique_ptr<KafkaLog>, std::string> KafkaLog::Open(const KafkaOptions& options) {
  auto state = Learn(options);
  if (!state) return std::unexpected(std::move(state.error()));
  auto reads = MakeKafkaClient(options, KafkaUse::kReader);
  auto tails = MakeKafkaClient(options, KafkaUse::kReader);
  auto asks = MakeKafkaClient(options, KafkaUse::kQuestion);
  for (auto* client : {&reads, &tails, &asks}) {
    if (!*client) return std::unexpected(std::move(client->error()));
  }
  auto impl = std::make_unique<Impl>();
  impl->state = *std::move(state);
  impl->reader = std::make_unique<KafkaReader>(*impl->state, *std::move(reads));
  KafkaReader& reader = *impl->reader;
  auto producer = KafkaProducer::Make(
      *impl->state, [&reader](Partition partition, uint64_t from, const std::string& bytes) {
        return reader.Find(partition, from, bytes);
      });
  if (!producer) return std::unexpected(std::move(producer.error()));
  impl->producer = *std::move(producer);
  impl->tail = std::make_unique<KafkaTail>(*impl->state, *std::move(tails));
  impl->watch = std::make_unique<KafkaWatch>(*impl->state, *std::move(asks),
                                             [&reader] { reader.CloseIdle(); });
  return std::unique_ptr<KafkaLog>(new KafkaLog(std::move(impl)));
}

KafkaLog::KafkaLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

KafkaLog::~KafkaLog() { Stop(); }

std::expected<void, LogError> KafkaLog::Append(Partition partition, std::string bytes,
                                               Urgency urgency, Done done) {
  return impl_->producer->Append(partition, std::move(bytes), urgency, std::move(done));
}

std::expected<std::vector<LogEntry>, LogError> KafkaLog::Read(Partition partition, uint64_t from,
                                                              size_t max) {
  return impl_->reader->Read(partition, from, max);
}

uint64_t KafkaLog::End(Partition partition) {
  return impl_->state->Has(partition) ? impl_->state->End(partition) : 0;
}

void KafkaLog::SetTail(Tail tail) { impl_->tail->SetTail(std::move(tail)); }

uint32_t KafkaLog::RoomPartitions() const {
  return static_cast<uint32_t>(impl_->state->partitions() - kRoomPartition);
}

std::string KafkaLog::LogId() {
  return "kafka:" + impl_->state->cluster() + ":" + impl_->state->options().prefix;
}

std::optional<std::string> KafkaLog::Trouble() const { return impl_->state->Trouble(); }

size_t KafkaLog::Pending() { return impl_->producer->Pending(); }

void KafkaLog::Stop() {
  impl_->producer->Stop();
  impl_->watch->Stop();
  impl_->tail->Stop();
}

}  // namespace plenum
