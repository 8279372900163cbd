#include "projector/fold/merkle.h"

#include <bit>

#include "projector/fold/bytes.h"
#include "schema/hash.h"

namespace plenum {

Digest MerkleLeaf(std::string_view entry) { return Sha256().U8(0).Bytes(entry).Finish(); }

Digest MerkleNode(const Digest& left, const Digest& right) {
  return Sha256().U8(1).Bytes(left.View()).Bytes(right.View()).Finish();
}

void CompactRange::Append(std::string_view entry) {
  Digest hash = MerkleLeaf(entry);
  // Each trailing one bit of the old size is a subtree as large as the one in hand: join them.
  for (uint64_t size = size_; (size & 1) != 0; size >>= 1) {
    hash = MerkleNode(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

Digest CompactRange::Root() const {
  if (subtrees_.empty()) return HashOf("");
  Digest hash = subtrees_.back();
  for (size_t i = subtrees_.size() - 1; i-- > 0;) hash = MerkleNode(subtrees_[i], hash);
  return hash;
}

std::string CompactRange::Encode() const {
  ByteWriter writer;
  writer.Int(size_);
  for (const Digest& subtree : subtrees_) writer.Put(subtree);
  return writer.Take();
}

std::expected<CompactRange, std::string> CompactRange::Decode(std::string_view bytes) {
  CompactRange range;
  ByteReader reader(bytes);
  reader.Int(range.size_);
  range.subtrees_.resize(static_cast<size_t>(std::popcount(range.size_)));
  for (Digest& subtree : range.subtrees_) reader.Put(subtree);
  if (!reader.AtEnd()) return std::unexpected("The row of the Merkle tree is damaged.");
  return range;
}

}  // namespace plenum
