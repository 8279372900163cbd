// Strong identifiers. All are values: copyable, ordered, hashable, printable as lower-case hex.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace plenum {

// Writes `size` bytes as lower-case hex.
std::string HexEncode(const uint8_t* bytes, size_t size);
// Reads exactly `size` bytes from 2 * size lower-case hex digits; false if the text is anything
// else.
bool HexDecode(std::string_view hex, uint8_t* out, size_t size);

// A fixed number of opaque bytes; `Tag` keeps kinds apart.
template <class Tag, size_t kSize>
struct Id {
  std::array<uint8_t, kSize> bytes{};

  static std::optional<Id> FromHex(std::string_view hex) {
    Id id;
    if (!HexDecode(hex, id.bytes.data(), kSize)) return std::nullopt;
    return id;
  }
  std::string Hex() const { return HexEncode(bytes.data(), kSize); }
  std::string_view View() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  bool IsZero() const { return *this == Id{}; }
  auto operator<=>(const Id&) const = default;
};

using RoomId = Id<struct RoomTag, 16>;      // random; also the partition key
using EventId = Id<struct EventTag, 16>;    // random, made by the sender before the first send
using PersonId = Id<struct PersonTag, 16>;  // a pseudonym within one series (schema/rules.md)
using ParticipantId = Id<struct ParticipantTag, 16>;  // in tokens only, never in the log
using TokenId = Id<struct TokenIdTag, 8>;             // names one link, so that it can be revoked
using Digest = Id<struct DigestTag, 32>;              // SHA-256

// Names chosen by people: 1 to 40 of [a-z0-9-]. An item that somebody contributed is named by
// the hex of the event that added it; a card of a run sheet by its own slug.
using ActivityId = std::string;
using ItemId = std::string;
using OptionId = std::string;

bool IsSlug(std::string_view text);

// Milliseconds since the Unix epoch, UTC. Data in an event, never read from a clock by the fold.
using TimeMs = int64_t;

}  // namespace plenum

template <class Tag, size_t kSize>
struct std::hash<plenum::Id<Tag, kSize>> {
  size_t operator()(const plenum::Id<Tag, kSize>& id) const noexcept {
    size_t value;
    static_assert(kSize >= sizeof value);
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
