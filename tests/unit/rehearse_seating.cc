// The recount of who sits where, from what was said and from the plans in the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/seating.h"
#include "tests/unit/rehearse_story.h"

namespace plenum::rehearse {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class RehearseSeating : public testing::Test {
 protected:
  RehearseSeating() {
    ActivitySpec& cafe = story_.Add("cafe");
    Story::GiveItems(cafe, "ab");
    cafe.collect = Collect{.who = Contributors::kTableHosts};
    cafe.seats = Seats{2, 2, 0, true};
    story_.Step("cafe", Phase::kWaiting, Phase::kCollecting);
    story_.Say(1, "cafe", TableHosted{1, true});
    for (uint32_t who : {2u, 3u}) story_.Say(who, "cafe", PresenceHere{});
  }

  void OpenRound(uint32_t round) {
    story_.Step("cafe", round == 1 ? Phase::kCollecting : Phase::kSeated, Phase::kSeated);
  }
  // The node's plan for the event just before, at the next entry.
  void Plan(std::vector<std::vector<uint16_t>> rounds, uint32_t from = 1, uint64_t of = 0) {
    Event event;
    event.id.bytes[0] = static_cast<uint8_t>(story_.next);
    event.room.bytes[0] = 1;
    event.actor.role = Role::kNode;
    event.activity = "cafe";
    event.generation = 1;
    event.payload = SeatsPlanned{of != 0 ? of : story_.next - 1, from, std::move(rounds)};
    FillLog();
    EXPECT_TRUE(log_.Add(EncodeEvent(event)));
    ++story_.next;
  }
  // What else was said stands there under ids that nobody asks for.
  void FillLog() {
    while (log_.size() < story_.next) log_.Add(R"({"id":"000102030405060708090a0b0c0d0e0f"})");
  }
  Seating Recounted() {
    FillLog();
    tally_.emplace(story_.sheet, story_.history);
    return {story_.sheet.activities[0], *tally_, story_.history, log_};
  }

  Story story_;
  ExportedLog log_;
  std::optional<Tally> tally_;
};

TEST_F(RehearseSeating, PeopleSitWhereTheyAreSentOrWentTo) {
  OpenRound(1);
  Plan({{1, 1, 2}, {1, 2, 0}});
  story_.Say(2, "cafe", TableVisited{2});
  OpenRound(2);
  const Seating seating = Recounted();
  EXPECT_THAT(seating.wrong(), IsEmpty());
  ASSERT_EQ(seating.rounds().size(), 2u);
  EXPECT_EQ(seating.rounds()[0].seated, 3u);
  EXPECT_EQ(seating.rounds()[0].tables, 2u);
  EXPECT_EQ(seating.rounds()[1].seated, 2u);
  EXPECT_EQ(seating.rounds()[1].without_place, 1u);
}

TEST_F(RehearseSeating, NobodyIsSentToATableTwiceButItsHost) {
  OpenRound(1);
  Plan({{1, 1, 2}, {1, 2, 2}});
  const std::vector<std::string> wrong = Recounted().wrong();
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_THAT(wrong[0], HasSubstr("table 2 again"));
}

TEST_F(RehearseSeating, NobodyIsSentWhereTheyWentBefore) {
  OpenRound(1);
  Plan({{1, 1, 2}, {1, 2, 0}});
  story_.Say(2, "cafe", TableVisited{2});
  OpenRound(2);
  Plan({{1, 2, 0}}, 2);
  EXPECT_EQ(Recounted().wrong().size(), 1u);
}

// A plan that was made before they went there is refused, and nobody asks for another.
TEST_F(RehearseSeating, APlanThatAVisitHasOvertakenDoesNotHold) {
  OpenRound(1);
  Plan({{1, 1, 2}, {1, 2, 1}});
  OpenRound(2);
  const uint64_t request = story_.next - 1;
  story_.Say(3, "cafe", TableVisited{1});
  story_.Say(2, "cafe", TableVisited{2});
  Plan({{1, 2, 2}}, 2, request);
  const Seating seating = Recounted();
  EXPECT_THAT(seating.wrong(), IsEmpty());
  ASSERT_EQ(seating.rounds().size(), 2u);
  EXPECT_EQ(seating.rounds()[1].without_place, 0u) << "as the plan of the first round had it";
}

TEST_F(RehearseSeating, CapacityIsKept) {
  OpenRound(1);
  Plan({{1, 1, 1}});
  const std::vector<std::string> wrong = Recounted().wrong();
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_THAT(wrong[0], HasSubstr("3 people to table 1"));
}

TEST_F(RehearseSeating, APlanThatWasSaidAgainChangesNothing) {
  OpenRound(1);
  const uint64_t asked = story_.next - 1;
  Plan({{1, 1, 2}});
  Plan({{1, 2, 2}}, 1, asked);
  const Seating seating = Recounted();
  EXPECT_THAT(seating.wrong(), IsEmpty());
  EXPECT_EQ(seating.rounds()[0].tables, 2u);
}

TEST_F(RehearseSeating, PhonesAndDisplaysMustShowTheSame) {
  OpenRound(1);
  Plan({{1, 1, 2}});
  const uint64_t version = story_.next;
  story_.history.OnSeat(2, "cafe", version, 1);
  story_.history.OnSeat(3, "cafe", version - 1, 0);  // before the plan
  story_.history.OnTables({0, "cafe", {1, Phase::kSeated, 1}, version, {{1, 2}, {2, 1}}});
  EXPECT_THAT(Recounted().wrong(), IsEmpty());
  story_.history.OnSeat(3, "cafe", version, 1);
  story_.history.OnTables({0, "cafe", {1, Phase::kSeated, 1}, version, {{1, 3}, {2, 1}}});
  EXPECT_EQ(Recounted().wrong().size(), 2u);
}

TEST_F(RehearseSeating, TablesThatAreSetStand) {
  story_.Say(kPresenter, "cafe", TablesSet{{{1, 2, "a"}, {2, 2, "a"}, {5, 2, "b"}}});
  OpenRound(1);
  Plan({{1, 5, 5}});
  const Seating seating = Recounted();
  EXPECT_THAT(seating.wrong(), IsEmpty());
  EXPECT_EQ(seating.topics().size(), 3u);
  EXPECT_EQ(seating.topics().at(5), "b");
}

}  // namespace
}  // namespace plenum::rehearse
