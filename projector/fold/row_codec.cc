#include "projector/fold/row_codec.h"

#include "projector/fold/bytes.h"
#include "projector/fold/room_row_parts.h"
#include "projector/fold/rows.h"
#include "schema/json.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

// --- one description of each value, for writing (A = ByteWriter) and reading (A = ByteReader) ---

template <class A>
void WhereRow(A& a, auto& activity, auto& bell_round, auto& seats) {
  a.Int(activity.stage.generation).Enum(activity.stage.phase).Int(activity.stage.round);
  a.Enum(activity.closed_from).Int(activity.opened_index).Int(activity.closed_index);
  a.Int(activity.deadline.at).Int(activity.deadline.armed_at);
  a.Int(activity.early_looks).Int(bell_round).Bool(activity.skipped);
  a.Int(seats.round).Int(seats.plan_asked).Int(seats.plan_from);
}

template <class A>
void ItemRow(A& a, auto& item) {
  a.Lp(item.id).Int(item.index).Maybe(item.author).Put(item.added_by).Put(item.text);
  a.Int(item.number).Lp(item.merged_into).Enum(item.state).Enum(item.mark);
  a.Int(item.table).Int(item.round).Lp(item.origin_activity).Lp(item.origin);
  a.List(item.earlier, [](A& each, auto& text) { each.Put(text); });
}

template <class A>
void CastRow(A& a, auto& cast) {
  using Cast = std::remove_cvref_t<decltype(cast)>;
  if constexpr (std::is_same_v<Cast, ChoiceCast>) {
    a.List(cast.options, [](A& each, auto& option) { each.Lp(option); });
  } else if constexpr (std::is_same_v<Cast, ScaleCast>) {
    a.Int(cast.value);
  } else if constexpr (std::is_same_v<Cast, DotsCast>) {
    a.List(cast.dots, [](A& each, auto& one) { each.Lp(one.item).Int(one.dots); });
  } else if constexpr (std::is_same_v<Cast, RankCast>) {
    a.List(cast.items, [](A& each, auto& item) { each.Lp(item); });
  } else {
    a.List(cast.ratings, [](A& each, auto& one) { each.Lp(one.item).Int(one.value); });
  }
}

template <class A>
void BallotHead(A& a, auto& ballot) {
  a.Int(ballot.seq).Put(ballot.id).Int(ballot.index).Bool(ballot.keyed);
}

std::string BallotValue(const CastBallot& ballot) {
  ByteWriter writer;
  BallotHead(writer, ballot);
  writer.Int(static_cast<uint8_t>(ballot.ballot.index()));
  std::visit([&](const auto& cast) { CastRow(writer, cast); }, ballot.ballot);
  return writer.Take();
}

template <class Cast>
void ReadCast(ByteReader& reader, CastBallot& ballot) {
  Cast cast;
  CastRow(reader, cast);
  ballot.ballot = std::move(cast);
}

void ReadBallot(ByteReader& reader, CastBallot& ballot) {
  BallotHead(reader, ballot);
  uint8_t kind = 0;
  reader.Int(kind);
  if (kind == 0) ReadCast<ChoiceCast>(reader, ballot);
  if (kind == 1) ReadCast<ScaleCast>(reader, ballot);
  if (kind == 2) ReadCast<DotsCast>(reader, ballot);
  if (kind == 3) ReadCast<RankCast>(reader, ballot);
  if (kind == 4) ReadCast<RatingCast>(reader, ballot);
}

template <class A>
void UpvoteRow(A& a, auto& vote) {
  a.Int(vote.seq).Put(vote.id).Int(vote.index).Bool(vote.up).Bool(vote.keyed);
}

struct UpvoteKey {
  ItemId item;
  PersonId person;
};

UpvoteKey ReadUpvoteKey(std::string_view rest) {
  ByteReader reader(rest);
  UpvoteKey key;
  reader.Lp(key.item).Put(key.person);
  return key;
}

template <class A>
void TableRow(A& a, auto& table) {
  a.Int(table.number).Int(table.capacity).Lp(table.topic).Maybe(table.host);
}

template <class A>
void SeatPersonRow(A& a, auto& person) {
  a.Int(person.first_index);
  a.List(person.planned, [](A& each, auto& table) { each.Int(table); });
  a.List(person.visits, [](A& each, auto& visit) {
    each.Int(visit.round).Int(visit.table).Int(visit.index).Put(visit.id);
  });
  a.List(person.hosted, [](A& each, auto& hosted) { each.Put(hosted.id).Int(hosted.index); });
}

template <class A>
void FormerRow(A& a, auto& former) {
  a.List(former.texts, [](A& each, auto& text) { each.Put(text); });
  a.Bool(former.erased);
}

template <class A>
void RedactedRow(A& a, auto& redacted) {
  a.Int(redacted.index).Enum(redacted.reason);
}

template <class A>
void VersionRow(A& a, auto& version) {
  a.Int(version.index).Put(version.id).Int(version.entries);
  a.List(version.documents, [](A& each, auto& document) {
    each.Lp(document.language).Put(document.digest);
    each.List(document.pieces, [](A& piece, auto& digest) { piece.Put(digest); });
  });
  a.Maybe(version.figures).Int(version.published);
}

template <class A>
void DeckPersonRow(A& a, auto& person) {
  a.Int(person.first_index).Bool(person.present).Int(person.here_index);
  a.List(person.heres, [](A& each, auto& here) { each.Put(here.first).Int(here.second); });
  a.Lp(person.hand).Lp(person.to_score);
  a.Int(person.pass_round).Int(person.pass_seq).Put(person.pass_id).Int(person.pass_index);
}

template <class A>
void ScoresRow(A& a, auto& scores) {
  a.List(scores, [](A& each, auto& score) {
    each.Put(score.person).Int(score.round).Int(score.score).Int(score.seq).Put(score.id);
    each.Int(score.index);
  });
}

template <class A>
void ResultRow(A& a, auto& result) {
  a.Int(result.index).Int(result.recorded).Put(result.state).Lp(result.totals);
  a.Enum(result.status);
}

// --- keys ---

struct ParsedKey {
  RowKind kind = RowKind::kNone;
  ActivityId activity;
  std::string_view rest;
};

bool BelongsToActivity(RowKind kind) {
  switch (kind) {
    case RowKind::kSpec:
    case RowKind::kWhere:
    case RowKind::kTold:
    case RowKind::kItem:
    case RowKind::kBallot:
    case RowKind::kContributed:
    case RowKind::kLate:
    case RowKind::kDeckPerson:
    case RowKind::kScores:
    case RowKind::kResult:
    case RowKind::kUpvote:
    case RowKind::kHeld:
    case RowKind::kTable:
    case RowKind::kSeatPerson:
    case RowKind::kFormer:
    case RowKind::kRedacted:
    case RowKind::kToldGroup:  // of a series, which is named in its place
      return true;
    default:
      return false;
  }
}

bool ParseKey(std::string_view bytes, ParsedKey& key) {
  ByteReader reader(bytes);
  reader.Enum(key.kind);
  if (BelongsToActivity(key.kind)) reader.Lp(key.activity);
  if (!reader.ok()) return false;
  key.rest = reader.Rest();
  return true;
}

// The rest of a key, as one id, number or name; zero if it is of another size.
template <class T>
T RestAs(std::string_view rest) {
  ByteReader reader(rest);
  T value{};
  if constexpr (std::is_integral_v<T>) {
    reader.Int(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    reader.Lp(value);
  } else {
    reader.Put(value);
  }
  return value;
}

// --- values from the state ---

template <class Map, class Write>
std::string ValueIn(const Map& map, const typename Map::key_type& key, Write write) {
  auto it = map.find(key);
  if (it == map.end()) return {};
  ByteWriter writer;
  write(writer, it->second);
  return writer.Take();
}

std::string SpecValue(const Activity& activity) {
  json::Writer writer;
  WriteActivity(writer, activity.spec);
  return writer.Take();
}

std::string WhereValue(const Activity& activity) {
  if (activity.stage.generation == 0 && !activity.skipped) return {};
  ByteWriter writer;
  const uint32_t bell_round = activity.deck ? activity.deck->bell_round : 0;
  static const SeatState no_seats;
  WhereRow(writer, activity, bell_round, activity.seats ? *activity.seats : no_seats);
  return writer.Take();
}

std::string ActivityRowValue(const Activity& activity, const ParsedKey& key) {
  const auto number = [](ByteWriter& writer, auto n) { writer.Int(n); };
  switch (key.kind) {
    case RowKind::kSpec:
      return SpecValue(activity);
    case RowKind::kWhere:
      return WhereValue(activity);
    case RowKind::kTold:
      return activity.told_down_to == 0 ? "" : ByteWriter().Int(activity.told_down_to).Take();
    case RowKind::kItem: {
      const auto position = RestAs<uint32_t>(key.rest);
      if (position >= activity.items.size()) return {};
      ByteWriter writer;
      ItemRow(writer, activity.items[position]);
      return writer.Take();
    }
    case RowKind::kBallot: {
      auto it = activity.ballots.find(RestAs<PersonId>(key.rest));
      return it == activity.ballots.end() ? std::string() : BallotValue(it->second);
    }
    case RowKind::kContributed:
      return ValueIn(activity.contributed, RestAs<PersonId>(key.rest), number);
    case RowKind::kLate:
      return ValueIn(activity.after_close.people, RestAs<PersonId>(key.rest), number);
    case RowKind::kDeckPerson:
      if (!activity.deck) return {};
      return ValueIn(activity.deck->people, RestAs<PersonId>(key.rest),
                     [](ByteWriter& writer, const DeckPerson& p) { DeckPersonRow(writer, p); });
    case RowKind::kScores:
      if (!activity.deck) return {};
      return ValueIn(activity.deck->scores, RestAs<std::string>(key.rest),
                     [](ByteWriter& writer, const auto& scores) { ScoresRow(writer, scores); });
    case RowKind::kUpvote: {
      const UpvoteKey which = ReadUpvoteKey(key.rest);
      auto it = activity.upvotes.find(which.item);
      if (it == activity.upvotes.end()) return {};
      return ValueIn(it->second, which.person,
                     [](ByteWriter& writer, const Upvote& vote) { UpvoteRow(writer, vote); });
    }
    case RowKind::kHeld:
      return activity.held.contains(RestAs<PersonId>(key.rest)) ? std::string(1, '\1') : "";
    case RowKind::kFormer:
      return ValueIn(activity.former, RestAs<std::string>(key.rest),
                     [](ByteWriter& writer, const FormerItem& one) { FormerRow(writer, one); });
    case RowKind::kTable:
      if (!activity.seats) return {};
      return ValueIn(activity.seats->tables, RestAs<uint32_t>(key.rest),
                     [](ByteWriter& writer, const Table& table) { TableRow(writer, table); });
    case RowKind::kSeatPerson:
      if (!activity.seats) return {};
      return ValueIn(activity.seats->people, RestAs<PersonId>(key.rest),
                     [](ByteWriter& writer, const SeatPerson& p) { SeatPersonRow(writer, p); });
    default:
      return {};
  }
}

bool PutSpec(Activity& activity, std::string_view value) {
  auto parsed = json::Parse(value);
  if (!parsed) return false;
  auto spec = ReadActivity(*parsed, "en", "");
  if (!spec) return false;
  activity.spec = std::move(*spec);
  return true;
}

void PutActivityRow(Activity& activity, const ParsedKey& key, ByteReader& reader) {
  switch (key.kind) {
    case RowKind::kWhere: {
      uint32_t bell_round = 0;
      SeatState seats;
      WhereRow(reader, activity, bell_round, seats);
      if (activity.stage.generation == 0) return;  // skipped, and no more
      if (activity.spec.seats) {
        if (!activity.seats) activity.seats.emplace();
        activity.seats->round = seats.round;
        activity.seats->plan_asked = seats.plan_asked;
        activity.seats->plan_from = seats.plan_from;
      }
      if (activity.spec.deal) {
        if (!activity.deck) activity.deck.emplace();
        activity.deck->bell_round = bell_round;
      }
      return;
    }
    case RowKind::kTold:
      reader.Int(activity.told_down_to);
      return;
    case RowKind::kItem: {
      const auto position = RestAs<uint32_t>(key.rest);
      if (position >= activity.items.size()) activity.items.resize(position + size_t{1});
      ItemRow(reader, activity.items[position]);
      return;
    }
    case RowKind::kBallot:
      return ReadBallot(reader, activity.ballots[RestAs<PersonId>(key.rest)]);
    case RowKind::kContributed:
      reader.Int(activity.contributed[RestAs<PersonId>(key.rest)]);
      return;
    case RowKind::kLate:
      reader.Int(activity.after_close.people[RestAs<PersonId>(key.rest)]);
      return;
    case RowKind::kDeckPerson:
      if (!activity.deck) activity.deck.emplace();
      return DeckPersonRow(reader, activity.deck->people[RestAs<PersonId>(key.rest)]);
    case RowKind::kScores:
      if (!activity.deck) activity.deck.emplace();
      return ScoresRow(reader, activity.deck->scores[RestAs<std::string>(key.rest)]);
    case RowKind::kUpvote: {
      const UpvoteKey which = ReadUpvoteKey(key.rest);
      return UpvoteRow(reader, activity.upvotes[which.item][which.person]);
    }
    case RowKind::kHeld: {
      uint8_t held = 0;
      reader.Int(held);
      activity.held.insert(RestAs<PersonId>(key.rest));
      return;
    }
    case RowKind::kFormer:
      return FormerRow(reader, activity.former[RestAs<std::string>(key.rest)]);
    case RowKind::kTable:
      if (!activity.seats) activity.seats.emplace();
      return TableRow(reader, activity.seats->tables[RestAs<uint32_t>(key.rest)]);
    case RowKind::kSeatPerson:
      if (!activity.seats) activity.seats.emplace();
      return SeatPersonRow(reader, activity.seats->people[RestAs<PersonId>(key.rest)]);
    default:
      return;
  }
}

template <class A>
void StaffRow(A& a, auto& done) {
  a.Int(done.index).Enum(done.code).Enum(done.reason);
}

}  // namespace

std::string RowValue(const RoomState& state, std::string_view bytes) {
  ParsedKey key;
  if (!ParseKey(bytes, key)) return {};
  ByteWriter writer;
  switch (key.kind) {
    case RowKind::kRoom:
      if (!state.created) return {};
      RoomRow(writer, state);
      return writer.Take();
    case RowKind::kOrder:
      if (state.order.empty()) return {};
      writer.List(state.order, [](ByteWriter& each, const ActivityId& id) { each.Lp(id); });
      return writer.Take();
    case RowKind::kRevoked:
      return state.revoked.contains(RestAs<TokenId>(key.rest)) ? std::string(1, '\1') : "";
    case RowKind::kMadeLink:
      return ValueIn(state.links, RestAs<TokenId>(key.rest),
                     [](ByteWriter& out, const MadeLink& link) { MadeLinkRow(out, link); });
    case RowKind::kJoined:
      return ValueIn(state.joined, RestAs<PersonId>(key.rest),
                     [](ByteWriter& out, uint64_t index) { out.Int(index); });
    case RowKind::kDevices:
      return ValueIn(state.devices, RestAs<PersonId>(key.rest),
                     [](ByteWriter& out, const auto& devices) { DevicesRow(out, devices); });
    case RowKind::kStaff:
      return ValueIn(state.staff_events, RestAs<EventId>(key.rest),
                     [](ByteWriter& out, const StaffEvent& done) { StaffRow(out, done); });
    case RowKind::kToldGroup:
      return ValueIn(state.groups_told, {key.activity, RestAs<PersonId>(key.rest)},
                     [](ByteWriter& out, const ToldGroup& told) { ToldGroupRow(out, told); });
    case RowKind::kWord:
      return ValueIn(state.words, RestAs<EventId>(key.rest),
                     [](ByteWriter& out, const ToldWord& word) { WordRow(out, word); });
    case RowKind::kRedacted:
      return ValueIn(state.redacted, {key.activity, RestAs<std::string>(key.rest)},
                     [](ByteWriter& out, const RedactedItem& one) { RedactedRow(out, one); });
    case RowKind::kVersion: {
      const auto version = RestAs<uint32_t>(key.rest);
      if (version == 0 || version > state.versions.size()) return {};
      VersionRow(writer, state.versions[version - 1]);
      return writer.Take();
    }
    case RowKind::kResult:
      return ValueIn(state.results, {key.activity, RestAs<uint32_t>(key.rest)},
                     [](ByteWriter& out, const StoredResult& result) { ResultRow(out, result); });
    default: {
      const Activity* activity = state.Find(key.activity);
      return activity ? ActivityRowValue(*activity, key) : std::string();
    }
  }
}

bool PutRow(RoomState& state, std::string_view bytes, std::string_view value) {
  ParsedKey key;
  if (!ParseKey(bytes, key)) return false;
  ByteReader reader(value);
  switch (key.kind) {
    case RowKind::kRoom:
      state.created = true;
      RoomRow(reader, state);
      break;
    case RowKind::kOrder:
      reader.List(state.order, [](ByteReader& each, ActivityId& id) { each.Lp(id); });
      break;
    case RowKind::kRevoked:
      state.revoked.insert(RestAs<TokenId>(key.rest));
      return value.size() == 1;
    case RowKind::kMadeLink:
      MadeLinkRow(reader, state.links[RestAs<TokenId>(key.rest)]);
      break;
    case RowKind::kJoined:
      reader.Int(state.joined[RestAs<PersonId>(key.rest)]);
      break;
    case RowKind::kDevices:
      DevicesRow(reader, state.devices[RestAs<PersonId>(key.rest)]);
      break;
    case RowKind::kStaff:
      StaffRow(reader, state.staff_events[RestAs<EventId>(key.rest)]);
      break;
    case RowKind::kToldGroup:
      ToldGroupRow(reader, state.groups_told[{key.activity, RestAs<PersonId>(key.rest)}]);
      break;
    case RowKind::kWord:
      WordRow(reader, state.words[RestAs<EventId>(key.rest)]);
      break;
    case RowKind::kRedacted:
      RedactedRow(reader, state.redacted[{key.activity, RestAs<std::string>(key.rest)}]);
      break;
    case RowKind::kVersion: {
      const auto version = RestAs<uint32_t>(key.rest);
      if (version == 0 || version > limits::kRecordVersions) return false;
      if (state.versions.size() < version) state.versions.resize(version);
      VersionRow(reader, state.versions[version - 1]);
      break;
    }
    case RowKind::kResult:
      ResultRow(reader, state.results[{key.activity, RestAs<uint32_t>(key.rest)}]);
      break;
    case RowKind::kSpec:
      return PutSpec(state.activities[key.activity], value);
    default: {
      auto it = state.activities.find(key.activity);
      if (it == state.activities.end()) return false;
      PutActivityRow(it->second, key, reader);
    }
  }
  return reader.AtEnd();
}

}  // namespace plenum
