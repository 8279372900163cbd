// Whatever the bytes: Parse ends, and what it accepts is written and read again alike; what it
// refuses has a place within the text.
#include <string_view>

#include "schema/json.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plenum;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = json::Parse(text);
  if (!value) {
    Require(!value.error().what.empty());
    Require(value.error().line >= 1 && value.error().column >= 1);
    Require(value.error().column <= size + 1);
    return 0;
  }
  const std::string written = json::Writer().Put(*value).Take();
  const auto again = json::Parse(written);
  Require(again.has_value());
  Require(json::Writer().Put(*again).Take() == written);
  return 0;
}
