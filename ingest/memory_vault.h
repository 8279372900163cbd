// MemoryVault: for tests and the simulation. Durable from the model's point of view: it outlives
// the node that crashes.
#pragma once

#include <map>
#include <mutex>
#include <utility>

#include "ingest/vault.h"

namespace plenum {

class MemoryVault final : public Vault {
 public:
  std::expected<std::vector<Digest>, LogError> PutTexts(std::span<const VaultText> texts) override;
  std::expected<std::optional<VaultText>, LogError> GetText(const RoomId& room,
                                                            const EventId& event,
                                                            const Digest& digest) override;
  std::expected<void, LogError> EraseText(const RoomId& room, const EventId& event) override;
  std::expected<void, LogError> PutKey(const RoomId& room, std::string_view name,
                                       std::string_view sealed) override;
  std::expected<std::optional<std::string>, LogError> GetKey(const RoomId& room,
                                                             std::string_view name) override;
  std::expected<void, LogError> EraseKey(const RoomId& room, std::string_view name) override;
  uint64_t Revision() const override;

  // From now on writing says this; nullopt: it works again.
  void FailWrites(std::optional<LogError> error);

 private:
  // What stays of an erased text is its digest, so that a resend does not bring it back.
  struct Row {
    std::optional<VaultText> text;
    Digest digest;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<RoomId, EventId>, Row> texts_;
  std::map<std::pair<RoomId, std::string>, std::string> keys_;
  uint64_t revision_ = 0;
  std::optional<LogError> write_error_;
};

}  // namespace plenum
