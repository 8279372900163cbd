// The directory of join codes.
#include <gtest/gtest.h>

#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

class ProjectorDirectory : public ::testing::Test {
 protected:
  Outcome Say(Event event) {
    event.id.bytes[0] = static_cast<uint8_t>(++said);
    node->Append(kDirectoryPartition, EncodeEvent(event));
    node->Fold();
    return node->sink.outcomes.at(event.id);
  }
  Outcome Claim(const std::string& code, uint8_t room) {
    Script script(RoomNumber(room));
    return Say(script.Make(Role::kNode, RoomClaimed{.code = code, .room = RoomNumber(room)}));
  }
  Outcome Point(const std::string& code, uint8_t by, uint8_t to) {
    Script script(RoomNumber(by));
    return Say(script.Make(Role::kProducer, CodePointed{.code = code, .room = RoomNumber(to)}));
  }
  void Restart() {
    node.reset();
    node = std::make_unique<Node>(disk, store);
    ASSERT_TRUE(node->projector.Start());
  }
  const Directory& directory() { return node->projector.directory(); }

  void SetUp() override { Restart(); }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  std::unique_ptr<Node> node;
  int said = 0;
};

TEST_F(ProjectorDirectory, SixDigitsAndNothingElseAreACode) {
  EXPECT_TRUE(IsJoinCode("482913"));
  EXPECT_TRUE(IsJoinCode("000000"));
  for (const char* no : {"", "48291", "4829133", "48291a", " 82913", "-12345"}) {
    EXPECT_FALSE(IsJoinCode(no)) << no;
  }
}

TEST_F(ProjectorDirectory, TheFirstClaimHasTheCode) {
  EXPECT_TRUE(directory().IsFree("482913"));
  EXPECT_EQ(Claim("482913", 1).code, OutcomeCode::kAccepted);
  EXPECT_EQ(Claim("482913", 1).code, OutcomeCode::kIgnored);
  EXPECT_EQ(Claim("482913", 2).reason, Reason::kNumberTaken);
  EXPECT_FALSE(directory().IsFree("482913"));
  EXPECT_EQ(directory().RoomOf("482913"), RoomNumber(1));
  EXPECT_EQ(directory().CodeOf(RoomNumber(1)), "482913");
  EXPECT_EQ(directory().CodeOf(RoomNumber(2)), std::nullopt);
}

TEST_F(ProjectorDirectory, OnlyItsOwnerPointsACodeElsewhere) {
  Claim("482913", 1);
  EXPECT_EQ(Point("482913", 2, 2).reason, Reason::kWrongRoom);
  EXPECT_EQ(Point("111111", 1, 2).reason, Reason::kNoRoom);
  EXPECT_EQ(Point("482913", 1, 2).code, OutcomeCode::kAccepted);
  EXPECT_EQ(directory().RoomOf("482913"), RoomNumber(2));
  EXPECT_EQ(directory().CodeOf(RoomNumber(1)), std::nullopt);
  EXPECT_EQ(directory().CodeOf(RoomNumber(2)), "482913");
}

TEST_F(ProjectorDirectory, ARoomHasTheCodeThatWasPointedAtItLast) {
  Claim("482913", 1);
  Claim("900000", 2);
  Point("482913", 1, 2);
  EXPECT_EQ(directory().CodeOf(RoomNumber(2)), "482913");
}

TEST_F(ProjectorDirectory, IsTheSameAfterARestart) {
  Claim("482913", 1);
  Claim("900000", 2);
  Point("482913", 1, 2);
  Restart();
  EXPECT_EQ(directory().RoomOf("482913"), RoomNumber(2));
  EXPECT_EQ(directory().CodeOf(RoomNumber(2)), "482913");
  EXPECT_EQ(Point("482913", 2, 3).reason, Reason::kWrongRoom) << "the owner is still room 1";
  EXPECT_EQ(Point("482913", 1, 1).code, OutcomeCode::kAccepted);
}

TEST_F(ProjectorDirectory, OtherEventsAndGarbageChangeNothing) {
  Claim("482913", 1);
  Script script(RoomNumber(1));
  EXPECT_EQ(Say(script.Create()).reason, Reason::kWrongRoom);
  node->Append(kDirectoryPartition, "garbage");
  node->Fold();
  EXPECT_EQ(directory().codes().size(), 1u);
  EXPECT_EQ(node->projector.Next(kDirectoryPartition), 3u);
}

}  // namespace
}  // namespace plenum::testing
