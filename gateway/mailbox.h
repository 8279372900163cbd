// Mailbox: how the log's thread and the projector's thread hand their news to the I/O thread.
// One wake-up a batch, however much is in it. Bounded: answers of appends by the log's own queue,
// outcomes by making the projector wait, and of rooms and views only the newest is kept.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <tuple>
#include <vector>

#include "ingest/event_log.h"
#include "projector/projector.h"

namespace plenum {

// What the log said of one append.
struct AppendAnswer {
  EventId id;
  std::expected<uint64_t, LogError> offset;
};

struct RoomNews {
  RoomId room;
  std::shared_ptr<const RoomInfo> info;  // null: there is no such room, or it left memory
};
// In the order in which a receiver must take it: rooms before what happened in them.
struct Mail {
  std::vector<RoomNews> rooms;
  std::vector<AppendAnswer> appends;
  std::vector<FoldedEvent> folded;
  std::vector<View> views;
};

class Mailbox final : public ProjectorSink {
 public:
  // `wake` is called, on the thread that put something in, when an empty mailbox is no longer so.
  // `max_folded`: the projector waits while so many outcomes lie here; 0 for no waiting, where one
  // thread steps both sides.
  explicit Mailbox(std::function<void()> wake, size_t max_folded = 0);

  // Any thread.
  void PutAppend(AppendAnswer answer);
  // The projector's thread.
  void OnFolded(std::span<const FoldedEvent> events) override;
  void OnRoom(std::shared_ptr<const RoomInfo> info) override;
  void OnView(const View& view) override;
  void OnRoomEvicted(const RoomId& room) override { PutRoom(room, nullptr); }
  // Any thread: the answer to an Announce of a room that there is not.
  void PutMissing(const RoomId& room) { PutRoom(room, nullptr); }
  // The I/O thread.
  Mail TakeAll();
  // Nobody takes any more: lets a waiting projector go on, and forgets what comes.
  void Close();

 private:
  using ViewKey = std::tuple<RoomId, Topic, ParticipantId, ActivityId, uint64_t>;  // connection

  void PutRoom(const RoomId& room, std::shared_ptr<const RoomInfo> info);
  // Returns whether the caller must wake the receiver, after it has let go of the lock.
  bool MarkFilled();

  const std::function<void()> wake_;
  const size_t max_folded_;
  std::mutex mutex_;
  std::condition_variable taken_;
  bool filled_ = false;
  bool closed_ = false;
  std::map<RoomId, std::shared_ptr<const RoomInfo>> rooms_;
  std::vector<AppendAnswer> appends_;
  std::vector<FoldedEvent> folded_;
  std::map<ViewKey, View> views_;
};

}  // namespace plenum
