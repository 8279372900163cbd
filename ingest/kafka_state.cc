#include "ingest/kafka_state.h"

#include <utility>

namespace plenum {

KafkaState::KafkaState(KafkaOptions options, std::string cluster, const std::vector<uint64_t>& ends)
    : options_(std::move(options)),
      cluster_(std::move(cluster)),
      ends_(ends.size()),
      witnesses_(ends.size()) {
  for (size_t i = 0; i < ends.size(); ++i) ends_[i] = ends[i];
}

std::string KafkaState::TopicOf(Partition partition) const {
  return partition == kDirectoryPartition ? options_.DirectoryTopic() : options_.RoomsTopic();
}

int32_t KafkaState::NumberOf(Partition partition) {
  return partition == kDirectoryPartition ? 0 : static_cast<int32_t>(partition - kRoomPartition);
}

std::string KafkaState::NameOf(Partition partition) const {
  return TopicOf(partition) + "/" + std::to_string(NumberOf(partition));
}

uint64_t KafkaState::End(Partition partition) const { return ends_[partition]; }

void KafkaState::Grow(Partition partition, uint64_t end) {
  std::atomic<uint64_t>& known = ends_[partition];
  for (uint64_t now = known; now < end && !known.compare_exchange_weak(now, end);) {
  }
}

void KafkaState::Remember(Partition partition, uint64_t offset, std::string_view bytes) {
  if (InDoubt()) return;
  const size_t hash = HashOf(bytes);
  std::lock_guard lock(mutex_);
  std::optional<Witness>& witness = witnesses_[partition];
  if (!witness || witness->offset < offset) witness = {offset, hash};
}

std::optional<KafkaState::Witness> KafkaState::WitnessOf(Partition partition) const {
  std::lock_guard lock(mutex_);
  return witnesses_[partition];
}

void KafkaState::Break(std::string sentence) {
  std::lock_guard lock(mutex_);
  if (!why_broken_) why_broken_ = std::move(sentence);
  broken_ = true;
}

void KafkaState::Say(Who who, std::optional<std::string> sentence) {
  std::lock_guard lock(mutex_);
  said_[static_cast<size_t>(who)] = std::move(sentence);
}

std::optional<std::string> KafkaState::Trouble() const {
  std::lock_guard lock(mutex_);
  if (why_broken_) return why_broken_;
  for (const auto& sentence : said_) {
    if (sentence) return sentence;
  }
  return std::nullopt;
}

}  // namespace plenum
