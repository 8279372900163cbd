// The headers that keep pages to themselves.
#include <gtest/gtest.h>

#include "gateway/http.h"

namespace plenum {
namespace {

std::string HeaderOf(const HttpAnswer& answer, const std::string& name) {
  const std::string head = EncodeHead(answer, "plenum.example", true);
  const size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const size_t begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

constexpr std::string_view kStrict =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; base-uri 'none'; form-action 'self'";
constexpr std::string_view kConnect =
    "; connect-src 'self' ws://plenum.example wss://plenum.example";

TEST(HttpHead, OnlyABigScreenIsShownInAFrameAndOnlyByOurOwnPages) {
  struct Case {
    bool framed, frames;
    std::string differs, x_frame_options;
  };
  const std::vector<Case> cases = {
      {false, false, "; frame-ancestors 'none'", "DENY"},
      {true, false, "; frame-ancestors 'self'", "SAMEORIGIN"},
      {false, true, "; frame-src 'self'; frame-ancestors 'none'", "DENY"},
  };
  for (const Case& one : cases) {
    HttpAnswer answer;
    answer.framed = one.framed;
    answer.frames = one.frames;
    EXPECT_EQ(HeaderOf(answer, "Content-Security-Policy"),
              std::string(kStrict) + one.differs + std::string(kConnect));
    EXPECT_EQ(HeaderOf(answer, "X-Frame-Options"), one.x_frame_options);
    EXPECT_EQ(HeaderOf(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(HeaderOf(answer, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(HeaderOf(answer, "Cross-Origin-Opener-Policy"), "same-origin");
  }
}

}  // namespace
}  // namespace plenum
