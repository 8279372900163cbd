#include "tests/kafka/kafka_vault_place.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "tests/unit/ingest_temp_folder.h"

namespace plenum {

std::unique_ptr<KafkaVault> OpenVault(const KafkaOptions& options,
                                      const std::filesystem::path& folder,
                                      const KafkaVaultOptions& more) {
  auto vault = KafkaVault::Open(options, folder, more);
  EXPECT_TRUE(vault.has_value()) << vault.error();
  return vault ? *std::move(vault) : nullptr;
}

std::string RefusalOf(const KafkaOptions& options, const std::filesystem::path& folder) {
  const auto vault = KafkaVault::Open(options, folder);
  EXPECT_FALSE(vault.has_value());
  return vault ? "" : vault.error();
}

size_t BrokersFilesWith(const std::string& words) {
  const char* control = getenv("PLENUM_TEST_KAFKA_CONTROL");
  EXPECT_NE(control, nullptr);
  if (control == nullptr) return 0;
  return FilesWith(std::filesystem::path(control).parent_path(), words, ".log");
}

}  // namespace plenum
