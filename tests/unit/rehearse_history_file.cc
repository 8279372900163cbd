#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gateway/rehearse/history_file.h"

namespace plenum::rehearse {
namespace {

namespace fs = std::filesystem;

Command Ballot(uint8_t id) {
  Command command;
  command.id.bytes.fill(id);
  command.activity = "scale";
  command.generation = 1;
  command.seq = 1;
  command.request = BallotCast{ScaleCast{4}};
  return command;
}

class HistoryFileTest : public testing::Test {
 protected:
  ~HistoryFileTest() override { fs::remove(path_); }

  std::vector<std::string> Lines() {
    auto file = HistoryFile::Open(path_, made_, begin_);
    EXPECT_TRUE(file && file->Write(history_));
    std::ifstream in(path_);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  static bool Holds(const std::string& line, const std::string& part) {
    return line.find(part) != std::string::npos;
  }

  const std::string path_ = (fs::temp_directory_path() / "plenum-history-test").string();
  const TimePoint begin_{};
  const MadeRoom made_{{"ab12", "482913", {}}, {{"auditor", "v1.secret"}}};
  History history_;
};

TEST_F(HistoryFileTest, EveryFateAndOnlyItsOwnerMayRead) {
  const Command unsent = Ballot(1), unknown = Ballot(2), failed = Ballot(3), ok = Ballot(4);
  history_.OnKept(7, unsent);
  for (const Command& command : {unknown, failed, ok}) history_.OnSent(7, command, begin_);
  history_.OnRefused(failed.id, "not-permitted", begin_);
  history_.OnRecorded(ok.id, 93, begin_ + std::chrono::microseconds(1500));
  history_.OnShown(0, 12, begin_ + std::chrono::milliseconds(2));

  const std::vector<std::string> lines = Lines();
  ASSERT_EQ(lines.size(), 7u);
  EXPECT_EQ(
      lines[0],
      R"({"room":"ab12","code":"482913","steady_ms":0.000,"tokens":{"auditor":"v1.secret"}})");
  EXPECT_TRUE(Holds(lines[1], R"("fate":"unsent")"));
  EXPECT_TRUE(Holds(lines[2], R"("fate":"unknown")"));
  EXPECT_TRUE(Holds(lines[3], R"("fate":"failed")"));
  EXPECT_TRUE(Holds(lines[4], R"("fate":"ok")"));
  EXPECT_TRUE(Holds(lines[4], R"("recorded_ms":1.500,"offset":93)")) << lines[4];
  EXPECT_EQ(lines[5], R"({"display":0,"shown":[[12,2.000]]})");
  EXPECT_EQ(lines[6], R"({"reconnects":0})");
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(HistoryFileTest, SaysWhereItCannotWrite) {
  auto file = HistoryFile::Open("/nowhere/at/all", made_, begin_);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error(), "The file /nowhere/at/all cannot be written.");
}

}  // namespace
}  // namespace plenum::rehearse
