// The texts that views show: those that are shown again and again are kept in memory within a
// bound, and those that were looked for in vain are looked for again for a while. Projector's
// thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"

namespace plenum {

inline constexpr size_t kTextCacheBytes = 8u << 20;
inline constexpr size_t kMissingTexts = 1024;
// How a missing text is looked for: soon at first, and not for ever, for it may have been erased.
inline constexpr TimeMs kSoonLookMs = 100;
inline constexpr TimeMs kSoonLooksMs = 1000;
inline constexpr TimeMs kLateLookMs = 1000;
inline constexpr TimeMs kLateLooksMs = 10'000;

// The least recently used text goes first. Keys are not kept: a destroyed key must be gone.
class TextCache : public TextSource {
 public:
  explicit TextCache(TextSource& source, size_t max_bytes = kTextCacheBytes);

  std::optional<std::string> TextOf(const RoomId& room, const Item& item) override;
  std::string RoomKey(const RoomId& room) override;
  uint64_t Revision() const override { return source_.Revision(); }

  // How often a text was asked for in vain: whoever builds a view sees if it lacks one.
  uint64_t missed() const { return missed_; }
  // Looks again for what is missing and due. The rooms of which a text has come since the last
  // time, so that what lacked it is built again.
  std::set<RoomId> LookAgain(TimeMs now);
  // When to look again; nullopt: nothing is missing, or has been for too long.
  std::optional<TimeMs> NextLook(TimeMs now);
  // Forgets everything if the source says that it must be read anew; then every view must be, too.
  bool Renew();

  size_t bytes() const { return bytes_; }

 private:
  using Entries = std::list<std::pair<Digest, std::string>>;  // newest use first
  struct Missing {
    RoomId room;
    Item item;
    std::optional<TimeMs> since;  // nullopt: since the last view
    std::optional<TimeMs> next;   // nullopt: nobody looks for it any more
  };

  void Keep(const Digest& digest, const std::string& text);
  void Remove(Entries::iterator entry);
  void Miss(const RoomId& room, const Item& item);
  static void Plan(Missing& missing, TimeMs now);

  TextSource& source_;
  const size_t max_bytes_;
  size_t bytes_ = 0;
  Entries entries_;
  std::map<Digest, Entries::iterator> by_digest_;
  std::map<Digest, Missing> missing_;  // at most kMissingTexts
  std::set<RoomId> come_;
  uint64_t missed_ = 0;
  uint64_t revision_;
};

}  // namespace plenum
