#include "tests/unit/view_walk.h"

#include <gtest/gtest.h>

#include <utility>

namespace plenum::testing {

Walk::Walk(WalkOptions options) : options_(std::move(options)) {
  EXPECT_TRUE(node_.projector.Start());
}

void Walk::Run() {
  Do(script_.Create());
  for (const ActivitySpec& spec : {start_, areas_, ideas_, gallery_, end_}) Do(script_.Add(spec));
  for (uint32_t person = 0; person < kWalkPeople; ++person) Do(script_.Join(person));
  options_.look("lobby");
  PlayScale(start_);
  PlayChoice();
  PlayDeck();
  PlayDots();
  PlayScale(end_);
}

ViewContext Walk::Context() { return {script_.room(), state(), "482913", node_.texts}; }
std::string Walk::Stage() { return BuildStageView(Context()); }
std::string Walk::Console() { return BuildConsoleView(Context()); }
std::string Walk::Pinned(const ActivityId& activity) {
  return BuildActivityView(Context(), activity);
}
std::string Walk::Person(uint32_t person) {
  return BuildPersonView(Context(), ParticipantNumber(person));
}
const RoomState& Walk::state() { return node_.projector.Find(script_.room())->state(); }

void Walk::Do(const Event& event, const std::string& what) {
  script_.now += 1000;
  const Outcome outcome = node_.Do(event);
  // Among so few people a pass may find nobody to swap with.
  EXPECT_TRUE(outcome.code == OutcomeCode::kAccepted || outcome.code == OutcomeCode::kCounted ||
              outcome.reason == Reason::kNoPartner)
      << EventType(event.payload) << " of " << event.activity << ": " << OutcomeName(outcome.code)
      << " " << ReasonName(outcome.reason);
  options_.look(what);
}

void Walk::Step(const ActivitySpec& spec, Phase to) {
  const auto stage = node_.At(script_.room(), spec.id).stage;
  std::string what = spec.id + "-" + std::string(PhaseName(to));
  if (to == Phase::kSwapping || to == Phase::kScoring) {
    what += "-" + std::to_string(to == Phase::kSwapping ? stage.round + 1 : stage.round);
  }
  Do(script_.Advance(spec.id, stage, to), what);
}

void Walk::Say() {
  EXPECT_EQ(node_.Speak(script_.now), 1) << "the result";
  options_.look("");
}

void Walk::CloseAndReveal(const ActivitySpec& spec) {
  options_.look(spec.id + "-answered");
  Step(spec, Phase::kClosing);
  Step(spec, Phase::kClosed);
  Say();
  Step(spec, Phase::kRevealed);
  Step(spec, Phase::kSealed);
}

void Walk::PlayScale(const ActivitySpec& spec) {
  Step(spec, Phase::kVoting);
  for (uint32_t person = 0; person < kWalkPeople; ++person) {
    Do(script_.Scale(person, spec, 1 + options_.answer(person, question_)));
  }
  ++question_;
  CloseAndReveal(spec);
}

void Walk::PlayChoice() {
  Step(areas_, Phase::kVoting);
  for (uint32_t person = 0; person < kWalkPeople; ++person) {
    const bool north = options_.answer(person, question_) < 5;
    Do(script_.Of(person, areas_, BallotCast{ChoiceCast{{north ? "north" : "east"}}}));
  }
  ++question_;
  CloseAndReveal(areas_);
}

void Walk::PlayDots() {
  Step(gallery_, Phase::kVoting);
  for (uint32_t person = 0; person < kWalkPeople; ++person) {
    const auto some = static_cast<uint32_t>(options_.answer(person, question_));
    DotsCast cast;
    cast.dots = {{"t1", some + 1}};
    if (some < 4) cast.dots.push_back({"t3", 4 - some});
    Do(script_.Of(person, gallery_, BallotCast{cast}));
  }
  ++question_;
  Do(script_.Make(Role::kPresenter, ItemsMerged{.into = "t1", .from = {"t2"}}, gallery_.id));
  CloseAndReveal(gallery_);
}

void Walk::PlayDeck() {
  Step(ideas_, Phase::kCollecting);
  for (uint32_t person = 0; person < kWalkPeople; ++person) {
    const Event event = script_.Contribute(person, ideas_);
    node_.texts.texts[event.id] = "idea of person " + std::to_string(person);
    Do(event);
  }
  options_.look("ideas-written");
  for (int round = 1; round <= 5; ++round) PlayRound(round);
  CloseAndReveal(ideas_);
}

void Walk::PlayRound(int round) {
  Step(ideas_, Phase::kSwapping);
  Do(script_.Of(2, ideas_, CardPassed{static_cast<uint32_t>(round)}));
  Step(ideas_, Phase::kScoring);
  const auto& people = node_.At(script_.room(), ideas_.id).deck->people;
  for (uint32_t person = 0; person < kWalkPeople; ++person) {
    const ItemId card = people.at(PersonNumber(person, ideas_.id)).to_score;
    if (card.empty()) continue;
    const ScoreCast score{.round = static_cast<uint32_t>(round),
                          .card = card,
                          .number = 0,
                          .score = 1 + options_.answer(person, question_)};
    Do(script_.Of(person, ideas_, BallotCast{score}));
  }
  ++question_;
}

}  // namespace plenum::testing
