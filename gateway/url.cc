#include <algorithm>

#include "gateway/http_client.h"

namespace plenum {
namespace {

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::unexpected<std::string> NotAUrl(std::string_view text) {
  return std::unexpected("\"" + std::string(text) +
                         "\" is not an address like http://host:8080 or https://host.");
}

}  // namespace

std::string Url::Authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (tls ? "443" : "80")) text += ":" + port;
  return text;
}

std::string Url::Origin() const { return (tls ? "https://" : "http://") + Authority(); }

std::expected<Url, std::string> ParseUrl(std::string_view text) {
  Url url;
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    url.tls = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return NotAUrl(text);
  }
  size_t end = rest.find_first_of("/?#");
  std::string_view authority = rest.substr(0, end);
  std::string_view path = end == std::string_view::npos ? "" : rest.substr(end);
  path = path.substr(0, path.find_first_of("?#"));
  url.path = path.empty() ? "/" : path;

  size_t colon = authority.rfind(':');
  if (authority.starts_with('[')) {
    size_t close = authority.find(']');
    if (close == std::string_view::npos) return NotAUrl(text);
    url.host = authority.substr(1, close - 1);
    if (colon != std::string_view::npos && colon < close) colon = std::string_view::npos;
  } else {
    url.host = authority.substr(0, colon);
  }
  url.port = url.tls ? "443" : "80";
  if (colon != std::string_view::npos) {
    if (!IsPort(authority.substr(colon + 1))) return NotAUrl(text);
    url.port = authority.substr(colon + 1);
  }
  if (url.host.empty() || url.host.find_first_of("@ \\") != std::string::npos) return NotAUrl(text);
  return url;
}

}  // namespace plenum
