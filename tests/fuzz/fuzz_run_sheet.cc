// Whatever the bytes: ParseRunSheet ends; problems have places in order, and a sheet that is right
// comes back from its encoding.
#include <string_view>

#include "schema/labels.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plenum;
  const auto sheet = ParseRunSheet({reinterpret_cast<const char*>(data), size});
  if (!sheet) {
    Require(!sheet.error().empty() && sheet.error().size() <= limits::kProblems);
    size_t line = 0;
    for (const Problem& problem : sheet.error()) {
      Require(!problem.what.empty() && problem.place.line >= line);
      line = problem.place.line;
    }
    return 0;
  }
  const std::string written = EncodeRunSheet(*sheet);
  const auto again = ParseRunSheet(written);
  Require(again.has_value());
  Require(*again == *sheet);
  DescribeLinks(*sheet);
  return 0;
}
