#include "ingest/text_intake.h"

#include <chrono>
#include <utility>
#include <vector>

#include "schema/limits.h"

namespace plenum {

TextIntake::TextIntake(Vault& vault, EventLog& log, QueueBounds bounds)
    : vault_(vault), log_(log), queue_(bounds) {}

std::expected<void, LogError> TextIntake::Submit(VaultText text, Urgency urgency,
                                                 MakeEvent make_event, Partition partition,
                                                 EventLog::Done done) {
  if (text.text.size() > limits::kTextBytes) return std::unexpected(LogError::kTooLarge);
  const size_t size = text.text.size();
  std::lock_guard lock(mutex_);
  if (closed_) return std::unexpected(LogError::kBusy);
  Waiting waiting{std::move(text), urgency, std::move(make_event), partition, std::move(done)};
  if (!queue_.Push(std::move(waiting), size)) return std::unexpected(LogError::kBusy);
  return {};
}

bool TextIntake::Step() {
  std::vector<Waiting> batch;
  {
    std::lock_guard lock(mutex_);
    batch = queue_.TakeBatch();
    taken_ = batch.size();
  }
  if (batch.empty()) return false;

  std::vector<VaultText> texts;
  for (Waiting& waiting : batch) texts.push_back(std::move(waiting.text));
  const auto digests = vault_.PutTexts(texts);
  for (size_t i = 0; i < batch.size(); ++i) {
    if (digests) {
      PassOn(std::move(batch[i]), (*digests)[i]);
    } else {
      batch[i].done(std::unexpected(digests.error()));
    }
  }
  std::lock_guard lock(mutex_);
  taken_ = 0;
  return true;
}

// The log drops `done` when it refuses an append, so the intake keeps it where both can reach it.
void TextIntake::PassOn(Waiting waiting, const Digest& digest) {
  auto done = std::make_shared<EventLog::Done>(std::move(waiting.done));
  const auto queued =
      log_.Append(waiting.partition, waiting.make_event(digest), waiting.urgency,
                  [done](std::expected<uint64_t, LogError> offset) { (*done)(offset); });
  if (!queued) (*done)(std::unexpected(queued.error()));
}

void TextIntake::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
}

void TextIntake::Forget() {
  std::lock_guard lock(mutex_);
  while (!queue_.empty()) queue_.TakeBatch();
}

size_t TextIntake::Pending() const {
  std::lock_guard lock(mutex_);
  return queue_.size() + taken_;
}

TextIntakeThread::TextIntakeThread(Vault& vault, EventLog& log, QueueBounds bounds)
    : intake_(vault, log, bounds), thread_([this] { return intake_.Step(); }, kIdle) {}

TextIntakeThread::~TextIntakeThread() { Stop(); }

std::expected<void, LogError> TextIntakeThread::Submit(VaultText text, Urgency urgency,
                                                       TextIntake::MakeEvent make_event,
                                                       Partition partition, EventLog::Done done) {
  auto queued =
      intake_.Submit(std::move(text), urgency, std::move(make_event), partition, std::move(done));
  if (queued) thread_.Wake();
  return queued;
}

void TextIntakeThread::Stop() {
  intake_.Close();
  thread_.Stop();
}

}  // namespace plenum
