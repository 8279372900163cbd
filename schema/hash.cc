#include "schema/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace plenum {
namespace {

// OpenSSL fails here only without memory or without its default provider. Nothing can be counted
// or proved without hashes, so there is nothing better to do than to stop.
void Require(bool ok) {
  if (ok) return;
  std::fputs("plenum: OpenSSL cannot compute SHA-256 on this machine\n", stderr);
  std::abort();
}

// Fetched once: looking an algorithm up costs more than hashing a vote does.
const EVP_MD* FetchedSha256() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Require(md != nullptr);
  return md;
}

Sha256& ThreadHash() {
  thread_local Sha256 hash;
  return hash;
}

std::string EncodeBase64(std::string_view bytes, const char* alphabet, bool padded) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<uint8_t>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += alphabet[bits >> count & 63];
    }
  }
  if (count > 0) text += alphabet[bits << (6 - count) & 63];
  while (padded && text.size() % 4 != 0) text += '=';
  return text;
}

int Base64UrlValue(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

void AppendLp(std::string_view bytes, std::string* out) {
  const auto size = static_cast<uint32_t>(bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8) *out += static_cast<char>(size >> shift);
  *out += bytes;
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();

  Context() {
    Require(evp != nullptr);
    Begin();
  }
  ~Context() { EVP_MD_CTX_free(evp); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void Begin() { Require(EVP_DigestInit_ex2(evp, FetchedSha256(), nullptr) == 1); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;

Sha256& Sha256::Bytes(std::string_view bytes) {
  Require(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) == 1);
  return *this;
}

Sha256& Sha256::U8(uint8_t n) {
  const char byte = static_cast<char>(n);
  return Bytes({&byte, 1});
}

Sha256& Sha256::U32(uint32_t n) {
  char bytes[4];
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(n >> (24 - 8 * i));
  return Bytes({bytes, sizeof bytes});
}

Sha256& Sha256::U64(uint64_t n) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(n >> (56 - 8 * i));
  return Bytes({bytes, sizeof bytes});
}

Sha256& Sha256::Lp(std::string_view bytes) {
  return U32(static_cast<uint32_t>(bytes.size())).Bytes(bytes);
}

Digest Sha256::Finish() {
  Digest digest;
  Require(EVP_DigestFinal_ex(context_->evp, digest.bytes.data(), nullptr) == 1);
  context_->Begin();
  return digest;
}

Digest HashOf(std::string_view bytes) { return ThreadHash().Bytes(bytes).Finish(); }

Digest HmacSha256(std::string_view key, std::string_view message) {
  Digest digest;
  // A null key would mean "the one of the last call" to OpenSSL.
  const char* const key_bytes = key.empty() ? "" : key.data();
  Require(HMAC(FetchedSha256(), key_bytes, static_cast<int>(key.size()),
               reinterpret_cast<const uint8_t*>(message.data()), message.size(),
               digest.bytes.data(), nullptr) != nullptr);
  return digest;
}

ParticipantId ParticipantOfPaper(std::string_view serial) {
  const Digest digest =
      Sha256().Bytes(std::string_view("plenum/paper/v1\0", 16)).Lp(serial).Finish();
  ParticipantId participant;
  std::copy_n(digest.bytes.begin(), participant.bytes.size(), participant.bytes.begin());
  return participant;
}

PersonId PersonOf(std::string_view room_key, const ParticipantId& participant,
                  std::string_view series) {
  std::string message("plenum/person/v1\0", 17);
  AppendLp(participant.View(), &message);
  AppendLp(series, &message);
  const Digest mac = HmacSha256(room_key, message);
  PersonId person;
  std::copy_n(mac.bytes.begin(), person.bytes.size(), person.bytes.begin());
  return person;
}

std::string Base64(std::string_view bytes) {
  return EncodeBase64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                      true);
}

std::string Base64Url(std::string_view bytes) {
  return EncodeBase64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                      false);
}

bool Base64UrlDecode(std::string_view text, std::string* out) {
  out->clear();
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = Base64UrlValue(c);
    if (value < 0) return false;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      *out += static_cast<char>(bits >> count);
    }
  }
  // A whole last group, and no bits that an encoder would have left zero.
  return count < 6 && (bits & ((1u << count) - 1)) == 0;
}

}  // namespace plenum
