// Phone: a participant. Votes, changes its mind, writes, passes cards and scores them, from nothing
// but what its screen shows. Some are silent, some slow, and some do what they may not.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "tests/simulation/client.h"

namespace plenum::simulation {

class Phone final : public Client {
 public:
  struct Temper {
    int eager = 60;  // % of looks at the screen that lead to something
    int silent = 0;  // % of phases that it sleeps through
    bool hostile = false;
  };
  Phone(ClientParts parts, Badge badge, Random random, Temper temper)
      : Client(parts, std::move(badge), random), temper_(temper) {}

  // The texts that it wrote: by the id of the command.
  const std::map<EventId, std::string>& wrote() const { return wrote_; }

 protected:
  void Act() override;

 private:
  struct Now {  // what the stage shows
    ActivityId activity;
    uint32_t generation = 0;
    Phase phase = Phase::kWaiting;
    uint32_t round = 0;
    const json::Value* view = nullptr;
  };

  std::optional<Now> LookAtStage();
  void Collect(const Now& now);
  void Vote(const Now& now);
  void Mill(const Now& now);
  void Score(const Now& now);
  void Cheat(const Now& now);
  std::optional<BallotCast> FillIn(const Now& now);
  ChoiceCast Choose(const json::Value* ballot);
  DotsCast PlaceDots(const Now& now, uint32_t budget, uint32_t cap);
  // The next seq of one sort of command; never lower than the screen says.
  uint32_t NextSeq(const Now& now, std::string_view sort, uint32_t round, int64_t shown);

  const Temper temper_;
  std::map<EventId, std::string> wrote_;
  std::map<std::tuple<ActivityId, uint32_t, std::string, uint32_t>, uint32_t> seqs_;
  std::optional<std::tuple<ActivityId, uint32_t, Phase, uint32_t>> stage_;
  bool asleep_ = false;
};

// A client that asks and asks, and does not read the answers.
class Flood final : public Client {
 public:
  using Client::Client;
  Micros ReadingTime() override { return 60 * kSecond; }
  bool Reads() const override { return false; }

 protected:
  void Act() override;
  Micros ThinkingTime() override { return 20 * kMs; }
};

}  // namespace plenum::simulation
