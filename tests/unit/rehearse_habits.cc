// What simulated people do about each part of an activity, without a server: what they are shown,
// and what they say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class NoLoop : public Loop {
 public:
  TimePoint Now() const override { return {}; }
  void After(Duration, std::function<void()> then) override { then(); }
};

// A person whose later is now, and whose words are kept.
class Actor : public Self {
 public:
  Actor() {
    sheet_.activities.emplace_back();
    population.people.emplace_back();
  }

  Room& room() override { return room_; }
  uint32_t number() const override { return 0; }
  const PlannedPerson& plan() const override { return population.people[0]; }
  Random& random() override { return random_; }
  const Random& nature() const override { return nature_; }
  const ActivitySpec& spec() const override { return sheet_.activities[0]; }
  const StageView& stage() const override { return shown; }
  const PersonView& view() const override { return own; }
  bool IsOccupied() const override { return !later_.empty(); }
  Duration Within(std::chrono::milliseconds) override { return {}; }
  Duration Whole(std::chrono::milliseconds) const override { return {}; }
  void Later(Duration, std::function<void()> then) override { later_.push_back(std::move(then)); }
  Command Prepare(Request request, uint32_t seq) const override {
    Command command;
    command.activity = spec().id;
    command.generation = 1;
    command.seq = seq;
    command.request = std::move(request);
    return command;
  }
  EventId Say(Command command, uint32_t) override {
    if (command.id.IsZero()) command.id = MakeEventId();
    said.push_back(command);
    return command.id;
  }
  using Self::Say;
  void LoseConnection() override {}

  ActivitySpec& Spec() { return sheet_.activities[0]; }
  PlannedPerson& Plan() { return population.people[0]; }
  void Enter(Habit& habit, Phase phase, uint32_t round = 0) {
    later_.clear();
    shown.activity = own.activity = spec().id;
    shown.stage = {1, phase, round};
    habit.OnStage();
    Pass();
  }
  void See(Habit& habit) {
    habit.OnView();
    Pass();
  }
  template <class What>
  std::vector<What> Said() const {
    std::vector<What> found;
    for (const Command& command : said) {
      if (const auto* what = std::get_if<What>(&command.request)) found.push_back(*what);
    }
    return found;
  }

  Population population;
  StageView shown;
  PersonView own;
  std::vector<Command> said;

 private:
  void Pass() {
    while (!later_.empty()) {
      auto then = std::move(later_.front());
      later_.erase(later_.begin());
      then();
    }
  }

  NoLoop loop_;
  History history_;
  Shared shared_{loop_, Pace(0, 10), history_, {}, {}};
  RunSheet sheet_;
  Room room_{shared_, sheet_, population, {}};
  Random random_{1};
  const Random nature_{2};
  std::vector<std::function<void()>> later_;
};

TEST(RehearseHabits, ABallotOnItemsThatCameLaterNamesThemByTheirNumbers) {
  Actor actor;
  actor.Spec().id = "gallery";
  actor.Spec().ballot = DotsBallot{};
  actor.Spec().carry = Carry{"tables", 0};
  actor.shown.items = {{"aa", 4, "", 0, ""}, {"bb", 11, "", 0, ""}};
  PlannedBallot planned{{DotsCast{{{"#11", 3}, {"#4", 2}}}}};
  actor.Plan().votes["gallery"].ballots = {planned};
  auto habit = MakeVoting(actor);
  actor.Enter(*habit, Phase::kCollecting);
  EXPECT_THAT(actor.said, IsEmpty());
  EXPECT_TRUE(habit->WouldVote("gallery"));
  actor.Enter(*habit, Phase::kVoting);
  ASSERT_THAT(actor.said, SizeIs(1));
  const auto cast = std::get<DotsCast>(actor.Said<BallotCast>()[0].ballot);
  EXPECT_EQ(cast.dots[0].item, "bb");
  EXPECT_EQ(cast.dots[1].item, "aa");
  EXPECT_FALSE(habit->WouldVote("gallery"));
}

TEST(RehearseHabits, EachItemIsVotedUpOnceWhenItAppears) {
  Actor actor;
  actor.Spec().id = "panel";
  actor.Spec().ballot = UpvoteBallot{};
  actor.Plan().upvotes = {"panel"};
  actor.population.interest["panel"].percent = 100;
  auto habit = MakeUpvoting(actor);
  auto items = [&] {
    std::set<ItemId> voted;
    for (const BallotCast& cast : actor.Said<BallotCast>())
      voted.insert(std::get<UpvoteCast>(cast.ballot).item);
    voted.erase("no-such-item");
    return voted;
  };
  actor.Enter(*habit, Phase::kCollecting);
  EXPECT_THAT(actor.said, IsEmpty());
  actor.shown.items = {{"aa", 0, "", 0, ""}};
  actor.See(*habit);
  EXPECT_THAT(items(), ElementsAre("aa"));
  const size_t said = actor.said.size();
  actor.See(*habit);
  EXPECT_THAT(actor.said, SizeIs(said));
  actor.shown.items.push_back({"bb", 0, "", 0, ""});
  actor.shown.items.push_back({"cc", 0, "a table's note", 7, ""});
  actor.Enter(*habit, Phase::kVoting);
  EXPECT_THAT(items(), ElementsAre("aa", "bb"));
}

TEST(RehearseHabits, WhoeverMeansToTakesTheirTextBackOnceItIsThere) {
  Actor actor;
  actor.Spec().id = "hopes";
  actor.Spec().collect = Collect{};
  actor.Plan().texts["hopes"] = {{{"Some hope"}, true}};
  auto habit = MakeWriting(actor);
  actor.Enter(*habit, Phase::kVoting);
  EXPECT_THAT(actor.said, IsEmpty());
  actor.Enter(*habit, Phase::kCollecting);
  ASSERT_FALSE(actor.Said<AddItem>().empty());
  EXPECT_EQ(actor.Said<AddItem>().back().writing.text, "Some hope");
  EXPECT_THAT(actor.Said<ItemWithdrawn>(), IsEmpty()) << "not before it is there";
  const Outcome accepted{OutcomeCode::kAccepted, Reason::kNone, 3, 0};
  const Command written = actor.said.back();
  habit->OnDone(written, &accepted);
  actor.See(*habit);
  ASSERT_THAT(actor.Said<ItemWithdrawn>(), SizeIs(1));
  EXPECT_EQ(actor.Said<ItemWithdrawn>()[0].item, written.id.Hex());
}

class RehearseSitting : public testing::Test {
 protected:
  RehearseSitting() {
    actor_.Spec().id = "cafe";
    actor_.Spec().seats = Seats{2, 10, 0, true};
    actor_.Spec().collect = Collect{.who = Contributors::kTableHosts};
    actor_.shown.tables = {{6, 10, 0, false, ""}, {7, 10, 0, false, ""}};
    actor_.population.notes["cafe"][7] = {"Three points"};
  }
  PlannedTable& Plan() { return actor_.Plan().tables["cafe"]; }

  Actor actor_;
  std::unique_ptr<Habit> habit_ = MakeSitting(actor_);
};

TEST_F(RehearseSitting, WhoIsNoHostSaysThatTheyAreThere) {
  Plan();
  actor_.Enter(*habit_, Phase::kCollecting);
  EXPECT_THAT(actor_.Said<PresenceHere>(), SizeIs(1));
  actor_.own.here = true;
  actor_.Enter(*habit_, Phase::kVoting);
  EXPECT_THAT(actor_.Said<PresenceHere>(), SizeIs(1)) << "once is enough";
}

TEST_F(RehearseSitting, AHostScansTheSignAndWritesInTheLastRound) {
  Plan().hosts = 7;
  actor_.Enter(*habit_, Phase::kCollecting);
  ASSERT_THAT(actor_.Said<TableHosted>(), SizeIs(1));
  EXPECT_EQ(actor_.Said<TableHosted>()[0], (TableHosted{7, true}));
  actor_.own.hosts = actor_.own.table = 7;
  actor_.Enter(*habit_, Phase::kSeated, 1);
  EXPECT_THAT(actor_.Said<AddItem>(), IsEmpty());
  actor_.Enter(*habit_, Phase::kSeated, 2);
  ASSERT_THAT(actor_.Said<AddItem>(), SizeIs(1));
  EXPECT_EQ(actor_.Said<AddItem>()[0].table, 7u);
  actor_.See(*habit_);
  EXPECT_THAT(actor_.Said<AddItem>(), SizeIs(1));
}

TEST_F(RehearseSitting, ATableThatHasAHostIsLeftToThem) {
  Plan().hosts = 7;
  actor_.shown.tables[1].hosted = true;
  actor_.Enter(*habit_, Phase::kCollecting);
  EXPECT_THAT(actor_.Said<TableHosted>(), IsEmpty());
}

TEST_F(RehearseSitting, AHostHandsOverToWhoSitsThere) {
  Plan() = {.hosts = 7, .hands_over = true};
  actor_.own.hosts = actor_.own.table = 7;
  actor_.Enter(*habit_, Phase::kSeated, 2);
  ASSERT_THAT(actor_.Said<TableHosted>(), SizeIs(1));
  EXPECT_EQ(actor_.Said<TableHosted>()[0], (TableHosted{7, false}));
  EXPECT_THAT(actor_.Said<AddItem>(), IsEmpty()) << "the note is for whoever comes after";
  actor_.said.clear();
  Plan() = {};
  actor_.own.hosts = 0;
  actor_.room().without_host = {{"cafe", 7}};
  actor_.See(*habit_);
  ASSERT_THAT(actor_.Said<TableHosted>(), SizeIs(1));
  EXPECT_EQ(actor_.Said<TableHosted>()[0], (TableHosted{7, true}));
  EXPECT_THAT(actor_.room().without_host, IsEmpty());
}

TEST_F(RehearseSitting, ByTheLawOfTwoFeetSomebodyGoesElsewhereOnceTheyAreSeated) {
  Plan() = {.moves_to = 6, .moves_in = 2};
  actor_.own.table = 7;
  actor_.Enter(*habit_, Phase::kSeated, 1);
  EXPECT_THAT(actor_.Said<TableVisited>(), IsEmpty());
  actor_.Enter(*habit_, Phase::kSeated, 2);
  ASSERT_THAT(actor_.Said<TableVisited>(), SizeIs(1));
  EXPECT_EQ(actor_.Said<TableVisited>()[0].table, 6u);
}

}  // namespace
}  // namespace plenum::rehearse
