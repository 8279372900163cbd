#include "gateway/storage.h"

#include <system_error>
#include <utility>

#include "gateway/data_folder.h"

namespace plenum {
namespace {

std::expected<Storage, std::string> OpenBuiltIn(const StorageOptions& options, bool make) {
  auto folder = OpenDataFolder(options.data, options.KeysFolder(), make);
  if (!folder) return std::unexpected(folder.error());
  return Storage{.keys = std::move(folder->keys),
                 .log = std::move(folder->log),
                 .vault = std::move(folder->vault),
                 .peers = nullptr};
}

}  // namespace

std::expected<Storage, std::string> OpenStorage(const StorageOptions& options, bool make) {
  if (options.kafka.used()) return std::unexpected("The log on Kafka is being built.");
  return OpenBuiltIn(options, make);
}

}  // namespace plenum
