// The server's blindness: before the reveal nothing that leaves it depends on how people answered.
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "schema/json.h"
#include "tests/unit/view_walk.h"

namespace plenum::testing {
namespace {

// What stands in results and nowhere else.
const std::set<std::string> kTotals = {"count", "counts", "mean",   "median",     "sum",
                                       "total", "rank",   "people", "nobody",     "paired",
                                       "up",    "down",   "scores", "comparison", "result"};

// Paths of all members with such a name, outside of the result of an activity that may be seen.
void FindTotals(const json::Value& value, const std::set<std::string>& open,
                const std::string& path, std::vector<std::string>* found) {
  if (const json::Array* array = value.AsArray()) {
    for (const json::Value& element : *array) FindTotals(element, open, path + "/-", found);
  }
  const json::Object* object = value.AsObject();
  if (object == nullptr) return;
  const json::Value* activity = value.Find("activity");
  const bool may_show = activity != nullptr && activity->AsString() != nullptr &&
                        open.contains(*activity->AsString());
  for (const auto& [name, member] : *object) {
    if (name == "result" && may_show) continue;
    if (kTotals.contains(name)) found->push_back(path + "/" + name);
    FindTotals(member, open, path + "/" + name, found);
  }
}

std::vector<std::string> TotalsIn(const std::string& view, const RoomState& state) {
  std::set<std::string> open;  // said here once more, without asking the program
  for (const auto& [id, activity] : state.activities) {
    if (activity.stage.phase == Phase::kRevealed || activity.stage.phase == Phase::kSealed) {
      open.insert(id);
    }
  }
  auto parsed = json::Parse(view);
  EXPECT_TRUE(parsed) << view;
  std::vector<std::string> found;
  if (parsed) FindTotals(*parsed, open, "", &found);
  return found;
}

TEST(ViewBlindness, NoTotalIsInAnyViewBeforeItsReveal) {
  int looks = 0;
  Walk* walk = nullptr;
  WalkOptions options;
  options.look = [&](const std::string& what) {
    ++looks;
    std::vector<std::string> views = {walk->Stage(), walk->Console()};
    for (uint32_t person = 0; person < kWalkPeople; ++person) {
      views.push_back(walk->Person(person));
    }
    for (const ActivityId& id : walk->state().order) views.push_back(walk->Pinned(id));
    for (const std::string& view : views) {
      ASSERT_EQ(TotalsIn(view, walk->state()), std::vector<std::string>()) << what << "\n" << view;
    }
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  EXPECT_GT(looks, 140);
}

TEST(ViewBlindness, TheResultIsThereOnceItIsRevealed) {
  int results = 0;
  Walk* walk = nullptr;
  WalkOptions options;
  options.look = [&](const std::string& what) {
    if (!what.ends_with("-revealed")) return;
    ++results;
    EXPECT_NE(walk->Stage().find("\"result\":{"), std::string::npos) << what;
    EXPECT_NE(walk->Console().find("\"result\":{"), std::string::npos) << what;
    EXPECT_EQ(walk->Pinned(walk->state().current), walk->Stage()) << what;
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  EXPECT_EQ(results, 5);
}

// What can be seen of a day until the reveal of each activity, in order.
std::vector<std::string> SeenBlind(std::function<int(uint32_t, int)> answer, Topic topic) {
  std::vector<std::string> seen;
  Walk* walk = nullptr;
  WalkOptions options;
  options.answer = std::move(answer);
  options.look = [&](const std::string&) {
    const RoomState& state = walk->state();
    const Activity* now = state.Find(state.current);
    if (now != nullptr && now->stage.phase >= Phase::kRevealed) return;
    // The console and the run show earlier activities, too, which are revealed: only the last
    // step of the comparison is left out, since its own earlier half may be seen by then.
    std::string view = topic == Topic::kStage     ? walk->Stage()
                       : topic == Topic::kConsole ? walk->Console()
                                                  : walk->Person(0);
    seen.push_back(std::move(view));
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  return seen;
}

// What screens that are pinned to each activity show of it until its own reveal, in order; whatever
// the room does meanwhile.
std::vector<std::string> PinnedBlind(std::function<int(uint32_t, int)> answer) {
  std::vector<std::string> seen;
  Walk* walk = nullptr;
  WalkOptions options;
  options.answer = std::move(answer);
  options.look = [&](const std::string&) {
    const RoomState& state = walk->state();
    for (const ActivityId& id : state.order) {
      if (state.Find(id)->stage.phase < Phase::kRevealed) seen.push_back(walk->Pinned(id));
    }
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  return seen;
}

// Person 0 answers the same in both days; everybody else answers as `other` says.
std::function<int(uint32_t, int)> Answers(int other) {
  return [other](uint32_t person, int) { return person == 0 ? 2 : other; };
}

TEST(ViewBlindness, TheStageIsTheSameHoweverPeopleAnswer) {
  const auto low = SeenBlind(Answers(0), Topic::kStage);
  EXPECT_GT(low.size(), 100u);
  EXPECT_EQ(low, SeenBlind(Answers(4), Topic::kStage));
}

TEST(ViewBlindness, APinnedScreenIsTheSameHoweverPeopleAnswer) {
  const auto low = PinnedBlind(Answers(0));
  EXPECT_GT(low.size(), 300u);
  EXPECT_EQ(low, PinnedBlind(Answers(4)));
}

// What nobody has opened is not shown by pinning a screen to it.
TEST(ViewBlindness, APinnedScreenShowsOnlyTheTitleOfWhatIsToCome) {
  int looks = 0;
  Walk* walk = nullptr;
  WalkOptions options;
  options.look = [&](const std::string& what) {
    for (const ActivityId& id : walk->state().order) {
      if (walk->state().Find(id)->stage.generation > 0) continue;
      ++looks;
      const auto view = json::Parse(walk->Pinned(id));
      ASSERT_TRUE(view);
      std::set<std::string> members;
      for (const auto& [name, value] : *view->Find("now")->AsObject()) members.insert(name);
      const std::set<std::string> least = {"activity", "title", "generation", "phase",
                                           "round",    "label", "turnout"};
      members.erase("linked_with");
      EXPECT_EQ(members, least) << what << " " << id;
    }
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  EXPECT_GT(looks, 100);
}

TEST(ViewBlindness, APersonSeesNothingOfTheOthers) {
  // In 25/10 each day deals other cards (the draw is of the log's root): their faces differ.
  const auto without_cards = [](std::vector<std::string> seen) {
    std::erase_if(seen, [](const std::string& view) {
      return view.find("\"to_score\"") != std::string::npos;
    });
    return seen;
  };
  const auto low = without_cards(SeenBlind(Answers(0), Topic::kPerson));
  EXPECT_GT(low.size(), 60u);
  EXPECT_EQ(low, without_cards(SeenBlind(Answers(4), Topic::kPerson)));
}

TEST(ViewBlindness, TheConsoleIsTheSameUntilTheFirstReveal) {
  const auto until_first_reveal = [](std::vector<std::string> seen) {
    std::erase_if(seen, [](const std::string& view) {
      return view.find("\"result\":") != std::string::npos;
    });
    return seen;
  };
  const auto low = until_first_reveal(SeenBlind(Answers(0), Topic::kConsole));
  EXPECT_GT(low.size(), 20u);
  EXPECT_EQ(low, until_first_reveal(SeenBlind(Answers(4), Topic::kConsole)));
}

// An early look is the one way around, and it is an event.
TEST(ViewBlindness, AnEarlyLookAnswersOnlyWhoAskedAndChangesNoView) {
  MemoryStorage disk{"log-a"};
  MemoryStore store;
  Node node(disk, store);
  ASSERT_TRUE(node.projector.Start());
  Script script(RoomNumber(7));
  const ActivitySpec spec = ScaleSpec("confidence");
  node.Do(script.Create());
  node.Do(script.Add(spec));
  node.Advance(script, spec.id, Phase::kVoting);
  node.Do(script.Scale(1, spec, 4));
  const RoomState& state = node.projector.Find(script.room())->state();
  const ViewContext context{script.room(), state, "482913", node.texts};
  const std::string before = BuildStageView(context);
  const Event look = script.Make(Role::kProducer, EarlyLook{}, spec.id);
  EXPECT_EQ(node.Do(look).code, OutcomeCode::kAccepted);
  ASSERT_FALSE(node.sink.folded.empty());
  EXPECT_EQ(node.sink.folded.back().id, look.id);
  EXPECT_EQ(node.sink.folded.back().result,
            R"({"kind":"scale","people":1,"mean":"4.00","median":"4.0","counts":[0,0,0,1,0]})");
  EXPECT_EQ(BuildStageView(context), before);
  const Event attendee = script.Make(Role::kAttendee, EarlyLook{}, spec.id);
  EXPECT_EQ(node.Do(attendee).code, OutcomeCode::kRefused);
  EXPECT_EQ(node.sink.folded.back().result, "");
}

}  // namespace
}  // namespace plenum::testing
