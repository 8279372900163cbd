#include "ingest/kafka_vault_feed.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plenum {
namespace {

using std::chrono::milliseconds;
using vault_rows::Record;

constexpr int32_t kPartition = 0;
constexpr milliseconds kWait{50};  // for a record
constexpr milliseconds kAskAtOpen{10'000};
constexpr milliseconds kAsk{2000};
constexpr auto kNoAnswer = RD_KAFKA_RESP_ERR__TIMED_OUT;
constexpr milliseconds kAskEach{1000};
constexpr milliseconds kDisk{500};  // before it is tried again
// So long the brokers may contradict what was read before it is believed: right after a change of
// leaders, or while a broker starts, what they say can be old.
constexpr milliseconds kBelieve{5000};
constexpr size_t kBatch = 1000;

int Count(milliseconds time) { return static_cast<int>(time.count()); }

std::string Bytes(const void* bytes, size_t size) {
  return std::string(static_cast<const char*>(bytes), size);
}

Record ReadRecord(const rd_kafka_message_t& message) {
  Record record{.key = Bytes(message.key, message.key_len), .value = std::nullopt};
  if (message.payload != nullptr) record.value = Bytes(message.payload, message.len);
  return record;
}

constexpr std::string_view kLeftAlone =
    " The copy may be the last one of its texts and keys, and is left as it is.";

}  // namespace

KafkaVaultFeed::KafkaVaultFeed(KafkaOptions options, VaultCopy& copy,
                               std::function<void()> on_erased)
    : options_(std::move(options)),
      copy_(copy),
      on_erased_(std::move(on_erased)),
      next_(copy.position()) {}

std::expected<std::unique_ptr<KafkaVaultFeed>, std::string> KafkaVaultFeed::Make(
    const KafkaOptions& options, VaultCopy& copy, std::function<void()> on_erased) {
  auto client = MakeKafkaClient(options, KafkaUse::kReader);
  if (!client) return std::unexpected(std::move(client.error()));
  auto settings = MakeKafkaSettings(options, KafkaUse::kQuestion);
  if (!settings) return std::unexpected(std::move(settings.error()));
  std::array<char, 256> reason{};
  if (rd_kafka_conf_set(settings->get(), "socket.timeout.ms", std::to_string(kAsk.count()).c_str(),
                        reason.data(), reason.size()) != RD_KAFKA_CONF_OK) {
    return std::unexpected(std::string(reason.data()));
  }
  auto asker = MakeKafkaClient(*std::move(settings), KafkaUse::kQuestion);
  if (!asker) return std::unexpected(std::move(asker.error()));
  std::unique_ptr<KafkaVaultFeed> feed(new KafkaVaultFeed(options, copy, std::move(on_erased)));
  feed->client_ = *std::move(client);
  feed->asker_ = *std::move(asker);
  feed->events_ = MainQueue(feed->client_.get());
  feed->topic_.reset(
      rd_kafka_topic_new(feed->client_.get(), options.VaultTopic().c_str(), nullptr));
  return feed;
}

KafkaVaultFeed::~KafkaVaultFeed() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
  asking_.reset();
  if (reading_) rd_kafka_consume_stop(topic_.get(), kPartition);
}

std::expected<KafkaVaultFeed::Ends, std::string> KafkaVaultFeed::Check() {
  if (auto checked = CheckSource(); !checked) return std::unexpected(checked.error());
  const std::string topic = options_.VaultTopic();
  const auto shape = AskShape(client_.get(), topic, kAskAtOpen);
  if (!shape) return std::unexpected(shape.error());
  if (!shape->exists) return std::unexpected("The topic " + topic + " does not exist.");
  if (shape->partitions != 1) {
    return std::unexpected("The topic " + topic + " has " + std::to_string(shape->partitions) +
                           " partitions, and must have 1.");
  }
  const auto ends = AskEnds(client_.get(), topic, kAskAtOpen);
  if (!ends) return std::unexpected(NoAnswer(options_, client_.get(), ends.error()));
  if (auto found = Contradiction(*ends, next_)) return std::unexpected(*found);
  if (ends->high == 0) return *ends;
  const KafkaMessage first = ReadFirst(kAskAtOpen);
  if (first == nullptr) {
    return std::unexpected(NoAnswer(options_, client_.get(), kNoAnswer));
  }
  if (auto wrong = WrongOrigin(*first)) return std::unexpected(*wrong);
  return *ends;
}

std::expected<std::string, std::string> KafkaVaultFeed::Source() {
  const auto cluster = AskCluster(client_.get(), kAskAtOpen);
  if (!cluster) {
    return std::unexpected(NoAnswer(options_, client_.get(), kNoAnswer));
  }
  return options_.VaultTopic() + " in the cluster " + *cluster;
}

std::expected<void, std::string> KafkaVaultFeed::CheckSource() {
  const auto source = Source();
  if (!source) return std::unexpected(source.error());
  if (copy_.source().empty()) {
    if (copy_.SetSource(*source)) return {};
    return std::unexpected("The vault's copy cannot be written.");
  }
  if (copy_.source() == *source) return {};
  return std::unexpected("The vault's copy is of the topic " + copy_.source() +
                         ", and these brokers have " + *source + "." + std::string(kLeftAlone));
}

std::optional<std::string> KafkaVaultFeed::Contradiction(const Ends& ends, uint64_t read) const {
  const std::string topic = "The topic " + options_.VaultTopic();
  if (ends.low > 0) {
    return topic + " has lost what was before offset " + std::to_string(ends.low) + "." +
           std::string(copy_.position() > 0 ? kLeftAlone : "");
  }
  if (ends.high >= read) return std::nullopt;
  return topic + " ends at offset " + std::to_string(ends.high) +
         ", but the vault's copy was read up to " + std::to_string(read) +
         ": the topic was truncated or made anew." + std::string(kLeftAlone);
}

// The first record that was ever written names the topic, and nothing takes it away. A topic that
// was made anew has another one.
std::optional<std::string> KafkaVaultFeed::WrongOrigin(const rd_kafka_message_t& first) const {
  const std::string topic = "The topic " + options_.VaultTopic();
  const Record record = ReadRecord(first);
  if (record.key.empty() || record.key[0] != vault_rows::kOrigin) {
    return topic + " does not begin as a vault does.";
  }
  if (std::cmp_less_equal(next_, first.offset)) return std::nullopt;
  const auto known = copy_.Get(record.key);
  if (!known) return "The vault's copy cannot be read.";
  if (*known) return std::nullopt;
  return topic + " was made anew: it is not the one that the vault's copy was made from." +
         std::string(kLeftAlone);
}

// Null: nobody answers. REQUIRES: not reading.
KafkaMessage KafkaVaultFeed::ReadFirst(milliseconds within) {
  if (rd_kafka_consume_start(topic_.get(), kPartition, RD_KAFKA_OFFSET_BEGINNING) != 0) return {};
  const auto until = Clock::now() + within;
  KafkaMessage first;
  while (first == nullptr && Clock::now() < until && !ending_) {
    first.reset(rd_kafka_consume(topic_.get(), kPartition, Count(kWait)));
    if (first != nullptr && first->err != RD_KAFKA_RESP_ERR_NO_ERROR) first.reset();
  }
  rd_kafka_consume_stop(topic_.get(), kPartition);
  return first;
}

std::expected<KafkaVaultFeed::Ends, rd_kafka_resp_err_t> KafkaVaultFeed::AskEnds(
    rd_kafka_t* client, const std::string& topic, milliseconds within) {
  const auto span = AskSpan(client, topic, kPartition, within);
  if (!span) return std::unexpected(span.error());
  return Ends{static_cast<uint64_t>(span->low), static_cast<uint64_t>(span->high)};
}

void KafkaVaultFeed::Start() {
  asking_ = std::make_unique<StepThread>([this] { return Ask(); }, kAskEach);
  thread_ = std::thread([this] { Run(); });
}

void KafkaVaultFeed::Run() {
  Restart();
  while (!ending_) {
    if (broken_) {
      std::this_thread::sleep_for(kWait);
      continue;
    }
    if (Gather() && !Store()) {
      std::this_thread::sleep_for(kDisk);  // the disk; what was read is kept
    }
    TakeEvents();
    Look();
  }
}

void KafkaVaultFeed::Restart() {
  if (reading_) rd_kafka_consume_stop(topic_.get(), kPartition);
  reading_ = rd_kafka_consume_start(topic_.get(), kPartition, static_cast<int64_t>(next_)) == 0;
  suspicious_ = !reading_;
}

// Whether there is something to store.
bool KafkaVaultFeed::Gather() {
  if (!records_.empty()) return true;  // it could not be stored before
  const uint64_t before = next_;
  if (!reading_) {
    std::this_thread::sleep_for(kWait);
    return false;
  }
  const KafkaMessage first(rd_kafka_consume(topic_.get(), kPartition, Count(kWait)));
  if (first == nullptr) return false;
  Accept(*first);
  std::array<rd_kafka_message_t*, kBatch> more{};
  const ssize_t count = rd_kafka_consume_batch(topic_.get(), kPartition, 0, more.data(), kBatch);
  for (ssize_t i = 0; i < count; ++i) {
    const KafkaMessage message(more[static_cast<size_t>(i)]);
    Accept(*message);
  }
  return next_ > before;
}

// Compaction leaves gaps: the next record's offset is any that is not smaller.
void KafkaVaultFeed::Accept(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    next_ = std::max(next_, static_cast<uint64_t>(std::max<int64_t>(message.offset, 0)));
  } else if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    suspicious_ = true;
  } else if (std::cmp_greater_equal(message.offset, next_)) {
    records_.push_back(ReadRecord(message));
    next_ = static_cast<uint64_t>(message.offset) + 1;
  }
}

bool KafkaVaultFeed::Store() {
  const uint64_t revision = copy_.revision();
  const auto applied = copy_.Apply(records_, next_);
  if (!applied) {
    Say("The vault's copy cannot be written: " + std::string(LogErrorText(applied.error())) + ".");
    return false;
  }
  const bool erased = std::ranges::any_of(records_, [](const Record& record) {
    return !record.value || vault_rows::IsErasedKey(record.key) ||
           vault_rows::IsDestroyedKey(record.key, *record.value);
  });
  records_.clear();
  if (behind_ && next_ >= *behind_) {
    behind_.reset();
    copy_.Renew();
  }
  {
    std::lock_guard lock(mutex_);  // whoever is about to wait sees it, or is woken
  }
  grown_.notify_all();
  if (erased || copy_.revision() != revision) on_erased_();
  return true;
}

bool KafkaVaultFeed::Await(uint64_t offset, Clock::time_point until) {
  std::unique_lock lock(mutex_);
  return grown_.wait_until(lock, until, [&] { return copy_.position() >= offset || broken_; }) &&
         !broken_;
}

void KafkaVaultFeed::TakeEvents() {
  while (const KafkaEvent event{rd_kafka_queue_poll(events_.get(), 0)}) {
    if (rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_ERROR) continue;
    suspicious_ = true;
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) away_ = true;
  }
}

// On a thread of its own: whoever asks a broker that has died may wait for half a minute.
bool KafkaVaultFeed::Ask() {
  const uint64_t read = copy_.position();
  const auto shape = AskShape(asker_.get(), options_.VaultTopic(), kAsk);
  Answer answer{.away = !shape, .read = read, .ends = std::nullopt};
  if (shape) {
    const auto ends = AskEnds(asker_.get(), options_.VaultTopic(), kAsk);
    if (ends) answer.ends = *ends;
  }
  LastComplaint(asker_.get(), "");  // so that they do not pile up
  std::lock_guard lock(mutex_);
  answer_ = answer;
  return false;
}

// What the brokers said: they may be away, or have another topic by now.
void KafkaVaultFeed::Look() {
  std::unique_lock lock(mutex_);
  const auto answer = std::exchange(answer_, std::nullopt);
  lock.unlock();
  if (!answer) return;
  if (answer->away) {
    away_ = true;
    Say(NoAnswer(options_, client_.get(), kNoAnswer));
  }
  if (!answer->ends) return;  // another one is about to lead
  const auto contradiction = Contradiction(*answer->ends, answer->read);
  if (!contradiction) {
    contradicted_.reset();
    LookAfter(*answer->ends);
  } else if (!contradicted_) {
    contradicted_ = Clock::now();
  } else if (Clock::now() - *contradicted_ >= kBelieve) {
    Break(*contradiction);
  }
}

void KafkaVaultFeed::LookAfter(const Ends& ends) {
  if (away_ || suspicious_) {
    if (reading_) rd_kafka_consume_stop(topic_.get(), kPartition);
    reading_ = false;
    if (ends.high > 0) {
      const KafkaMessage first = ReadFirst(kAsk);
      if (first == nullptr) return Restart();  // away again
      if (auto wrong = WrongOrigin(*first)) return Break(*wrong);
    }
    if (away_) behind_ = std::max(ends.high, next_);
    away_ = false;
  }
  if (suspicious_ || !reading_) Restart();
  if (!suspicious_ && records_.empty()) Say(std::nullopt);
  if (behind_ && next_ >= *behind_) {
    behind_.reset();
    copy_.Renew();
  }
}

void KafkaVaultFeed::Compare(uint64_t written_at, uint64_t read_before) {
  if (written_at >= read_before) return;
  Break("The topic " + options_.VaultTopic() + " took a record at offset " +
        std::to_string(written_at) + ", but the vault's copy had been read up to " +
        std::to_string(read_before) + ": the topic was truncated or made anew." +
        std::string(kLeftAlone));
}

void KafkaVaultFeed::Say(std::optional<std::string> trouble) {
  std::lock_guard lock(mutex_);
  if (!broken_) trouble_ = std::move(trouble);
}

void KafkaVaultFeed::Break(std::string sentence) {
  {
    std::lock_guard lock(mutex_);
    if (broken_) return;
    trouble_ = std::move(sentence);
    broken_ = true;
  }
  grown_.notify_all();
}

std::optional<std::string> KafkaVaultFeed::Trouble() const {
  std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace plenum
