#include "gateway/own_address.h"

#include "gateway/http_client.h"

namespace plenum {

std::expected<std::string, std::string> OwnAddress::Get() {
  Url url;
  url.host = listens_;
  uint16_t port = server_.port();
  if (server_.tls()) {
    if (!loopback_) {
      auto opened = std::make_unique<Server>(io_, context_, ServerOptions{"127.0.0.1", 0, {}, {}});
      if (auto listening = opened->Listen(); !listening) return std::unexpected(listening.error());
      loopback_ = std::move(opened);
    }
    url.host = "127.0.0.1";
    port = loopback_->port();
  }
  if (url.host == "0.0.0.0") url.host = "127.0.0.1";
  if (url.host == "::") url.host = "::1";
  url.port = std::to_string(port);
  return url.Origin();
}

void OwnAddress::StopAccepting() {
  if (loopback_) loopback_->StopAccepting();
}

}  // namespace plenum
