#include "tests/unit/fold_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "projector/fold/result.h"
#include "projector/fold/stage.h"
#include "schema/permissions.h"
#include "tests/property/fold_room.h"

namespace plenum::fold_test {
namespace {

std::vector<std::string> Split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(by, at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

int64_t Number(std::string_view text) {
  int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  EXPECT_TRUE(error == std::errc() && end == text.data() + text.size()) << "not a number: " << text;
  return n;
}

// The words of a line, taken apart: plain words in order, and key=value pairs.
struct Line {
  std::string text;
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> expected;  // after the arrow

  explicit Line(const std::string& line) : text(line) {
    const size_t arrow = line.find("->");
    for (const std::string& word : Split(line.substr(0, arrow), ' ')) {
      const size_t equals = word.find('=');
      if (equals == std::string::npos) {
        words.push_back(word);
      } else {
        pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
      }
    }
    if (arrow != std::string::npos) expected = Split(line.substr(arrow + 2), ' ');
  }

  std::string Word(size_t i) const { return i < words.size() ? words[i] : std::string(); }
  std::optional<std::string> Get(std::string_view key) const {
    for (const auto& [name, value] : pairs) {
      if (name == key) return value;
    }
    return std::nullopt;
  }
  int64_t GetNumber(std::string_view key, int64_t otherwise) const {
    const auto value = Get(key);
    return value ? Number(*value) : otherwise;
  }
};

constexpr std::string_view kEventKeys[] = {"gen",   "seq",   "id",   "series", "epoch",
                                           "token", "label", "seen", "person"};

ActivitySpec SpecOf(const Line& line) {
  ActivitySpec spec;
  spec.id = line.Word(1);
  spec.title = English(spec.id);
  const std::string kind = line.Word(2);
  if (kind == "choice") {
    ChoiceBallot ballot;
    for (const auto& id : Split(*line.Get("options"), ',')) {
      ballot.options.push_back({id, English(id)});
    }
    ballot.min = static_cast<uint32_t>(line.GetNumber("min", 1));
    ballot.max = static_cast<uint32_t>(line.GetNumber("max", 1));
    spec.ballot = ballot;
  } else if (kind == "scale" || kind == "deck") {
    ScaleBallot ballot;
    ballot.low = static_cast<int32_t>(line.GetNumber("low", 1));
    ballot.high = static_cast<int32_t>(line.GetNumber("high", 5));
    spec.ballot = ballot;
  } else if (kind == "dots") {
    const auto budget = static_cast<uint32_t>(line.GetNumber("budget", 5));
    spec.ballot = DotsBallot{budget, static_cast<uint32_t>(line.GetNumber("cap", budget))};
  }
  if (kind == "deck" || kind == "collect" || line.Get("collect")) {
    const std::string who = line.Get("collect").value_or("everyone");
    spec.collect = Collect{who == "everyone" ? Contributors::kEveryone
                           : who == "hosts"  ? Contributors::kTableHosts
                                             : Contributors::kStaff,
                           static_cast<uint32_t>(line.GetNumber("each", 1)), 300};
  }
  if (kind == "deck") {
    spec.deal = Deal{static_cast<uint32_t>(line.GetNumber("rounds", 5)),
                     line.Get("deck") == "paper" ? Deck::kPaper : Deck::kPhones};
  }
  for (const auto& id : Split(line.Get("items").value_or(""), ',')) {
    const auto number = static_cast<uint32_t>(spec.items.size() + 1);
    spec.items.push_back({id, number, English(id), {}});
  }
  if (line.Get("reveal") == "live") spec.reveal = Reveal::kLive;
  spec.series = line.Get("series").value_or("");
  spec.time.collect_ms = static_cast<uint32_t>(line.GetNumber("collect_ms", 0));
  spec.time.vote_ms = static_cast<uint32_t>(line.GetNumber("vote_ms", 0));
  spec.time.swap_ms = static_cast<uint32_t>(line.GetNumber("swap_ms", 0));
  spec.time.score_ms = static_cast<uint32_t>(line.GetNumber("score_ms", 0));
  spec.time.grace_ms = static_cast<uint32_t>(line.GetNumber("grace_ms", 10'000));
  return spec;
}

Stage StageOf(std::string_view text) {
  const auto parts = Split(text, '/');
  Stage stage;
  stage.generation = static_cast<uint32_t>(Number(parts.at(0)));
  stage.phase = ParsePhase(parts.at(1)).value();
  stage.round = parts.size() > 2 ? static_cast<uint32_t>(Number(parts[2])) : 0;
  return stage;
}

std::string Written(const Stage& stage) {
  return std::to_string(stage.generation) + '/' + std::string(PhaseName(stage.phase)) + '/' +
         std::to_string(stage.round);
}

class Table {
 public:
  Table() { room_.Create(); }

  void Run(const std::string& text) {
    const Line line(text);
    const std::string first = line.Word(0);
    if (first == "activity") return AddActivity(line);
    if (first == "on") return void(activity_ = line.Word(1));
    if (first == "show") return Show(line);
    if (first == "again") return Again(line);
    if (first == "raw") return Expect(line, room_.SendBytes("not an event"));
    for (const std::string& who : Split(first, ',')) SendOne(line, who);
  }

 private:
  const Activity* Current() const { return room_.state().Find(activity_); }
  Stage StageNow() const { return Current() ? Current()->stage : Stage{}; }

  // --- who ---
  static Role RoleOf(const std::string& who) {
    if (who.starts_with("keyer/")) return Role::kKeyer;
    if (who.starts_with("host/")) return Role::kTableHost;
    return ParseRole(who).value_or(Role::kAttendee);
  }
  std::optional<PersonId> PersonNamed(const std::string& who) const {
    const Role role = RoleOf(who);
    if (role != Role::kAttendee && role != Role::kTableHost && role != Role::kKeyer) {
      return std::nullopt;
    }
    return IdOf<PersonId>(who);
  }

  // --- what ---
  ItemId Card(const Line& line, const std::string& who) const {
    const std::string name = line.Get("card").value_or("held");
    if (auto it = labels_.find(name); it != labels_.end()) return it->second.id.Hex();
    if (!Current()->deck) return "nothing";
    const PersonId person = *PersonNamed(who);
    const auto& people = Current()->deck->people;
    auto it = people.find(person);
    if (it == people.end()) return "nothing";
    const auto& scored = it->second.scored;
    if (name == "first") return scored.begin()->second;  // that they have scored
    if (name == "another") {  // that they neither wrote, nor hold, nor have scored
      for (const Item& item : Current()->items) {
        const bool seen =
            std::ranges::any_of(scored, [&](const auto& one) { return one.second == item.id; });
        if (item.author != person && item.id != it->second.to_score && !seen) return item.id;
      }
    }
    return it->second.to_score.empty() || name != "held" ? "nothing" : it->second.to_score;
  }

  std::optional<Payload> BallotPayload(const Line& line, const std::string& who) const {
    const std::string verb = line.Word(1);
    if (verb == "choose") {
      return BallotCast{ChoiceCast{{Split(line.Word(2) == "-" ? "" : line.Word(2), ',')}}};
    }
    if (verb == "scale") return BallotCast{ScaleCast{static_cast<int32_t>(Number(line.Word(2)))}};
    if (verb == "dots") {
      DotsCast cast;
      for (const auto& [item, dots] : line.pairs) {
        if (std::ranges::find(kEventKeys, item) != std::end(kEventKeys)) continue;
        auto it = labels_.find(item);
        cast.dots.push_back({it == labels_.end() ? item : it->second.id.Hex(),
                             static_cast<uint32_t>(Number(dots))});
      }
      return BallotCast{cast};
    }
    if (verb == "score") {
      ScoreCast cast;
      cast.round = static_cast<uint32_t>(
          line.GetNumber("round", Current()->deck ? Current()->deck->bell_round : 1));
      cast.number = static_cast<uint32_t>(line.GetNumber("number", 0));
      if (cast.number == 0) cast.card = Card(line, who);
      cast.score = static_cast<int32_t>(Number(line.Word(2)));
      return BallotCast{cast};
    }
    return std::nullopt;
  }

  Payload ResultPayload(const Line& line) const {
    const auto it = room_.state().results.find(
        {activity_, static_cast<uint32_t>(line.GetNumber("gen", StageNow().generation))});
    const StoredResult none;
    const StoredResult& due = it == room_.state().results.end() ? none : it->second;
    ResultRecorded result{
        kRules, static_cast<uint64_t>(line.GetNumber("index", static_cast<int64_t>(due.index))),
        due.state, due.totals.empty() ? "{}" : due.totals};
    if (line.Word(2) == "wrong") result.totals = R"({"kind":"scale","people":1000})";
    return result;
  }

  Payload StaffPayload(const Line& line) const {
    const std::string verb = line.Word(1);
    const Stage seen = line.Get("seen") ? StageOf(*line.Get("seen")) : StageNow();
    if (verb == "to") return ActivityAdvanced{seen, ParsePhase(line.Word(2)).value()};
    if (verb == "restart") return ActivityRestarted{seen};
    if (verb == "extend") {
      return ActivityExtended{seen, static_cast<int32_t>(Number(line.Word(2)))};
    }
    if (verb == "merge") return ItemsMerged{line.Word(2), Split(line.Word(3), ',')};
    if (verb == "unmerge") return ItemsUnmerged{line.Word(2)};
    if (verb == "look") return EarlyLook{};
    if (verb == "create") {
      return RoomCreated{
          static_cast<uint32_t>(line.GetNumber("rules", kRules)), English("x"), {"en"}, 1};
    }
    if (verb == "doors") {
      return DoorsSet{line.Word(2) == "locked", static_cast<uint32_t>(line.GetNumber("of", 0))};
    }
    if (verb == "revoke") return LinkRevoked{IdOf<TokenId>(line.Word(2))};
    if (verb == "revoke-all") return LinksRevoked{};
    if (verb == "timer") {
      return TimerFired{static_cast<uint64_t>(line.GetNumber(
          "armed_at", Current() ? static_cast<int64_t>(Current()->deadline.armed_at) : 0))};
    }
    if (verb == "claim") return RoomClaimed{"123456", room_.room().id()};
    ADD_FAILURE() << "unknown verb: " << line.text;
    return PresenceHere{};
  }

  Payload PayloadOf(const Line& line, const std::string& who) {
    const std::string verb = line.Word(1);
    if (auto ballot = BallotPayload(line, who)) return *ballot;
    if (verb == "join") return ParticipantJoined{};
    if (verb == "here") return PresenceHere{};
    if (verb == "pass") {
      return CardPassed{static_cast<uint32_t>(line.GetNumber("round", StageNow().round))};
    }
    if (verb == "card" || verb == "idea") {
      return ItemAdded{HashOf(who), static_cast<uint32_t>(line.GetNumber("number", 0))};
    }
    if (verb == "result") return ResultPayload(line);
    if (verb == "away") {
      static const DeckState none;
      const auto& people = Current()->deck ? Current()->deck->people : none.people;
      auto it = people.find(IdOf<PersonId>(line.Word(2)));
      const auto since = it == people.end() ? 0 : static_cast<int64_t>(it->second.here_index);
      return PresenceAway{static_cast<uint64_t>(line.GetNumber("since", since))};
    }
    return StaffPayload(line);
  }

  uint32_t NextSeq(const std::string& who, const std::string& verb) {
    if (!IsOneOf(verb, {"choose", "scale", "dots", "score", "pass"})) return 0;
    return ++seqs_[who + (verb == "pass" ? "/pass/" : "/") + activity_ + '/' +
                   std::to_string(StageNow().generation)];
  }

  // Which attributes the event of a verb has (schema/event_shape.h).
  static bool IsOneOf(const std::string& verb, std::initializer_list<std::string_view> verbs) {
    return std::ranges::find(verbs, verb) != verbs.end();
  }
  static bool HasPerson(const std::string& verb) {
    return IsOneOf(
        verb, {"choose", "scale", "dots", "score", "pass", "here", "away", "card", "idea", "join"});
  }
  static bool HasGeneration(const std::string& verb) {
    return (HasPerson(verb) && verb != "join") || IsOneOf(verb, {"timer", "result"});
  }

  // What most lines leave out: activity, person, series, generation, seq.
  void Address(const Line& line, const std::string& who, Event& event) {
    const std::string verb = line.Word(1);
    const std::string about = verb == "away" ? line.Word(2) : who;
    if (HasPerson(verb)) event.person = PersonNamed(about);
    const Activity* activity = Current();
    event.series =
        line.Get("series").value_or(verb == "join" || !activity ? "room" : activity->spec.Series());
    if (HasGeneration(verb)) {
      event.generation = static_cast<uint32_t>(line.GetNumber("gen", StageNow().generation));
    }
    event.seq = static_cast<uint32_t>(line.GetNumber("seq", 0));
    if (event.seq == 0) event.seq = NextSeq(who, verb);
    event.actor.epoch = static_cast<uint32_t>(line.GetNumber("epoch", 0));
    if (const auto token = line.Get("token")) event.actor.token = IdOf<TokenId>(*token);
    if (const auto id = line.Get("id")) event.id = IdOf<EventId>(*id);
    const bool room = IsOneOf(verb, {"join", "doors", "revoke", "revoke-all", "create", "claim"});
    if (!room) event.activity = line.Get("activity").value_or(activity_);
    if (line.Get("person")) event.person = IdOf<PersonId>(*line.Get("person"));
    if (line.Get("person") == "none") event.person.reset();
    if (!event.person) event.series.clear();
  }

  void SendOne(const Line& line, const std::string& who) {
    Event event = room_.Make(RoleOf(who), PayloadOf(line, who));
    Address(line, who, event);
    if (line.Word(1) == "claim") event.room = {};
    const std::string verb = line.Word(1);
    if (verb == "timer" || verb == "result") {
      const auto* timer = std::get_if<TimerFired>(&event.payload);
      const auto* result = std::get_if<ResultRecorded>(&event.payload);
      event.id = NodeEventId(event.room, EventType(event.payload), event.activity, event.generation,
                             timer ? timer->armed_at : result->index);
    }
    const Outcome outcome = room_.Send(event);
    last_ = {room_.log().back(), event.id, outcome.index};
    labels_[line.Get("label").value_or(who + "-" + verb)] = last_;
    Expect(line, outcome);
  }

  void AddActivity(const Line& line) {
    activity_ = line.Word(1);
    Event event =
        room_.Make(Role::kProducer, ActivityAdded{SpecOf(line), line.Get("before").value_or("")});
    const Outcome outcome = room_.Send(event);
    last_ = {room_.log().back(), event.id, outcome.index};
    Expect(line, outcome);
  }

  void Again(const Line& line) {
    const Sent& sent = line.words.size() > 1 ? labels_.at(line.Word(1)) : last_;
    Expect(line, room_.SendBytes(sent.bytes));
  }

  // --- what came of it ---
  void Expect(const Line& line, const Outcome& outcome) {
    const std::string code(OutcomeName(outcome.code));
    const std::string reason(outcome.reason == Reason::kNone ? "" : ReasonName(outcome.reason));
    EXPECT_EQ(outcome.index + 1, room_.room().size());
    if (line.expected.empty()) {
      EXPECT_TRUE(code == "accepted" || code == "counted" || code == "confirmed")
          << code << ' ' << reason << WhyMalformed();
      return;
    }
    std::string told = code;
    if (!reason.empty()) told += ' ' + reason;
    std::string expected;
    for (const std::string& word : line.expected) {
      if (word.starts_with("ref=")) {
        EXPECT_EQ(outcome.ref, labels_.at(word.substr(4)).index) << word;
        continue;
      }
      expected += (expected.empty() ? "" : " ") + word;
    }
    EXPECT_EQ(told, expected) << WhyMalformed();
  }
  std::string WhyMalformed() const {
    const auto event = DecodeEvent(room_.log().back());
    return event ? std::string() : ' ' + event.error();
  }

  std::string Shown(const Line& line) const {
    const std::string what = line.Word(1);
    const Activity* activity = Current();
    if (what == "stage") return Written(StageNow());
    if (what == "current") return room_.state().current;
    if (what == "joined") return std::to_string(room_.state().joined.size());
    if (what == "epoch") return std::to_string(room_.state().epoch);
    if (what == "order") {
      std::string order;
      for (const auto& id : room_.state().order) order += (order.empty() ? "" : ",") + id;
      return order;
    }
    if (what == "totals") return EncodeTotals(ComputeResult(*activity));
    if (what == "turnout") return std::to_string(Turnout(*activity));
    if (what == "late") return std::to_string(activity->after_close.late);
    if (what == "looks") return std::to_string(activity->early_looks);
    if (what == "public") return IsPublic(*activity) ? "yes" : "no";
    if (what == "deadline") return std::to_string(activity->deadline.at - room_.time());
    if (what == "next") {
      std::string steps;
      for (const Phase phase : LegalSteps(room_.room().state(), *activity)) {
        steps += (steps.empty() ? "" : ",") + std::string(PhaseName(phase));
      }
      return steps.empty() ? "nothing" : steps;
    }
    if (what == "due") return std::to_string(room_.room().DueResults().size());
    if (what == "hands") {
      return std::to_string(std::ranges::count_if(
          activity->deck->people, [](const auto& one) { return !one.second.hand.empty(); }));
    }
    if (what == "present") {
      return std::to_string(std::ranges::count_if(
          activity->deck->people, [](const auto& one) { return one.second.present; }));
    }
    return "(unknown: " + what + ')';
  }

  void Show(const Line& line) const {
    const size_t at = line.text.find(line.Word(1)) + line.Word(1).size();
    const size_t begin = line.text.find_first_not_of(' ', at);
    EXPECT_EQ(Named(Shown(line)), line.text.substr(begin));
  }

  // With the labels of items in place of their ids.
  std::string Named(std::string text) const {
    for (const auto& [label, sent] : labels_) {
      const std::string id = sent.id.Hex();
      const size_t at = text.find(id);
      if (at != std::string::npos) text.replace(at, id.size(), label);
    }
    return text;
  }

  struct Sent {
    std::string bytes;
    EventId id;
    uint64_t index = 0;
  };

  TestRoom room_;
  ActivityId activity_;
  std::map<std::string, uint32_t> seqs_;
  std::map<std::string, Sent> labels_;
  Sent last_;
};

}  // namespace

void RunTable(std::string_view table) {
  Table rows;
  std::istringstream lines{std::string(table)};
  std::string text;
  for (int number = 1; std::getline(lines, text); ++number) {
    const size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos || text[begin] == '#') continue;
    text = text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
    SCOPED_TRACE("line " + std::to_string(number) + ": " + text);
    rows.Run(text);
  }
}

}  // namespace plenum::fold_test
