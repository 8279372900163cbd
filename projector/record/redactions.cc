#include "projector/record/redactions.h"

namespace plenum {
namespace {

// All keys that the item has and had, now and in former generations.
std::vector<EventId> TextsOf(const Activity& activity, const ItemId& id) {
  std::vector<EventId> texts;
  if (const Item* item = activity.FindItem(id)) {
    texts = item->earlier;
    texts.push_back(item->added_by);
  }
  if (auto former = activity.former.find(id); former != activity.former.end()) {
    texts.insert(texts.end(), former->second.texts.begin(), former->second.texts.end());
  }
  std::erase_if(texts, [](const EventId& text) { return text.IsZero(); });
  return texts;
}

}  // namespace

std::string ReasonWords(const Say& say, Redaction reason) {
  switch (reason) {
    case Redaction::kPersonal:
      return say("it tells about a person");
    case Redaction::kHurtful:
      return say("it could hurt somebody");
    case Redaction::kConfidential:
      return say("it is confidential");
    case Redaction::kAsked:
      return say("its author asked for it");
    case Redaction::kNone:
    case Redaction::kOther:
      break;
  }
  return say("the editors decided so");
}

uint32_t VersionFrom(const RoomState& state, uint64_t index) {
  uint32_t version = 1;
  for (const RecordVersion& each : state.versions) version += each.entries <= index;
  return version;
}

Redactions::Redactions(const RoomState& state, const Say& say) {
  for (const auto& [key, redacted] : state.redacted) {
    const std::string version = std::to_string(VersionFrom(state, redacted.index));
    const std::string words =
        say("(redacted in version {0}: {1})", {version, ReasonWords(say, redacted.reason)});
    items_[key] = words;
    const Activity* activity = state.Find(key.first);
    if (!activity) continue;
    for (const EventId& text : TextsOf(*activity, key.second)) texts_[text] = words;
  }
}

std::optional<std::string> Redactions::Of(const ActivityId& activity, const ItemId& item,
                                          const std::vector<EventId>& texts) const {
  if (auto it = items_.find({activity, item}); it != items_.end()) return it->second;
  for (const EventId& text : texts) {
    if (auto it = texts_.find(text); it != texts_.end()) return it->second;
  }
  return std::nullopt;
}

void Redactions::ApplyTo(const ActivityId& activity, RecordTable& table) const {
  for (RecordRow& row : table.rows) {
    for (RecordMerged& merged : row.merged) {
      if (auto words = Of(activity, merged.id, merged.texts)) merged.title = {*words, ""};
    }
    const auto words = Of(activity, row.id, row.texts);
    if (!words) continue;
    row.title = {*words, ""};
    row.detail = {};
    for (Words& field : row.fields) field = {};
    if (!row.fields.empty()) row.fields.front() = row.title;
  }
}

void Redactions::Apply(RecordSection& section) const {
  ApplyTo(section.activity, section.table);
  for (RecordTable& table : section.more) ApplyTo(section.activity, table);
}

}  // namespace plenum
