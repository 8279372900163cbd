#include "tests/unit/fold_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "schema/permissions.h"
#include "tests/property/fold_room.h"
#include "tests/unit/fold_table_line.h"
#include "tests/unit/fold_table_show.h"

namespace plenum::fold_test {
namespace {

constexpr std::string_view kEventKeys[] = {"gen",   "seq",   "id",   "series", "epoch",
                                           "token", "label", "seen", "person"};

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

  ItemId ItemNamed(const std::string& name) const {
    auto it = labels_.find(name);
    return it == labels_.end() ? name : it->second.id.Hex();
  }
  // a=3 b=2, by the items' ids.
  std::vector<std::pair<ItemId, int64_t>> OnItems(const Line& line) const {
    std::vector<std::pair<ItemId, int64_t>> values;
    for (const auto& [item, value] : line.pairs) {
      if (std::ranges::find(kEventKeys, item) != std::end(kEventKeys)) continue;
      values.emplace_back(ItemNamed(item), Number(value));
    }
    return values;
  }

  std::optional<Payload> BallotPayload(const Line& line, const std::string& who) const {
    const std::string verb = line.Word(1);
    if (verb == "choose") {
      return BallotCast{ChoiceCast{{Split(line.Word(2) == "-" ? "" : line.Word(2), ',')}}};
    }
    if (verb == "scale") return BallotCast{ScaleCast{static_cast<int32_t>(Number(line.Word(2)))}};
    if (verb == "dots") {
      DotsCast cast;
      for (const auto& [item, dots] : OnItems(line)) {
        cast.dots.push_back({item, static_cast<uint32_t>(dots)});
      }
      return BallotCast{cast};
    }
    if (verb == "rate") {
      RatingCast cast;
      for (const auto& [item, value] : OnItems(line)) {
        cast.ratings.push_back({item, static_cast<int32_t>(value)});
      }
      return BallotCast{cast};
    }
    if (verb == "upvote" || verb == "downvote") {
      return BallotCast{UpvoteCast{ItemNamed(line.Word(2)), verb == "upvote"}};
    }
    if (verb == "rank") {
      RankCast cast;
      for (const auto& item : Split(line.Word(2) == "-" ? "" : line.Word(2), ',')) {
        cast.items.push_back(ItemNamed(item));
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

  std::optional<Payload> ItemPayload(const Line& line) const {
    const std::string verb = line.Word(1);
    const ItemId item = ItemNamed(line.Word(2));
    if (verb == "merge") {
      ItemsMerged merged{item, {}};
      for (const auto& one : Split(line.Word(3), ',')) merged.from.push_back(ItemNamed(one));
      return merged;
    }
    if (verb == "unmerge") return ItemsUnmerged{item};
    if (verb == "hide") return ItemModerated{item, false};
    if (verb == "unhide") return ItemModerated{item, true};
    if (verb == "hold") return AuthorHeld{item, true};
    if (verb == "release") return AuthorHeld{item, false};
    if (verb == "reword") return ItemReworded{item, HashOf(line.Word(3))};
    if (verb == "erase") return ItemErased{item};
    if (verb == "mark") {
      const std::string mark = line.Word(3);
      return ItemMarked{item, mark == "live"       ? Mark::kLive
                              : mark == "answered" ? Mark::kAnswered
                                                   : Mark::kNone};
    }
    return std::nullopt;
  }

  std::optional<Payload> SheetPayload(const Line& line) const {
    const std::string verb = line.Word(1);
    if (verb == "change") return ActivityChanged{SpecOf(line, 2)};
    if (verb == "move") return ActivityMoved{line.Word(2) == "end" ? "" : line.Word(2)};
    if (verb == "skip" || verb == "unskip") return ActivitySkipped{verb == "skip"};
    if (verb == "control") return ControlTaken{};
    if (verb == "blank" || verb == "unblank") return ScreensBlanked{verb == "blank"};
    if (verb == "heard") {
      auto it = labels_.find(line.Word(2));
      return OrganiserHeard{it == labels_.end() ? IdOf<EventId>("nothing") : it->second.id};
    }
    if (verb == "redact") {
      return RecordRedacted{ItemNamed(line.Word(2)),
                            ParseRedaction(line.Word(3)).value_or(Redaction::kNone)};
    }
    if (verb == "approve") {
      return RecordApproved{static_cast<uint32_t>(Number(line.Word(2))),
                            static_cast<uint64_t>(Number(line.Word(3))),
                            {{"en", HashOf(line.Word(2)), {HashOf("piece")}}},
                            HashOf("figures")};
    }
    if (verb == "publish") return RecordPublished{static_cast<uint32_t>(Number(line.Word(2)))};
    if (verb == "tables") return Tables(line);
    if (verb == "plan") return PlanIn(line);
    return std::nullopt;
  }

  // 1x4:food,2x3
  TablesSet Tables(const Line& line) const {
    TablesSet set;
    for (const auto& one : Split(line.Word(2), ',')) {
      const auto parts = Split(one, ':');
      const auto size = Split(parts[0], 'x');
      set.tables.push_back({static_cast<uint32_t>(Number(size[0])),
                            static_cast<uint32_t>(Number(size[1])),
                            parts.size() > 1 ? ItemNamed(parts[1]) : ""});
    }
    return set;
  }

  // 1,2,0/2,1,0: a round after the other, by the roster.
  SeatsPlanned PlanIn(const Line& line) const {
    static const SeatState none;
    const SeatState& seats = Current()->seats ? *Current()->seats : none;
    SeatsPlanned plan;
    plan.index =
        static_cast<uint64_t>(line.GetNumber("asked", static_cast<int64_t>(seats.plan_asked)));
    plan.from_round = static_cast<uint32_t>(line.GetNumber("from", seats.plan_from));
    for (const auto& round : Split(line.Word(2), '/')) {
      auto& tables = plan.rounds.emplace_back();
      for (const auto& table : Split(round, ',')) {
        tables.push_back(static_cast<uint16_t>(Number(table)));
      }
    }
    return plan;
  }

  Payload StaffPayload(const Line& line) const {
    const std::string verb = line.Word(1);
    const Stage seen = line.Get("seen") ? StageOf(*line.Get("seen")) : StageNow();
    if (verb == "to") return ActivityAdvanced{seen, ParsePhase(line.Word(2)).value()};
    if (verb == "restart") return ActivityRestarted{seen};
    if (verb == "extend") {
      return ActivityExtended{seen, static_cast<int32_t>(Number(line.Word(2)))};
    }
    if (verb == "tell") return ResultTold{seen, static_cast<uint32_t>(Number(line.Word(2)))};
    if (verb == "look") return EarlyLook{};
    if (auto payload = ItemPayload(line)) return *payload;
    if (auto payload = SheetPayload(line)) return *payload;
    if (verb == "create") {
      return RoomCreated{
          static_cast<uint32_t>(line.GetNumber("rules", kRules)), English("x"), {"en"}, 1};
    }
    if (verb == "link") return LinkMade{IdOf<TokenId>(line.Word(2)), Role::kKeyer, HashOf("desk")};
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
    if (verb == "join") {
      const auto phone = line.Get("phone");
      if (!phone) return ParticipantJoined{};
      return ParticipantJoined{.device = IdOf<TokenId>(*phone)};
    }
    if (verb == "here") return PresenceHere{};
    if (verb == "pass") {
      return CardPassed{static_cast<uint32_t>(line.GetNumber("round", StageNow().round))};
    }
    if (verb == "card" || verb == "idea") {
      return ItemAdded{HashOf(who), static_cast<uint32_t>(line.GetNumber("number", 0)),
                       static_cast<uint32_t>(line.GetNumber("table", 0))};
    }
    if (verb == "withdraw") return ItemWithdrawn{ItemNamed(line.Word(2))};
    if (verb == "visit") return TableVisited{static_cast<uint32_t>(Number(line.Word(2)))};
    if (verb == "host" || verb == "unhost") {
      return TableHosted{static_cast<uint32_t>(Number(line.Word(2))), verb == "host"};
    }
    if (verb == "group") return GroupTold{HashOf(line.Word(2))};
    if (verb == "word") return OrganiserTold{HashOf(who)};
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
    if (!IsOneOf(verb, {"choose", "scale", "dots", "rank", "rate", "upvote", "downvote", "score",
                        "pass"})) {
      return 0;
    }
    return ++seqs_[who + (verb == "pass" ? "/pass/" : "/") + activity_ + '/' +
                   std::to_string(StageNow().generation)];
  }

  // Which attributes the event of a verb has (schema/event_shape.h).
  static bool IsOneOf(const std::string& verb, std::initializer_list<std::string_view> verbs) {
    return std::ranges::find(verbs, verb) != verbs.end();
  }
  static bool HasPerson(const std::string& verb) {
    return IsOneOf(verb, {"choose", "scale", "dots",   "rank",     "rate",  "upvote", "downvote",
                          "score",  "pass",  "here",   "away",     "card",  "idea",   "join",
                          "visit",  "host",  "unhost", "withdraw", "group", "word"});
  }
  static bool HasGeneration(const std::string& verb) {
    if (IsOneOf(verb, {"timer", "result", "tables", "plan"})) return true;
    return HasPerson(verb) && !IsOneOf(verb, {"join", "withdraw", "group", "word"});
  }

  // What most lines leave out: activity, person, series, generation, seq.
  void Address(const Line& line, const std::string& who, Event& event) {
    const std::string verb = line.Word(1);
    const std::string about = verb == "away" ? line.Word(2) : who;
    if (HasPerson(verb)) event.person = PersonNamed(about);
    const Activity* activity = Current();
    event.series = line.Get("series").value_or(
        IsOneOf(verb, {"join", "word"}) || !activity ? "room" : activity->spec.Series());
    if (HasGeneration(verb)) {
      event.generation = static_cast<uint32_t>(line.GetNumber("gen", StageNow().generation));
    }
    event.seq = static_cast<uint32_t>(line.GetNumber("seq", 0));
    if (event.seq == 0) event.seq = NextSeq(who, verb);
    event.actor.epoch = static_cast<uint32_t>(line.GetNumber("epoch", 0));
    if (const auto token = line.Get("token")) event.actor.token = IdOf<TokenId>(*token);
    if (const auto id = line.Get("id")) event.id = IdOf<EventId>(*id);
    const bool room =
        IsOneOf(verb, {"join", "doors", "link", "revoke", "revoke-all", "create", "claim",
                       "control", "blank", "unblank", "word", "heard", "approve", "publish"});
    if (!room) event.activity = line.Get("activity").value_or(activity_);
    if (line.Get("person")) event.person = IdOf<PersonId>(*line.Get("person"));
    if (line.Get("person") == "none") event.person.reset();
    if (event.person) names_[*event.person] = about;
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
    Event event = room_.Make(Role::kProducer,
                             ActivityAdded{SpecOf(line, 1), line.Get("before").value_or("")});
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

  void Show(const Line& line) const {
    const bool of_one = line.Word(1) == "seats" || line.Word(1) == "control";
    const std::string& last = line.words[of_one ? 2 : 1];
    const size_t at = line.text.find(' ' + last) + last.size() + 1;
    const size_t begin = line.text.find_first_not_of(' ', at);
    EXPECT_EQ(Named(ShownIn(room_, activity_, line, names_)), line.text.substr(begin));
  }

  // With the labels of items in place of their ids.
  std::string Named(std::string text) const {
    for (const auto& [label, sent] : labels_) {
      const std::string id = sent.id.Hex();
      for (size_t at; (at = text.find(id)) != std::string::npos;) {
        text.replace(at, id.size(), label);
      }
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
  std::map<PersonId, std::string> names_;
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
