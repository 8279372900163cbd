// Random days: every line of the record's balances is there once, and each adds up; whatever was
// refused, late, merged, erased or started again.
#include <gtest/gtest.h>

#include "projector/record/record_builder.h"
#include "projector/record/writers.h"
#include "tests/property/fold_day.h"
#include "tests/property/seeds.h"

namespace plenum::fold_test {
namespace {

class NoTextsAtAll final : public TextSource {
 public:
  std::optional<std::string> TextOf(const RoomId&, const Item&) override { return std::nullopt; }
  std::string RoomKey(const RoomId&) override { return "key"; }
};

uint64_t Sum(const std::vector<Figure>& parts) {
  uint64_t sum = 0;
  for (const Figure& part : parts) sum += std::stoull(part.value);
  return sum;
}

TEST(RecordProperty, EveryBalanceAddsUp) {
  uint64_t contributions = 0;
  for (const uint64_t seed : Seeds(12, 200)) {
    SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed));
    RandomDay day({}, seed);
    day.Run();
    NoTextsAtAll texts;
    Room room(day.room().room().id());
    RecordBuilder builder(texts, {});
    for (const std::string& entry : day.room().log()) builder.Fold(entry, room);
    const Record record = builder.Finish(room);
    ASSERT_EQ(record.balances.size(), 3u);
    for (const Balance& balance : record.balances) {
      EXPECT_EQ(std::to_string(Sum(balance.parts)), balance.all.value) << balance.title;
    }
    uint64_t entries = 0;
    for (const auto& [type, outcomes] : record.events) entries += outcomes.all.n;
    EXPECT_EQ(entries, day.room().log().size());
    for (const RecordSection& section : record.sections) {
      const BallotCount& count = section.ballots;
      EXPECT_EQ(count.all, count.standing + count.replaced + count.overtaken + count.repeated +
                               count.late + count.refused + count.other);
      EXPECT_LE(count.standing, count.all);
      EXPECT_LE(count.other, count.all) << "no line is negative";
    }
    contributions += std::stoull(record.balances[1].all.value);
    EXPECT_FALSE(WriteHtml(record).empty());
  }
  EXPECT_GT(contributions, 100u) << "there was something to add up";
}

}  // namespace
}  // namespace plenum::fold_test
