// SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), and the byte encodings of schema/rules.md.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "schema/ids.h"

namespace plenum {

// Incremental SHA-256. Each thread reuses one context, so that a hash costs no allocation.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& Bytes(std::string_view bytes);
  Sha256& U8(uint8_t n);
  Sha256& U32(uint32_t n);  // big-endian
  Sha256& U64(uint64_t n);
  Sha256& Lp(std::string_view bytes);  // u32 length, then the bytes
  Digest Finish();                     // and begin again

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Digest HashOf(std::string_view bytes);
Digest HmacSha256(std::string_view key, std::string_view message);

// Person (schema/rules.md): who a participant is within one series.
PersonId PersonOf(std::string_view room_key, const ParticipantId& participant,
                  std::string_view series);
// Who a paper ballot stands for: 16 bytes of SHA-256("plenum/paper/v1\0" ‖ lp(serial)).
ParticipantId ParticipantOfPaper(std::string_view serial);

// Base64 (RFC 4648 section 4), and its URL alphabet without padding (section 5).
std::string Base64(std::string_view bytes);
std::string Base64Url(std::string_view bytes);
// False if the text is not exactly what Base64Url would have written.
bool Base64UrlDecode(std::string_view text, std::string* out);

}  // namespace plenum
