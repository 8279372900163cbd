// Deeds become commands once the items are there, and tables are shared out by interest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/deed.h"

namespace plenum::rehearse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ConsoleActivity Gallery() {
  ConsoleActivity activity;
  activity.activity = "gallery";
  activity.stage = {1, Phase::kClosed, 0};
  activity.items = {{"aa", 4, "A promise", 0, ""},
                    {"bb", 11, "A charter", 0, ""},
                    {"cc", 0, "A charter", 0, "hidden"},
                    {"dd", 7, "Note", 7, ""}};
  activity.tables = {{7, 10, 0, true, ""}, {8, 10, 0, false, ""}};
  return activity;
}

std::optional<Command> Do(decltype(PlannedDeed::what) what, const ConsoleActivity& activity) {
  return CommandFor({"gallery", Phase::kClosed, 0, std::move(what)}, {}, activity);
}

TEST(RehearseDeed, ItemsAreNamedByNumberTitleOrId) {
  const auto items = Gallery().items;
  EXPECT_EQ(FindNamed(items, "#11")->id, "bb");
  EXPECT_EQ(FindNamed(items, "A charter")->id, "bb") << "and not the hidden one";
  EXPECT_EQ(FindNamed(items, "cc")->id, "cc");
  EXPECT_EQ(FindNamed(items, "#12"), nullptr);
  EXPECT_EQ(FindNamed(items, "#"), nullptr);
}

TEST(RehearseDeed, AMergeNamesWhatIsThere) {
  const auto command = Do(MergeItems{"#4", {"#11", "#99"}}, Gallery());
  ASSERT_TRUE(command);
  EXPECT_EQ(command->activity, "gallery");
  const auto& merged = std::get<ItemsMerged>(command->request);
  EXPECT_EQ(merged.into, "aa");
  EXPECT_THAT(merged.from, ElementsAre("bb"));
  EXPECT_FALSE(Do(MergeItems{"#4", {"#99"}}, Gallery()));
  EXPECT_FALSE(Do(MergeItems{"#99", {"#4"}}, Gallery()));
}

TEST(RehearseDeed, OnlyTheNoteThatIsMissingIsTypedUp) {
  EXPECT_FALSE(Do(TypeUp{7, {"there already"}}, Gallery()));
  EXPECT_FALSE(Do(TypeUp{9, {"no such table"}}, Gallery()));
  const auto command = Do(TypeUp{8, {"from paper"}}, Gallery());
  ASSERT_TRUE(command);
  EXPECT_EQ(std::get<AddItem>(command->request).table, 8u);
  EXPECT_EQ(std::get<AddItem>(command->request).writing.text, "from paper");
}

TEST(RehearseDeed, AWithdrawnTextIsNotErasedAndADeadlineOnlyMovedWhereThereIsOne) {
  ConsoleActivity activity = Gallery();
  activity.items[0].state = "withdrawn";
  EXPECT_FALSE(Do(EraseText{"aa"}, activity));
  EXPECT_TRUE(Do(EraseText{"bb"}, activity));
  EXPECT_FALSE(Do(Extend{60'000}, activity));
  activity.has_deadline = true;
  EXPECT_TRUE(Do(Extend{60'000}, activity));
}

TEST(RehearseDeed, TablesGoToTheMostWantedTopics) {
  EXPECT_THAT(ShareTables({10, 5, 1}, 2), ElementsAre(1, 1, 0)) << "one each, best first";
  EXPECT_THAT(ShareTables({10, 5, 1}, 4), ElementsAre(2, 1, 1));
  EXPECT_THAT(ShareTables({9, 9, 9}, 4), ElementsAre(2, 1, 1)) << "a tie: the first";
  EXPECT_THAT(ShareTables({100, 30, 1}, 6), ElementsAre(4, 1, 1));
  EXPECT_THAT(ShareTables({}, 4), IsEmpty());
}

// The topics of the board, with so many votes each.
ConsoleActivity OpenSpace(const std::vector<uint32_t>& votes) {
  ConsoleActivity activity;
  activity.result.emplace();
  activity.result->kind = Totals::Kind::kUpvote;
  for (size_t i = 0; i < votes.size(); ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    activity.items.push_back({name, 0, "Topic " + name, 0, ""});
    ItemTotal total;
    total.item = name;
    total.votes = votes[i];
    activity.result->items.push_back(total);
  }
  return activity;
}

std::vector<std::string> TopicsOf(const std::optional<Command>& command) {
  std::vector<std::string> topics;
  if (!command) return topics;
  for (const TableSet& table : std::get<TablesSet>(command->request).tables)
    topics.push_back(std::to_string(table.number) + table.topic);
  return topics;
}

TEST(RehearseDeed, NamedTablesGetTheirNumbersIfInterestSaysTheSame) {
  const SetTables deed{3, 10, {{1, "Topic b"}, {2, "Topic a"}, {3, "Topic a"}}};
  EXPECT_THAT(TopicsOf(Do(deed, OpenSpace({30, 5}))), ElementsAre("1b", "2a", "3a"));
  EXPECT_THAT(TopicsOf(Do(deed, OpenSpace({5, 30}))), ElementsAre("1a", "2b", "3b"))
      << "the others are in the order of the topics";
  EXPECT_FALSE(Do(deed, OpenSpace({})));
}

}  // namespace
}  // namespace plenum::rehearse
