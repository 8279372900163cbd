// Whatever the bytes: ParseCommand ends; what it accepts comes back from its encoding, and becomes
// an event that can be read again. CleanText keeps its promises on the same bytes.
#include <string_view>

#include "schema/command.h"
#include "tests/fuzz/require.h"

namespace plenum {
namespace {

void CheckStamped(const Command& command) {
  if (std::holds_alternative<Hello>(command.request)) return;
  if (std::holds_alternative<Ping>(command.request)) return;
  RoomId room;
  room.bytes.fill(1);
  Identity identity;
  identity.person = PersonId{};
  identity.series = "series";
  const Event event = StampEvent(command, room, identity, 1'790'000'000'000);
  const auto decoded = DecodeEvent(EncodeEvent(event));
  Require(decoded ? *decoded == event : decoded.error() == "The event is larger than 32 KiB.");
}

void CheckCleanText(std::string_view text) {
  const std::string clean = CleanText(text, 50);
  Require(clean.size() <= 50 * 16 * 4);
  for (const char c : clean) Require(static_cast<uint8_t>(c) >= 0x20 && c != 0x7F);
}

}  // namespace
}  // namespace plenum

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plenum;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckCleanText(text);
  const auto command = ParseCommand(text);
  if (!command) {
    Require(!command.error().what.empty());
    return 0;
  }
  const std::string written = EncodeCommand(*command);
  const auto again = ParseCommand(written);
  Require(again.has_value());
  Require(EncodeCommand(*again) == written);
  CheckStamped(*command);
  return 0;
}
