#include "ingest/kafka_in_flight.h"

#include <algorithm>
#include <utility>

namespace plenum {

using Fate = KafkaEntry::Fate;

KafkaInFlight::KafkaInFlight(size_t partitions, KafkaDeadlines deadlines, QueueBounds bounds)
    : deadlines_(deadlines), bounds_(bounds), lanes_(partitions) {}

std::expected<KafkaEntry*, LogError> KafkaInFlight::Push(KafkaEntry entry, Urgency urgency) {
  Lane& lane = lanes_[entry.partition];
  if (IsAway(lane, entry.since)) return std::unexpected(LogError::kAway);
  // The last fifth is for staff, so that a presenter can always close.
  const auto share = [&](size_t all) { return urgency == Urgency::kStaff ? all : all / 5 * 4; };
  if (count_ >= share(bounds_.items) || bytes_ + entry.bytes.size() > share(bounds_.bytes)) {
    return std::unexpected(LogError::kBusy);
  }
  ++count_;
  bytes_ += entry.bytes.size();
  return &lane.entries.emplace_back(std::move(entry));
}

void KafkaInFlight::PopLast(Partition partition) {
  Lane& lane = lanes_[partition];
  --count_;
  bytes_ -= lane.entries.back().bytes.size();
  lane.entries.pop_back();
}

std::vector<KafkaInFlight::Answer> KafkaInFlight::TakeAnswers(Now now) {
  std::vector<Answer> answers;
  for (Lane& lane : lanes_) {
    for (; IsSettled(lane); PopFirst(lane)) {
      if (lane.answered == 0) answers.push_back(AnswerOf(lane.entries.front()));
    }
    for (; lane.answered < lane.entries.size(); ++lane.answered) {
      KafkaEntry& next = lane.entries[lane.answered];
      if (now - next.since < deadlines_.answer_within) break;
      answers.push_back({std::move(next.done), std::unexpected(LogError::kUnknown)});
    }
  }
  return answers;
}

void KafkaInFlight::GiveUp() {
  for (Lane& lane : lanes_) {
    for (KafkaEntry& entry : lane.entries) {
      if (entry.fate == Fate::kWaiting || entry.fate == Fate::kSomewhere) {
        entry.fate = Fate::kUnknown;
      }
    }
  }
}

void KafkaInFlight::ForEachWaiting(const std::function<void(KafkaEntry&)>& visit) {
  for (Lane& lane : lanes_) {
    for (KafkaEntry& entry : lane.entries) {
      if (entry.fate == Fate::kWaiting) visit(entry);
    }
  }
}

KafkaEntry* KafkaInFlight::FirstSomewhere() {
  for (Lane& lane : lanes_) {
    if (lane.answered < lane.entries.size() &&
        lane.entries[lane.answered].fate == Fate::kSomewhere) {
      return &lane.entries[lane.answered];
    }
  }
  return nullptr;
}

std::optional<Partition> KafkaInFlight::Away(Now now) const {
  const auto it = std::ranges::find_if(lanes_, [&](const Lane& lane) { return IsAway(lane, now); });
  if (it == lanes_.end()) return std::nullopt;
  return static_cast<Partition>(it - lanes_.begin());
}

bool KafkaInFlight::IsAway(const Lane& lane, Now now) const {
  return !lane.entries.empty() && now - lane.entries.front().since >= deadlines_.away_after;
}

bool KafkaInFlight::IsSettled(const Lane& lane) {
  if (lane.entries.empty()) return false;
  const Fate fate = lane.entries.front().fate;
  // Where it is does not matter any more to one that is answered.
  return fate == Fate::kSomewhere ? lane.answered > 0 : fate != Fate::kWaiting;
}

KafkaInFlight::Answer KafkaInFlight::AnswerOf(KafkaEntry& entry) {
  if (entry.fate == Fate::kDurable) return {std::move(entry.done), entry.offset};
  const LogError error = entry.fate == Fate::kRefused ? LogError::kAway : LogError::kUnknown;
  return {std::move(entry.done), std::unexpected(error)};
}

void KafkaInFlight::PopFirst(Lane& lane) {
  --count_;
  bytes_ -= lane.entries.front().bytes.size();
  if (lane.answered > 0) --lane.answered;
  lane.entries.pop_front();
}

}  // namespace plenum
