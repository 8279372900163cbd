// What the server counts, for Prometheus. Never holds answers, tokens or pseudonyms. I/O thread
// only.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "gateway/hub.h"

namespace plenum {

// What is read where it is kept, when somebody asks.
struct MetricsReadings {
  size_t connections = 0;  // WebSockets, and conversations over plain HTTP:
  size_t polling = 0;
  size_t sockets = 0;
  uint64_t fold_lag = 0;   // durable entries that are not folded yet
  size_t log_pending = 0;  // appends that are not durable yet
  uint64_t folded = 0;
  uint64_t rooms = 0;  // in memory
  size_t peers = 0;    // other nodes that were heard lately
  uint64_t digests_compared = 0, digests_differing = 0;
  std::optional<CopyState> copy = {};  // of a built-in log
  uint64_t epoch = 0;                  // likewise; 0: none
  bool ready = false;
};

class Metrics final : public HubObserver {
 public:
  Metrics();
  ~Metrics() override;

  uint64_t Micros() override;
  void OnRecorded(uint64_t micros) override;
  void OnOutcome(OutcomeCode code) override;
  void OnRefused(LogError error) override;
  void OnViewSends(size_t receivers) override;
  void OnPoll();

  // In Prometheus' text format.
  std::string Text(const MetricsReadings& readings);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
