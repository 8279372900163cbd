// Peers over the topic PREFIX.nodes.
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "ingest/kafka_settings.h"
#include "ingest/peers.h"

namespace plenum {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kWait{100};
constexpr milliseconds kPause{1000};

class KafkaPeers final : public Peers {
 public:
  explicit KafkaPeers(const KafkaOptions& options) : options_(options) {}
  ~KafkaPeers() override { Stop(); }

  void Tell(std::string bytes) override {
    std::lock_guard lock(mutex_);
    if (teller_ == nullptr) return;
    // What does not fit is lost, as it may be.
    (void)rd_kafka_produce(told_.get(), 0, RD_KAFKA_MSG_F_COPY, bytes.data(), bytes.size(), nullptr,
                           0, nullptr);
  }
  void SetHear(Hear hear) override { hear_ = std::move(hear); }
  void Start() override;
  void Stop() override {
    std::call_once(stopped_, [this] {
      ending_ = true;
      if (thread_.joinable()) thread_.join();
    });
  }

 private:
  void Run();
  bool Connect();
  void Listen();
  void Disconnect();

  const KafkaOptions options_;
  Hear hear_;
  std::mutex mutex_;  // of what Tell uses
  KafkaClient teller_;
  KafkaTopic told_;
  KafkaClient listener_;  // the thread's, as is what follows
  KafkaTopic heard_;
  KafkaQueue queue_;
  std::atomic<bool> ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

void KafkaPeers::Start() {
  thread_ = std::thread([this] { Run(); });
}

void KafkaPeers::Run() {
  while (!ending_) {
    if (Connect()) Listen();
    Disconnect();
    const auto until = std::chrono::steady_clock::now() + kPause;
    while (!ending_ && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(kWait);
  }
}

bool KafkaPeers::Connect() {
  auto teller = MakeKafkaClient(options_, KafkaUse::kNews);
  auto listener = MakeKafkaClient(options_, KafkaUse::kReader);
  if (!teller || !listener) return false;
  const std::string topic = options_.NodesTopic();
  {
    std::lock_guard lock(mutex_);
    teller_ = *std::move(teller);
    told_.reset(rd_kafka_topic_new(teller_.get(), topic.c_str(), nullptr));
  }
  listener_ = *std::move(listener);
  heard_.reset(rd_kafka_topic_new(listener_.get(), topic.c_str(), nullptr));
  queue_.reset(rd_kafka_queue_new(listener_.get()));
  return rd_kafka_consume_start_queue(heard_.get(), 0, RD_KAFKA_OFFSET_END, queue_.get()) == 0;
}

// Until something is the matter with the topic: then all begins again, at its end.
void KafkaPeers::Listen() {
  while (!ending_) {
    const KafkaMessage message(
        rd_kafka_consume_queue(queue_.get(), static_cast<int>(kWait.count())));
    // Nobody waits for these; taken so that they do not pile up.
    LastComplaint(listener_.get(), "");
    LastComplaint(teller_.get(), "");
    if (message == nullptr || message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) continue;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (hear_) hear_({static_cast<const char*>(message->payload), message->len});
  }
}

void KafkaPeers::Disconnect() {
  if (heard_ != nullptr) rd_kafka_consume_stop(heard_.get(), 0);
  queue_.reset();
  heard_.reset();
  listener_.reset();
  KafkaClient old;
  KafkaTopic topic;
  {
    std::lock_guard lock(mutex_);
    old = std::move(teller_);
    topic = std::move(told_);
  }
  topic.reset();
}

}  // namespace

std::unique_ptr<Peers> MakeKafkaPeers(const KafkaOptions& options) {
  return std::make_unique<KafkaPeers>(options);
}

}  // namespace plenum
