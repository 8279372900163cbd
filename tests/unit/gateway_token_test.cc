// Tokens: what was signed comes back, and nothing else does.
#include <gtest/gtest.h>

#include <string>

#include "gateway/token.h"
#include "schema/hash.h"

namespace plenum {
namespace {

constexpr TimeMs kNow = 1'790'000'000'000;
constexpr TimeMs kHour = 3'600'000;

Claims SomeClaims() {
  Claims claims;
  claims.room.bytes.fill(7);
  claims.role = Role::kPresenter;
  claims.epoch = 3;
  claims.id.bytes.fill(9);
  claims.expires = kNow + kHour;
  return claims;
}

TokenSigner SignerWith(const std::string& id, char fill) {
  return TokenSigner({{id, std::string(32, fill)}});
}

// A token with any payload, signed as ours are.
std::string SignPayload(const std::string& kid, char fill, const std::string& payload) {
  std::string token = "v1." + kid + "." + Base64Url(payload);
  return token + "." + Base64Url(HmacSha256(std::string(32, fill), token).View());
}

TEST(Token, WhatWasSignedComesBack) {
  TokenSigner signer = SignerWith("k1", 'a');
  for (int role = 0; role < kRoleCount; ++role) {
    Claims claims = SomeClaims();
    claims.role = static_cast<Role>(role);
    if (role % 2 == 0) claims.participant.emplace().bytes.fill(5);
    if (role % 4 == 0) claims.notice = HashOf("what people were shown");
    auto verified = signer.Verify(signer.Sign(claims), kNow);
    ASSERT_TRUE(verified.has_value()) << verified.error();
    EXPECT_EQ(*verified, claims);
  }
}

TEST(Token, EveryFlippedByteIsRefused) {
  TokenSigner signer = SignerWith("k1", 'a');
  const std::string token = signer.Sign(SomeClaims());
  for (size_t i = 0; i < token.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = token;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(signer.Verify(changed, kNow).has_value()) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(Token, EveryPieceIsRefused) {
  TokenSigner signer = SignerWith("k1", 'a');
  const std::string token = signer.Sign(SomeClaims());
  for (size_t size = 0; size < token.size(); ++size) {
    EXPECT_FALSE(signer.Verify(token.substr(0, size), kNow).has_value()) << size;
    EXPECT_FALSE(signer.Verify(token.substr(size + 1), kNow).has_value()) << size;
  }
  for (const char* more : {"=", ".", "A", " ", "\n"}) {
    EXPECT_FALSE(signer.Verify(token + more, kNow).has_value()) << more;
    EXPECT_FALSE(signer.Verify(more + token, kNow).has_value()) << more;
  }
}

TEST(Token, ClaimsOfOneTokenDoNotGoWithTheMacOfAnother) {
  TokenSigner signer = SignerWith("k1", 'a');
  Claims other = SomeClaims();
  std::vector<Claims> changed(5, other);
  changed[0].room.bytes[0] ^= 1;
  changed[1].role = Role::kProducer;
  changed[2].epoch += 1;
  changed[3].expires += kHour;
  changed[4].participant.emplace();
  const std::string token = signer.Sign(other);
  const std::string mac = token.substr(token.rfind('.'));
  for (const Claims& claims : changed) {
    std::string forged = signer.Sign(claims);
    forged = forged.substr(0, forged.rfind('.')) + mac;
    EXPECT_FALSE(signer.Verify(forged, kNow).has_value());
  }
}

TEST(Token, ExpiresAtItsSecond) {
  TokenSigner signer = SignerWith("k1", 'a');
  Claims claims = SomeClaims();
  const std::string token = signer.Sign(claims);
  EXPECT_TRUE(signer.Verify(token, claims.expires - 1).has_value());
  EXPECT_FALSE(signer.Verify(token, claims.expires).has_value());
}

TEST(Token, TwoKeysAreLive) {
  TokenSigner old_signer = SignerWith("k1", 'a');
  TokenSigner both({{"k2", std::string(32, 'b')}, {"k1", std::string(32, 'a')}});
  TokenSigner new_signer = SignerWith("k2", 'b');
  EXPECT_TRUE(both.Verify(old_signer.Sign(SomeClaims()), kNow).has_value());
  EXPECT_TRUE(new_signer.Verify(both.Sign(SomeClaims()), kNow).has_value());
  EXPECT_FALSE(new_signer.Verify(old_signer.Sign(SomeClaims()), kNow).has_value());
}

TEST(Token, AnotherKeyUnderTheSameNameIsNotOurs) {
  std::string token = SignerWith("k1", 'b').Sign(SomeClaims());
  EXPECT_FALSE(SignerWith("k1", 'a').Verify(token, kNow).has_value());
}

TEST(Token, PayloadsThatWeNeverWriteAreRefusedEvenIfSigned) {
  TokenSigner signer = SignerWith("k1", 'a');
  const std::string room(32, '0'), id(16, '0');
  auto payload = [&](const std::string& role, const std::string& epoch, const std::string& rest) {
    return R"({"r":")" + room + R"(","o":")" + role + R"(","e":)" + epoch + R"(,"i":")" + id +
           R"(","x":1790003600)" + rest + "}";
  };
  ASSERT_TRUE(signer.Verify(SignPayload("k1", 'a', payload("display", "0", "")), kNow).has_value());
  for (const std::string& wrong :
       {std::string(), std::string("{}"), std::string("[]"), std::string("null"),
        payload("king", "0", ""), payload("display", "-1", ""),
        payload("display", "4294967296", ""), payload("display", "\"0\"", ""),
        payload("display", "0", R"(,"u":"00")"), payload("display", "0", R"(,"u":7)"),
        payload("display", "0", R"(,"o":"producer")")}) {
    EXPECT_FALSE(signer.Verify(SignPayload("k1", 'a', wrong), kNow).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace plenum
