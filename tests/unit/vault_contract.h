// The contract of ingest/vault.h as tests, run on every vault. A vault takes part by a
// VaultUnderTest.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "ingest/vault.h"

namespace plenum {

// All bytes of it are `n`.
template <class AnId>
AnId NumberedId(uint8_t n) {
  AnId id;
  id.bytes.fill(n);
  return id;
}

inline const RoomId kVaultRoom = NumberedId<RoomId>(1);
inline const RoomId kOtherVaultRoom = NumberedId<RoomId>(2);
inline const EventId kVaultEvent = NumberedId<EventId>(1);

VaultText TextOf(uint8_t event, std::string text, uint8_t nonce = 1, uint8_t room = 1);

// A vault that can be closed and opened again.
class VaultUnderTest {
 public:
  virtual ~VaultUnderTest() = default;
  virtual Vault& vault() = 0;
  virtual void Reopen() = 0;
};

struct VaultKind {
  std::string name;
  std::function<std::unique_ptr<VaultUnderTest>()> make;
  friend void PrintTo(const VaultKind& kind, std::ostream* out) { *out << kind.name; }
};

class VaultContract : public testing::TestWithParam<VaultKind> {
 protected:
  VaultContract() : under_test_(GetParam().make()) {}
  Vault& vault() { return under_test_->vault(); }
  void Reopen() { under_test_->Reopen(); }
  // Puts texts, and returns the digests that stand.
  std::vector<Digest> PutAll(const std::vector<VaultText>& texts);
  Digest Put(const VaultText& text) { return PutAll({text}).at(0); }
  // By the digest that stands.
  std::optional<VaultText> Get(const RoomId& room, const EventId& event);

 private:
  std::mutex mutex_;
  std::map<std::pair<RoomId, EventId>, Digest> standing_;
  std::unique_ptr<VaultUnderTest> under_test_;
};

}  // namespace plenum
