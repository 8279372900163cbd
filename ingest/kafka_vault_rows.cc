#include "ingest/kafka_vault_rows.h"

#include <algorithm>

namespace plenum::vault_rows {
namespace {

constexpr size_t kIdBytes = sizeof(RoomId::bytes);
constexpr size_t kNonceBytes = sizeof(VaultText::nonce);
constexpr size_t kDigestBytes = sizeof(Digest::bytes);
constexpr size_t kTextKeyBytes = 1 + 2 * kIdBytes + kDigestBytes;
// What a key's value begins with.
constexpr char kSealed = 's';
constexpr char kDestroyed = 'e';

template <class AnId>
AnId IdAt(std::string_view bytes, size_t from) {
  AnId id;
  std::copy_n(bytes.begin() + static_cast<ptrdiff_t>(from), id.bytes.size(), id.bytes.begin());
  return id;
}

}  // namespace

std::string TextsOf(const RoomId& room, const EventId& event) {
  return std::string(1, kText).append(room.View()).append(event.View());
}

std::string TextKey(const RoomId& room, const EventId& event, const Digest& digest) {
  return TextsOf(room, event).append(digest.View());
}

std::string TextValue(const VaultText& text) {
  std::string value(reinterpret_cast<const char*>(text.nonce.data()), kNonceBytes);
  return value.append(text.text);
}

bool IsTextKey(std::string_view key) { return key.size() == kTextKeyBytes && key[0] == kText; }

std::optional<VaultText> ReadText(std::string_view key, std::string_view value) {
  if (!IsTextKey(key) || value.size() < kNonceBytes) return std::nullopt;
  VaultText text{.room = IdAt<RoomId>(key, 1),
                 .event = IdAt<EventId>(key, 1 + kIdBytes),
                 .nonce = {},
                 .text = std::string(value.substr(kNonceBytes))};
  std::copy_n(value.begin(), kNonceBytes, reinterpret_cast<char*>(text.nonce.data()));
  if (text.TextDigest().View() != DigestOf(key)) return std::nullopt;
  return text;
}

std::string ErasedKey(std::string_view text_key) {
  return std::string(1, kErased).append(text_key.substr(1, 2 * kIdBytes));
}

bool IsErasedKey(std::string_view key) {
  return key.size() == 1 + 2 * kIdBytes && key[0] == kErased;
}

std::optional<Digest> ReadDigest(std::string_view bytes) {
  if (bytes.size() != kDigestBytes) return std::nullopt;
  Digest digest;
  std::copy_n(bytes.begin(), kDigestBytes, digest.bytes.begin());
  return digest;
}

std::string_view DigestOf(std::string_view text_key) {
  return text_key.substr(1 + 2 * kIdBytes, kDigestBytes);
}

std::string KeyKey(const RoomId& room, std::string_view name) {
  return std::string(1, kKey).append(room.View()).append(name);
}

std::string KeyValue(std::string_view sealed) { return std::string(1, kSealed).append(sealed); }

std::string DestroyedKeyValue() { return std::string(1, kDestroyed); }

std::optional<std::string> ReadKey(std::string_view value) {
  if (value.empty() || value[0] != kSealed) return std::nullopt;
  return std::string(value.substr(1));
}

bool IsDestroyedKey(std::string_view key, std::string_view value) {
  return !key.empty() && key[0] == kKey && value == DestroyedKeyValue();
}

}  // namespace plenum::vault_rows
