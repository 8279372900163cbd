// Store: where read models are kept. State and position are committed together or not at all.
// All of it can be thrown away and rebuilt from the log.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum {

struct StoreChange {
  std::string key;
  std::string value;  // empty: delete
};

class Store {
 public:
  virtual ~Store() = default;

  // Atomic; absolute values only. Not synced: what is lost is folded again.
  virtual std::expected<void, std::string> Commit(const std::vector<StoreChange>& changes) = 0;
  virtual std::expected<std::optional<std::string>, std::string> Get(std::string_view key) = 0;
  // All keys with the prefix, in order, until `visit` says false.
  virtual std::expected<void, std::string> Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) = 0;
};

}  // namespace plenum
