// Tokens: who may do what in one room, signed by the node.
//   token   = "v1." kid "." payload "." mac
//   payload = base64url(JSON {"r":room,"o":role,"e":epoch,"i":token id,"x":expiry s,
//             "u":participant?,"n":notice?})
//   mac     = base64url(HMAC-SHA-256(key kid, "v1." kid "." payload))
// One algorithm; constant-time comparison; up to two keys are live, so that they can be changed.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/event.h"
#include "schema/ids.h"
#include "schema/permissions.h"

namespace plenum {

struct Claims {
  RoomId room;  // zero in the organiser's token: may create rooms
  Role role = Role::kAttendee;
  uint32_t epoch = 0;  // of the room
  TokenId id;
  TimeMs expires = 0;
  std::optional<ParticipantId> participant;
  // The version of the privacy notice that the participant was shown.
  std::optional<Digest> notice;
  bool operator==(const Claims&) const = default;
};

struct TokenKey {
  std::string id;  // "kid", a slug
  std::string secret;
};

class TokenSigner {
 public:
  // The first key signs; all verify. REQUIRES: one or two keys.
  explicit TokenSigner(std::vector<TokenKey> keys);
  std::string Sign(const Claims& claims) const;
  // The error is a sentence for the client. Does not know of revocations.
  std::expected<Claims, std::string> Verify(std::string_view token, TimeMs now) const;

 private:
  std::vector<TokenKey> keys_;
};

}  // namespace plenum
