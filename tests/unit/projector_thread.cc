// The loop around the projector, with a log that has a thread of its own.
#include "projector/projector_thread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <thread>

#include "ingest/rocksdb_log.h"
#include "projector/rocksdb_store.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

using namespace std::chrono_literals;

// Keeps what it is told, for other threads.
class SharedSink : public ProjectorSink {
 public:
  void OnFolded(std::span<const FoldedEvent> events) override {
    if (stalled_) ++stalls_;
    while (stalled_) std::this_thread::sleep_for(1ms);
    std::lock_guard lock(mutex_);
    folded_ += events.size();
  }
  void OnRoom(std::shared_ptr<const RoomInfo>) override {
    std::lock_guard lock(mutex_);
    ++rooms_;
  }
  void OnView(const View& view) override {
    std::lock_guard lock(mutex_);
    views_.push_back(view);
  }
  size_t folded() {
    std::lock_guard lock(mutex_);
    return folded_;
  }
  std::vector<View> views() {
    std::lock_guard lock(mutex_);
    return views_;
  }
  void Stall(bool stalled) { stalled_ = stalled; }
  size_t stalls() const { return stalls_; }

 private:
  std::mutex mutex_;
  size_t folded_ = 0;
  size_t rooms_ = 0;
  std::atomic<bool> stalled_ = false;
  std::atomic<size_t> stalls_ = 0;
  std::vector<View> views_;
};

class ProjectorThreadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened_log = RocksDbLog::Open(folder.path() / "log");
    ASSERT_TRUE(opened_log) << opened_log.error();
    log = std::move(*opened_log);
    auto opened_store = RocksDbStore::Open(folder.path() / "read-models");
    ASSERT_TRUE(opened_store) << opened_store.error();
    store = std::move(*opened_store);
    projector = std::make_unique<Projector>(*log, *store, texts, sink);
    ASSERT_TRUE(projector->Start());
    thread = std::make_unique<ProjectorThread>(
        *log, *projector,
        ProjectorThreadOptions{.clock = {}, .on_fatal = [this](std::string_view what) {
                                 fatal.set_value(std::string(what));
                               }});
  }
  void TearDown() override {
    sink.Stall(false);
    log->Stop();
    thread->Stop();
  }
  void Append(const Event& event) {
    std::promise<void> durable;
    ASSERT_TRUE(log->Append(kRoomPartition, EncodeEvent(event), Urgency::kStaff,
                            [&](std::expected<uint64_t, LogError> done) {
                              EXPECT_TRUE(done);
                              durable.set_value();
                            }));
    durable.get_future().wait();
  }
  template <class Condition>
  static bool Eventually(Condition condition) {
    for (int i = 0; i < 6000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }
  std::optional<RoomStatus> Status() {
    std::promise<std::optional<RoomStatus>> reply;
    EXPECT_TRUE(thread->Status(script.room(), [&](auto status) { reply.set_value(status); }));
    return reply.get_future().get();
  }

  TempFolder folder;
  KitTexts texts;
  SharedSink sink;
  std::unique_ptr<RocksDbLog> log;
  std::unique_ptr<RocksDbStore> store;
  std::unique_ptr<Projector> projector;
  std::unique_ptr<ProjectorThread> thread;
  std::promise<std::string> fatal;
  Script script{RoomNumber(7)};
  ActivitySpec spec = ScaleSpec("confidence");
};

TEST_F(ProjectorThreadTest, FoldsWhatTheLogHandsOver) {
  thread->Start();
  EXPECT_FALSE(Status()) << "and now it has caught up with the empty log";
  Append(script.Create());
  Append(script.Add(spec));
  ASSERT_TRUE(Eventually([&] { return sink.folded() == 2; }));
  EXPECT_EQ(thread->Lag(), 0u);
  EXPECT_TRUE(thread->Ready());
  const auto status = Status();
  ASSERT_TRUE(status);
  EXPECT_EQ(status->index, 2u);
  EXPECT_GE(thread->ReadCounters().batches, 1u);
}

TEST_F(ProjectorThreadTest, CatchesUpWithWhatWasThereBefore) {
  Append(script.Create());
  Append(script.Add(spec));
  EXPECT_EQ(thread->Lag(), 2u);
  thread->Start();
  ASSERT_TRUE(Eventually([&] { return thread->Lag() == 0 && sink.folded() == 2; }));
}

TEST_F(ProjectorThreadTest, AnswersWhatOtherThreadsAsk) {
  thread->Start();
  const Event created = script.Create();
  Append(created);
  ASSERT_TRUE(Eventually([&] { return sink.folded() == 1; }));
  std::promise<bool> known, unknown;
  ASSERT_TRUE(thread->Announce(script.room(), [&](bool exists) { known.set_value(exists); }));
  ASSERT_TRUE(thread->Announce(RoomNumber(200), [&](bool exists) { unknown.set_value(exists); }));
  EXPECT_TRUE(known.get_future().get());
  EXPECT_FALSE(unknown.get_future().get());
  std::promise<std::vector<std::string>> entries;
  ASSERT_TRUE(
      thread->ReadRoom(script.room(), 0, 10, [&](auto read) { entries.set_value(read.value()); }));
  EXPECT_THAT(entries.get_future().get(), ::testing::ElementsAre(EncodeEvent(created)));
  std::promise<std::optional<RoomId>> code;
  ASSERT_TRUE(thread->RoomOfCode("482913", [&](auto room) { code.set_value(room); }));
  EXPECT_FALSE(code.get_future().get());
}

TEST_F(ProjectorThreadTest, SendsViewsWithoutBeingAsked) {
  thread->Start();
  Append(script.Create());
  ASSERT_TRUE(thread->Watch({.connection = 1, .room = script.room(), .participant = {}}));
  ASSERT_TRUE(Eventually([&] { return !sink.views().empty(); }));
  for (uint32_t person = 0; person < 20; ++person) Append(script.Join(person));
  ASSERT_TRUE(Eventually([&] { return sink.views().back().version == 21; }));
  const auto views = sink.views();
  for (size_t i = 1; i < views.size(); ++i) EXPECT_GT(views[i].version, views[i - 1].version);
  thread->Unwatch(1);
}

TEST_F(ProjectorThreadTest, ATimerOfTheNodeFires) {
  spec.time.vote_ms = 1;  // kMorning is long ago
  Append(script.Create());
  Append(script.Add(spec));
  Append(script.Advance(spec.id, {}, Phase::kVoting));
  thread->Start();
  // The timer, and the result of the close that it made.
  ASSERT_TRUE(Eventually([&] { return sink.folded() == 5; }));
  EXPECT_EQ(thread->ReadCounters().said, 2u);
}

TEST_F(ProjectorThreadTest, ABurstThatOverflowsTheQueueIsReadFromTheLog) {
  // The projector stands still until all is durable, so the last batch, too, finds the queue full.
  thread->Start();
  Append(script.Create());
  ASSERT_TRUE(Eventually([&] { return sink.folded() == 1 && thread->Lag() == 0; }));
  EXPECT_TRUE(Status()) << "and no longer behind the log";
  sink.Stall(true);
  Append(script.Join(1));
  ASSERT_TRUE(Eventually([&] { return sink.stalls() > 0; }));
  constexpr size_t kBurst = limits::kHandoverEvents * 3 / 2;
  std::atomic<size_t> durable = 0;
  for (size_t i = 0; i < kBurst; ++i) {
    ASSERT_TRUE(log->Append(kRoomPartition, "soon folded", Urgency::kStaff,
                            [&](std::expected<uint64_t, LogError>) { ++durable; }));
  }
  ASSERT_TRUE(Eventually([&] { return durable == kBurst; }));
  sink.Stall(false);
  ASSERT_TRUE(Eventually([&] { return thread->Lag() == 0; }));
  const ProjectorThread::Counters counters = thread->ReadCounters();
  EXPECT_GT(counters.dropped, 0u);
  EXPECT_EQ(counters.malformed, kBurst) << "each once, none left out";
  EXPECT_EQ(Status()->index, 2u);
}

TEST_F(ProjectorThreadTest, AfterTheEndNothingIsTaken) {
  thread->Start();
  thread->Stop();
  EXPECT_FALSE(thread->Post([](Projector&, TimeMs) {}));
  thread->Unwatch(1);
  thread->Stop();
}

TEST_F(ProjectorThreadTest, WhatCannotBeReadIsFatalAndSaidOnce) {
  Append(script.Create());
  thread->Start();
  ASSERT_TRUE(Eventually([&] { return sink.folded() == 1; }));
  // A row of a room that is not in memory is damaged.
  std::string key = "r/";
  key += RoomNumber(9).View();
  ASSERT_TRUE(store->Commit({{key + "x", "\xff"}}));
  std::promise<std::optional<RoomStatus>> reply;
  ASSERT_TRUE(thread->Status(RoomNumber(9), [&](auto status) { reply.set_value(status); }));
  EXPECT_FALSE(reply.get_future().get());
  auto said = fatal.get_future();
  ASSERT_EQ(said.wait_for(10s), std::future_status::ready);
  EXPECT_THAT(said.get(), ::testing::HasSubstr(RoomNumber(9).Hex()));
  EXPECT_FALSE(thread->Ready());
}

}  // namespace
}  // namespace plenum::testing
