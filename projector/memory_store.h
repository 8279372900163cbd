// A store in memory, for tests, the simulation, replays and rebuilds that are only compared.
// Not thread-safe.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "projector/store.h"

namespace plenum {

class MemoryStore : public Store {
 public:
  std::expected<void, std::string> Commit(const std::vector<StoreChange>& changes) override;
  std::expected<std::optional<std::string>, std::string> Get(std::string_view key) override;
  std::expected<void, std::string> Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) override;

  // All rows: a simulated disk copies them before a crash, a test compares or damages them.
  using Rows = std::map<std::string, std::string, std::less<>>;
  Rows& rows() { return rows_; }

 private:
  Rows rows_;
};

}  // namespace plenum
