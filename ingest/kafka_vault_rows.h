// The rows of a vault that is shared through a topic: the keys and values of its records, and of
// each node's copy. What they are is said in ingest/kafka_vault.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/vault.h"
#include "schema/ids.h"

namespace plenum::vault_rows {

struct Record {
  std::string key;
  std::optional<std::string> value;  // nullopt: a tombstone
};

inline constexpr char kText = 't';
inline constexpr char kErased = 'e';
inline constexpr char kKey = 'k';
inline constexpr char kOrigin = 'i';
inline constexpr char kStir = 'n';
// Keys that begin so are a copy's own, and in no topic.
inline constexpr char kOwn = '\0';

std::string TextsOf(const RoomId& room, const EventId& event);  // what their keys begin with
std::string TextKey(const RoomId& room, const EventId& event, const Digest& digest);
std::string TextValue(const VaultText& text);
// nullopt: it is not the text of that digest.
std::optional<VaultText> ReadText(std::string_view key, std::string_view value);
bool IsTextKey(std::string_view key);
// The row that says of a text, by its key or the beginning of it, that it was erased.
std::string ErasedKey(std::string_view text_key);
bool IsErasedKey(std::string_view key);
// The digest at the end of a text's key, or in the row of an erased text.
std::optional<Digest> ReadDigest(std::string_view bytes);
std::string_view DigestOf(std::string_view text_key);

std::string KeyKey(const RoomId& room, std::string_view name);
std::string KeyValue(std::string_view sealed);
std::string DestroyedKeyValue();
// nullopt: it was destroyed.
std::optional<std::string> ReadKey(std::string_view value);
bool IsDestroyedKey(std::string_view key, std::string_view value);

}  // namespace plenum::vault_rows
