#include "schema/clock.h"

#include <chrono>

namespace plenum {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

milliseconds Wall() {
  return duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}
milliseconds Steady() {
  return duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

TimeMs NodeNow() {
  static const milliseconds kBegin = Wall() - Steady();
  return (kBegin + Steady()).count();
}

}  // namespace plenum
