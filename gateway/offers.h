// Offers: commands that clients offer again to a server that has taken over and lacks them. They
// are held until all clients have had the time to come back, and then recorded in the order in
// which they were recorded the first time, whoever came first: a vote before the close that
// followed it. Not synchronised.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schema/event.h"

namespace plenum {

struct Offer {
  uint64_t connection = 0;
  Event event;
  std::optional<std::string> text;
};

class Offers {
 public:
  // False: too many are held. An event that is held already is held once, for the newer connection.
  bool Hold(uint64_t index, Offer offer);
  // All of them, in order.
  std::vector<Offer> TakeAll();
  size_t size() const { return held_.size(); }

 private:
  using Place = std::pair<uint64_t, uint64_t>;  // index as it was, and when it came
  std::map<Place, Offer> held_;
  std::unordered_map<EventId, Place> places_;
  uint64_t came_ = 0;
};

}  // namespace plenum
