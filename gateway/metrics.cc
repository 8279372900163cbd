#include "gateway/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

namespace plenum {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

constexpr size_t kOutcomes = static_cast<size_t>(OutcomeCode::kDisputed) + 1;
constexpr size_t kReasons = static_cast<size_t>(LogError::kCorrupt) + 1;
constexpr double kMicrosPerSecond = 1e6;

const Histogram::BucketBoundaries kSeconds{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02,
                                           0.05,   0.1,   0.2,   0.5,   1,    5};

const char* ReasonName(LogError error) {
  switch (error) {
    case LogError::kBusy:
      return "busy";
    case LogError::kTooLarge:
      return "too-large";
    case LogError::kDiskFull:
      return "disk-full";
    case LogError::kUnknown:
      return "unknown";
    case LogError::kAway:
      return "away";
    case LogError::kFailed:
      return "failed";
    case LogError::kCorrupt:
      return "corrupt";
  }
  return "";
}

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  uint64_t all = 0, resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

Gauge& AddGauge(prometheus::Registry& registry, const char* name, const char* text) {
  return BuildGauge().Name(name).Help(text).Register(registry).Add({});
}

Counter& AddCounter(prometheus::Registry& registry, const char* name, const char* text) {
  return BuildCounter().Name(name).Help(text).Register(registry).Add({});
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  Gauge& connections = AddGauge(registry, "plenum_connections",
                                "Clients: WebSockets, and conversations by polling.");
  Gauge& polling =
      AddGauge(registry, "plenum_polling_clients", "Clients among them that poll over plain HTTP.");
  Gauge& sockets = AddGauge(registry, "plenum_sockets", "Sockets that are open, of any kind.");
  Gauge& fold_lag =
      AddGauge(registry, "plenum_fold_lag_events", "Durable entries that are not folded yet.");
  Gauge& log_pending =
      AddGauge(registry, "plenum_log_pending_events", "Appends that are not durable yet.");
  Gauge& folded = AddGauge(registry, "plenum_folded_events", "Entries folded since the start.");
  Gauge& rooms = AddGauge(registry, "plenum_rooms_loaded", "Rooms in memory.");
  Gauge& peers = AddGauge(registry, "plenum_peers", "Other nodes that were heard lately.");
  Gauge& compared = AddGauge(registry, "plenum_peer_digests_compared",
                             "State digests of other nodes compared with ours since the start.");
  Gauge& differing = AddGauge(registry, "plenum_peer_digests_differing",
                              "Those that differed at the same entry: one of the nodes is wrong.");
  Gauge& ready = AddGauge(registry, "plenum_ready", "1 when commands are taken.");
  Gauge& copies = AddGauge(registry, "plenum_copies_connected",
                           "Copies of the built-in log that are being kept.");
  Gauge& copy_behind =
      AddGauge(registry, "plenum_copy_behind_events", "Entries that the nearest copy lacks.");
  Gauge& copy_behind_seconds = AddGauge(registry, "plenum_copy_behind_seconds",
                                        "For how long it has lacked the oldest of them.");
  Gauge& epoch = AddGauge(registry, "plenum_epoch",
                          "Which server of a copied log this is; 0 for a log on Kafka.");
  Gauge& resident =
      AddGauge(registry, "process_resident_memory_bytes", "Resident memory of the process.");
  Counter& appends = AddCounter(registry, "plenum_appends_total",
                                "Events that came from clients and are durable.");
  Counter& polls = AddCounter(registry, "plenum_polls_total", "Polls over plain HTTP.");
  Counter& view_sends =
      AddCounter(registry, "plenum_view_sends_total", "Views put into outboxes, one a receiver.");
  Histogram& recorded = BuildHistogram()
                            .Name("plenum_recorded_seconds")
                            .Help("From a command's arrival to its durable entry.")
                            .Register(registry)
                            .Add({}, kSeconds);
  std::array<Counter*, kOutcomes> outcomes{};
  std::array<Counter*, kReasons> refused{};

  Impl() {
    auto& family = BuildCounter()
                       .Name("plenum_outcomes_total")
                       .Help("What became of clients' events.")
                       .Register(registry);
    for (size_t i = 0; i < kOutcomes; ++i) {
      std::string name(OutcomeName(static_cast<OutcomeCode>(i)));
      outcomes[i] = &family.Add({{"outcome", name}});
    }
    auto& refusals = BuildCounter()
                         .Name("plenum_refused_total")
                         .Help("Commands that were not recorded, by reason.")
                         .Register(registry);
    // All at once: what was not there before its first count is not seen to grow.
    for (size_t i = 0; i < kReasons; ++i) {
      refused[i] = &refusals.Add({{"reason", ReasonName(static_cast<LogError>(i))}});
    }
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

uint64_t Metrics::Micros() {
  using namespace std::chrono;
  auto since = steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(duration_cast<microseconds>(since).count());
}

void Metrics::OnRecorded(uint64_t micros) {
  impl_->appends.Increment();
  impl_->recorded.Observe(static_cast<double>(micros) / kMicrosPerSecond);
}

void Metrics::OnOutcome(OutcomeCode code) {
  impl_->outcomes[static_cast<size_t>(code)]->Increment();
}

void Metrics::OnRefused(LogError error) { impl_->refused[static_cast<size_t>(error)]->Increment(); }

void Metrics::OnViewSends(size_t receivers) {
  impl_->view_sends.Increment(static_cast<double>(receivers));
}

void Metrics::OnPoll() { impl_->polls.Increment(); }

std::string Metrics::Text(const MetricsReadings& readings) {
  impl_->connections.Set(static_cast<double>(readings.connections));
  impl_->polling.Set(static_cast<double>(readings.polling));
  impl_->sockets.Set(static_cast<double>(readings.sockets));
  impl_->fold_lag.Set(static_cast<double>(readings.fold_lag));
  impl_->log_pending.Set(static_cast<double>(readings.log_pending));
  impl_->folded.Set(static_cast<double>(readings.folded));
  impl_->rooms.Set(static_cast<double>(readings.rooms));
  impl_->peers.Set(static_cast<double>(readings.peers));
  impl_->compared.Set(static_cast<double>(readings.digests_compared));
  impl_->differing.Set(static_cast<double>(readings.digests_differing));
  impl_->ready.Set(readings.ready ? 1 : 0);
  const CopyState copy = readings.copy.value_or(CopyState{});
  impl_->copies.Set(copy.connected);
  impl_->copy_behind.Set(static_cast<double>(copy.behind));
  impl_->copy_behind_seconds.Set(static_cast<double>(copy.behind_ms) / 1000);
  impl_->epoch.Set(static_cast<double>(readings.epoch));
  impl_->resident.Set(ResidentBytes());
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace plenum
