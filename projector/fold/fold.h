// The fold: the one function that decides. Room::Apply(entry) -> Outcome has no clock, no
// randomness, no I/O, no floating point, no locale, and no hash-map iteration order, so equal logs
// give equal states on every machine. Every rule of the methods lives here and nowhere else.
// Definitions: schema/rules.md.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projector/fold/state.h"
#include "schema/event.h"
#include "schema/outcome.h"

namespace plenum {

// One row of the state: what is stored, and what the state digest is made of. A row with an empty
// value is absent. Keys and values are defined in schema/rules.md.
struct Row {
  std::string key;
  std::string value;
  bool operator==(const Row&) const = default;
};

// What an applied entry left to be said by a node; each is said under its deterministic id.
struct DueResult {
  ActivityId activity;
  uint32_t generation = 0;
  uint64_t index = 0;
  Digest state;
  std::string totals;
};

struct Applied {
  Outcome outcome;
  std::optional<Event> event;  // absent when malformed
};

// One room, folded. Not thread-safe: owned by the projector's thread.
class Room {
 public:
  explicit Room(const RoomId& id);
  Room(Room&&) noexcept;
  Room& operator=(Room&&) noexcept;
  ~Room();

  // Puts a stored room together again. REQUIRES: the rows are all that TakeChanges ever returned,
  // the newest of each key.
  static std::expected<Room, std::string> Load(const RoomId& id, const std::vector<Row>& rows);

  // Folds the next entry. `entry` is a leaf of the room's Merkle tree whatever it decodes to.
  Applied Apply(std::string_view entry);
  // The same for an entry that is decoded already: `event` must be DecodeEvent(entry).
  Outcome Apply(std::string_view entry, const std::expected<Event, std::string>& event);

  const RoomId& id() const;
  const RoomState& state() const;
  uint64_t size() const;  // entries folded; also the index of the next
  Digest Root() const;    // RFC 6962 root of all entries so far
  Digest StateDigest();   // at size()

  // Rows that have changed since the last call (an empty value: deleted), in key order, with the
  // rows that stand beside the digest (compact range, stored results) among them.
  std::vector<Row> TakeChanges();

  // Closed activities whose result no node has recorded yet, in the order of their closes.
  std::vector<DueResult> DueResults() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
