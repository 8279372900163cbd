#include "tests/kafka/kafka_place.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <thread>

namespace plenum {

namespace {

std::string Environment(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

KafkaOptions FreshPlace() {
  static int number = 0;
  KafkaOptions options;
  options.brokers = Environment("PLENUM_TEST_KAFKA");
  if (options.brokers.empty()) {
    ADD_FAILURE() << "Start this with tests/kafka/cluster.py: there is no PLENUM_TEST_KAFKA.";
  }
  options.prefix = "t" + std::to_string(getpid()) + "-" + std::to_string(++number);
  if (const std::string file = Environment("PLENUM_TEST_KAFKA_SECURITY"); !file.empty()) {
    const auto security = ReadKafkaSecurity(file);
    EXPECT_TRUE(security.has_value()) << security.error();
    options.security = security.value_or(options.security);
  }
  return options;
}

int Brokers() {
  return static_cast<int>(1 + std::ranges::count(Environment("PLENUM_TEST_KAFKA"), ','));
}

void MakeTopics(const KafkaOptions& options, uint32_t room_partitions) {
  const auto made = CreateTopics(options, {.room_partitions = room_partitions,
                                           .replication = static_cast<uint32_t>(Brokers())});
  ASSERT_TRUE(made.has_value()) << made.error();
  ASSERT_EQ(made->size(), 4u);
}

std::unique_ptr<KafkaLog> OpenLog(const KafkaOptions& options) {
  auto log = KafkaLog::Open(options);
  EXPECT_TRUE(log.has_value()) << log.error();
  return log ? *std::move(log) : nullptr;
}

std::string Control(const std::string& request) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = Environment("PLENUM_TEST_KAFKA_CONTROL");
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  const int connection = socket(AF_UNIX, SOCK_STREAM, 0);
  std::string reply;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string line = request + "\n";
    char byte = 0;
    if (send(connection, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size())) {
      while (recv(connection, &byte, 1, 0) == 1 && byte != '\n') reply.push_back(byte);
    }
  }
  close(connection);
  EXPECT_TRUE(reply.starts_with("ok")) << request << ": " << reply;
  return reply.size() > 3 ? reply.substr(3) : "";
}

bool Eventually(const std::function<bool()>& condition, std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace plenum
