// Joining: by the room's code, by a personal code, or again with an older token.
#include "gateway/api.h"
#include "gateway/personal_code.h"
#include "schema/json.h"

namespace plenum {
namespace {

std::string StringIn(const json::Value& body, std::string_view key) {
  const json::Value* value = body.Find(key);
  const std::string* text = value ? value->AsString() : nullptr;
  return text ? *text : std::string();
}

std::unexpected<HttpAnswer> Refused(int status, std::string_view code, std::string_view text) {
  return std::unexpected(ErrorAnswer(status, code, text));
}

}  // namespace

void Api::Join(const HttpQuestion& question, SharedReply reply) {
  auto body = json::Parse(question.body);
  if (!body) return (*reply)(ErrorAnswer(400, "bad-request", body.error().what));
  JoinWish wish{StringIn(*body, "token"), StringIn(*body, "notice"), StringIn(*body, "personal"),
                question.address};
  FindCode(StringIn(*body, "code"), reply,
           [this, reply, wish](RoomId room, Info info) { JoinRoom(room, info, wish, reply); });
}

// Who comes by a personal code: the same participant each time.
std::expected<ParticipantId, HttpAnswer> Api::ParticipantBy(const RoomId& room,
                                                            const JoinWish& wish) {
  const std::string key = parts_.hub.RoomKey(room);
  if (key.empty()) return Refused(403, "not-permitted", "This room is over.");
  auto number = ReadPersonalCode(key, wish.personal);
  if (number) return ParticipantOfCode(key, *number);
  if (number.error().guessed && !guesses_.Spend(wish.address, parts_.clock())) {
    return Refused(429, "too-many-guesses",
                   "Too many wrong codes have come from here; please ask the team.");
  }
  return Refused(403, "wrong-code", number.error().what);
}

std::expected<Claims, HttpAnswer> Api::ClaimsFor(const RoomId& room, const RoomInfo& info,
                                                 const JoinWish& wish) {
  Claims claims;
  claims.room = room;
  claims.epoch = info.epoch;
  auto old = parts_.signer.Verify(wish.token, parts_.clock());
  const bool known = old && old->room == room && old->participant;
  if (!wish.personal.empty()) {
    auto participant = ParticipantBy(room, wish);
    if (!participant) return std::unexpected(std::move(participant.error()));
    // Scanned once more: it stays the same phone, unless another has taken its place meanwhile,
    // which only the log knows. So it is a new one; the doors are for those who never joined.
    claims.id = RandomId<TokenId>();
    claims.participant = *participant;
    claims.by_code = true;
    return claims;
  }
  if (known && info.revoked.contains(old->id)) {
    return Refused(403, "not-permitted", "This link was withdrawn.");
  }
  if (known) {
    claims.role = old->role;
    claims.id = old->id;
    claims.participant = old->participant;
    claims.by_code = old->by_code;
    return claims;
  }
  if (info.join == JoinBy::kCodes) {
    return Refused(403, "code-needed", ReasonText(Reason::kCodeNeeded));
  }
  if (info.doors_locked) return Refused(403, "doors-locked", ReasonText(Reason::kDoorsLocked));
  claims.id = RandomId<TokenId>();
  claims.participant = RandomId<ParticipantId>();
  return claims;
}

void Api::JoinRoom(const RoomId& room, const Info& info, const JoinWish& wish,
                   const SharedReply& reply) {
  // What the log says that people were shown is what holds now, and nothing that a client made up.
  if (!wish.notice.empty() && wish.notice != info->notice->version.Hex()) {
    return (*reply)(ErrorAnswer(409, "notice-changed",
                                "What is told about your data has changed; please read it again."));
  }
  auto claims = ClaimsFor(room, *info, wish);
  if (!claims) return (*reply)(std::move(claims.error()));
  claims->expires = parts_.clock() + kAttendeeTokenMs;
  if (!wish.notice.empty()) claims->notice = info->notice->version;
  json::Writer writer;
  writer.BeginObject();
  writer.Key("token").String(parts_.signer.Sign(*claims));
  writer.Key("room").String(room.Hex());
  writer.Key("role").String(RoleName(claims->role));
  writer.EndObject();
  (*reply)(JsonAnswer(200, writer.Take()));
}

}  // namespace plenum
