#include "projector/fold/rows.h"

#include <algorithm>

#include "projector/fold/bytes.h"
#include "projector/fold/row_codec.h"
#include "schema/hash.h"

namespace plenum {

namespace row_key {
namespace {

std::string Key(RowKind kind) { return std::string(1, static_cast<char>(kind)); }

template <class Tag, size_t kSize>
std::string Key(RowKind kind, const Id<Tag, kSize>& id) {
  return Key(kind).append(id.View());
}

std::string Key(RowKind kind, const ActivityId& activity) {
  ByteWriter writer;
  writer.Enum(kind).Lp(activity);
  return writer.Take();
}

}  // namespace

std::string Room() { return Key(RowKind::kRoom); }
std::string Order() { return Key(RowKind::kOrder); }
std::string Tree() { return Key(RowKind::kTree); }
std::string Revoked(const TokenId& token) { return Key(RowKind::kRevoked, token); }
std::string MadeLinkOf(const TokenId& token) { return Key(RowKind::kMadeLink, token); }
std::string Joined(const PersonId& person) { return Key(RowKind::kJoined, person); }
std::string DevicesOf(const PersonId& person) { return Key(RowKind::kDevices, person); }
std::string Staff(const EventId& event) { return Key(RowKind::kStaff, event); }
std::string Spec(const ActivityId& activity) { return Key(RowKind::kSpec, activity); }
std::string Where(const ActivityId& activity) { return Key(RowKind::kWhere, activity); }
std::string Told(const ActivityId& activity) { return Key(RowKind::kTold, activity); }
std::string ItemAt(const ActivityId& activity, uint32_t position) {
  return Key(RowKind::kItem, activity) + ByteWriter().Int(position).Take();
}
std::string BallotOf(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kBallot, activity).append(person.View());
}
std::string Contributed(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kContributed, activity).append(person.View());
}
std::string Late(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kLate, activity).append(person.View());
}
std::string DeckPersonOf(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kDeckPerson, activity).append(person.View());
}
std::string ScoresOf(const ActivityId& activity, const ItemId& item) {
  return Key(RowKind::kScores, activity) + ByteWriter().Lp(item).Take();
}
std::string UpvoteOf(const ActivityId& activity, const ItemId& item, const PersonId& person) {
  return Key(RowKind::kUpvote, activity) + ByteWriter().Lp(item).Put(person).Take();
}
std::string Held(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kHeld, activity).append(person.View());
}
std::string TableOf(const ActivityId& activity, uint32_t number) {
  return Key(RowKind::kTable, activity) + ByteWriter().Int(number).Take();
}
std::string SeatPersonOf(const ActivityId& activity, const PersonId& person) {
  return Key(RowKind::kSeatPerson, activity).append(person.View());
}
std::string ToldGroupOf(const std::string& series, const PersonId& person) {
  return Key(RowKind::kToldGroup, series).append(person.View());
}
std::string WordOf(const EventId& told) { return Key(RowKind::kWord, told); }
std::string FormerOf(const ActivityId& activity, const ItemId& item) {
  return Key(RowKind::kFormer, activity) + ByteWriter().Lp(item).Take();
}
std::string RedactedOf(const ActivityId& activity, const ItemId& item) {
  return Key(RowKind::kRedacted, activity) + ByteWriter().Lp(item).Take();
}
std::string VersionOf(uint32_t version) {
  return Key(RowKind::kVersion) + ByteWriter().Int(version).Take();
}
std::string ResultOf(const ActivityId& activity, uint32_t generation) {
  return Key(RowKind::kResult, activity) + ByteWriter().Int(generation).Take();
}

}  // namespace row_key

namespace {
RowKind KindOf(std::string_view key) {
  return key.empty() ? RowKind::kNone : static_cast<RowKind>(key.front());
}
}  // namespace

bool IsSpecRow(std::string_view key) { return KindOf(key) == RowKind::kSpec; }
bool IsTreeRow(std::string_view key) { return KindOf(key) == RowKind::kTree; }
bool IsBesideDigest(std::string_view key) {
  return IsTreeRow(key) || KindOf(key) == RowKind::kResult;
}

void DeriveItems(Activity& activity) {
  activity.item_at.clear();
  for (size_t i = 0; i < activity.items.size(); ++i) {
    activity.item_at[activity.items[i].id] = static_cast<uint32_t>(i);
  }
}

namespace {

void DeriveDeck(DeckState& deck) {
  deck.roster.clear();
  for (auto& [person, member] : deck.people) {
    deck.roster.push_back(person);
    member.scored.clear();
  }
  std::ranges::sort(deck.roster, {},
                    [&](const PersonId& person) { return deck.people.at(person).first_index; });
  for (const auto& [item, scores] : deck.scores) {
    for (const CardScore& score : scores) deck.people[score.person].scored[score.round] = item;
  }
}

void DeriveUpvoters(Activity& activity) {
  activity.upvoters.clear();
  for (const auto& [item, votes] : activity.upvotes) {
    for (const auto& [person, vote] : votes) {
      if (vote.up) ++activity.upvoters[person];
    }
  }
}

void DeriveSeats(SeatState& seats) {
  seats.roster.clear();
  for (const auto& [person, seat] : seats.people) seats.roster.push_back(person);
  std::ranges::sort(seats.roster, {},
                    [&](const PersonId& person) { return seats.people.at(person).first_index; });
}

}  // namespace

uint32_t TableIn(const SeatPerson& person, uint32_t round) {
  uint32_t table = round >= 1 && round <= person.planned.size() ? person.planned[round - 1] : 0;
  for (const Visit& visit : person.visits) {
    if (visit.round == round) table = visit.table;
  }
  return table;
}

void Derive(RoomState& state) {
  state.words_by.clear();
  for (const auto& [id, word] : state.words) ++state.words_by[word.person];
  for (auto& [id, activity] : state.activities) {
    DeriveItems(activity);
    DeriveUpvoters(activity);
    activity.after_close.late = static_cast<uint32_t>(activity.after_close.people.size());
    if (activity.deck) DeriveDeck(*activity.deck);
    if (activity.seats) DeriveSeats(*activity.seats);
  }
}

void RowSum::Add(const Digest& hash) {
  uint64_t carry = 0;
  for (size_t limb = 0; limb < 4; ++limb) {
    uint64_t n = 0;
    for (size_t i = 0; i < 8; ++i) n = n << 8 | hash.bytes[8 * (3 - limb) + i];
    const bool over = __builtin_add_overflow(limbs_[limb], n, &limbs_[limb]);
    const bool again = __builtin_add_overflow(limbs_[limb], carry, &limbs_[limb]);
    carry = over || again ? 1 : 0;
  }
}

void RowSum::Subtract(const Digest& hash) {
  // a - b = a + ~b + 1, modulo 2^256.
  Digest inverse;
  for (size_t i = 0; i < 32; ++i) inverse.bytes[i] = static_cast<uint8_t>(~hash.bytes[i]);
  Digest one;
  one.bytes[31] = 1;
  Add(inverse);
  Add(one);
}

Digest RowSum::ToDigest() const {
  Digest digest;
  for (size_t i = 0; i < 32; ++i) {
    digest.bytes[i] = static_cast<uint8_t>(limbs_[3 - i / 8] >> (8 * (7 - i % 8)));
  }
  return digest;
}

Digest RowHash(std::string_view key, std::string_view value) {
  return Sha256().U8(0x10).Lp(key).Lp(value).Finish();
}

void RowTracker::Touch(std::string key) {
  if (!IsBesideDigest(key)) unhashed_.insert(key);
  unsaved_.insert(std::move(key));
}

void RowTracker::Loaded(std::string_view key, std::string_view value) {
  if (IsBesideDigest(key)) return;
  const Digest hash = RowHash(key, value);
  sum_.Add(hash);
  hashed_.emplace(key, hash);
}

std::vector<Row> RowTracker::TakeUnsaved(const RoomState& state) {
  std::vector<Row> rows;
  rows.reserve(unsaved_.size());
  for (const std::string& key : unsaved_) rows.push_back({key, RowValue(state, key)});
  unsaved_.clear();
  return rows;
}

Digest RowTracker::Sum(const RoomState& state) {
  for (const std::string& key : unhashed_) {
    if (auto it = hashed_.find(key); it != hashed_.end()) {
      sum_.Subtract(it->second);
      hashed_.erase(it);
    }
    const std::string value = RowValue(state, key);
    if (value.empty()) continue;
    const Digest hash = RowHash(key, value);
    sum_.Add(hash);
    hashed_.emplace(key, hash);
  }
  unhashed_.clear();
  return sum_.ToDigest();
}

}  // namespace plenum
