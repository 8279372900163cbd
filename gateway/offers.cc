#include "gateway/offers.h"

#include "schema/limits.h"

namespace plenum {

bool Offers::Hold(uint64_t index, Offer offer) {
  if (auto known = places_.find(offer.event.id); known != places_.end()) {
    held_.at(known->second).connection = offer.connection;
    return true;
  }
  if (held_.size() >= limits::kOffers) return false;
  const Place place{index, came_++};
  places_.emplace(offer.event.id, place);
  held_.emplace(place, std::move(offer));
  return true;
}

std::vector<Offer> Offers::TakeAll() {
  std::vector<Offer> all;
  all.reserve(held_.size());
  for (auto& [place, offer] : held_) all.push_back(std::move(offer));
  held_.clear();
  places_.clear();
  return all;
}

}  // namespace plenum
