// The state of a room as rows: what is stored, and what the state digest is made of. Rules say
// which rows they have changed (by key); values are made from the state when somebody asks for
// them. Keys and values: schema/rules.md, Rows.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "projector/fold/fold.h"
#include "projector/fold/state.h"

namespace plenum {

namespace row_key {
std::string Room();
std::string Order();
std::string Revoked(const TokenId& token);
std::string MadeLinkOf(const TokenId& token);
std::string Joined(const PersonId& person);
std::string DevicesOf(const PersonId& person);
std::string Staff(const EventId& event);
std::string Spec(const ActivityId& activity);
std::string Where(const ActivityId& activity);
std::string Told(const ActivityId& activity);
std::string ItemAt(const ActivityId& activity, uint32_t position);
std::string BallotOf(const ActivityId& activity, const PersonId& person);
std::string Contributed(const ActivityId& activity, const PersonId& person);
std::string Late(const ActivityId& activity, const PersonId& person);
std::string DeckPersonOf(const ActivityId& activity, const PersonId& person);
std::string ScoresOf(const ActivityId& activity, const ItemId& item);
std::string UpvoteOf(const ActivityId& activity, const ItemId& item, const PersonId& person);
std::string Held(const ActivityId& activity, const PersonId& person);
std::string TableOf(const ActivityId& activity, uint32_t number);
std::string SeatPersonOf(const ActivityId& activity, const PersonId& person);
std::string ToldGroupOf(const std::string& series, const PersonId& person);
std::string WordOf(const EventId& told);
std::string FormerOf(const ActivityId& activity, const ItemId& item);
std::string RedactedOf(const ActivityId& activity, const ItemId& item);
std::string VersionOf(uint32_t version);
// Beside the digest:
std::string ResultOf(const ActivityId& activity, uint32_t generation);
std::string Tree();
}  // namespace row_key

// The value of a row; empty if it is absent. REQUIRES: the key is of row_key, and not Tree().
std::string RowValue(const RoomState& state, std::string_view key);
// Puts one row into the state; false if it is damaged. Specs must come before what belongs to them.
bool PutRow(RoomState& state, std::string_view key, std::string_view value);
bool IsSpecRow(std::string_view key);
bool IsTreeRow(std::string_view key);
// Whether the row stands beside the digest.
bool IsBesideDigest(std::string_view key);
// Makes again what is derived from rows: positions, rosters, counts.
void Derive(RoomState& state);
void DeriveItems(Activity& activity);

// The sum of the hashes of rows, modulo 2^256.
class RowSum {
 public:
  void Add(const Digest& hash);
  void Subtract(const Digest& hash);
  Digest ToDigest() const;  // 32 bytes, big-endian

 private:
  std::array<uint64_t, 4> limbs_{};  // least significant first
};

// H(0x10 ‖ lp(key) ‖ lp(value))
Digest RowHash(std::string_view key, std::string_view value);

// Which rows have changed since they were last stored, and last hashed.
class RowTracker {
 public:
  void Touch(std::string key);
  // A row as it was loaded: hashed, and neither changed nor to be stored.
  void Loaded(std::string_view key, std::string_view value);

  // Rows that have changed since the last call, in key order.
  std::vector<Row> TakeUnsaved(const RoomState& state);
  // The sum over all rows of the state; hashes only those that have changed.
  Digest Sum(const RoomState& state);

 private:
  std::set<std::string> unsaved_;
  std::set<std::string> unhashed_;
  std::unordered_map<std::string, Digest> hashed_;  // what each row adds to the sum; never walked
  RowSum sum_;
};

}  // namespace plenum
