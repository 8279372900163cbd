#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "ingest/batch_queue.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr QueueBounds kSmall{.items = 5, .bytes = 100, .batch_items = 3, .batch_bytes = 40};

TEST(BatchQueue, BatchesInOrderByCount) {
  BatchQueue<int> queue(kSmall);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(queue.Push(int{i}, 1));
  EXPECT_THAT(queue.TakeBatch(), ElementsAre(0, 1, 2));
  EXPECT_THAT(queue.TakeBatch(), ElementsAre(3, 4));
  EXPECT_THAT(queue.TakeBatch(), IsEmpty());
}

TEST(BatchQueue, BatchesByBytesButNeverNothing) {
  BatchQueue<int> queue(kSmall);
  for (const int size : {20, 20, 1, 50}) EXPECT_TRUE(queue.Push(int{size}, size));
  EXPECT_THAT(queue.TakeBatch(), ElementsAre(20, 20));
  EXPECT_THAT(queue.TakeBatch(), ElementsAre(1));
  EXPECT_THAT(queue.TakeBatch(), ElementsAre(50));
  EXPECT_EQ(queue.bytes(), 0u);
}

TEST(BatchQueue, IsBoundedByCountAndByBytes) {
  BatchQueue<int> queue(kSmall);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(queue.Push(int{i}, 0));
  EXPECT_FALSE(queue.Push(5, 0));
  queue.TakeBatch();
  EXPECT_TRUE(queue.Push(5, 100));
  EXPECT_FALSE(queue.Push(6, 1));
  EXPECT_EQ(queue.size(), 3u);
  EXPECT_EQ(queue.bytes(), 100u);
}

TEST(BatchQueue, LeavesWhatItRefusesUntouched) {
  BatchQueue<std::unique_ptr<int>> queue(kSmall);
  auto item = std::make_unique<int>(7);
  EXPECT_FALSE(queue.Push(std::move(item), 101));
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(*item, 7);
}

}  // namespace
}  // namespace plenum
