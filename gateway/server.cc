#include "gateway/server.h"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>

#include "schema/limits.h"

namespace plenum {
namespace {

using net::ip::tcp;

// Sockets beyond the WebSockets that are allowed: those that are still asking for a page.
constexpr size_t kSockets = limits::kConnections + 2'000;
// What the kernel keeps for one client; the rest waits in its outbox, where only the newest view
// is.
constexpr int kSendBuffer = 256 * 1024;
constexpr std::chrono::milliseconds kPause{100};  // when no more files can be opened

}  // namespace

Server::Server(net::io_context& io, HttpContext& context, ServerOptions options)
    : io_(io), context_(context), options_(std::move(options)), acceptor_(io), pause_(io) {}

Server::~Server() = default;

std::expected<void, std::string> Server::LoadCertificate() {
  using net::ssl::context;
  auto tls = std::make_unique<context>(context::tls_server);
  tls->set_options(context::default_workarounds | context::no_tlsv1 | context::no_tlsv1_1);
  error_code error;
  tls->use_certificate_chain_file(options_.tls_cert, error);
  if (error) {
    return std::unexpected("The certificate " + options_.tls_cert +
                           " cannot be used: " + error.message() + ".");
  }
  tls->use_private_key_file(options_.tls_key, context::pem, error);
  if (error) {
    return std::unexpected("The private key " + options_.tls_key +
                           " cannot be used: " + error.message() + ".");
  }
  tls_ = std::move(tls);
  return {};
}

std::expected<void, std::string> Server::Listen() {
  if (!options_.tls_cert.empty()) {
    if (auto loaded = LoadCertificate(); !loaded) return loaded;
  }
  error_code error;
  auto address = net::ip::make_address(options_.address, error);
  std::string where = options_.address + ":" + std::to_string(options_.port);
  if (error) return std::unexpected("\"" + options_.address + "\" is not an IP address.");
  tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) {
    acceptor_.set_option(net::ip::v6_only(!address.is_unspecified()), error);
  }
  if (!error) acceptor_.set_option(net::socket_base::send_buffer_size(kSendBuffer), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(net::socket_base::max_listen_connections, error);
  if (error == net::error::address_in_use) {
    return std::unexpected("Another program is listening at " + where +
                           " already; stop it, or choose another address with --listen.");
  }
  if (error) return std::unexpected("Cannot listen at " + where + ": " + error.message() + ".");
  port_ = acceptor_.local_endpoint(error).port();
  Accept();
  return {};
}

void Server::StopAccepting() {
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

void Server::Accept() {
  acceptor_.async_accept(
      io_, [this](error_code error, tcp::socket socket) { OnAccept(error, std::move(socket)); });
}

void Server::OnAccept(error_code error, tcp::socket socket) {
  if (error == net::error::operation_aborted || !acceptor_.is_open()) return;
  if (error == net::error::no_descriptors || error == net::error::no_buffer_space) {
    pause_.expires_after(kPause);
    pause_.async_wait([this](error_code stopped) {
      if (!stopped) Accept();
    });
    return;
  }
  if (!error && *sockets_ < kSockets) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto address = socket.remote_endpoint(ignored).address();
    const bool private_line = tls_ || address.is_loopback();
    auto transport =
        tls_ ? MakeTlsTransport(std::move(socket), *tls_) : MakeTcpTransport(std::move(socket));
    auto channel = std::make_shared<Channel>(io_.get_executor(), std::move(transport));
    ++*sockets_;
    ServeHttp(std::move(channel), context_, {private_line, address.to_string()},
              [sockets = sockets_] { --*sockets; });
  }
  Accept();
}

}  // namespace plenum
