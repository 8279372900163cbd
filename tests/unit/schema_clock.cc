#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "schema/clock.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;

TEST(Clock, IsTheTimeAndGoesOn) {
  const auto wall =
      std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  const TimeMs first = NodeNow();
  EXPECT_LT(std::abs(first - wall), 1000);
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_GE(NodeNow() - first, 20);
  EXPECT_LT(NodeNow() - first, 5000);
}

}  // namespace
}  // namespace plenum
