#include "gateway/frame.h"

#include <array>
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

std::string_view TextIn(const Frame& frame) {
  constexpr std::array<size_t, 3> kHeads = {2, 4, 10};
  const auto length = static_cast<uint8_t>((*frame)[1]);
  const size_t head = kHeads[length <= kInOneByte ? 0 : length == 126 ? 1 : 2];
  return std::string_view(*frame).substr(head);
}

}  // namespace plenum
