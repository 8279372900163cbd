// What has been released never changes its meaning. schema/examples/logs/ has whole logs of each
// version: folded today they must give what they gave then, outcome by outcome, with the same
// state digest and root. schema/examples/SHA256SUMS holds the bytes of all events and logs.
//
// A new version adds files beside these: PLENUM_FREEZE=v2 property_tests --gtest_filter='Frozen.*'
// writes them once, and refuses to write over any. What is there already is not written anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "schema/event_shape.h"
#include "tests/property/fold_day.h"
#include "tests/property/fold_play.h"

namespace plenum::fold_test {
namespace {

namespace fs = std::filesystem;

const fs::path kExamples = fs::path(__FILE__).parent_path() / "../../schema/examples";

std::string Read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> LinesOf(const fs::path& file) {
  std::vector<std::string> lines;
  std::istringstream in(Read(file));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// One line an entry, then the state and the root that they lead to.
std::vector<std::string> OutcomesOf(const std::vector<std::string>& log) {
  const auto first = DecodeEvent(log.front());
  EXPECT_TRUE(first) << first.error();
  Room room(first->room);
  std::vector<std::string> lines;
  for (const std::string& entry : log) {
    const Outcome outcome = room.Apply(entry).outcome;
    lines.push_back(std::string(OutcomeName(outcome.code)) + ' ' +
                    std::string(ReasonName(outcome.reason)) + ' ' + std::to_string(outcome.ref));
  }
  lines.push_back("state " + room.StateDigest().Hex());
  lines.push_back("root " + room.Root().Hex());
  return lines;
}

void WriteOnce(const fs::path& file, const std::vector<std::string>& lines) {
  ASSERT_FALSE(fs::exists(file)) << file << " is frozen";
  std::ofstream out(file, std::ios::binary);
  for (const std::string& line : lines) out << line << '\n';
}

void Freeze(const std::string& name, const std::vector<std::string>& log) {
  WriteOnce(kExamples / "logs" / (name + ".ndjson"), log);
  WriteOnce(kExamples / "logs" / (name + ".outcomes"), OutcomesOf(log));
}

void FreezeAll(const std::string& version) {
  RandomDay day({.people = 9, .events = 900, .decks = false}, 2026);
  day.Run();
  Freeze(version + "-day", day.room().log());
  for (const Deck deck : {Deck::kPhones, Deck::kPaper}) {
    DeckPlay play({.writers = 7, .newcomers = 2, .deck = deck, .silent = 15, .passes = 100}, 2026);
    play.Run();
    Freeze(version + (deck == Deck::kPaper ? "-paper-deck" : "-deck"), play.room().log());
  }
}

std::vector<fs::path> Logs() {
  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator(kExamples / "logs")) {
    if (entry.path().extension() == ".ndjson") logs.push_back(entry.path());
  }
  return logs;
}

TEST(Frozen, LogsAreFoldedAsTheyWereWhenTheyWereWritten) {
  if (const char* version = std::getenv("PLENUM_FREEZE")) return FreezeAll(version);
  ASSERT_FALSE(Logs().empty());
  for (fs::path file : Logs()) {
    SCOPED_TRACE(file);
    const std::vector<std::string> log = LinesOf(file);
    const std::vector<std::string> now = OutcomesOf(log);
    const std::vector<std::string> then = LinesOf(file.replace_extension(".outcomes"));
    ASSERT_EQ(now.size(), then.size());
    for (size_t i = 0; i < now.size(); ++i) {
      ASSERT_EQ(now[i], then[i]) << "entry " << i << (i < log.size() ? ": " + log[i] : "");
    }
  }
}

TEST(Frozen, LogsHaveEveryTypeTakeEffect) {
  std::set<size_t> types;
  for (const fs::path& file : Logs()) {
    const std::vector<std::string> log = LinesOf(file);
    const std::vector<std::string> outcomes = OutcomesOf(log);
    for (size_t i = 0; i < log.size(); ++i) {
      const auto event = DecodeEvent(log[i]);
      const std::string how = outcomes[i].substr(0, outcomes[i].find(' '));
      const bool effect = how == "accepted" || how == "counted" || how == "confirmed";
      if (event && effect) types.insert(event->payload.index());
    }
  }
  for (size_t type = 0; type < std::variant_size_v<Payload>; ++type) {
    if (ShapeOf(type).directory) continue;  // not a room's
    EXPECT_TRUE(types.contains(type)) << ShapeOf(type).type;
  }
}

TEST(Frozen, ExamplesKeepTheirDigests) {
  std::set<std::string> listed;
  for (const std::string& line : LinesOf(kExamples / "SHA256SUMS")) {
    const std::string name = line.substr(line.find("  ") + 2);
    listed.insert(name);
    EXPECT_EQ(line.substr(0, 64), HashOf(Read(kExamples / name)).Hex()) << name;
  }
  for (const char* folder : {"events", "logs"}) {
    for (const auto& entry : fs::directory_iterator(kExamples / folder)) {
      const std::string name = std::string(folder) + "/" + entry.path().filename().string();
      EXPECT_TRUE(listed.contains(name)) << name << " is not in SHA256SUMS";
    }
  }
}

}  // namespace
}  // namespace plenum::fold_test
