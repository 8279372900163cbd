// The texts that views show again and again, kept in memory within a bound. Projector's thread
// only.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "projector/views/view_builder.h"

namespace plenum {

inline constexpr size_t kTextCacheBytes = 8u << 20;

// The least recently used text goes first. Keys are not kept: a destroyed key must be gone.
class TextCache : public TextSource {
 public:
  explicit TextCache(TextSource& source, size_t max_bytes = kTextCacheBytes);

  std::optional<std::string> TextOf(const RoomId& room, const Item& item) override;
  std::string RoomKey(const RoomId& room) override;

  void Forget(const Digest& text);  // it was erased
  size_t bytes() const { return bytes_; }

 private:
  using Entries = std::list<std::pair<Digest, std::string>>;  // newest use first

  void Remove(Entries::iterator entry);

  TextSource& source_;
  const size_t max_bytes_;
  size_t bytes_ = 0;
  Entries entries_;
  std::map<Digest, Entries::iterator> by_digest_;
};

}  // namespace plenum
