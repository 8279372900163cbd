// The flags of a node, for the commands that start one.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <string>

#include "gateway/node.h"

namespace plenum {

struct NodeFlags {
  std::string data = "plenum-data";
  std::string listen = "127.0.0.1:8080";
  std::string public_url;
  std::string tls_cert;
  std::string tls_key;
  std::string pages;
};

void AddNodeFlags(CLI::App& command, NodeFlags& flags);
// The error is one sentence.
std::expected<NodeOptions, std::string> ToNodeOptions(const NodeFlags& flags);
// Tokens travel over this address: without TLS anybody on the way can read them.
void WarnAboutPlainHttp(const NodeOptions& options);

}  // namespace plenum
