#include "projector/text_cache.h"

#include <algorithm>
#include <iterator>

namespace plenum {
namespace {

// What a text costs beside its own bytes: list and map nodes, and the string itself.
constexpr size_t kOverheadBytes = 128;

size_t CostOf(const std::string& text) { return text.size() + kOverheadBytes; }

}  // namespace

TextCache::TextCache(TextSource& source, size_t max_bytes)
    : source_(source), max_bytes_(max_bytes), revision_(source.Revision()) {}

std::optional<std::string> TextCache::TextOf(const RoomId& room, const Item& item) {
  if (auto it = by_digest_.find(item.text); it != by_digest_.end()) {
    entries_.splice(entries_.begin(), entries_, it->second);
    return it->second->second;
  }
  std::optional<std::string> text = source_.TextOf(room, item);
  if (text) {
    if (missing_.erase(item.text) > 0) come_.insert(room);  // earlier views lack it
    Keep(item.text, *text);
  } else {
    Miss(room, item);
  }
  return text;
}

std::string TextCache::RoomKey(const RoomId& room) { return source_.RoomKey(room); }

std::set<RoomId> TextCache::LookAgain(TimeMs now) {
  for (auto it = missing_.begin(); it != missing_.end();) {
    Missing& missing = it->second;
    const bool due = missing.next && (now >= *missing.next || now < *missing.since);
    const auto text = due ? source_.TextOf(missing.room, missing.item) : std::nullopt;
    if (text) {
      Keep(it->first, *text);
      come_.insert(missing.room);
      it = missing_.erase(it);
      continue;
    }
    if (due) Plan(missing, now);
    ++it;
  }
  return std::exchange(come_, {});
}

std::optional<TimeMs> TextCache::NextLook(TimeMs now) {
  if (!come_.empty()) return now;
  std::optional<TimeMs> due;
  for (auto& [digest, missing] : missing_) {
    if (!missing.since) Plan(missing, now);
    if (missing.next) due = due ? std::min(*due, *missing.next) : *missing.next;
  }
  return due;
}

bool TextCache::Renew() {
  if (source_.Revision() == revision_) return false;
  revision_ = source_.Revision();
  entries_.clear();
  by_digest_.clear();
  bytes_ = 0;
  missing_.clear();
  come_.clear();
  return true;
}

void TextCache::Keep(const Digest& digest, const std::string& text) {
  entries_.emplace_front(digest, text);
  by_digest_[digest] = entries_.begin();
  bytes_ += CostOf(text);
  while (bytes_ > max_bytes_ && !entries_.empty()) Remove(std::prev(entries_.end()));
}

void TextCache::Remove(Entries::iterator entry) {
  bytes_ -= CostOf(entry->second);
  by_digest_.erase(entry->first);
  entries_.erase(entry);
}

// What nobody looks for any more stays known, so that it is not looked for once more whenever a
// view is built; it makes room for what may still come.
void TextCache::Miss(const RoomId& room, const Item& item) {
  ++missed_;
  if (missing_.contains(item.text)) return;
  if (missing_.size() >= kMissingTexts) {
    const auto given_up = std::ranges::find_if(
        missing_, [](const auto& each) { return each.second.since && !each.second.next; });
    if (given_up == missing_.end()) return;  // the view's next change looks for it
    missing_.erase(given_up);
  }
  missing_.emplace(item.text, Missing{room, item, {}, {}});
}

void TextCache::Plan(Missing& missing, TimeMs now) {
  if (!missing.since || now < *missing.since) missing.since = now;  // a clock may be set back
  const TimeMs age = now - *missing.since;
  missing.next.reset();
  if (age < kLateLooksMs) missing.next = now + (age < kSoonLooksMs ? kSoonLookMs : kLateLookMs);
}

}  // namespace plenum
