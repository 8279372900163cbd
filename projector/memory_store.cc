#include "projector/memory_store.h"

namespace plenum {

std::expected<void, std::string> MemoryStore::Commit(const std::vector<StoreChange>& changes) {
  for (const StoreChange& change : changes) {
    if (change.value.empty()) {
      rows_.erase(change.key);
    } else {
      rows_[change.key] = change.value;
    }
  }
  return {};
}

std::expected<std::optional<std::string>, std::string> MemoryStore::Get(std::string_view key) {
  auto it = rows_.find(key);
  if (it == rows_.end()) return std::nullopt;
  return it->second;
}

std::expected<void, std::string> MemoryStore::Scan(
    std::string_view prefix,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) {
  for (auto it = rows_.lower_bound(prefix); it != rows_.end(); ++it) {
    if (!it->first.starts_with(prefix) || !visit(it->first, it->second)) break;
  }
  return {};
}

}  // namespace plenum
