// The mailbox between threads: one wake-up a batch, the newest view only, a projector that waits.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "gateway/mailbox.h"

namespace plenum {
namespace {

View StageAt(uint64_t version) {
  View view;
  view.version = version;
  view.data = std::make_shared<const std::string>(std::to_string(version));
  return view;
}

std::vector<FoldedEvent> Folded(size_t count) { return std::vector<FoldedEvent>(count); }

TEST(Mailbox, WakesOncePerBatch) {
  int wakes = 0;
  Mailbox mailbox([&wakes] { ++wakes; });
  mailbox.OnFolded(Folded(2));
  mailbox.PutAppend({{}, 1});
  mailbox.OnView(StageAt(1));
  mailbox.OnFolded({});
  EXPECT_EQ(wakes, 1);
  Mail mail = mailbox.TakeAll();
  EXPECT_EQ(mail.folded.size(), 2u);
  EXPECT_EQ(mail.appends.size(), 1u);
  EXPECT_EQ(mail.views.size(), 1u);
  mailbox.OnFolded(Folded(1));
  EXPECT_EQ(wakes, 2);
}

TEST(Mailbox, KeepsTheNewestViewOfEachReceiver) {
  Mailbox mailbox([] {});
  for (uint64_t version : {3, 5, 4}) mailbox.OnView(StageAt(version));
  View for_one = StageAt(2);
  for_one.connection = 7;
  mailbox.OnView(for_one);
  View of_person = StageAt(1);
  of_person.topic = Topic::kPerson;
  mailbox.OnView(of_person);
  Mail mail = mailbox.TakeAll();
  ASSERT_EQ(mail.views.size(), 3u);
  uint64_t newest = 0;
  for (const View& view : mail.views) {
    if (view.topic == Topic::kStage && view.connection == 0) newest = view.version;
  }
  EXPECT_EQ(newest, 5u);
  EXPECT_TRUE(mailbox.TakeAll().views.empty());
}

TEST(Mailbox, OfARoomTheLastWordCounts) {
  Mailbox mailbox([] {});
  auto info = std::make_shared<RoomInfo>();
  mailbox.OnRoom(info);
  mailbox.OnRoomEvicted(info->room);
  Mail mail = mailbox.TakeAll();
  ASSERT_EQ(mail.rooms.size(), 1u);
  EXPECT_EQ(mail.rooms[0].info, nullptr);
  mailbox.PutMissing(info->room);
  mailbox.OnRoom(info);
  mail = mailbox.TakeAll();
  ASSERT_EQ(mail.rooms.size(), 1u);
  EXPECT_EQ(mail.rooms[0].info, info);
}

TEST(Mailbox, TheProjectorWaitsWhileItIsFull) {
  Mailbox mailbox([] {}, 10);
  std::atomic<int> put = 0;
  std::thread projector([&] {
    for (int i = 0; i < 100; ++i) {
      mailbox.OnFolded(Folded(5));
      ++put;
    }
  });
  size_t taken = 0;
  while (taken < 500) {
    size_t now = mailbox.TakeAll().folded.size();
    EXPECT_LE(now, 14u) << "one batch may go over";
    taken += now;
    std::this_thread::yield();
  }
  projector.join();
  EXPECT_EQ(put, 100);
}

TEST(Mailbox, ClosingLetsAWaitingProjectorGo) {
  Mailbox mailbox([] {}, 1);
  mailbox.OnFolded(Folded(1));
  std::thread projector([&] { mailbox.OnFolded(Folded(1)); });
  mailbox.Close();
  projector.join();
  mailbox.PutAppend({{}, 1});
  EXPECT_LE(mailbox.TakeAll().appends.size(), 0u) << "and forgets what comes after";
}

}  // namespace
}  // namespace plenum
