// Where the C++ tests find the Kafka that cluster.py runs beside them, and how they disturb it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "ingest/kafka_log.h"
#include "ingest/kafka_options.h"
#include "ingest/kafka_topics.h"

namespace plenum {

// How to reach it, with a prefix that no other test has.
KafkaOptions FreshPlace();
// Makes the topics for it; replicated as widely as there are brokers. Fails the test if it cannot.
void MakeTopics(const KafkaOptions& options, uint32_t room_partitions = 2);
// Fails the test, and gives null, if it cannot be opened.
std::unique_ptr<KafkaLog> OpenLog(const KafkaOptions& options);

int Brokers();  // how many there are

// Asks cluster.py for something ("kill 1"; see there), and returns what follows "ok". Fails the
// test if the reply is an error.
std::string Control(const std::string& request);

// Waits until the condition holds; false: it did not in time.
bool Eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds within = std::chrono::seconds(20));

}  // namespace plenum
