#include "gateway/token.h"

#include <openssl/crypto.h>

#include <array>
#include <utility>

#include "schema/hash.h"
#include "schema/json.h"

namespace plenum {
namespace {

constexpr std::string_view kVersion = "v1";
constexpr size_t kTokenBytes = 1024;  // nothing that plenum signs is longer
constexpr TimeMs kSecond = 1000;

constexpr const char* kNoToken = "This link is not complete.";
constexpr const char* kForged = "This link was not made by this server.";
constexpr const char* kExpired = "This link has expired.";

std::string EncodeClaims(const Claims& claims) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("r").String(claims.room.Hex());
  writer.Key("o").String(RoleName(claims.role));
  writer.Key("e").Int(claims.epoch);
  writer.Key("i").String(claims.id.Hex());
  writer.Key("x").Int(claims.expires / kSecond);
  if (claims.participant) writer.Key("u").String(claims.participant->Hex());
  if (claims.notice) writer.Key("n").String(claims.notice->Hex());
  writer.EndObject();
  return writer.Take();
}

template <class IdType>
bool ReadId(const json::Value* value, IdType* out) {
  if (!value || !value->AsString()) return false;
  auto id = IdType::FromHex(*value->AsString());
  if (id) *out = *id;
  return id.has_value();
}

// The text was signed by us, so a failure here means another version of the program.
std::optional<Claims> DecodeClaims(std::string_view text) {
  auto parsed = json::Parse(text);
  if (!parsed) return std::nullopt;
  Claims claims;
  if (!ReadId(parsed->Find("r"), &claims.room)) return std::nullopt;
  if (!ReadId(parsed->Find("i"), &claims.id)) return std::nullopt;
  const json::Value* role = parsed->Find("o");
  auto known = role && role->AsString() ? ParseRole(*role->AsString()) : std::nullopt;
  if (!known) return std::nullopt;
  claims.role = *known;
  const json::Value* epoch = parsed->Find("e");
  if (!epoch || !epoch->AsInt() || *epoch->AsInt() < 0 || *epoch->AsInt() > UINT32_MAX) {
    return std::nullopt;
  }
  claims.epoch = static_cast<uint32_t>(*epoch->AsInt());
  const json::Value* expires = parsed->Find("x");
  if (!expires || !expires->AsInt()) return std::nullopt;
  claims.expires = *expires->AsInt() * kSecond;
  if (const json::Value* participant = parsed->Find("u")) {
    if (!ReadId(participant, &claims.participant.emplace())) return std::nullopt;
  }
  if (const json::Value* notice = parsed->Find("n")) {
    if (!ReadId(notice, &claims.notice.emplace())) return std::nullopt;
  }
  return claims;
}

// The four parts between the dots.
std::optional<std::array<std::string_view, 4>> Split(std::string_view token) {
  std::array<std::string_view, 4> parts;
  for (size_t i = 0; i < 3; ++i) {
    size_t dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    parts[i] = token.substr(0, dot);
    token.remove_prefix(dot + 1);
  }
  if (token.find('.') != std::string_view::npos) return std::nullopt;
  parts[3] = token;
  return parts;
}

}  // namespace

TokenSigner::TokenSigner(std::vector<TokenKey> keys) : keys_(std::move(keys)) {}

std::string TokenSigner::Sign(const Claims& claims) const {
  const TokenKey& key = keys_.front();
  std::string token(kVersion);
  token.append(".").append(key.id).append(".").append(Base64Url(EncodeClaims(claims)));
  Digest mac = HmacSha256(key.secret, token);
  token.append(".").append(Base64Url(mac.View()));
  return token;
}

std::expected<Claims, std::string> TokenSigner::Verify(std::string_view token, TimeMs now) const {
  if (token.size() > kTokenBytes) return std::unexpected(kNoToken);
  auto parts = Split(token);
  if (!parts || (*parts)[0] != kVersion) return std::unexpected(kNoToken);
  const auto& [version, kid, payload, mac_text] = *parts;
  const TokenKey* key = nullptr;
  for (const TokenKey& candidate : keys_) {
    if (candidate.id == kid) key = &candidate;
  }
  if (!key) return std::unexpected(kForged);

  std::string mac;
  if (!Base64UrlDecode(mac_text, &mac)) return std::unexpected(kForged);
  Digest expected = HmacSha256(key->secret, token.substr(0, token.size() - mac_text.size() - 1));
  if (mac.size() != expected.bytes.size() ||
      CRYPTO_memcmp(mac.data(), expected.bytes.data(), mac.size()) != 0) {
    return std::unexpected(kForged);
  }

  std::string text;
  if (!Base64UrlDecode(payload, &text)) return std::unexpected(kForged);
  auto claims = DecodeClaims(text);
  if (!claims) return std::unexpected(kForged);
  if (claims->expires <= now) return std::unexpected(kExpired);
  return *std::move(claims);
}

}  // namespace plenum
