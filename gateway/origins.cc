#include "gateway/origins.h"

#include <algorithm>

namespace plenum {
namespace {

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

bool Origins::Allows(std::string_view origin, std::string_view host) const {
  if (!public_origin_.empty() && EqualIgnoringCase(origin, public_origin_)) return true;
  // Behind a proxy that ends TLS, our own scheme is not the browser's.
  for (std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme) && EqualIgnoringCase(origin.substr(scheme.size()), host)) {
      return !host.empty();
    }
  }
  return false;
}

}  // namespace plenum
