#include "projector/text_cache.h"

namespace plenum {
namespace {

// What a text costs beside its own bytes: list and map nodes, and the string itself.
constexpr size_t kOverheadBytes = 128;

size_t CostOf(const std::string& text) { return text.size() + kOverheadBytes; }

}  // namespace

TextCache::TextCache(TextSource& source, size_t max_bytes)
    : source_(source), max_bytes_(max_bytes) {}

std::optional<std::string> TextCache::TextOf(const RoomId& room, const Item& item) {
  if (auto it = by_digest_.find(item.text); it != by_digest_.end()) {
    entries_.splice(entries_.begin(), entries_, it->second);
    return it->second->second;
  }
  // What is not there is not remembered: it may be on its way here from another node.
  std::optional<std::string> text = source_.TextOf(room, item);
  if (!text) return std::nullopt;
  entries_.emplace_front(item.text, *text);
  by_digest_[item.text] = entries_.begin();
  bytes_ += CostOf(*text);
  while (bytes_ > max_bytes_ && !entries_.empty()) Remove(std::prev(entries_.end()));
  return text;
}

std::string TextCache::RoomKey(const RoomId& room) { return source_.RoomKey(room); }

void TextCache::Forget(const Digest& text) {
  if (auto it = by_digest_.find(text); it != by_digest_.end()) Remove(it->second);
}

void TextCache::Remove(Entries::iterator entry) {
  bytes_ -= CostOf(entry->second);
  by_digest_.erase(entry->first);
  entries_.erase(entry);
}

}  // namespace plenum
