#include "gateway/frame.h"

#include <cstdint>

namespace plenum {
namespace {

constexpr char kFinalText = static_cast<char>(0x81);  // FIN, opcode 1
constexpr size_t kInOneByte = 125;
constexpr size_t kInTwoBytes = 0xffff;

void AppendBigEndian(std::string& out, uint64_t n, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(n >> shift & 0xff));
  }
}

}  // namespace

Frame MakeTextFrame(std::string_view text) {
  auto frame = std::make_shared<std::string>();
  frame->reserve(text.size() + 10);
  frame->push_back(kFinalText);
  if (text.size() <= kInOneByte) {
    frame->push_back(static_cast<char>(text.size()));
  } else if (text.size() <= kInTwoBytes) {
    frame->push_back(126);
    AppendBigEndian(*frame, text.size(), 2);
  } else {
    frame->push_back(127);
    AppendBigEndian(*frame, text.size(), 8);
  }
  frame->append(text);
  return frame;
}

}  // namespace plenum
