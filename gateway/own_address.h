// OwnAddress: where a program on this machine reaches this server without TLS. I/O thread only.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "gateway/server.h"

namespace plenum {

class OwnAddress {
 public:
  OwnAddress(net::io_context& io, HttpContext& context, const Server& server, std::string listens)
      : io_(io), context_(context), server_(server), listens_(std::move(listens)) {}

  // "http://127.0.0.1:8080". Where the server does TLS itself, a second socket is opened for it, on
  // the loopback address, from the first call on. The error is one sentence.
  std::expected<std::string, std::string> Get();
  void StopAccepting();

 private:
  net::io_context& io_;
  HttpContext& context_;
  const Server& server_;
  const std::string listens_;  // the address that it was told
  std::unique_ptr<Server> loopback_;
};

}  // namespace plenum
