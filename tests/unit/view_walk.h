// A small day in a room, walked through event by event, so that tests can look at every screen
// after each. All methods, every phase, one merge.
#pragma once

#include <functional>
#include <string>

#include "tests/unit/projector_kit.h"

namespace plenum::testing {

inline constexpr uint32_t kWalkPeople = 8;

struct WalkOptions {
  // What a person answers, from 0 to 4; the walk makes a ballot of it. The second argument counts
  // the questions (in 25/10 the rounds too).
  std::function<int(uint32_t person, int question)> answer = [](uint32_t person, int question) {
    return static_cast<int>((person + static_cast<uint32_t>(question)) % 5);
  };
  // After each event; `what` names the moment where there is something to see.
  std::function<void(const std::string& what)> look;
};

class Walk {
 public:
  explicit Walk(WalkOptions options);

  void Run();

  std::string Stage();
  std::string Console();
  std::string Pinned(const ActivityId& activity);
  std::string Person(uint32_t person);
  const RoomState& state();
  Node& node() { return node_; }
  const RoomId& room() const { return script_.room(); }

 private:
  void Do(const Event& event, const std::string& what = "");
  void Step(const ActivitySpec& spec, Phase to);
  void CloseAndReveal(const ActivitySpec& spec);
  void Say();
  void PlayScale(const ActivitySpec& spec);
  void PlayChoice();
  void PlayDots();
  void PlayDeck();
  void PlayRound(int round);
  void Merge();
  ViewContext Context();

  WalkOptions options_;
  MemoryStorage disk_{"log-a"};
  MemoryStore store_;
  Node node_{disk_, store_};
  Script script_{RoomNumber(7)};
  ActivitySpec start_ = ScaleSpec("confidence-start", "confidence");
  ActivitySpec areas_ = ChoiceSpec("areas");
  ActivitySpec ideas_ = DeckSpec("ideas");
  ActivitySpec gallery_ = DotsSpec("gallery");
  ActivitySpec end_ = ScaleSpec("confidence-end", "confidence");
  int question_ = 0;
};

}  // namespace plenum::testing
