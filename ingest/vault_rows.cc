#include "ingest/vault_rows.h"

#include <algorithm>

#include "schema/hash.h"

namespace plenum {

Digest DigestOf(std::span<const VaultRow> rows) {
  Sha256 sha;
  for (const VaultRow& row : rows) sha.Lp(row.key).Lp(row.value.value_or(std::string()));
  return sha.Finish();
}

void VaultChanges::Add(std::string_view key) {
  keys_.emplace_back(key);
  if (keys_.size() <= remembered_) return;
  keys_.pop_front();
  ++begin_;
}

std::optional<VaultChanges::Piece> VaultChanges::Since(uint64_t position, size_t max) const {
  if (position < begin_ || position > end()) return std::nullopt;
  Piece piece;
  piece.next = std::min<uint64_t>(end(), position + max);
  for (uint64_t at = position; at < piece.next; ++at) piece.keys.push_back(keys_[at - begin_]);
  std::ranges::sort(piece.keys);
  const auto again = std::ranges::unique(piece.keys);
  piece.keys.erase(again.begin(), again.end());
  return piece;
}

}  // namespace plenum
