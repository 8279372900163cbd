// Frames and outboxes: bytes as RFC 6455 has them, bounds, and the newest view only.
#include <gtest/gtest.h>

#include <string>

#include "gateway/frame.h"
#include "gateway/outbox.h"

namespace plenum {
namespace {

std::string Bytes(std::initializer_list<int> values) {
  std::string bytes;
  for (int value : values) bytes.push_back(static_cast<char>(value));
  return bytes;
}

TEST(Frame, HasTheLengthInItsShortestForm) {
  struct Case {
    size_t size;
    std::string head;
  };
  for (const Case& c :
       {Case{0, Bytes({0x81, 0})}, Case{1, Bytes({0x81, 1})}, Case{125, Bytes({0x81, 125})},
        Case{126, Bytes({0x81, 126, 0, 126})}, Case{65535, Bytes({0x81, 126, 0xff, 0xff})},
        Case{65536, Bytes({0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0})}}) {
    std::string text(c.size, 'x');
    EXPECT_EQ(*MakeTextFrame(text), c.head + text) << c.size;
  }
}

TEST(Outbox, KeepsAnswersInOrderAndBeforeViews) {
  Outbox outbox;
  EXPECT_TRUE(outbox.empty());
  Frame view = MakeTextFrame("{}");
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 1, view));
  EXPECT_TRUE(outbox.PushAnswer(Beat{1}));
  EXPECT_TRUE(outbox.PushAnswer(Beat{2}));
  EXPECT_FALSE(outbox.empty());
  auto all = outbox.TakeAll();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(*all[0], *MakeTextFrame(EncodeMessage(Beat{1})));
  EXPECT_EQ(*all[1], *MakeTextFrame(EncodeMessage(Beat{2})));
  EXPECT_EQ(all[2], view) << "the very bytes, not a copy";
  EXPECT_TRUE(outbox.empty());
  EXPECT_EQ(outbox.bytes(), 0u);
  EXPECT_TRUE(outbox.TakeAll().empty());
}

TEST(Outbox, OfAViewOnlyTheNewestWaits) {
  Outbox outbox;
  Frame large = MakeTextFrame(std::string(1000, 'a'));
  Frame small = MakeTextFrame("b");
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 5, large));
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 6, small));
  EXPECT_TRUE(outbox.PushView(Topic::kPerson, 2, large)) << "topics do not replace each other";
  EXPECT_EQ(outbox.bytes(), small->size() + large->size());
  auto all = outbox.TakeAll();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0], small);
}

TEST(Outbox, VersionsNeverGoBack) {
  Outbox outbox;
  Frame frame = MakeTextFrame("a");
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 5, frame));
  EXPECT_FALSE(outbox.PushView(Topic::kStage, 4, MakeTextFrame("older")));
  auto all = outbox.TakeAll();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0], frame);
  EXPECT_FALSE(outbox.PushView(Topic::kStage, 4, frame)) << "also after it was taken";
  EXPECT_TRUE(outbox.empty());
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 5, frame)) << "the same version may look different";
}

TEST(Outbox, AnswersAreBounded) {
  Outbox outbox;
  size_t pushed = 0;
  while (outbox.PushAnswer(Beat{1'790'000'000'000})) ++pushed;
  EXPECT_GT(pushed, 1000u);
  EXPECT_LE(outbox.bytes(), limits::kOutboxBytes);
  EXPECT_TRUE(outbox.PushView(Topic::kStage, 1, MakeTextFrame("{}"))) << "views are one a topic";
  EXPECT_EQ(outbox.TakeAll().size(), pushed + 1) << "what did not fit was not queued";
  EXPECT_TRUE(outbox.PushAnswer(Beat{1}));
}

}  // namespace
}  // namespace plenum
