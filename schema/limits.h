// Every limit of a size, a count or a queue, by name. Nothing in the program grows past these.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenum::limits {

// Events and commands.
inline constexpr size_t kEventBytes = 32 * 1024;
inline constexpr size_t kAttendeeMessageBytes = 4 * 1024;
inline constexpr size_t kStaffMessageBytes = 64 * 1024;
inline constexpr int kJsonDepth = 16;
inline constexpr size_t kSlugBytes = 40;

// Run sheets and rooms.
inline constexpr size_t kRunSheetBytes = 512 * 1024;
inline constexpr size_t kActivities = 200;
inline constexpr size_t kOptions = 100;
inline constexpr size_t kSheetItems = 500;
inline constexpr size_t kTitleGraphemes = 200;
inline constexpr size_t kPromptGraphemes = 1000;
inline constexpr size_t kTextGraphemes = 1000;  // one contribution, unless the run sheet says less
inline constexpr size_t kTextBytes = 2800;      // of a contribution, so that it fits in a message
inline constexpr uint32_t kRounds = 20;
inline constexpr uint32_t kDots = 100;
inline constexpr uint32_t kExpectedPeople = 100'000;
inline constexpr size_t kLanguages = 10;
inline constexpr size_t kProblems = 100;      // told at once
inline constexpr uint32_t kItemsEach = 1000;  // contributions of one person to one activity
inline constexpr int32_t kScaleValue = 1000;  // either way of 0
inline constexpr int32_t kScaleSteps = 100;   // from the low end to the high end
inline constexpr uint32_t kTimeLimitMs = 24u * 60 * 60 * 1000;
inline constexpr size_t kFields = 20;     // of one contribution
inline constexpr uint32_t kWords = 10;    // of one answer, where words are counted
inline constexpr size_t kLinks = 200;     // made one by one, of a room
inline constexpr size_t kDevices = 50;    // of one person who comes by a personal code
inline constexpr size_t kGroups = 50;     // that people may say they belong to
inline constexpr size_t kWordsEach = 20;  // to the organisers, from one person
inline constexpr uint32_t kRetentionDays = 3650;
inline constexpr uint32_t kRanks = 20;  // that a person may give
inline constexpr size_t kTables = 500;  // of one activity
inline constexpr uint32_t kTableNumber = 9999;
inline constexpr uint32_t kTableCapacity = 1000;
inline constexpr size_t kVisits = 200;         // of one person to tables
inline constexpr size_t kSeatsPlanned = 8000;  // seats in one plan, so that it fits in an event
inline constexpr size_t kActivityBytes = 30 * 1024;  // encoded, so that it fits in an event

// 25/10 needs six people: with fewer, five rounds without one's own card cannot be dealt.
inline constexpr size_t kDeckPeople = 6;

// How often one person may say in one activity that they are there.
inline constexpr size_t kHeres = 200;

// The record of the day.
inline constexpr uint32_t kRecordVersions = 1000;
inline constexpr size_t kRecordPieces = 40;              // of one document
inline constexpr size_t kRecordPieceBytes = 256 * 1024;  // so that it fits in a record of Kafka
inline constexpr size_t kRecordFiguresBytes = 64 * 1024;

// Ingest.
inline constexpr size_t kBatchEvents = 256;
inline constexpr size_t kBatchBytes = 1024 * 1024;
inline constexpr size_t kAppendQueueEvents = 50'000;
inline constexpr size_t kAppendQueueBytes = 64 * 1024 * 1024;
inline constexpr size_t kReadEvents = 1024;
inline constexpr uint64_t kDiskFloorBytes = 64ull * 1024 * 1024;    // below it votes are refused
inline constexpr uint64_t kDiskReserveBytes = 16ull * 1024 * 1024;  // kept back for staff and nodes

// Projector.
inline constexpr size_t kHandoverEvents = 8192;  // from the log's thread to the projector's
// Intake is refused while the fold is further behind.
inline constexpr uint64_t kFoldLagEvents = 20'000;
inline constexpr int kViewIntervalMs = 50;  // at most 20 views a second a topic

// Gateway.
inline constexpr size_t kConnections = 20'000;
inline constexpr size_t kOutboxBytes = 256 * 1024;  // pending for one socket; beyond it, closed
inline constexpr size_t kInFlight = 64;             // unanswered commands of one socket
inline constexpr int kMessageBurst = 300;           // of one client, beyond
inline constexpr int kMessagesPerSecond = 50;       // this many a second; then "busy"
inline constexpr int kFirstMessageMs = 5000;
inline constexpr int kHeaderMs = 5000;
inline constexpr int kBeatMs = 10'000;
inline constexpr int kSilenceMs = 40'000;
// Conversations over plain HTTP.
inline constexpr uint32_t kPollWaitMs = 25'000;       // an answer may wait for something to say
inline constexpr int kPollSilenceMs = 30'000;         // between an answer and the next poll
inline constexpr size_t kPollBytes = 16 * 1024;       // of one poll
inline constexpr size_t kPollStaffBytes = 72 * 1024;  // of one that shows a token of the staff
// Big screens.
inline constexpr size_t kScreens = 20;  // of a room: that report themselves, and that are pinned
inline constexpr size_t kScreenNameBytes = 200;
inline constexpr size_t kScreenNameGraphemes = 40;
inline constexpr int kScreensIntervalMs = 1000;  // between two lists of them to one console
inline constexpr int kDroppedMs = 60'000;  // a connection lost for longer is not told any more
// A server that has taken over waits so long for phones to come back (their back-off is at most
// 20 s) before stages change again, and holds so many commands that they offer meanwhile.
inline constexpr int kGatherMs = 25'000;
inline constexpr size_t kOffers = 50'000;
inline constexpr size_t kHttpBodyBytes = kRunSheetBytes + 64 * 1024;

}  // namespace plenum::limits
