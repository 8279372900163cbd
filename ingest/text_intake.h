// TextIntake: the way of a contribution. Its text goes to the vault (one sync for a batch), and
// then its event, which holds the digest of the text, to the log.
//
//   TextIntake intake(vault, log);
//   intake.Submit(text, Urgency::kVote, [event](const Digest& d) { ... return bytes; },
//                 kRoomPartition, done);
//
// A text that is sent again (same event id) keeps its first record, so that the digest that
// `make_event` is given, and with it the event, is the same as the first time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "ingest/batch_queue.h"
#include "ingest/event_log.h"
#include "ingest/step_thread.h"
#include "ingest/vault.h"

namespace plenum {

// Stepped by its owner: TextIntakeThread in the server, the simulation by itself.
class TextIntake {
 public:
  // Makes the event's bytes from the digest that stands. Runs inside Step; must not throw.
  using MakeEvent = std::move_only_function<std::string(const Digest&)>;

  // REQUIRES: both outlive the intake; the log is stopped after it.
  TextIntake(Vault& vault, EventLog& log, QueueBounds bounds = {});

  // Any thread; never blocks. As EventLog::Append: an error means that nothing was recorded, else
  // `done` is called exactly once: on the log's thread, or inside Step if the vault or the log
  // refuses (kBusy: again in a moment, with the same id and text). kTooLarge: the text is over
  // limits::kTextBytes.
  std::expected<void, LogError> Submit(VaultText text, Urgency urgency, MakeEvent make_event,
                                       Partition partition, EventLog::Done done);

  // Passes on one batch; false if there was none. One thread at a time. Blocks for one sync of the
  // vault.
  bool Step();

  // No more intake: Submit says kBusy from here on. What waits is still passed on by Step.
  void Close();
  // Forgets all that waits, unanswered: the process is dead. For models of a crash.
  void Forget();

  // Submitted and not yet passed on.
  size_t Pending() const;

 private:
  struct Waiting {
    VaultText text;
    Urgency urgency = Urgency::kVote;
    MakeEvent make_event;
    Partition partition = 0;
    EventLog::Done done;
  };

  void PassOn(Waiting waiting, const Digest& digest);

  Vault& vault_;
  EventLog& log_;
  mutable std::mutex mutex_;
  BatchQueue<Waiting> queue_;
  size_t taken_ = 0;
  bool closed_ = false;
};

// A TextIntake with its own thread.
class TextIntakeThread {
 public:
  TextIntakeThread(Vault& vault, EventLog& log, QueueBounds bounds = {});
  ~TextIntakeThread();  // stops

  // See TextIntake.
  std::expected<void, LogError> Submit(VaultText text, Urgency urgency,
                                       TextIntake::MakeEvent make_event, Partition partition,
                                       EventLog::Done done);
  size_t Pending() const { return intake_.Pending(); }

  // Stops intake and passes on what waits; the log answers it when it is stopped, after this.
  // Idempotent.
  void Stop();

 private:
  static constexpr std::chrono::milliseconds kIdle{1000};  // it is woken for all that it does

  TextIntake intake_;
  StepThread thread_;
};

}  // namespace plenum
