// What the tests of the Kafka vault share.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "ingest/kafka_options.h"
#include "ingest/kafka_vault.h"

namespace plenum {

// Fails the test, and gives null, if it cannot be opened.
std::unique_ptr<KafkaVault> OpenVault(const KafkaOptions& options,
                                      const std::filesystem::path& folder,
                                      const KafkaVaultOptions& more = {});
// Why it cannot be opened; fails the test if it can.
std::string RefusalOf(const KafkaOptions& options, const std::filesystem::path& folder);

// How many files of the brokers' hold these words: segments, and what is left of old ones.
size_t BrokersFilesWith(const std::string& words);

}  // namespace plenum
