#include "gateway/rehearse/exported_log.h"

#include "schema/json.h"

namespace plenum::rehearse {

bool ExportedLog::Add(std::string_view line) {
  std::expected<json::Value, json::Error> event = json::Parse(line);
  const json::Value* id = event ? event->Find("id") : nullptr;
  std::optional<EventId> parsed =
      id != nullptr && id->AsString() != nullptr ? EventId::FromHex(*id->AsString()) : std::nullopt;
  const uint64_t index = ids_.size();
  places_[parsed.value_or(EventId{})].push_back(index);
  ids_.push_back(parsed.value_or(EventId{}));
  if (!parsed) return false;
  if (line.find("seats.planned") == std::string_view::npos) return true;
  std::expected<Event, std::string> decoded = DecodeEvent(line);
  if (!decoded) return true;
  if (const auto* plan = std::get_if<SeatsPlanned>(&decoded->payload))
    plans_.push_back({index, decoded->activity, *plan});
  return true;
}

const std::vector<uint64_t>& ExportedLog::PlacesOf(const EventId& id) const {
  static const std::vector<uint64_t> kNowhere;
  auto places = places_.find(id);
  return places == places_.end() ? kNowhere : places->second;
}

}  // namespace plenum::rehearse
