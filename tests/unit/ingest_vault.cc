// The contract of the vault on those that need no servers.
#include "ingest/memory_vault.h"
#include "ingest/rocksdb_vault.h"
#include "schema/hash.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/vault_contract.h"

namespace plenum {
namespace {

TEST(VaultText, DigestIsOfNonceAndText) {
  const VaultText text = TextOf(1, "plant trees", 0xab);
  EXPECT_EQ(text.TextDigest(), HashOf(std::string(32, '\xab') + "plant trees"));
}

class MemoryVaultUnderTest final : public VaultUnderTest {
 public:
  Vault& vault() override { return vault_; }
  void Reopen() override {}

 private:
  MemoryVault vault_;
};

class RocksDbVaultUnderTest final : public VaultUnderTest {
 public:
  RocksDbVaultUnderTest() { Reopen(); }
  Vault& vault() override { return *vault_; }
  void Reopen() override {
    vault_.reset();
    auto opened = RocksDbVault::Open(folder_.path() / "vault");
    ASSERT_TRUE(opened.has_value()) << opened.error();
    vault_ = *std::move(opened);
  }

 private:
  TempFolder folder_;
  std::unique_ptr<RocksDbVault> vault_;
};

INSTANTIATE_TEST_SUITE_P(
    Vaults, VaultContract,
    testing::Values(VaultKind{"memory", [] { return std::make_unique<MemoryVaultUnderTest>(); }},
                    VaultKind{"rocksdb", [] { return std::make_unique<RocksDbVaultUnderTest>(); }}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
