#include "gateway/outbox.h"

#include <utility>

namespace plenum {

bool Outbox::PushAnswer(const Message& message) {
  Frame frame = MakeTextFrame(EncodeMessage(message));
  if (answer_bytes_ + frame->size() > limits::kOutboxBytes) return false;
  answer_bytes_ += frame->size();
  bytes_ += frame->size();
  answers_.push_back(std::move(frame));
  return true;
}

bool Outbox::PushView(Topic topic, uint64_t version, Frame frame) {
  Waiting& waiting = views_[static_cast<size_t>(topic)];
  if (version < waiting.version) return false;
  waiting.version = version;
  if (waiting.frame) {
    bytes_ -= waiting.frame->size();
  } else {
    ++waiting_views_;
  }
  bytes_ += frame->size();
  waiting.frame = std::move(frame);
  return true;
}

std::vector<Frame> Outbox::TakeAll() {
  std::vector<Frame> all = std::exchange(answers_, {});
  for (Waiting& waiting : views_) {
    if (waiting.frame) all.push_back(std::exchange(waiting.frame, nullptr));
  }
  waiting_views_ = 0;
  answer_bytes_ = 0;
  bytes_ = 0;
  return all;
}

}  // namespace plenum
