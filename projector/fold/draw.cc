#include "projector/fold/draw.h"

#include "schema/hash.h"

namespace plenum {

Draw::Draw(const Digest& root, std::string_view activity, std::string_view purpose, uint32_t n)
    : seed_(Sha256()
                .Bytes(std::string_view("plenum/draw/v1\0", 15))
                .Bytes(root.View())
                .Lp(activity)
                .Lp(purpose)
                .U32(n)
                .Finish()) {}

uint64_t Draw::Next() {
  if (used_ == 4) {
    block_ = Sha256().Bytes(seed_.View()).U64(blocks_++).Finish();
    used_ = 0;
  }
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | block_.bytes[8 * used_ + i];
  ++used_;
  return number;
}

uint64_t Draw::Below(uint64_t n) {
  const uint64_t over = -n % n;  // 2^64 mod n: the last, incomplete run of n
  for (;;) {
    const uint64_t x = Next();
    if (over == 0 || x < -over) return x % n;
  }
}

}  // namespace plenum
