// Mistakes: what a server must not do, done on purpose, so that the checks can be seen to find it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "schema/event.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/network.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/trace.h"

namespace plenum::simulation {

// A mistake that a server could make. The checks must find each: a check that finds nothing when it
// should is worth nothing.
enum class Mistake : uint8_t {
  kNone,
  kForgedEvent,   // an event that nobody sent gets into the log
  kLostEntry,     // durable entries are gone after a crash
  kTornCommit,    // half a commit of the read models is gone after a crash
  kFalseReceipt,  // a client is told that something is durable, and it is not
  kWrongOutcome,  // a client is told another outcome than the fold's
  kLostAnswer,    // outcomes are never told
  kOldView,       // a screen is given an older state
  kWrongTurnout,  // a screen is given another number than the log's
  kEarlyResult,   // a screen is given a result before its reveal
};

struct MistakeParts {
  Mistake kind = Mistake::kNone;
  Timeline& timeline;
  Network& network;
  Disk& disk;
  Trace& trace;
  RoomId room;
  std::function<void(const Event&, EventLog::Done)> append;
};

// Makes one kind of mistake, from some time of the day on. Counts "mistake" each time.
class Mistakes {
 public:
  explicit Mistakes(MistakeParts parts) : parts_(std::move(parts)) {}

  void Start();
  // A node has died. True if its read models have been seen to.
  bool AfterCrash();

 private:
  std::optional<std::string> Tamper(std::string text);
  std::optional<std::string> TamperWith(Message message, std::string text);
  std::optional<std::string> TamperWithStage(const ViewMessage& view, std::string text);
  std::string Made(const Message& message);

  MistakeParts parts_;
  std::string old_view_;
  Micros old_view_at_ = 0;
};

}  // namespace plenum::simulation
