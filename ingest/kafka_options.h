// How to reach Kafka, and how its topics are named.
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <map>
#include <string>

namespace plenum {

struct KafkaOptions {
  std::string brokers;  // HOST:PORT,…; empty: the built-in log
  std::string prefix = "plenum";
  // librdkafka's settings of security.protocol, ssl.* and sasl.*; none: plain text.
  std::map<std::string, std::string> security;
  // An append that is not acknowledged by then is answered kUnknown.
  std::chrono::milliseconds answer_within{2500};
  // Once the oldest append waits for so long, new ones are refused with kAway.
  std::chrono::milliseconds away_after{1500};

  bool used() const { return !brokers.empty(); }
  std::string DirectoryTopic() const { return prefix + ".directory"; }
  std::string RoomsTopic() const { return prefix + ".rooms"; }
  std::string VaultTopic() const { return prefix + ".vault"; }
  std::string NodesTopic() const { return prefix + ".nodes"; }
};

// Lines NAME=VALUE; # begins a comment. The error is one sentence: a setting that is none of
// security.protocol, ssl.* and sasl.*, a line without "=", a file that cannot be read.
std::expected<std::map<std::string, std::string>, std::string> ReadKafkaSecurity(
    const std::filesystem::path& file);

}  // namespace plenum
