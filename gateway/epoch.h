// Epoch: which server of a copied log a data folder belongs to, and what follows from it. A log
// that was never copied is served in epoch 1. A copy that is served takes over: its epoch is higher
// than its original's (the time in seconds, so that of two copies the one that was told last is
// higher). Clients carry the number around; who hears of a later one than its own has been
// replaced, refuses everything from then on, and is not served again by accident.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/copy_marker.h"
#include "gateway/epoch_port.h"
#include "gateway/token.h"
#include "ingest/event_log.h"

namespace plenum {

class Epoch final : public EpochPort {
 public:
  struct Options {
    std::filesystem::path data;
    std::vector<TokenKey> keys;
    std::function<TimeMs()> clock;
    // Serve although a copy has taken over (then with a later epoch than that one's), or although
    // the folder is a copy that was never whole.
    bool serve_anyway = false;
  };

  // REQUIRES: `log` is the folder's, open: nobody else serves or copies into it. Promotes a copy.
  // The error is one sentence.
  static std::expected<std::unique_ptr<Epoch>, std::string> Open(EventLog& log, Options options);

  uint64_t Number() const override { return record_.epoch; }
  const std::string& Proof() const override { return proof_; }
  std::optional<uint64_t> Kept(const RoomId& room, uint64_t since) const override;
  void Hear(uint64_t epoch, std::string_view proof) override;
  bool Replaced() const override { return replaced_; }

  const EpochRecord& record() const { return record_; }
  // When this server took over; 0: it is the first.
  TimeMs took_over_at() const;

 private:
  Epoch(std::string log_id, Options options);
  std::expected<void, std::string> TakeOver(EventLog& log, uint64_t after, bool knows_what_it_has);
  std::string ProofOf(uint64_t epoch, const TokenKey& key) const;

  const std::string log_id_;
  const Options options_;
  EpochRecord record_;
  std::string proof_;
  bool replaced_ = false;
};

}  // namespace plenum
