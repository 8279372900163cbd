// Rehearsals: the button of the presenter's page. A rehearsal is `plenum rehearse` as a child of
// the server: it makes a copy of the room, which it never touches, and plays its day with simulated
// people, over real sockets. One at a time. I/O thread only.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "gateway/child_process.h"
#include "projector/fold/state.h"
#include "schema/ids.h"
#include "schema/run_sheet.h"

namespace plenum {

using RehearsalId = Id<struct RehearsalTag, 16>;

struct RehearsalWish {
  uint32_t people = 0;  // 0: as many as the run sheet expects
  uint32_t speed = 20;  // 1: as slow as in the room; 0: full speed
  uint32_t seed = 1;
};

inline constexpr uint32_t kRehearsalPeople = 1000;
inline constexpr uint32_t kRehearsalSpeed = 600;

// The run sheet of a room as it stands now, with what was changed during the day, and without what
// is left out; its title says that it is a rehearsal.
RunSheet RehearsalSheet(const RoomState& room);

struct RehearsalParts {
  boost::asio::any_io_executor io;
  // Where the child reaches this server ("http://127.0.0.1:8080"); the error is one sentence.
  std::function<std::expected<std::string, std::string>()> url;
  std::function<std::string()> token;  // that may make rooms
};

struct RehearsalOrder {
  RoomId room;  // the real one
  RunSheet sheet;
  RehearsalWish wish;
  std::string base;  // "https://vote.example": how links begin
};

struct RehearsalFault {
  bool runs_already = false;  // another one; otherwise it could not be started
  std::string what;           // one sentence
};

class Rehearsals {
 public:
  explicit Rehearsals(RehearsalParts parts) : parts_(std::move(parts)) {}
  ~Rehearsals() { StopAll(); }

  // `done` is called once: when the copy of the room is there, or with why it is not. With the id.
  using Done = std::move_only_function<void(std::expected<RehearsalId, RehearsalFault>)>;
  void Start(RehearsalOrder order, Done done);

  // Which room it rehearses; nullopt: there is no such rehearsal (any more).
  std::optional<RoomId> RoomOf(const RehearsalId& id) const;
  // REQUIRES: RoomOf(id). JSON, as schema/wire.md has it; `whole`: with its state and all it said.
  std::string Describe(const RehearsalId& id, bool whole) const;
  // Ends it; it is "stopped" a moment later. Does nothing to one that has ended.
  void Stop(const RehearsalId& id);
  // The server stops: whatever runs is gone when this returns.
  void StopAll();

 private:
  struct Rehearsal;

  ChildProcess::Order OrderFor(const RehearsalOrder& order, const std::string& url) const;
  void OnOut(Rehearsal& rehearsal, const std::string& line);
  void OnRoom(Rehearsal& rehearsal, const std::string& line);
  void OnEnd(Rehearsal& rehearsal, int status);
  Rehearsal* Find(const RehearsalId& id) const;

  RehearsalParts parts_;
  std::deque<std::shared_ptr<Rehearsal>> kept_;  // the newest few, the newest last
};

}  // namespace plenum
