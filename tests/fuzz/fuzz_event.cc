// Whatever the bytes: DecodeEvent ends, and what it accepts comes back from what EncodeEvent makes
// of it.
#include <string_view>

#include "schema/event.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plenum;
  const auto event = DecodeEvent({reinterpret_cast<const char*>(data), size});
  if (!event) {
    Require(!event.error().empty());
    return 0;
  }
  const std::string bytes = EncodeEvent(*event);
  const auto again = DecodeEvent(bytes);
  // What was left out is written with its default, so that it may be longer than it came.
  if (!again) {
    Require(again.error() == "The event is larger than 32 KiB.");
    return 0;
  }
  Require(*again == *event);
  Require(EncodeEvent(*again) == bytes);
  return 0;
}
