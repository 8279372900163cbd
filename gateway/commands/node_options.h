// The flags of a node, for the commands that start one.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <string>

#include "gateway/node.h"

namespace plenum {

// Where the log is: for the commands that open it.
struct StorageFlags {
  std::string data = "plenum-data";
  std::string keys;
  std::string kafka;
  std::string kafka_prefix = "plenum";
  std::string kafka_security;
};

struct NodeFlags {
  StorageFlags storage;
  std::string listen = "127.0.0.1:8080";
  std::string public_url;
  std::string tls_cert;
  std::string tls_key;
  std::string pages;
  CopyOptions copies;
};

void AddKafkaFlags(CLI::App& command, StorageFlags& flags);
void AddStorageFlags(CLI::App& command, StorageFlags& flags);
// The error is one sentence.
std::expected<StorageOptions, std::string> ToStorageOptions(const StorageFlags& flags);

void AddNodeFlags(CLI::App& command, NodeFlags& flags);
// The error is one sentence.
std::expected<NodeOptions, std::string> ToNodeOptions(const NodeFlags& flags);
// Tokens travel over this address: without TLS anybody on the way can read them.
void WarnAboutPlainHttp(const NodeOptions& options);

// "http://127.0.0.1:8080/start#t=v1.…": where organisers make rooms. Who has it may do so.
std::string StartLink(const Node& node);

}  // namespace plenum
