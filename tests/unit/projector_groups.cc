// Results by group as a node shows them: what is said before the reveal, while people answer, and
// after another start, when what was shown is known from the log alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "schema/hash.h"
#include "schema/json.h"
#include "tests/unit/projector_kit.h"
#include "tests/unit/schema_validator.h"

namespace plenum::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ProjectorGroups : public ::testing::Test {
 protected:
  ProjectorGroups() { Start(); }

  // A process on the same log and rows; what the vault holds outlives it.
  void Start() {
    const KitTexts kept = node_ ? node_->texts : KitTexts();
    node_ = std::make_unique<Node>(disk_, store_);
    node_->texts.texts = kept.texts;
    ASSERT_TRUE(node_->projector.Start());
    node_->Fold();
  }
  void Open(Reveal reveal) {
    spec_.reveal = reveal;
    Event created = script_.Create();
    auto& room = std::get<RoomCreated>(created.payload);
    room.groups = {{.id = "council", .title = InEnglish("A council")},
                   {.id = "gp", .title = InEnglish("A practice")},
                   {.id = "press", .title = InEnglish("The press")}};
    node_->Do(created);
    node_->Do(script_.Add(spec_));
    node_->Advance(script_, spec_.id, Phase::kVoting);
  }
  void Tell(uint32_t person, const std::string& group) {
    Event event =
        script_.Of(person, spec_, GroupTold{HashOf(group + std::to_string(person))}, 0, 0);
    node_->texts.texts[event.id] = group;
    EXPECT_EQ(node_->Do(event).code, OutcomeCode::kAccepted);
  }
  void Answer(uint32_t person, int32_t value, uint32_t seq = 1) {
    EXPECT_EQ(node_->Do(script_.Scale(person, spec_, value, seq)).code, OutcomeCode::kCounted);
  }
  void Advance(Phase to) {
    EXPECT_EQ(node_->Advance(script_, spec_.id, to).code, OutcomeCode::kAccepted);
  }
  // What whoever begins to watch is shown, held against the schemas.
  std::string Shown(Topic topic) {
    node_->projector.Unwatch(1);
    node_->sink.views.clear();
    Watcher watcher{.connection = 1, .room = script_.room(), .participant = {}};
    watcher.console = true;
    node_->projector.Watch(watcher, script_.now);
    for (const View& view : node_->sink.views) {
      if (view.topic != topic) continue;
      const auto& schema = topic == Topic::kStage ? stage_schema_ : console_schema_;
      EXPECT_EQ(schema.Check(*view.data), "") << *view.data;
      return *view.data;
    }
    return "no such view";
  }

  MemoryStorage disk_{"log-a"};
  MemoryStore store_;
  std::unique_ptr<Node> node_;
  Script script_{RoomNumber(7)};
  ActivitySpec spec_ = ScaleSpec("confidence");
  test::SchemaValidator stage_schema_{"view.json#/definitions/stage"};
  test::SchemaValidator console_schema_{"view.json#/definitions/console"};
};

TEST_F(ProjectorGroups, SplitsAreShownWithTheRevealAndNotBefore) {
  Open(Reveal::kOnReveal);
  for (uint32_t person = 0; person < 22; ++person) {
    Tell(person, person < 8 ? "council" : person < 20 ? "gp" : "press");
    Answer(person, person < 8 ? 4 : 2);
    EXPECT_THAT(Shown(Topic::kStage), Not(HasSubstr("by_group")));
    EXPECT_THAT(Shown(Topic::kConsole), Not(HasSubstr("by_group")));
  }
  Advance(Phase::kClosed);
  EXPECT_THAT(Shown(Topic::kConsole), Not(HasSubstr("by_group")));
  Advance(Phase::kRevealed);
  // The press are two: with the next smallest they are ten, who can be worked out.
  const std::string split =
      R"("by_group":{"index":)" +
      std::to_string(node_->projector.Find(script_.room())->size() - 1) +
      R"(,"rows":[{"group":"gp","title":{"en":"A practice"},"people":12,"totals":)"
      R"({"kind":"scale","people":12,"sum":24,"mean":"2.00","median":"2.0","counts":[0,12,0,0,0]}}],)"
      R"("hidden":[{"group":"council","title":{"en":"A council"}},)"
      R"({"group":"press","title":{"en":"The press"}}]})";
  EXPECT_THAT(Shown(Topic::kStage), HasSubstr(split));
  EXPECT_THAT(Shown(Topic::kConsole), HasSubstr(split));
}

TEST_F(ProjectorGroups, ARestartShowsWhatWasShown) {
  Open(Reveal::kOnReveal);
  for (uint32_t person = 0; person < 20; ++person) {
    Tell(person, person < 10 ? "council" : "gp");
    Answer(person, 3);
  }
  Advance(Phase::kClosed);
  Advance(Phase::kRevealed);
  const std::string before = Shown(Topic::kStage);
  ASSERT_THAT(before, HasSubstr("by_group"));
  Advance(Phase::kVoting);
  Answer(2, 5, 2);  // one of the council's: not even a new process may show that
  Advance(Phase::kClosed);
  Advance(Phase::kRevealed);
  const std::string after = Shown(Topic::kStage);
  Start();
  EXPECT_EQ(Shown(Topic::kStage), after);
  const auto split = [](const std::string& view) { return view.substr(view.find("by_group")); };
  EXPECT_EQ(split(after), split(before));
}

TEST_F(ProjectorGroups, WhileTheRoomAnswersTheSplitLagsBehind) {
  Open(Reveal::kLive);
  for (uint32_t person = 0; person < 40; ++person) Tell(person, person % 2 == 0 ? "council" : "gp");
  size_t splits = 0;
  std::string last;
  for (uint32_t person = 0; person < 40; ++person) {
    Answer(person, 3);
    const std::string stage = Shown(Topic::kStage);
    const size_t at = stage.find("\"by_group\"");
    const std::string split = at == std::string::npos ? "" : stage.substr(at);
    splits += split != last;
    last = split;
    if (person < 19) {
      EXPECT_EQ(split, "") << person;
    }
  }
  EXPECT_EQ(splits, 3u) << "with five, ten and fifteen of each";
  EXPECT_THAT(last, HasSubstr("\"people\":15,\"totals\""));
  EXPECT_THAT(last, Not(HasSubstr("\"people\":20")));
  Advance(Phase::kClosed);
  EXPECT_THAT(Shown(Topic::kStage), HasSubstr("\"people\":20,\"totals\""));
}

TEST_F(ProjectorGroups, WhoseGroupIsNotInTheVaultHasToldNone) {
  Open(Reveal::kOnReveal);
  for (uint32_t person = 0; person < 12; ++person) {
    Tell(person, person < 6 ? "council" : "gp");
    Answer(person, 3);
  }
  node_->texts.texts.clear();
  Advance(Phase::kClosed);
  Advance(Phase::kRevealed);
  EXPECT_THAT(Shown(Topic::kStage), HasSubstr(R"("rows":[{"people":12,)"));
}

}  // namespace
}  // namespace plenum::testing
