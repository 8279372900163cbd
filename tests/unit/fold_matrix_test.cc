// What the fold answers to every type of event, from every role, in every phase of each kind of
// activity: no cell is without a definite answer. The answers are in fold_matrix.txt, a line for
// the roles that are answered alike, a column a phase, "!" for refused; PLENUM_WRITE_GOLDEN=1
// writes them anew, to be read before they are committed. (What the gateway lets through at all:
// gateway_session_matrix_test.cc.)
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include "schema/event_shape.h"
#include "schema/permissions.h"
#include "tests/property/fold_room.h"

namespace plenum::fold_test {
namespace {

using enum Phase;

const std::filesystem::path kGolden =
    std::filesystem::path(__FILE__).parent_path() / "fold_matrix.txt";
constexpr Role kRoles[] = {Role::kAttendee,  Role::kTableHost, Role::kDisplay,
                           Role::kPresenter, Role::kModerator, Role::kKeyer,
                           Role::kProducer,  Role::kAuditor,   Role::kNode};
constexpr int kPeople = 6;

struct Kind {
  std::string name;
  ActivitySpec spec;
  std::vector<Phase> phases;  // each can be reached from the one before it
};

ActivitySpec Spec() {
  ActivitySpec spec;
  spec.id = "it";
  spec.title = English("It");
  spec.collect = Collect{};
  spec.time.collect_ms = spec.time.vote_ms = spec.time.swap_ms = 60'000;
  spec.time.score_ms = spec.time.seat_ms = 60'000;
  return spec;
}

std::vector<Kind> Kinds() {
  ActivitySpec dots = Spec();
  dots.ballot = DotsBallot{5, 5};
  dots.items = {{"a", 1, English("A"), {}}, {"b", 2, English("B"), {}}};
  ActivitySpec deck = Spec();
  deck.ballot = ScaleBallot{.low = 1, .high = 5, .low_label = {}, .high_label = {}};
  deck.deal = Deal{2, Deck::kPhones};
  ActivitySpec space = Spec();
  space.ballot = UpvoteBallot{};
  space.seats = Seats{.rounds = 2, .capacity = 5, .tables = 2};
  space.items = dots.items;
  return {
      {"dots", dots, {kWaiting, kCollecting, kVoting, kClosing, kClosed, kRevealed, kSealed}},
      {"deck",
       deck,
       {kWaiting, kCollecting, kSwapping, kScoring, kClosing, kClosed, kRevealed, kSealed}},
      {"space",
       space,
       {kWaiting, kCollecting, kVoting, kSeated, kClosing, kClosed, kRevealed, kSealed}},
  };
}

// An activity on its way: whoever can has said something in each phase that it has been in.
class Scene {
 public:
  Scene(const Kind& kind, Phase phase) : kind_(kind) {
    room_.Create();
    ActivitySpec other = Spec();
    other.id = "other";
    room_.Add(other);
    room_.Add(kind.spec);
    SayAll();
    for (const Phase next : kind.phases) {
      if (next != kWaiting) Take(next);
      if (next == phase) return;
      SayAll();
    }
  }

  // What would come of it now; nothing is changed.
  Outcome Try(Role role, const Payload& payload) {
    if (rows_.rows().empty()) rows_.Take(room_.room());
    auto room = Room::Load(room_.room().id(), rows_.All());
    EXPECT_TRUE(room) << room.error();
    return room->Apply(EncodeEvent(EventOf(role, payload))).outcome;
  }

  std::vector<Payload> Payloads() const {
    const Activity& it = room_.At("it");
    const Stage seen = it.stage;
    const uint64_t asked = it.seats ? it.seats->plan_asked : 0;
    const uint32_t from = it.seats ? it.seats->plan_from : 1;
    ActivitySpec added = Spec();
    added.id = "new";
    const auto result = room_.state().results.find({"it", seen.generation});
    ResultRecorded recorded{kRules, 0, {}, "{}"};
    if (result != room_.state().results.end()) {
      recorded = {kRules, result->second.index, result->second.state, result->second.totals};
    }
    return {RoomCreated{kRules, English("again"), {"en"}, 1},
            ActivityAdded{added, {}},
            ActivityChanged{kind_.spec},
            ActivityMoved{"other"},
            ActivitySkipped{true},
            ControlTaken{},
            ScreensBlanked{true},
            DoorsSet{true, 10},
            ParticipantJoined{},
            LinkMade{IdOf<TokenId>("another link"), Role::kDisplay, HashOf("Foyer")},
            LinkRevoked{IdOf<TokenId>("link")},
            LinksRevoked{},
            ActivityAdvanced{seen, NextOf(seen.phase)},
            ActivityRestarted{seen},
            ActivityExtended{seen, 60'000},
            ResultTold{seen, 3},
            TimerFired{it.deadline.armed_at},
            ItemAdded{HashOf("text"), 0, it.seats ? 1u : 0u},
            ItemReworded{ItemNow(), HashOf("better")},
            ItemModerated{ItemNow(), false},
            AuthorHeld{ItemNow(), true},
            ItemWithdrawn{ItemNow()},
            ItemErased{ItemNow()},
            ItemMarked{ItemNow(), Mark::kAnswered},
            ItemsMerged{"a", {"b"}},
            ItemsUnmerged{"a"},
            BallotNow(),
            CardPassed{std::max(seen.round, 1u)},
            PresenceHere{},
            PresenceAway{HereOf()},
            TablesSet{{{1, 5, ""}, {2, 5, ""}}},
            SeatsPlanned{asked, from, PlanFrom(from)},
            TableVisited{1},
            TableHosted{2, true},
            GroupTold{HashOf("group")},
            OrganiserTold{HashOf("It is cold in here.")},
            OrganiserHeard{IdOf<EventId>("nothing")},
            RecordRedacted{ItemNow(), Redaction::kAsked},
            RecordApproved{1, 1, {{"en", HashOf("record"), {HashOf("piece")}}}, {}},
            RecordPublished{1},
            EarlyLook{},
            recorded,
            RoomClaimed{"123456", room_.room().id()},
            CodePointed{"123456", room_.room().id()}};
  }

 private:
  PersonId Ana() const { return IdOf<PersonId>("person 0"); }

  void Take(Phase to) {
    const Outcome taken = room_.Advance("it", to);
    EXPECT_EQ(taken.code, OutcomeCode::kAccepted)
        << kind_.name << " to " << PhaseName(to) << ": " << ReasonName(taken.reason);
  }

  // Everybody hands in an idea and says that they are there, as far as that can be said now.
  void SayAll() {
    for (int i = 0; i < kPeople; ++i) {
      const PersonId person = IdOf<PersonId>("person " + std::to_string(i));
      const Event idea = room_.MakeFor(person, "it", ItemAdded{HashOf("idea"), 0, 0});
      if (room_.Send(idea).code == OutcomeCode::kAccepted && i == 0) idea_ = idea.id.Hex();
      room_.Send(room_.MakeFor(person, "it", PresenceHere{}));
    }
  }

  // A person's event is of Ana, or of a ballot on paper; staff are nobody.
  Event EventOf(Role role, const Payload& payload) {
    const EventShape& shape = ShapeOf(payload.index());
    Event event = room_.Make(role, payload, shape.activity ? "it" : "");
    if (role != Role::kAttendee && role != Role::kTableHost && role != Role::kNode) {
      event.actor.token = IdOf<TokenId>(RoleName(role));
    }
    const bool away = std::holds_alternative<PresenceAway>(payload);
    const bool person = role == Role::kAttendee || role == Role::kTableHost ||
                        role == Role::kKeyer || (role == Role::kNode && away);
    if (person && shape.person) {
      event.person = role == Role::kKeyer ? IdOf<PersonId>("paper 17") : Ana();
      event.series = shape.activity ? "it" : "room";
    }
    if (shape.generation) event.generation = std::max(room_.At("it").stage.generation, 1u);
    if (shape.seq) event.seq = 1;
    return event;
  }

  Phase NextOf(Phase phase) const {
    const auto at = std::ranges::find(kind_.phases, phase);
    return at + 1 == kind_.phases.end() ? kVoting : *(at + 1);
  }
  ItemId ItemNow() const { return idea_.empty() ? "a" : idea_; }
  BallotCast BallotNow() const {
    if (kind_.name == "dots") return {DotsCast{{{"a", 2}, {"b", 3}}}};
    if (kind_.name == "space") return {UpvoteCast{"a", true}};
    const Activity& it = room_.At("it");
    ScoreCast score{1, "nothing", 0, 4};
    if (it.deck) {
      const auto ana = it.deck->people.find(Ana());
      if (ana != it.deck->people.end() && !ana->second.to_score.empty()) {
        score = {it.deck->bell_round, ana->second.to_score, 0, 4};
      }
    }
    return {score};
  }
  uint64_t HereOf() const {
    const Activity& it = room_.At("it");
    if (!it.deck || !it.deck->people.contains(Ana())) return 0;
    return it.deck->people.at(Ana()).here_index;
  }
  // Half at the first table and half at the second, the other way round in the second round.
  std::vector<std::vector<uint16_t>> PlanFrom(uint32_t from) const {
    const Activity& it = room_.At("it");
    const size_t people = it.seats ? it.seats->roster.size() : 0;
    std::vector<std::vector<uint16_t>> rounds;
    for (uint32_t round = from; round <= 2 && people != 0; ++round) {
      auto& tables = rounds.emplace_back();
      for (size_t i = 0; i < people; ++i) tables.push_back((i + round) % 2 == 0 ? 1 : 2);
    }
    return rounds;
  }

  const Kind& kind_;
  TestRoom room_;
  RowStore rows_;
  ItemId idea_;
};

std::string Written(const Outcome& outcome) {
  if (outcome.code != OutcomeCode::kRefused) return std::string(OutcomeName(outcome.code));
  return '!' + std::string(ReasonName(outcome.reason));
}

std::string Row(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : " | ") + cell;
  return row;
}

// The answers in all phases; once, if they are the same.
std::string Answers(std::vector<Scene>& scenes, size_t type, Role role) {
  std::vector<std::string> answers;
  for (Scene& scene : scenes) {
    answers.push_back(Written(scene.Try(role, scene.Payloads().at(type))));
  }
  const bool same = std::ranges::adjacent_find(answers, std::not_equal_to()) == answers.end();
  return same ? "always " + answers.front() : Row(answers);
}

// Of one type of event: the roles by what they are answered.
std::string LinesOf(std::vector<Scene>& scenes, size_t type) {
  std::vector<std::pair<std::string, std::string>> lines;  // answers, roles
  for (const Role role : kRoles) {
    const std::string row = Answers(scenes, type, role);
    const auto same = std::ranges::find(lines, row, [](const auto& line) { return line.first; });
    if (same == lines.end()) {
      lines.emplace_back(row, RoleName(role));
    } else {
      same->second += ' ' + std::string(RoleName(role));
    }
  }
  std::string out = std::string(ShapeOf(type).type) + '\n';
  for (const auto& [row, roles] : lines) out += "    " + roles + ": " + row + '\n';
  return out;
}

std::string Matrix() {
  std::string out;
  for (const Kind& kind : Kinds()) {
    std::vector<std::string> names;
    std::vector<Scene> scenes;
    for (const Phase phase : kind.phases) {
      names.emplace_back(PhaseName(phase));
      scenes.emplace_back(kind, phase);
    }
    out += "# " + kind.name + ": " + Row(names) + '\n';
    for (size_t type = 0; type < std::variant_size_v<Payload>; ++type) out += LinesOf(scenes, type);
    out += '\n';
  }
  return out;
}

TEST(FoldMatrix, EveryRoleAndTypeInEveryPhase) {
  const std::string matrix = Matrix();
  if (std::getenv("PLENUM_WRITE_GOLDEN") != nullptr) {
    std::ofstream(kGolden, std::ios::binary) << matrix;
    return;
  }
  std::ifstream in(kGolden, std::ios::binary);
  ASSERT_TRUE(in) << kGolden << " is missing";
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(matrix, expected);
}

TEST(FoldMatrix, APayloadOfEveryTypeInTheirOrder) {
  const Kind kind = Kinds().front();
  const std::vector<Payload> payloads = Scene(kind, kVoting).Payloads();
  ASSERT_EQ(payloads.size(), std::variant_size_v<Payload>);
  for (size_t i = 0; i < payloads.size(); ++i) EXPECT_EQ(payloads[i].index(), i);
}

}  // namespace
}  // namespace plenum::fold_test
