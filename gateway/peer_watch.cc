#include "gateway/peer_watch.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "schema/json.h"

namespace plenum {
namespace {

constexpr size_t kPlaces = 4096;     // remembered, of this node and of others
constexpr size_t kToldAtPlace = 64;  // nodes
constexpr size_t kNodes = 1024;
constexpr size_t kHereAtOnce = 500;
constexpr size_t kRoomsAgain = 256;
constexpr int64_t kAliveMs = 5000;

int64_t MonotonicMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// The status, with who says so in front.
std::string EncodeTold(const NodeId& node, const RoomStatus& status) {
  return "{\"node\":\"" + node.Hex() + "\",\"fold\":" + std::to_string(kFoldVersion) + "," +
         EncodeStatus(status).substr(1);
}

std::string EncodeHere(const NodeId& node, std::span<const EventId> here) {
  json::Writer writer;
  writer.BeginObject().Key("node").String(node.Hex());
  if (!here.empty()) {
    writer.Key("here").BeginArray();
    for (const EventId& id : here) writer.String(id.Hex());
    writer.EndArray();
  }
  writer.EndObject();
  return writer.Take();
}

std::string EncodeAgain(const NodeId& node) {
  return "{\"node\":\"" + node.Hex() + "\",\"again\":true}";
}

std::vector<EventId> ReadHere(const json::Value& value) {
  std::vector<EventId> here;
  const json::Value* member = value.Find("here");
  const json::Array* list = member ? member->AsArray() : nullptr;
  if (!list) return here;
  for (const json::Value& each : *list) {
    const std::string* hex = each.AsString();
    if (auto id = hex ? EventId::FromHex(*hex) : std::nullopt) here.push_back(*id);
  }
  return here;
}

}  // namespace

PeerWatch::PeerWatch(Peers& peers, const NodeId& me, std::function<void(const Dissent&)> on_dissent,
                     std::function<void(std::vector<EventId>)> on_here)
    : peers_(peers), me_(me), on_dissent_(std::move(on_dissent)), on_here_(std::move(on_here)) {
  peers_.SetHear([this](std::string_view bytes) { Hear(bytes); });
}

PeerWatch::~PeerWatch() { Stop(); }

void PeerWatch::Start() { peers_.Start(); }
void PeerWatch::Stop() { peers_.Stop(); }

void PeerWatch::OnMilestone(const RoomStatus& mine) {
  const Place place{mine.room, mine.index};
  std::vector<Dissent> found;
  {
    std::lock_guard lock(mutex_);
    const auto [at, is_new] = mine_.try_emplace(place, Mine{mine, {}});
    if (!is_new) return;  // read again after a restart of the log
    mine_order_.push_back(place);
    if (mine_order_.size() > kPlaces) {
      mine_.erase(mine_order_.front());
      mine_order_.pop_front();
    }
    if (auto ahead = ahead_.find(place); ahead != ahead_.end()) {
      for (const Told& told : ahead->second) Compare(at->second, told, &found);
      ahead_.erase(ahead);
    }
  }
  peers_.Tell(EncodeTold(me_, mine));
  for (const Dissent& dissent : found) on_dissent_(dissent);
}

void PeerWatch::TellHere(const EventId& joined) {
  std::lock_guard lock(mutex_);
  here_.push_back(joined);
}

void PeerWatch::Tick() {
  std::vector<EventId> here;
  std::vector<RoomStatus> newest;
  {
    std::lock_guard lock(mutex_);
    here = std::exchange(here_, {});
    if (std::exchange(again_, false)) newest = NewestOfRooms();
  }
  for (const RoomStatus& status : newest) peers_.Tell(EncodeTold(me_, status));
  std::span<const EventId> rest(here);
  do {
    const size_t some = std::min(rest.size(), kHereAtOnce);
    peers_.Tell(EncodeHere(me_, rest.first(some)));
    rest = rest.subspan(some);
  } while (!rest.empty());
}

PeerWatch::Counters PeerWatch::counters() const {
  const int64_t now = MonotonicMs();
  std::lock_guard lock(mutex_);
  const auto alive = [now](const auto& heard) { return now - heard.second <= kAliveMs; };
  return {.nodes = static_cast<size_t>(std::ranges::count_if(heard_ms_, alive)),
          .compared = compared_,
          .differing = differing_};
}

void PeerWatch::Hear(std::string_view bytes) {
  auto value = json::Parse(bytes);
  if (!value) return;
  const json::Value* member = value->Find("node");
  const std::string* hex = member ? member->AsString() : nullptr;
  auto node = hex ? NodeId::FromHex(*hex) : std::nullopt;
  if (!node || *node == me_) return;
  bool is_new = false;
  {
    std::lock_guard lock(mutex_);
    if (heard_ms_.size() >= kNodes) heard_ms_.clear();
    int64_t& heard = heard_ms_[*node];
    const int64_t now = MonotonicMs();
    is_new = heard == 0 || now - heard > kAliveMs;
    heard = now;
    again_ |= value->Find("again") != nullptr;
  }
  if (is_new) peers_.Tell(EncodeAgain(me_));
  if (auto here = ReadHere(*value); !here.empty()) return on_here_(std::move(here));
  const json::Value* fold = value->Find("fold");
  auto status = ParseStatus(bytes);
  if (!status || !fold || !fold->AsInt()) return;
  HearStatus({*node, static_cast<uint32_t>(*fold->AsInt()), *std::move(status)});
}

void PeerWatch::HearStatus(Told told) {
  const Place place{told.status.room, told.status.index};
  std::vector<Dissent> found;
  {
    std::lock_guard lock(mutex_);
    if (auto mine = mine_.find(place); mine != mine_.end()) {
      Compare(mine->second, told, &found);
    } else {
      auto [ahead, is_new] = ahead_.try_emplace(place);
      if (is_new) ahead_order_.push_back(place);
      if (ahead->second.size() < kToldAtPlace) ahead->second.push_back(std::move(told));
      if (ahead_order_.size() > kPlaces) {
        ahead_.erase(ahead_order_.front());
        ahead_order_.pop_front();
      }
    }
  }
  for (const Dissent& dissent : found) on_dissent_(dissent);
}

void PeerWatch::Compare(Mine& mine, const Told& told, std::vector<Dissent>* found) {
  if (std::ranges::find(mine.compared, told.node) != mine.compared.end()) return;
  if (mine.compared.size() < kToldAtPlace) mine.compared.push_back(told.node);
  ++compared_;
  if (mine.status == told.status) return;
  ++differing_;
  found->push_back({told.node, mine.status, told.status, told.fold});
}

// Of the rooms that came on last. Holds the mutex.
std::vector<RoomStatus> PeerWatch::NewestOfRooms() const {
  std::vector<RoomStatus> newest;
  std::set<RoomId> rooms;
  for (auto place = mine_order_.rbegin(); place != mine_order_.rend(); ++place) {
    if (rooms.size() == kRoomsAgain) break;
    if (rooms.insert(place->first).second) newest.push_back(mine_.at(*place).status);
  }
  return newest;
}

}  // namespace plenum
