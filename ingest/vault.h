// The vault holds what the log must not: texts that can be erased, and the rooms' keys.
// A record is made durable before the event that refers to it is appended.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_log.h"
#include "schema/ids.h"

namespace plenum {

// The text of one contribution. `event` is the id of its item.added event.
struct VaultText {
  RoomId room;
  EventId event;
  std::array<uint8_t, 32> nonce{};
  std::string text;

  Digest TextDigest() const;  // SHA-256(nonce || text): what the event holds
};

// Any thread; synchronous; durable when it returns.
class Vault {
 public:
  virtual ~Vault() = default;

  // Makes all durable with one sync. Putting the same event again keeps the first record (a resend
  // must not change the text that the log's digest stands for), and returns the digests that stand.
  virtual std::expected<std::vector<Digest>, LogError> PutTexts(
      std::span<const VaultText> texts) = 0;
  // The text whose digest the event holds; nullopt: erased, or (on a node that has just heard of
  // the event from another one) not here yet.
  virtual std::expected<std::optional<VaultText>, LogError> GetText(const RoomId& room,
                                                                    const EventId& event,
                                                                    const Digest& digest) = 0;
  // What stays of an erased text is its digest, so that a resend does not bring it back.
  virtual std::expected<void, LogError> EraseText(const RoomId& room, const EventId& event) = 0;

  // A room's keys, sealed by the caller.
  virtual std::expected<void, LogError> PutKey(const RoomId& room, std::string_view name,
                                               std::string_view sealed) = 0;
  virtual std::expected<std::optional<std::string>, LogError> GetKey(const RoomId& room,
                                                                     std::string_view name) = 0;
  // Destroys it for ever: as a text that is erased.
  virtual std::expected<void, LogError> EraseKey(const RoomId& room, std::string_view name) = 0;

  // Grows when what GetText said before may hold no more: a text was erased, here or on another
  // node, or a vault that was cut off from the others has caught up. (That a text has come which
  // was not here yet changes nothing: look again.) Any thread.
  virtual uint64_t Revision() const { return 0; }

  // Why the vault is not fit for work, in one sentence; nullopt while it is.
  virtual std::optional<std::string> Trouble() const { return std::nullopt; }
};

}  // namespace plenum
