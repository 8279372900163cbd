// The running Merkle tree of a room (RFC 6962, section 2.1): only the hashes of the perfect
// subtrees are kept, one a bit of the size, so an append costs two hashes on average.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum {

Digest MerkleLeaf(std::string_view entry);                   // H(00 ‖ entry)
Digest MerkleNode(const Digest& left, const Digest& right);  // H(01 ‖ left ‖ right)

class CompactRange {
 public:
  void Append(std::string_view entry);
  uint64_t size() const { return size_; }
  Digest Root() const;  // H("") when empty

  // u64 size ‖ the subtrees' hashes, largest first.
  std::string Encode() const;
  static std::expected<CompactRange, std::string> Decode(std::string_view bytes);

 private:
  uint64_t size_ = 0;
  std::vector<Digest> subtrees_;  // largest (leftmost) first
};

}  // namespace plenum
