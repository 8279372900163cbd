// Staff beside the presenter: a moderator who reads what waits for approval, a keyer who types in
// ballots from paper, a producer who may erase.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gateway/rehearse/client.h"
#include "gateway/rehearse/population.h"

namespace plenum::rehearse {

// What all of them share: a client, and a pace.
class StaffMember : protected ClientSink {
 public:
  StaffMember(Shared& shared, std::unique_ptr<Link> link, uint32_t who, std::string token,
              Random random)
      : shared_(shared),
        random_(random),
        client_(shared, std::move(link), who, std::move(token), random.Fork("client"), *this) {}

  void Start() { client_.Connect(); }
  void Stop() { client_.Leave(); }
  // Whether there is something left to do or to hear.
  bool IsBusy() const { return client_.unanswered() > 0 || !client_.ready() || pending_ > 0; }

 protected:
  // Does `then` within what it takes in the room.
  void Later(std::chrono::milliseconds in_the_room, std::function<void()> then);
  bool ReadsConsole() const override { return false; }

  Shared& shared_;
  Random random_;
  uint32_t pending_ = 0;
  Client client_;
};

// Approves what waits, but for a few; hides something that was shown at once here and there.
class Moderator : public StaffMember {
 public:
  Moderator(Shared& shared, const RunSheet& sheet, std::unique_ptr<Link> link, std::string token,
            Random random)
      : StaffMember(shared, std::move(link), kModerator, std::move(token), random), sheet_(sheet) {}

 private:
  bool ReadsConsole() const override;
  void OnConsole(const ConsoleView& view) override;
  void Judge(const ActivityId& activity, const ShownItem& item, bool waits);

  const RunSheet& sheet_;
  std::set<std::pair<ActivityId, ItemId>> judged_;
};

// Types in each paper while voting is open, in the order of the pile.
class Keyer : public StaffMember {
 public:
  Keyer(Shared& shared, const RunSheet& sheet, const Population& population,
        std::unique_ptr<Link> link, std::string token, Random random)
      : StaffMember(shared, std::move(link), kKeyer, std::move(token), random),
        sheet_(sheet),
        population_(population) {}

 private:
  void OnStage(const StageView& view) override;
  void TypeNext();

  const RunSheet& sheet_;
  const Population& population_;
  std::set<size_t> typed_;  // places in the pile
  bool typing_ = false;
};

// Says what the presenter may not.
class Producer : public StaffMember {
 public:
  Producer(Shared& shared, std::unique_ptr<Link> link, std::string token, Random random)
      : StaffMember(shared, std::move(link), kProducer, std::move(token), random) {}

  void Say(Command command) { client_.Say(std::move(command)); }
};

}  // namespace plenum::rehearse
