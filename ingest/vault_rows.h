// The rows of a vault as they are, for keeping a copy of it: which have changed, and what they say.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum {

struct VaultRow {
  std::string key;
  std::optional<std::string> value;  // nullopt: there is no such row (any more)
  bool operator==(const VaultRow&) const = default;
};

// SHA-256 over lp(key) ‖ lp(value) of each. REQUIRES: all have a value.
Digest DigestOf(std::span<const VaultRow> rows);

// Which rows have changed since the vault was opened, as far as they are remembered. Not
// synchronised.
class VaultChanges {
 public:
  explicit VaultChanges(size_t remembered) : remembered_(remembered) {}

  void Add(std::string_view key);
  // Changes so far; the position of the next one.
  uint64_t end() const { return begin_ + keys_.size(); }
  // The keys that have changed from this position on, up to `max` changes; nullopt if the position
  // is not known (any more).
  struct Piece {
    std::vector<std::string> keys;  // each once, in order
    uint64_t next = 0;              // the position after it
  };
  std::optional<Piece> Since(uint64_t position, size_t max) const;

 private:
  const size_t remembered_;
  uint64_t begin_ = 0;  // the position of the first
  std::deque<std::string> keys_;
};

}  // namespace plenum
