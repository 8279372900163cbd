// Server: the listening socket. Accepts connections, with a cap before anything is read, and serves
// each as HTTP, with TLS if there is a certificate. I/O thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "gateway/http_connection.h"

namespace plenum {

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;  // 0: any that is free
  std::string tls_cert;  // PEM files; both or none
  std::string tls_key;
};

class Server {
 public:
  Server(net::io_context& io, HttpContext& context, ServerOptions options);
  ~Server();

  // Opens the socket and accepts from now on. The error is one sentence.
  std::expected<void, std::string> Listen();
  void StopAccepting();

  uint16_t port() const { return port_; }
  bool tls() const { return tls_ != nullptr; }
  size_t sockets() const { return *sockets_; }

 private:
  std::expected<void, std::string> LoadCertificate();
  void Accept();
  void OnAccept(error_code error, net::ip::tcp::socket socket);

  net::io_context& io_;
  HttpContext& context_;
  ServerOptions options_;
  net::ip::tcp::acceptor acceptor_;
  net::steady_timer pause_;
  std::unique_ptr<net::ssl::context> tls_;
  uint16_t port_ = 0;
  std::shared_ptr<size_t> sockets_ = std::make_shared<size_t>(0);  // connections outlive the server
};

}  // namespace plenum
