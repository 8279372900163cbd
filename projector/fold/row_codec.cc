#include "projector/fold/row_codec.h"

#include "projector/fold/bytes.h"
#include "projector/fold/rows.h"
#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

// --- one description of each value, for writing (A = ByteWriter) and reading (A = ByteReader) ---

template <class A>
void Texts(A& a, auto& text) {
  a.List(text.by_language, [](A& each, auto& pair) { each.Lp(pair.first).Lp(pair.second); });
}

template <class A>
void RoomRow(A& a, auto& state) {
  a.Int(state.rules);
  Texts(a, state.title);
  a.List(state.languages, [](A& each, auto& language) { each.Lp(language); });
  a.Int(state.expected_people).Bool(state.doors_locked).Int(state.epoch).Lp(state.current);
}

template <class A>
void WhereRow(A& a, auto& activity, auto& bell_round) {
  a.Int(activity.stage.generation).Enum(activity.stage.phase).Int(activity.stage.round);
  a.Enum(activity.closed_from).Int(activity.opened_index).Int(activity.closed_index);
  a.Int(activity.deadline.at).Int(activity.deadline.armed_at);
  a.Int(activity.early_looks).Int(bell_round);
}

template <class A>
void ItemRow(A& a, auto& item) {
  a.Lp(item.id).Int(item.index).Maybe(item.author).Put(item.added_by).Put(item.text);
  a.Int(item.number).Lp(item.merged_into);
}

template <class A>
void Kinds(A& a, auto& choice, auto& scale, auto& dots, uint8_t kind) {
  if (kind == 0) a.List(choice.options, [](A& each, auto& option) { each.Lp(option); });
  if (kind == 1) a.Int(scale.value);
  if (kind == 2) a.List(dots.dots, [](A& each, auto& one) { each.Lp(one.item).Int(one.dots); });
}

template <class A>
void BallotHead(A& a, auto& ballot) {
  a.Int(ballot.seq).Put(ballot.id).Int(ballot.index).Bool(ballot.keyed);
}

std::string BallotValue(const CastBallot& ballot) {
  ByteWriter writer;
  BallotHead(writer, ballot);
  const auto kind = static_cast<uint8_t>(ballot.ballot.index());
  writer.Int(kind);
  static const ChoiceCast no_choice;
  static const ScaleCast no_scale;
  static const DotsCast no_dots;
  const auto* choice = std::get_if<ChoiceCast>(&ballot.ballot);
  const auto* scale = std::get_if<ScaleCast>(&ballot.ballot);
  const auto* dots = std::get_if<DotsCast>(&ballot.ballot);
  Kinds(writer, choice ? *choice : no_choice, scale ? *scale : no_scale, dots ? *dots : no_dots,
        kind);
  return writer.Take();
}

void ReadBallot(ByteReader& reader, CastBallot& ballot) {
  BallotHead(reader, ballot);
  uint8_t kind = 0;
  reader.Int(kind);
  ChoiceCast choice;
  ScaleCast scale;
  DotsCast dots;
  Kinds(reader, choice, scale, dots, kind);
  if (kind == 0) ballot.ballot = std::move(choice);
  if (kind == 1) ballot.ballot = scale;
  if (kind == 2) ballot.ballot = std::move(dots);
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
    case RowKind::kItem:
    case RowKind::kBallot:
    case RowKind::kContributed:
    case RowKind::kLate:
    case RowKind::kDeckPerson:
    case RowKind::kScores:
    case RowKind::kResult:
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
  if (activity.stage.generation == 0) return {};
  ByteWriter writer;
  const uint32_t bell_round = activity.deck ? activity.deck->bell_round : 0;
  WhereRow(writer, activity, bell_round);
  return writer.Take();
}

std::string ActivityRowValue(const Activity& activity, const ParsedKey& key) {
  const auto number = [](ByteWriter& writer, auto n) { writer.Int(n); };
  switch (key.kind) {
    case RowKind::kSpec:
      return SpecValue(activity);
    case RowKind::kWhere:
      return WhereValue(activity);
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
      WhereRow(reader, activity, bell_round);
      if (activity.spec.deal) {
        if (!activity.deck) activity.deck.emplace();
        activity.deck->bell_round = bell_round;
      }
      return;
    }
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
    case RowKind::kJoined:
      return ValueIn(state.joined, RestAs<PersonId>(key.rest),
                     [](ByteWriter& out, uint64_t index) { out.Int(index); });
    case RowKind::kStaff:
      return ValueIn(state.staff_events, RestAs<EventId>(key.rest),
                     [](ByteWriter& out, const StaffEvent& done) { StaffRow(out, done); });
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
    case RowKind::kJoined:
      reader.Int(state.joined[RestAs<PersonId>(key.rest)]);
      break;
    case RowKind::kStaff:
      StaffRow(reader, state.staff_events[RestAs<EventId>(key.rest)]);
      break;
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
