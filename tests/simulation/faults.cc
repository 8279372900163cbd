#include "tests/simulation/faults.h"

#include <algorithm>
#include <utility>

#include "tests/simulation/node.h"

namespace plenum::simulation {

Faults::Faults(FaultParts parts, Random random) : parts_(std::move(parts)), random_(random) {
  const std::vector<Kind> all = {
      &Faults::Crash,     &Faults::Crash,       &Faults::StallDisk, &Faults::FillDisk,
      &Faults::FailSync,  &Faults::FailVault,   &Faults::CutOne,    &Faults::CutOne,
      &Faults::CutAll,    &Faults::SlowNetwork, &Faults::JumpClock, &Faults::StopReading,
      &Faults::GoOffline, &Faults::Move,
  };
  for (Kind kind : all) {
    if (random_.Percent(60)) kinds_.push_back(kind);
  }
  pace_ = random_.Between(500, 8000) * kMs;
  if (random_.Percent(30)) append_faults_ = static_cast<int>(random_.Between(1, 20));
}

void Faults::Start() {
  stopped_ = false;
  Plan();
}

void Faults::Stop() {
  stopped_ = true;
  parts_.disk.log().Stall(false);
  parts_.disk.log().SetFreeBytes(~0ull);
  parts_.disk.vault.FailWrites(std::nullopt);
  parts_.network.SetWeather({});
}

void Faults::Plan() {
  parts_.timeline.After(random_.Between(pace_ / 4, 2 * pace_), [this] {
    if (stopped_) return;
    if (!kinds_.empty()) (this->*random_.Pick(kinds_))();
    Plan();
  });
}

void Faults::Later(Micros low, Micros high, std::function<void()> heal) {
  parts_.timeline.After(random_.Between(low, high), std::move(heal));
}

std::function<AppendFault()> Faults::AppendFaults() {
  return [this] {
    if (stopped_ || static_cast<int>(random_.Below(1000)) >= append_faults_) {
      return AppendFault::kNone;
    }
    parts_.trace.Count("append fault");
    const AppendFault faults[] = {AppendFault::kTwice, AppendFault::kAnswerLost,
                                  AppendFault::kLost};
    return faults[random_.Below(3)];
  };
}

void Faults::LoseRows() {
  FragileStore& rows = parts_.disk.rows;
  if (random_.Percent(10)) {
    parts_.trace.Count("read models gone");
    return rows.Clear();
  }
  const size_t lost = random_.Below(std::min<size_t>(rows.CanLose(), 30) + 1);
  if (lost > 0) parts_.trace.Count("commits lost");
  rows.Lose(lost);
}

void Faults::Crash() {
  // Sometimes in the middle of a write.
  if (parts_.node() && random_.Percent(50)) {
    parts_.disk.log().Stall(true);
    Later(20 * kMs, 400 * kMs,
          [this] { parts_.crash(random_.Below(parts_.disk.log().Unsynced() + 1)); });
    return;
  }
  parts_.crash(random_.Below(parts_.disk.log().Unsynced() + 1));
}

void Faults::StallDisk() {
  parts_.trace.Count("disk stalled");
  parts_.disk.log().Stall(true);
  Later(100 * kMs, 3 * kSecond, [this] { parts_.disk.log().Stall(false); });
}

void Faults::FillDisk() {
  parts_.trace.Count("disk full");
  // Below the floor for votes, or so that not even the staff may write.
  parts_.disk.log().SetFreeBytes(random_.Percent(50) ? limits::kDiskFloorBytes - 1 : 0);
  Later(500 * kMs, 4 * kSecond, [this] { parts_.disk.log().SetFreeBytes(~0ull); });
}

void Faults::FailSync() {
  parts_.trace.Count("sync failed");
  parts_.disk.log().FailNextSync();
}

void Faults::FailVault() {
  parts_.trace.Count("vault refused");
  parts_.disk.vault.FailWrites(LogError::kDiskFull);
  Later(200 * kMs, 3 * kSecond, [this] { parts_.disk.vault.FailWrites(std::nullopt); });
}

void Faults::CutOne() {
  parts_.trace.Count("cut");
  parts_.network.CutOne();
}

void Faults::CutAll() {
  parts_.trace.Count("all cut");
  parts_.network.CutAll();
}

void Faults::SlowNetwork() {
  parts_.trace.Count("slow network");
  parts_.network.SetWeather({10 * kMs, random_.Between(50, 900) * kMs});
  Later(kSecond, 5 * kSecond, [this] { parts_.network.SetWeather({}); });
}

void Faults::JumpClock() {
  if (!parts_.node()) return;
  parts_.trace.Count("clock jump");
  parts_.node()->JumpClock(random_.Between(-20'000, 20'000));
}

void Faults::StopReading() {
  Client* client = parts_.anybody();
  if (!client) return;
  parts_.trace.Count("stops reading");
  client->ReadSlowly(random_.Between(1, 20) * kSecond);
  Later(2 * kSecond, 20 * kSecond, [client] { client->ReadSlowly(0); });
}

void Faults::GoOffline() {
  if (Client* client = parts_.anybody()) client->Drop();
}

void Faults::Move() { parts_.move(); }

}  // namespace plenum::simulation
