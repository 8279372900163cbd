// Export, replay, audit and fsck: an auditor folds from nothing and finds every difference.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "projector/audit.h"
#include "projector/export.h"
#include "projector/fsck.h"
#include "projector/replay.h"
#include "projector/rocksdb_store.h"
#include "projector/store_rows.h"
#include "schema/json.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

using ::testing::HasSubstr;

class ProjectorAudit : public ::testing::Test {
 protected:
  // A poll that is closed and revealed, with another room's events in between.
  void SetUp() override {
    ASSERT_TRUE(node.projector.Start());
    Script other(RoomNumber(8));
    node.Do(script.Create());
    node.Do(other.Create());
    node.Do(script.Add(spec));
    node.Advance(script, spec.id, Phase::kVoting);
    for (uint32_t i = 0; i < 9; ++i) {
      node.Do(script.Scale(i, spec, 1 + i % 5));
      node.Do(other.Join(i));
    }
    node.Advance(script, spec.id, Phase::kClosed);
    ASSERT_EQ(node.Speak(script.now), 1);
    node.Advance(script, spec.id, Phase::kRevealed);
    std::ostringstream out;
    auto exported = ExportRoom(node.projector, script.room(), out);
    ASSERT_TRUE(exported) << exported.error();
    status = *exported;
    lines = out.str();
  }
  std::vector<std::string> Split() const {
    std::vector<std::string> split;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) split.push_back(line);
    return split;
  }
  static std::string Join(const std::vector<std::string>& split) {
    std::string joined;
    for (const std::string& line : split) joined += line + "\n";
    return joined;
  }
  static AuditReport Run(const std::string& text, const std::vector<AuditExpected>& expected = {}) {
    std::istringstream in(text);
    return Audit(in, expected);
  }
  // The export with the result that the node recorded changed.
  std::string WithResult(const std::function<void(ResultRecorded&)>& change) const {
    std::vector<std::string> split = Split();
    for (std::string& line : split) {
      auto event = DecodeEvent(line);
      if (!event || !std::holds_alternative<ResultRecorded>(event->payload)) continue;
      change(std::get<ResultRecorded>(event->payload));
      line = EncodeEvent(*event);
    }
    return Join(split);
  }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  Node node{disk, store};
  Script script{RoomNumber(7)};
  ActivitySpec spec = ScaleSpec("confidence");
  RoomStatus status;
  std::string lines;
};

TEST_F(ProjectorAudit, AnExportIsTheRoomsEntriesAndNoOthers) {
  EXPECT_EQ(Split().size(), status.index);
  EXPECT_EQ(status.index, 15u);
  EXPECT_THAT(lines, ::testing::Not(HasSubstr(RoomNumber(8).Hex())));
  EXPECT_FALSE(ExportRoom(node.projector, RoomNumber(99), *std::make_unique<std::ostringstream>()));
}

TEST_F(ProjectorAudit, ReplayingGivesTheServersStateAtAnyEvent) {
  std::istringstream in(lines);
  uint64_t seen = 0;
  auto room = Replay(in, {}, [&](const ReplayedEntry& entry, Room& folded) {
    EXPECT_TRUE(entry.event);
    EXPECT_EQ(entry.outcome.index, seen);
    EXPECT_EQ(folded.size(), ++seen);
  });
  ASSERT_TRUE(room) << room.error();
  EXPECT_EQ(room->Root(), status.root);
  EXPECT_EQ(room->StateDigest(), status.state);
  std::istringstream again(lines);
  auto early = Replay(again, 5);
  ASSERT_TRUE(early);
  EXPECT_EQ(early->size(), 6u);
  EXPECT_EQ(early->state().activities.at("confidence").ballots.size(), 3u);
}

TEST_F(ProjectorAudit, ReplaySaysWhichLineIsWrong) {
  const auto error = [](const std::string& text, std::optional<uint64_t> last = {}) {
    std::istringstream in(text);
    auto room = Replay(in, last);
    return room ? "" : room.error();
  };
  EXPECT_EQ(error(""), "the export is empty");
  EXPECT_THAT(error("\n"), HasSubstr("line 1 of the export is empty"));
  EXPECT_THAT(error("garbage\n"), HasSubstr("line 1 of the export is not an event"));
  EXPECT_THAT(error(Split()[1] + "\n"), HasSubstr("line 1 of the export does not create a room"));
  EXPECT_THAT(error(lines, 15), HasSubstr("line 16 of the export is not there"));
  Script other(RoomNumber(8));
  EXPECT_THAT(error(lines + EncodeEvent(other.Join(1)) + "\n"),
              HasSubstr("line 16 of the export is of another room"));
  EXPECT_THAT(error(lines + std::string(limits::kEventBytes + 1, 'x')),
              HasSubstr("line 16 of the export is longer"));
}

TEST_F(ProjectorAudit, AgreesWithADigestFromOutside) {
  const AuditReport report = Run(lines, {ExpectStatus(status, true)});
  EXPECT_EQ(report.verdict, AuditVerdict::kAgrees) << DescribeAudit(report);
  EXPECT_EQ(report.ExitStatus(), 0);
  EXPECT_EQ(report.results, 1u);
  EXPECT_EQ(report.outcomes.at(OutcomeCode::kCounted), 9u);
  EXPECT_EQ(report.outcomes.at(OutcomeCode::kConfirmed), 1u);
  EXPECT_EQ(report.status, status);
}

TEST_F(ProjectorAudit, WithoutOneItIsSelfConsistentOnly) {
  EXPECT_EQ(Run(lines).ExitStatus(), 3);
  EXPECT_EQ(Run(lines, {ExpectStatus(status, false)}).ExitStatus(), 3);
  EXPECT_THAT(DescribeAudit(Run(lines)), HasSubstr("self-consistent only"));
}

TEST_F(ProjectorAudit, AChangedVoteDiffersFromTheRecordedResult) {
  std::vector<std::string> split = Split();
  auto event = DecodeEvent(split[4]);
  std::get<BallotCast>(event->payload).ballot = ScaleCast{5};
  split[4] = EncodeEvent(*event);
  const AuditReport report = Run(Join(split));
  EXPECT_EQ(report.ExitStatus(), 1);
  ASSERT_FALSE(report.differences.empty());
  EXPECT_EQ(report.differences[0].index, 13u) << "the event that recorded the result";
  EXPECT_THAT(report.differences[0].what, HasSubstr("the recorded result of confidence is"));
}

// Lines that do not touch the result still change root and digest.
TEST_F(ProjectorAudit, EveryRemovedLineIsFoundWithTheRootFromOutside) {
  const std::vector<std::string> split = Split();
  for (size_t gone = 1; gone < split.size(); ++gone) {
    std::vector<std::string> fewer = split;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(gone));
    EXPECT_EQ(Run(Join(fewer), {ExpectStatus(status, true)}).ExitStatus(), 1) << gone;
  }
}

TEST_F(ProjectorAudit, EveryFlippedByteIsFoundWithTheRootFromOutside) {
  const AuditExpected expected{.index = {}, .root = status.root, .state = {}, .from_outside = true};
  for (size_t at = 0; at < lines.size(); at += 61) {
    std::string flipped = lines;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    EXPECT_NE(Run(flipped, {expected}).ExitStatus(), 0) << "byte " << at;
  }
}

TEST_F(ProjectorAudit, ALyingResultIsFoundByItsOwnLog) {
  const AuditReport totals = Run(WithResult([](ResultRecorded& result) {
    result.totals = R"({"kind":"scale","people":9,"counts":[0,0,0,0,9]})";
  }));
  EXPECT_EQ(totals.ExitStatus(), 1);
  EXPECT_THAT(totals.differences.at(0).what, HasSubstr("but the events add up to"));
  const AuditReport state =
      Run(WithResult([](ResultRecorded& result) { result.state.bytes[5] ^= 1; }));
  EXPECT_EQ(state.ExitStatus(), 1);
  EXPECT_THAT(state.differences.at(0).what, HasSubstr("has state digest"));
  const AuditReport index = Run(WithResult([](ResultRecorded& result) { ++result.index; }));
  EXPECT_EQ(index.ExitStatus(), 1);
  EXPECT_THAT(index.differences.at(0).what,
              HasSubstr("names event 13, after which there was none"));
}

TEST_F(ProjectorAudit, AnExportThatEndsEarlyIsFound) {
  std::vector<std::string> split = Split();
  split.pop_back();
  const AuditReport report = Run(Join(split), {ExpectStatus(status, true)});
  EXPECT_EQ(report.ExitStatus(), 1);
  EXPECT_THAT(report.differences.at(0).what, HasSubstr("should have 15 entries"));
}

TEST_F(ProjectorAudit, AnExpectedDigestInTheMiddleIsComparedThere) {
  std::istringstream in(lines);
  auto early = Replay(in, 5);
  ASSERT_TRUE(early);
  AuditExpected expected{
      .index = 6, .root = early->Root(), .state = early->StateDigest(), .from_outside = true};
  EXPECT_EQ(Run(lines, {expected}).ExitStatus(), 0);
  expected.index = 7;
  EXPECT_EQ(Run(lines, {expected}).ExitStatus(), 1);
}

TEST_F(ProjectorAudit, ReportsAreJsonAndStatusesComeBack) {
  EXPECT_TRUE(json::Parse(EncodeAudit(Run(lines, {ExpectStatus(status, true)}))));
  EXPECT_TRUE(json::Parse(EncodeAudit(Run("garbage"))));
  EXPECT_EQ(Run("garbage").ExitStatus(), 2);
  EXPECT_EQ(*ParseStatus(EncodeStatus(status)), status);
  EXPECT_FALSE(ParseStatus("{}"));
  EXPECT_FALSE(ParseStatus("not json"));
}

TEST_F(ProjectorAudit, AnEntryWithALineBreakCannotBeALine) {
  const std::vector<std::string> entries = {"one", "two\nlines"};
  auto made = ToLines(entries, 5);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error(), HasSubstr("entry 6 "));
}

TEST_F(ProjectorAudit, FsckFindsNothingInReadModelsThatAreRight) {
  MemoryStore fresh;
  uint64_t told = 0;
  auto report = Fsck(store, node.log, fresh, [&](uint64_t folded, uint64_t) { told = folded; });
  ASSERT_TRUE(report) << report.error();
  EXPECT_TRUE(report->Agrees()) << DescribeFsck(*report);
  EXPECT_EQ(report->entries, 25u);
  EXPECT_EQ(told, 25u);
  ASSERT_EQ(report->rooms.size(), 2u);
  EXPECT_EQ(report->rooms[0].kept, status);
  EXPECT_TRUE(json::Parse(EncodeFsck(*report)));
}

TEST_F(ProjectorAudit, FsckComparesAtThePositionThatTheReadModelsHave) {
  node.Append(kRoomPartition, EncodeEvent(script.Join(5)));  // durable, not folded yet
  MemoryStore fresh;
  auto report = Fsck(store, node.log, fresh);
  ASSERT_TRUE(report) << report.error();
  EXPECT_TRUE(report->Agrees()) << DescribeFsck(*report);
}

// Whichever single row is damaged, lost, or too much.
TEST_F(ProjectorAudit, FsckFindsEveryDamagedRow) {
  for (const auto& [key, value] : MemoryStore::Rows(store.rows())) {
    for (const bool lost : {true, false}) {
      MemoryStore damaged;
      damaged.rows() = store.rows();
      if (lost) {
        damaged.rows().erase(key);
      } else {
        damaged.rows()[key].back() = static_cast<char>(damaged.rows()[key].back() ^ 1);
      }
      MemoryStore fresh;
      auto report = Fsck(damaged, node.log, fresh);
      ASSERT_TRUE(report) << report.error();
      EXPECT_FALSE(report->Agrees()) << key;
    }
  }
}

TEST_F(ProjectorAudit, FsckWorksOnAFolderAndLeavesNothingBeside) {
  TempFolder folder;
  const std::string path = folder.path() / "read-models";
  {
    auto kept = RocksDbStore::Open(path);
    ASSERT_TRUE(kept) << kept.error();
    Node again(disk, **kept);
    ASSERT_TRUE(again.projector.Start());
    again.Fold();
  }
  auto report = FsckFolder(path, node.log);
  ASSERT_TRUE(report) << report.error();
  EXPECT_TRUE(report->Agrees()) << DescribeFsck(*report);
  EXPECT_EQ(report->rooms.size(), 2u);
  EXPECT_FALSE(std::filesystem::exists(path + ".fsck"));
}

}  // namespace
}  // namespace plenum::testing
