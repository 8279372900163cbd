#include "gateway/commands/node_options.h"

#include <charconv>
#include <iostream>

#include "gateway/http_client.h"

namespace plenum {

void AddKafkaFlags(CLI::App& command, StorageFlags& flags) {
  command.add_option("--kafka", flags.kafka,
                     "The log is on Kafka, with these brokers: HOST:PORT,…");
  command.add_option("--kafka-prefix", flags.kafka_prefix, "What the topics' names begin with")
      ->capture_default_str();
  command.add_option("--kafka-security", flags.kafka_security,
                     "File with librdkafka's settings of TLS and SASL: lines NAME=VALUE");
}

void AddStorageFlags(CLI::App& command, StorageFlags& flags) {
  command.add_option("--data", flags.data, "Data folder; made if it is missing")
      ->capture_default_str();
  command.add_option("--keys", flags.keys,
                     "Folder of the secrets, which all nodes share; else DATA/keys");
  AddKafkaFlags(command, flags);
}

std::expected<StorageOptions, std::string> ToStorageOptions(const StorageFlags& flags) {
  StorageOptions options;
  options.data = flags.data;
  options.keys = flags.keys;
  options.kafka.brokers = flags.kafka;
  options.kafka.prefix = flags.kafka_prefix;
  if (flags.kafka_security.empty()) return options;
  auto security = ReadKafkaSecurity(flags.kafka_security);
  if (!security) return std::unexpected(security.error());
  options.kafka.security = *std::move(security);
  return options;
}

void AddNodeFlags(CLI::App& command, NodeFlags& flags) {
  AddStorageFlags(command, flags.storage);
  command.add_option("--listen", flags.listen, "Address and port; port 0: any that is free")
      ->capture_default_str();
  command.add_option("--public-url", flags.public_url,
                     "How browsers reach this server, if not by the address that they name");
  command.add_option("--tls-cert", flags.tls_cert, "Certificate chain (PEM)");
  command.add_option("--tls-key", flags.tls_key, "Its private key (PEM)");
  command.add_flag("--serve-anyway", flags.copies.serve_anyway,
                   "Serve although a copy has taken over from this folder, or never was whole");
  command.add_flag("--copy-over-http", flags.copies.over_http,
                   "Copies hold the keys: let them go over plain http, too, where others may read");
  command
      .add_option(
          "--gather-ms", flags.copies.gather_ms,
          "After a copy took over: how long phones have to bring back what it lacks, before "
          "stages change")
      ->check(CLI::Range(0, 600'000))
      ->capture_default_str();
  command.add_option("--pages", flags.pages, "Serve the pages from this folder (for developing)");
}

std::expected<NodeOptions, std::string> ToNodeOptions(const NodeFlags& flags) {
  NodeOptions options;
  auto storage = ToStorageOptions(flags.storage);
  if (!storage) return std::unexpected(storage.error());
  options.storage = *std::move(storage);
  options.public_url = flags.public_url;
  options.pages = flags.pages;
  options.copies = flags.copies;
  options.listen.tls_cert = flags.tls_cert;
  options.listen.tls_key = flags.tls_key;
  size_t colon = flags.listen.rfind(':');
  std::string wrong = "\"" + flags.listen + "\" is not an address and a port, like 127.0.0.1:8080.";
  if (colon == std::string::npos) return std::unexpected(wrong);
  std::string address = flags.listen.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  std::string_view port = std::string_view(flags.listen).substr(colon + 1);
  auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.listen.port);
  if (error != std::errc() || end != port.data() + port.size() || address.empty()) {
    return std::unexpected(wrong);
  }
  options.listen.address = address == "localhost" ? "127.0.0.1" : address;
  return options;
}

void WarnAboutPlainHttp(const NodeOptions& options) {
  auto url = ParseUrl(options.public_url);
  if (!url || url->tls || url->host == "localhost" || url->host.starts_with("127.") ||
      url->host == "::1") {
    return;
  }
  std::cerr << "plenum: " << options.public_url
            << " is plain http: anybody on the network can read the links of the presenters. "
               "Give --tls-cert and --tls-key, or put a proxy with TLS in front.\n";
}

std::string StartLink(const Node& node) {
  return node.url() + "/start#t=" + node.organiser_token();
}

}  // namespace plenum
