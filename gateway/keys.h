// The node's secrets: the master key that seals the rooms' keys, the keys that sign tokens, and the
// organiser's token. Made at the first start, in DATA/keys and DATA/organiser.token, readable by
// the owner alone.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/token.h"
#include "ingest/vault.h"
#include "schema/ids.h"

namespace plenum {

using MasterKey = std::array<uint8_t, 32>;

struct NodeKeys {
  MasterKey master;
  std::vector<TokenKey> token_keys;  // the first signs; all verify
};

// Random bytes from the operating system. Any thread.
void FillRandom(std::span<uint8_t> bytes);
template <class IdType>
IdType RandomId() {
  IdType id;
  FillRandom(id.bytes);
  return id;
}

// Reads the keys in a folder, or makes them. The error is one sentence.
std::expected<NodeKeys, std::string> LoadOrMakeKeys(const std::filesystem::path& folder);

// Nodes that share a vault must share their keys: the first one leaves a mark in the vault that
// only the same keys can make. The error is the end of a sentence that begins with the keys'
// folder.
std::expected<void, std::string> CheckKeys(Vault& vault, const NodeKeys& keys);

// Writes the keys of another node, for a copy of it.
std::expected<void, std::string> WriteKeys(const std::filesystem::path& folder,
                                           const NodeKeys& keys);

// Reads DATA/organiser.token, or makes it if it is missing, expired or signed with another key.
std::expected<std::string, std::string> LoadOrMakeOrganiserToken(const std::filesystem::path& data,
                                                                 const TokenSigner& signer,
                                                                 TimeMs now);

// The rooms' keys, sealed by the master key (XSalsa20-Poly1305, random nonce in front), in the
// vault. Nothing is cached: a key that was destroyed is gone. Any thread.
class RoomKeys {
 public:
  RoomKeys(Vault& vault, const MasterKey& master) : vault_(vault), master_(master) {}

  // Makes and keeps the key of a new room; durable when it returns. Blocks.
  std::expected<void, LogError> Make(const RoomId& room);
  // Empty: there is none (any more), or it does not open.
  std::string Get(const RoomId& room) const;

 private:
  Vault& vault_;
  MasterKey master_;
};

}  // namespace plenum
