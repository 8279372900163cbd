// The vault's contract on the Kafka vault, on real brokers.
#include "tests/kafka/kafka_place.h"
#include "tests/kafka/kafka_vault_place.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/vault_contract.h"

namespace plenum {
namespace {

class KafkaVaultUnderTest final : public VaultUnderTest {
 public:
  KafkaVaultUnderTest() : options_(FreshPlace()) {
    options_.answer_within = std::chrono::minutes(1);  // however slow the machine is
    MakeTopics(options_);
    Reopen();
  }
  Vault& vault() override { return *vault_; }
  void Reopen() override {
    vault_.reset();
    vault_ = OpenVault(options_, folder_.path() / "copy");
    if (vault_ == nullptr) std::abort();
  }

 private:
  KafkaOptions options_;
  TempFolder folder_;
  std::unique_ptr<KafkaVault> vault_;
};

INSTANTIATE_TEST_SUITE_P(Kafka, VaultContract,
                         testing::Values(VaultKind{
                             "kafka", [] { return std::make_unique<KafkaVaultUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
