// BatchQueue: a bounded queue that is taken in batches. Bounds are in items and in bytes, for the
// queue and for a batch. Has no age limit: whoever commits takes what is there as soon as it is
// free, so that a batch grows by itself while the disk is busy (group commit). Not synchronised.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

#include "schema/limits.h"

namespace plenum {

struct QueueBounds {
  size_t items = limits::kAppendQueueEvents;
  size_t bytes = limits::kAppendQueueBytes;
  size_t batch_items = limits::kBatchEvents;
  size_t batch_bytes = limits::kBatchBytes;
};

template <class Item>
class BatchQueue {
 public:
  explicit BatchQueue(QueueBounds bounds = {}) : bounds_(bounds) {}

  // False (and `item` untouched) if it does not fit.
  bool Push(Item&& item, size_t bytes) {
    if (waiting_.size() >= bounds_.items || bytes > bounds_.bytes - bytes_) return false;
    waiting_.push_back({std::move(item), bytes});
    bytes_ += bytes;
    return true;
  }

  // The oldest items, as many as a batch may have; at least one if there is one.
  std::vector<Item> TakeBatch() {
    std::vector<Item> batch;
    size_t batch_bytes = 0;
    while (!waiting_.empty() && batch.size() < bounds_.batch_items) {
      Waiting& next = waiting_.front();
      if (!batch.empty() && batch_bytes + next.bytes > bounds_.batch_bytes) break;
      batch_bytes += next.bytes;
      bytes_ -= next.bytes;
      batch.push_back(std::move(next.item));
      waiting_.pop_front();
    }
    return batch;
  }

  bool empty() const { return waiting_.empty(); }
  size_t size() const { return waiting_.size(); }
  size_t bytes() const { return bytes_; }

 private:
  struct Waiting {
    Item item;
    size_t bytes;
  };
  const QueueBounds bounds_;
  std::deque<Waiting> waiting_;
  size_t bytes_ = 0;
};

}  // namespace plenum
