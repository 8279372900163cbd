#include <boost/asio/steady_timer.hpp>

#include "gateway/http_client.h"
#include "gateway/rehearse/connection.h"

namespace plenum::rehearse {

void AsioLoop::After(Duration wait, std::function<void()> then) {
  auto timer = std::make_shared<boost::asio::steady_timer>(io_, wait);
  timer->async_wait([timer, then = std::move(then)](boost::system::error_code error) {
    if (!error) then();
  });
}

std::expected<Target, std::string> FindTarget(AsioLoop& loop, const std::string& url) {
  std::expected<Url, std::string> parts = ParseUrl(url);
  if (!parts) return std::unexpected(parts.error());
  if (parts->tls)
    return std::unexpected("The rehearsal speaks plain http only: give it the server's own port.");
  boost::asio::ip::tcp::resolver resolver(loop.io());
  boost::system::error_code error;
  auto found = resolver.resolve(parts->host, parts->port, error);
  if (error) return std::unexpected("The host " + parts->host + " was not found.");
  Target target;
  for (const auto& entry : found) target.endpoints.push_back(entry.endpoint());
  target.authority = parts->Authority();
  target.origin = parts->Origin();
  return target;
}

}  // namespace plenum::rehearse
