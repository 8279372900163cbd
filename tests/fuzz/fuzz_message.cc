// Whatever the bytes: ParseMessage ends, and what it accepts comes back from its encoding.
#include <string_view>

#include "schema/message.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plenum;
  const auto message = ParseMessage({reinterpret_cast<const char*>(data), size});
  if (!message) {
    Require(!message.error().empty());
    return 0;
  }
  const std::string written = EncodeMessage(*message);
  const auto again = ParseMessage(written);
  Require(again.has_value());
  Require(EncodeMessage(*again) == written);
  return 0;
}
