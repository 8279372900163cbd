#include "ingest/kafka_producer.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/limits.h"

namespace plenum {

namespace {

using Clock = std::chrono::steady_clock;
using Fate = KafkaEntry::Fate;
using std::chrono::milliseconds;

constexpr milliseconds kPoll{25};  // also how exactly a deadline is kept
constexpr milliseconds kFlush{5000};
constexpr milliseconds kDrain{2000};
constexpr milliseconds kRenewPause{200};
constexpr milliseconds kRefusal{5000};

// The room's id as its event has it, so that other programs can tell rooms apart; compacting and
// placing do not use it. Empty for bytes that are no event.
std::string_view KeyOf(std::string_view bytes) {
  constexpr std::string_view kName = "\"partitionkey\":\"";
  constexpr size_t kRoomDigits = 32;
  const size_t at = bytes.find(kName);
  if (at == std::string_view::npos) return {};
  const std::string_view key = bytes.substr(at + kName.size()).substr(0, kRoomDigits);
  return key.size() == kRoomDigits ? key : std::string_view{};
}

}  // namespace

// --- One producer of librdkafka ---

class KafkaProducer::Link {
  using Headers = KafkaOwned<rd_kafka_headers_t, rd_kafka_headers_destroy>;

 public:
  static std::expected<std::unique_ptr<Link>, std::string> Make(const KafkaState& state,
                                                                const Adjust& adjust) {
    auto settings = MakeKafkaSettings(state.options(), KafkaUse::kWriter);
    if (!settings) return std::unexpected(settings.error());
    if (adjust) adjust(settings->get());
    auto client = MakeKafkaClient(*std::move(settings), KafkaUse::kWriter);
    if (!client) return std::unexpected(client.error());
    return std::unique_ptr<Link>(new Link(state, *std::move(client)));
  }

  // Any thread; never blocks. librdkafka reads the bytes from where they are, until it reports.
  rd_kafka_resp_err_t Produce(KafkaEntry& entry) {
    // Headers of our own: those that librdkafka 2.0.2 makes itself it frees twice when it refuses.
    Headers headers(rd_kafka_headers_copy(headers_.get()));
    const std::string_view key = KeyOf(entry.bytes);
    std::array<rd_kafka_vu_t, 6> parts{};
    parts[0].vtype = RD_KAFKA_VTYPE_RKT;
    parts[0].u.rkt = (entry.partition == kDirectoryPartition ? directory_ : rooms_).get();
    parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    parts[1].u.i32 = KafkaState::NumberOf(entry.partition);
    parts[2].vtype = RD_KAFKA_VTYPE_VALUE;
    parts[2].u.mem = {entry.bytes.data(), entry.bytes.size()};
    parts[3].vtype = RD_KAFKA_VTYPE_OPAQUE;
    parts[3].u.ptr = &entry;
    parts[4].vtype = RD_KAFKA_VTYPE_HEADERS;
    parts[4].u.headers = headers.get();
    parts[5].vtype = RD_KAFKA_VTYPE_KEY;
    parts[5].u.mem = {const_cast<char*>(key.data()), key.size()};
    const size_t count = key.empty() ? parts.size() - 1 : parts.size();
    const KafkaError error(rd_kafka_produceva(client_.get(), parts.data(), count));
    if (error == nullptr) {
      (void)headers.release();  // librdkafka's now
      return RD_KAFKA_RESP_ERR_NO_ERROR;
    }
    return rd_kafka_error_is_fatal(error.get()) ? RD_KAFKA_RESP_ERR__FATAL
                                                : rd_kafka_error_code(error.get());
  }

  KafkaEvent Poll(milliseconds timeout) {
    return KafkaEvent(rd_kafka_queue_poll(queue_.get(), static_cast<int>(timeout.count())));
  }

  // It has ended for good, and must be replaced.
  bool Fatal() const {
    return rd_kafka_fatal_error(client_.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR;
  }

  // Takes back all that was given and not reported yet. Reports follow.
  void Purge() {
    rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  }
  bool empty() const { return rd_kafka_outq_len(client_.get()) == 0; }

 private:
  Link(const KafkaState& state, KafkaClient client)
      : client_(std::move(client)),
        queue_(MainQueue(client_.get())),
        directory_(TopicOf(state, kDirectoryPartition)),
        rooms_(TopicOf(state, kRoomPartition)),
        headers_(rd_kafka_headers_new(1)) {
    constexpr std::string_view kType = "application/cloudevents+json";
    rd_kafka_header_add(headers_.get(), "content-type", -1, kType.data(), kType.size());
  }

  KafkaTopic TopicOf(const KafkaState& state, Partition partition) {
    return KafkaTopic(rd_kafka_topic_new(client_.get(), state.TopicOf(partition).c_str(), nullptr));
  }

  KafkaClient client_;
  KafkaQueue queue_;
  KafkaTopic directory_, rooms_;
  const Headers headers_;  // of every record
};

// --- KafkaProducer ---

std::expected<std::unique_ptr<KafkaProducer>, std::string> KafkaProducer::Make(KafkaState& state,
                                                                               Find find,
                                                                               Adjust adjust) {
  auto link = Link::Make(state, adjust);
  if (!link) return std::unexpected(link.error());
  std::unique_ptr<KafkaProducer> producer(
      new KafkaProducer(state, std::move(find), std::move(adjust)));
  producer->link_ = *std::move(link);
  producer->thread_ = std::thread([self = producer.get()] { self->Run(); });
  return producer;
}

KafkaProducer::KafkaProducer(KafkaState& state, Find find, Adjust adjust)
    : state_(state),
      find_(std::move(find)),
      adjust_(std::move(adjust)),
      in_flight_(state.partitions(), {state.options().answer_within, state.options().away_after}) {}

KafkaProducer::~KafkaProducer() { Stop(); }

std::expected<void, LogError> KafkaProducer::Append(Partition partition, std::string bytes,
                                                    Urgency urgency, EventLog::Done done) {
  if (bytes.size() > limits::kEventBytes) return std::unexpected(LogError::kTooLarge);
  if (state_.broken() || !state_.Has(partition)) return std::unexpected(LogError::kFailed);
  KafkaEntry entry;
  entry.partition = partition;
  entry.bytes = std::move(bytes);
  entry.done = std::move(done);
  std::lock_guard lock(mutex_);
  if (closed_) return std::unexpected(LogError::kBusy);
  entry.since = Clock::now();
  entry.not_below = state_.End(partition);
  const auto pushed = in_flight_.Push(std::move(entry), urgency);
  if (!pushed) return std::unexpected(pushed.error());
  if (link_ == nullptr) return {};  // the next one is given it
  switch (link_->Produce(**pushed)) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
    case RD_KAFKA_RESP_ERR__FATAL:  // likewise
      return {};
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
      in_flight_.PopLast(partition);
      return std::unexpected(LogError::kBusy);
    default:  // librdkafka was told that there is no such topic
      in_flight_.PopLast(partition);
      return std::unexpected(LogError::kAway);
  }
}

size_t KafkaProducer::Pending() const {
  std::lock_guard lock(mutex_);
  return in_flight_.size() + answering_;
}

void KafkaProducer::Stop() {
  std::call_once(stopped_, [this] {
    {
      std::unique_lock lock(mutex_);
      closed_ = true;
      empty_.wait_for(lock, kFlush, [this] { return in_flight_.empty() && answering_ == 0; });
    }
    ending_ = true;
    if (thread_.joinable()) thread_.join();
  });
}

void KafkaProducer::Run() {
  while (!ending_) {
    if (state_.broken()) Drop();
    if (link_ == nullptr) {
      std::this_thread::sleep_for(kPoll);
    } else if (KafkaEvent event = link_->Poll(kPoll)) {
      Take(event.get());
    }
    if (!state_.broken() && (link_ == nullptr || link_->Fatal())) Renew();
    LookForOne();
    Answer();
    TellTrouble();
  }
  Drop();
  Answer();
}

void KafkaProducer::Take(rd_kafka_event_t* event) {
  if (rd_kafka_event_type(event) != RD_KAFKA_EVENT_DR) return;
  std::vector<const rd_kafka_message_t*> messages(rd_kafka_event_message_count(event));
  messages.resize(rd_kafka_event_message_array(event, messages.data(), messages.size()));
  std::lock_guard lock(mutex_);
  for (const rd_kafka_message_t* message : messages) Settle(*message);
}

// What librdkafka reports of one entry. Holds the mutex.
void KafkaProducer::Settle(const rd_kafka_message_t& message) {
  auto& entry = *static_cast<KafkaEntry*>(message._private);
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    refusal_.reset();
    if (message.offset < 0) {
      entry.fate = Fate::kSomewhere;
      return;
    }
    entry.offset = static_cast<uint64_t>(message.offset);
    if (entry.offset < entry.not_below) {
      state_.Break(state_.NameOf(entry.partition) + " ended at " + std::to_string(entry.not_below) +
                   ", and now gives offset " + std::to_string(entry.offset) +
                   ": it is another log.");
      entry.fate = Fate::kUnknown;
      return;
    }
    entry.fate = Fate::kDurable;
    state_.Grow(entry.partition, entry.offset + 1);
    state_.Remember(entry.partition, entry.offset, entry.bytes);
    return;
  }
  // Of a producer that has ended, or that was told to give all back: the next one is given it.
  if (link_ == nullptr || link_->Fatal() || message.err == RD_KAFKA_RESP_ERR__FATAL ||
      message.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE ||
      message.err == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT) {
    return;
  }
  Refused("Kafka refuses an entry of " + state_.NameOf(entry.partition) + ": " +
          rd_kafka_err2str(message.err) + ".");
  entry.fate = rd_kafka_message_status(&message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED
                   ? Fate::kRefused
                   : Fate::kUnknown;
}

// Takes back what Kafka was given and has not reported; whether there was a producer.
bool KafkaProducer::Retire() {
  std::unique_ptr<Link> old;
  {
    std::lock_guard lock(mutex_);
    old = std::move(link_);
  }
  if (old == nullptr) return false;
  old->Purge();
  const auto until = Clock::now() + kDrain;
  while (!old->empty() && Clock::now() < until) {
    if (KafkaEvent event = old->Poll(kPoll)) Take(event.get());
  }
  while (KafkaEvent event = old->Poll(milliseconds(0))) Take(event.get());
  return true;
}

// Instead of a producer that has ended, or none: a new one, which is given all that waits.
void KafkaProducer::Renew() {
  // Should it end at once, again and again.
  if (Retire()) std::this_thread::sleep_for(kRenewPause);
  auto fresh = Link::Make(state_, adjust_);
  if (!fresh) {
    Refused(fresh.error());
    return;
  }
  std::lock_guard lock(mutex_);
  link_ = *std::move(fresh);
  in_flight_.ForEachWaiting([&](KafkaEntry& entry) {
    const auto error = link_->Produce(entry);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR && error != RD_KAFKA_RESP_ERR__FATAL) {
      entry.fate = Fate::kUnknown;
    }
  });
}

void KafkaProducer::Refused(std::string why) {
  refusal_ = std::move(why);
  refused_ = Clock::now();
}

// Kafka had the entry already and did not say where: then it can be read.
void KafkaProducer::LookForOne() {
  KafkaEntry* entry = nullptr;
  {
    std::lock_guard lock(mutex_);
    entry = in_flight_.FirstSomewhere();
  }
  if (entry == nullptr) return;
  // Only this thread answers and pops, so that the entry stays where it is.
  const auto offset = find_(entry->partition, entry->not_below, entry->bytes);
  if (!offset) return;  // again, until its time is over
  std::lock_guard lock(mutex_);
  entry->offset = *offset;
  entry->fate = Fate::kDurable;
  state_.Grow(entry->partition, *offset + 1);
}

void KafkaProducer::Answer() {
  std::vector<KafkaInFlight::Answer> answers;
  {
    std::lock_guard lock(mutex_);
    answers = in_flight_.TakeAnswers(Clock::now());
    answering_ = answers.size();
    if (answers.empty() && in_flight_.empty()) empty_.notify_all();
  }
  if (answers.empty()) return;
  for (auto& [done, what] : answers) done(what);
  std::lock_guard lock(mutex_);
  answering_ = 0;
  if (in_flight_.empty()) empty_.notify_all();
}

void KafkaProducer::TellTrouble() {
  std::optional<Partition> away;
  {
    std::lock_guard lock(mutex_);
    away = in_flight_.Away(Clock::now());
  }
  // Not for ever: while it is said nobody may come who could find out that it is over.
  if (refusal_ && Clock::now() - refused_ > kRefusal) refusal_.reset();
  std::optional<std::string> sentence = refusal_;
  if (!sentence && away) {
    sentence = "Kafka does not acknowledge what " + state_.NameOf(*away) + " is given.";
  }
  state_.Say(KafkaState::Who::kProducer, std::move(sentence));
}

// Nothing is given to Kafka any more, and what it was given is not waited for.
void KafkaProducer::Drop() {
  Retire();
  std::lock_guard lock(mutex_);
  in_flight_.GiveUp();
}

}  // namespace plenum
