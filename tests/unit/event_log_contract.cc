#include "tests/unit/event_log_contract.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "schema/limits.h"

namespace plenum {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

EventLog::Done Answers::For(size_t number) {
  return [this, number](Answer answer) {
    std::lock_guard lock(mutex_);
    if (by_number_.size() <= number) by_number_.resize(number + 1);
    by_number_[number].push_back(answer);
  };
}

std::vector<std::vector<Answers::Answer>> Answers::Get() const {
  std::lock_guard lock(mutex_);
  return by_number_;
}

size_t Answers::Count() const {
  std::lock_guard lock(mutex_);
  size_t count = 0;
  for (const auto& answers : by_number_) count += answers.size();
  return count;
}

std::vector<Answers::Answer> Answers::OnePerAppend(size_t appends) const {
  std::vector<Answer> all;
  const auto by_number = Get();
  EXPECT_THAT(by_number, SizeIs(appends));
  for (size_t number = 0; number < by_number.size(); ++number) {
    EXPECT_THAT(by_number[number], SizeIs(1)) << "append " << number;
    if (!by_number[number].empty()) all.push_back(by_number[number].front());
  }
  return all;
}

std::vector<LogEntry> ReadAll(EventLog& log, Partition partition) {
  std::vector<LogEntry> all;
  while (true) {
    auto piece = log.Read(partition, all.size(), 100);
    EXPECT_TRUE(piece.has_value()) << LogErrorText(piece.error());
    if (!piece || piece->empty()) return all;
    for (LogEntry& entry : *piece) {
      EXPECT_EQ(entry.offset, all.size());
      all.push_back(std::move(entry));
    }
  }
}

std::vector<std::string> BytesOf(const std::vector<LogEntry>& entries) {
  std::vector<std::string> bytes;
  for (const LogEntry& entry : entries) bytes.push_back(entry.bytes);
  return bytes;
}

std::string Bytes(size_t number) { return "entry " + std::to_string(number); }

void AppendMany(EventLog& log, Answers& answers, size_t first, size_t count, Urgency urgency) {
  for (size_t i = first; i < first + count; ++i) {
    const auto taken = log.Append(kRoomPartition, Bytes(i), urgency, answers.For(i));
    ASSERT_TRUE(taken.has_value()) << i << ": " << LogErrorText(taken.error());
  }
}

std::vector<std::string> ManyBytes(size_t count) {
  std::vector<std::string> bytes;
  for (size_t i = 0; i < count; ++i) bytes.push_back(Bytes(i));
  return bytes;
}

namespace {

TEST_P(EventLogContract, StartsEmpty) {
  EXPECT_EQ(log().End(kRoomPartition), 0u);
  EXPECT_EQ(log().Pending(), 0u);
  EXPECT_THAT(ReadAll(log(), kRoomPartition), IsEmpty());
  EXPECT_FALSE(log().LogId().empty());
}

TEST_P(EventLogContract, AnswersOnceWithConsecutiveOffsets) {
  Answers answers;
  AppendMany(log(), answers, 0, 3000);
  under_test().Settle();
  const auto offsets = answers.OnePerAppend(3000);
  ASSERT_THAT(offsets, SizeIs(3000));
  for (size_t i = 0; i < offsets.size(); ++i) ASSERT_EQ(offsets[i], Answers::Answer(i));
  EXPECT_EQ(log().End(kRoomPartition), 3000u);
  EXPECT_EQ(log().Pending(), 0u);
  EXPECT_EQ(BytesOf(ReadAll(log(), kRoomPartition)), ManyBytes(3000));
}

TEST_P(EventLogContract, AnswersInOffsetOrder) {
  std::vector<uint64_t> order;  // log's thread only, until it is settled
  for (size_t i = 0; i < 1000; ++i) {
    ASSERT_TRUE(log().Append(kRoomPartition, Bytes(i), Urgency::kVote,
                             [&](auto offset) { order.push_back(offset.value()); }));
  }
  under_test().Settle();
  under_test().Reopen();  // ends the thread that wrote `order`
  ASSERT_THAT(order, SizeIs(1000));
  for (size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], i);
}

TEST_P(EventLogContract, PartitionsCountForThemselves) {
  Answers answers;
  ASSERT_TRUE(log().Append(kRoomPartition, "r0", Urgency::kVote, answers.For(0)));
  ASSERT_TRUE(log().Append(kDirectoryPartition, "d0", Urgency::kVote, answers.For(1)));
  ASSERT_TRUE(log().Append(kRoomPartition, "r1", Urgency::kVote, answers.For(2)));
  ASSERT_TRUE(log().Append(kDirectoryPartition, "d1", Urgency::kVote, answers.For(3)));
  under_test().Settle();
  EXPECT_THAT(answers.OnePerAppend(4), ElementsAre(0u, 0u, 1u, 1u));
  under_test().Reopen();
  EXPECT_THAT(BytesOf(ReadAll(log(), kRoomPartition)), ElementsAre("r0", "r1"));
  EXPECT_THAT(BytesOf(ReadAll(log(), kDirectoryPartition)), ElementsAre("d0", "d1"));
  EXPECT_EQ(log().End(kRoomPartition), 2u);
  EXPECT_EQ(log().End(kDirectoryPartition), 2u);
}

TEST_P(EventLogContract, WhatIsAnsweredCanBeReadInTheAnswer) {
  std::atomic<int> read = 0;
  for (size_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(log().Append(kRoomPartition, Bytes(i), Urgency::kVote, [&, i](auto offset) {
      const auto entries = log().Read(kRoomPartition, offset.value(), 1);
      if (entries && entries->size() == 1 && entries->front().bytes == Bytes(i)) ++read;
    }));
  }
  under_test().Settle();
  EXPECT_EQ(read, 50);
}

TEST_P(EventLogContract, AnAnswerMayAppendAgain) {
  Answers answers;
  ASSERT_TRUE(log().Append(kRoomPartition, Bytes(0), Urgency::kVote, [&](auto offset) {
    answers.For(0)(offset);
    EXPECT_TRUE(log().Append(kRoomPartition, Bytes(1), Urgency::kVote, answers.For(1)));
  }));
  under_test().Settle();
  EXPECT_THAT(answers.OnePerAppend(2), ElementsAre(0u, 1u));
}

TEST_P(EventLogContract, TailHasAllInOrder) {
  std::vector<LogEntry> tail;  // log's thread only, until it has ended
  log().SetTail([&](Partition partition, std::span<const LogEntry> entries) {
    if (partition != kRoomPartition) return;
    EXPECT_GE(log().End(partition), entries.back().offset + 1);
    tail.insert(tail.end(), entries.begin(), entries.end());
  });
  Answers answers;
  AppendMany(log(), answers, 0, 500);
  under_test().Settle();
  log().Stop();
  ASSERT_THAT(tail, SizeIs(500));
  for (size_t i = 0; i < tail.size(); ++i) {
    ASSERT_EQ(tail[i].offset, i);
    ASSERT_EQ(tail[i].bytes, Bytes(i));
  }
}

TEST_P(EventLogContract, ReadGivesWhatIsAskedFor) {
  Answers answers;
  AppendMany(log(), answers, 0, 10);
  under_test().Settle();
  const auto middle = log().Read(kRoomPartition, 4, 3);
  ASSERT_TRUE(middle.has_value());
  EXPECT_THAT(BytesOf(*middle), ElementsAre(Bytes(4), Bytes(5), Bytes(6)));
  EXPECT_EQ(middle->front().offset, 4u);
  EXPECT_THAT(log().Read(kRoomPartition, 8, 100).value(), SizeIs(2));
  EXPECT_THAT(log().Read(kRoomPartition, 10, 100).value(), IsEmpty());
  EXPECT_THAT(log().Read(kRoomPartition, ~0ull, 100).value(), IsEmpty());
  EXPECT_THAT(log().Read(kRoomPartition, 0, 0).value(), IsEmpty());
  EXPECT_THAT(log().Read(77, 0, 100).value(), IsEmpty());
}

TEST_P(EventLogContract, KeepsAnyBytes) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  Answers answers;
  ASSERT_TRUE(log().Append(kRoomPartition, all, Urgency::kVote, answers.For(0)));
  ASSERT_TRUE(log().Append(kRoomPartition, "", Urgency::kVote, answers.For(1)));
  under_test().Settle();
  under_test().Reopen();
  EXPECT_THAT(BytesOf(ReadAll(log(), kRoomPartition)), ElementsAre(all, ""));
}

TEST_P(EventLogContract, RefusesWhatIsTooLarge) {
  Answers answers;
  const std::string largest(limits::kEventBytes, 'x');
  ASSERT_TRUE(log().Append(kRoomPartition, largest, Urgency::kVote, answers.For(0)));
  EXPECT_EQ(log().Append(kRoomPartition, largest + "x", Urgency::kStaff, answers.For(1)),
            std::unexpected(LogError::kTooLarge));
  under_test().Settle();
  EXPECT_THAT(answers.OnePerAppend(1), ElementsAre(0u));
  EXPECT_EQ(log().Read(kRoomPartition, 0, 1).value().front().bytes, largest);
}

TEST_P(EventLogContract, GoesOnAfterReopening) {
  Answers answers;
  AppendMany(log(), answers, 0, 600);
  under_test().Settle();
  const std::string id = log().LogId();
  under_test().Reopen();
  EXPECT_EQ(log().LogId(), id);
  EXPECT_EQ(log().End(kRoomPartition), 600u);
  AppendMany(log(), answers, 600, 1);
  under_test().Settle();
  EXPECT_EQ(answers.OnePerAppend(601).back(), 600u);
  EXPECT_EQ(BytesOf(ReadAll(log(), kRoomPartition)), ManyBytes(601));
}

TEST_P(EventLogContract, IsBusyWhenTheQueueIsFull) {
  size_t total = 0;
  Answers answers;
  for (const size_t size : {size_t{1}, limits::kEventBytes}) {
    const size_t fits = std::min(limits::kAppendQueueEvents, limits::kAppendQueueBytes / size);
    under_test().Hold();
    for (size_t i = 0; i < fits; ++i, ++total) {
      ASSERT_TRUE(log().Append(kRoomPartition, std::string(size, 'x'), Urgency::kStaff,
                               answers.For(total)));
    }
    EXPECT_EQ(log().Append(kRoomPartition, "more", Urgency::kStaff, answers.For(total)),
              std::unexpected(LogError::kBusy));
    EXPECT_GE(log().Pending(), fits);
    under_test().Release();
    under_test().Settle();
    EXPECT_THAT(answers.OnePerAppend(total), SizeIs(total));
  }
  ASSERT_TRUE(log().Append(kRoomPartition, "again", Urgency::kVote, answers.For(total)));
  under_test().Settle();
  EXPECT_EQ(answers.OnePerAppend(total + 1).back(), total);
}

TEST_P(EventLogContract, ManyThreadsMayAppend) {
  constexpr size_t kThreads = 8, kEach = 500;
  Answers answers;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = t * kEach; i < (t + 1) * kEach; ++i) {
        EXPECT_TRUE(log().Append(kRoomPartition, Bytes(i), Urgency::kVote, answers.For(i)));
      }
    });
  }
  while (answers.Count() < kThreads * kEach && !HasFailure()) under_test().Settle();
  for (std::thread& thread : threads) thread.join();
  under_test().Settle();

  const auto offsets = answers.OnePerAppend(kThreads * kEach);
  const auto entries = ReadAll(log(), kRoomPartition);
  ASSERT_THAT(entries, SizeIs(kThreads * kEach));
  for (size_t i = 0; i < offsets.size(); ++i) {
    ASSERT_EQ(entries.at(offsets[i].value()).bytes, Bytes(i));
    if (i % kEach != 0) {
      ASSERT_LT(offsets[i - 1].value(), offsets[i].value());  // each thread's order is kept
    }
  }
}

TEST_P(EventLogContract, ReadsWhileItIsAppendedTo) {
  constexpr size_t kEntries = 3000;
  Answers answers;
  std::thread reader([&] {
    for (uint64_t next = 0; next < kEntries;) {
      const auto entries = log().Read(kRoomPartition, next, 64);
      ASSERT_TRUE(entries.has_value());
      for (const LogEntry& entry : *entries) {
        ASSERT_EQ(entry.offset, next);
        ASSERT_EQ(entry.bytes, Bytes(next));
        ++next;
      }
      ASSERT_LE(next, log().End(kRoomPartition));
    }
  });
  for (size_t i = 0; i < kEntries; i += 100) {
    AppendMany(log(), answers, i, 100);
    under_test().Settle();
  }
  reader.join();
}

TEST_P(EventLogContract, StopMakesDurableWhatIsQueuedAndAnswersIt) {
  Answers answers;
  AppendMany(log(), answers, 0, 2000);
  std::thread other([&] { log().Stop(); });
  log().Stop();
  other.join();
  EXPECT_EQ(log().Pending(), 0u);
  for (const auto& answer : answers.OnePerAppend(2000)) EXPECT_TRUE(answer.has_value());
  EXPECT_EQ(log().Append(kRoomPartition, "late", Urgency::kStaff, answers.For(2000)),
            std::unexpected(LogError::kBusy));
  EXPECT_THAT(ReadAll(log(), kRoomPartition), SizeIs(2000));  // reading still works
  under_test().Reopen();
  EXPECT_EQ(BytesOf(ReadAll(log(), kRoomPartition)), ManyBytes(2000));
}

}  // namespace
}  // namespace plenum
