#include "gateway/copies.h"

#include <algorithm>

namespace plenum {
namespace {

constexpr TimeMs kSilentMs = 3000;  // a copy asks at least every second
constexpr size_t kEnds = 10'000;
constexpr size_t kCopies = 64;
constexpr TimeMs kTenth = 100;

}  // namespace

void Copies::Observe(uint64_t end, TimeMs now) {
  if (!ends_.empty() && ends_.back().first >= end) return;
  ends_.emplace_back(end, now);
  if (ends_.size() > kEnds) ends_.pop_front();
}

void Copies::Heard(const std::string& name, uint64_t has, TimeMs now) {
  if (!copies_.contains(name) && copies_.size() >= kCopies) {
    auto oldest =
        std::ranges::min_element(copies_, {}, [](const auto& entry) { return entry.second.heard; });
    copies_.erase(oldest);
  }
  copies_[name] = {has, now};
}

CopyLag Copies::LagOf(const std::string& name, const Copy& copy, TimeMs now) const {
  CopyLag lag;
  lag.name = name;
  lag.connected = now - copy.heard < kSilentMs;
  const uint64_t end = ends_.empty() ? 0 : ends_.back().first;
  if (copy.has >= end) return lag;
  lag.behind = end - copy.has;
  auto first = std::ranges::upper_bound(ends_, copy.has, {}, &std::pair<uint64_t, TimeMs>::first);
  lag.behind_ms = std::max<TimeMs>(0, now - first->second);
  return lag;
}

std::vector<CopyLag> Copies::List(TimeMs now) const {
  std::vector<CopyLag> list;
  for (const auto& [name, copy] : copies_) list.push_back(LagOf(name, copy, now));
  return list;
}

CopyState Copies::State(TimeMs now) const {
  CopyState state;
  for (const CopyLag& lag : List(now)) {
    if (!lag.connected) continue;
    const TimeMs tenths = (lag.behind_ms + kTenth - 1) / kTenth * kTenth;
    const bool nearer = state.connected == 0 || lag.behind < state.behind;
    if (nearer) {
      state.behind = lag.behind;
      state.behind_ms = static_cast<uint64_t>(tenths);
    }
    ++state.connected;
  }
  return state;
}

}  // namespace plenum
