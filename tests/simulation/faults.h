// Faults: what goes wrong in a world, and when; drawn from the seed. Every run has its own mixture,
// some have none of a kind.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ingest/memory_log.h"
#include "tests/simulation/client.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/network.h"
#include "tests/simulation/random.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/trace.h"

namespace plenum::simulation {

struct FaultParts {
  Timeline& timeline;
  Network& network;
  Disk& disk;
  Trace& trace;
  std::function<void(size_t keep)> crash;
  std::function<Node*()> node;  // null while there is none
  std::function<Client*()> anybody;
  std::function<void()> move;  // somebody goes on with another phone
};

class Faults {
 public:
  Faults(FaultParts parts, Random random);

  void Start();
  // Heals everything that can be healed, and causes no more.
  void Stop();
  // For the log: appends doubled, lost, or their answers lost.
  std::function<AppendFault()> AppendFaults();
  // A machine died: its read models lose their newest commits.
  void LoseRows();

 private:
  using Kind = void (Faults::*)();

  void Plan();
  void Later(Micros low, Micros high, std::function<void()> heal);
  void Crash();
  void StallDisk();
  void FillDisk();
  void FailSync();
  void FailVault();
  void CutOne();
  void CutAll();
  void SlowNetwork();
  void JumpClock();
  void StopReading();
  void GoOffline();
  void Move();

  FaultParts parts_;
  Random random_;
  bool stopped_ = true;
  Micros pace_ = 0;
  int append_faults_ = 0;  // of a thousand
  std::vector<Kind> kinds_;
};

}  // namespace plenum::simulation
