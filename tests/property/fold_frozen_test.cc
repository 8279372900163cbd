// What has been released never changes its meaning. schema/examples/logs/ has whole logs of each
// version: folded today they must give what they gave then, outcome by outcome, with the same
// state digest and root. schema/examples/SHA256SUMS holds the bytes of all events and logs.
//
// A new version adds files beside these: PLENUM_FREEZE=v2 property_tests --gtest_filter='Frozen.*'
// writes them once, and refuses to write over any. What is there already is not written anew.
#include <gtest/gtest.h>

#include <algorithm>
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

// The types of events that took effect.
std::set<size_t> TypesIn(const std::vector<std::string>& log) {
  std::set<size_t> types;
  const std::vector<std::string> outcomes = OutcomesOf(log);
  for (size_t i = 0; i < log.size(); ++i) {
    const auto event = DecodeEvent(log[i]);
    const std::string how = outcomes[i].substr(0, outcomes[i].find(' '));
    const bool effect = how == "accepted" || how == "counted" || how == "confirmed";
    if (event && effect) types.insert(event->payload.index());
  }
  return types;
}

std::vector<std::string> RichestDay() {
  std::vector<std::string> richest;
  size_t most = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    RandomDay day({.people = 9, .events = 900}, seed);
    day.Run();
    const size_t types = TypesIn(day.room().log()).size();
    if (types > most) richest = day.room().log();
    most = std::max(most, types);
  }
  return richest;
}

// What the random days do too seldom.
std::vector<std::string> StaffLog() {
  TestRoom room("staff");
  room.Create();
  for (const char* id : {"mood", "hopes"}) {
    ActivitySpec spec;
    spec.id = id;
    spec.title = English(id);
    spec.ballot = ScaleBallot{};
    room.Add(spec);
  }
  const auto say = [&room](Payload payload, const ActivityId& activity = {}) {
    room.Send(room.Make(Role::kProducer, std::move(payload), activity));
  };
  say(ActivityMoved{"mood"}, "hopes");
  say(ActivitySkipped{true}, "hopes");
  say(ActivitySkipped{false}, "hopes");
  say(ScreensBlanked{true});
  say(ScreensBlanked{false});
  say(LinkMade{IdOf<TokenId>("foyer"), Role::kDisplay, HashOf("Foyer")});
  say(LinkRevoked{IdOf<TokenId>("foyer")});
  room.Advance("mood", Phase::kVoting);
  room.Send(room.MakeFor(IdOf<PersonId>("ana"), "mood", BallotCast{ScaleCast{4}}, 1));
  say(ActivityRestarted{room.At("mood").stage}, "mood");
  ActivitySpec best;
  best.id = "best";
  best.title = English("The best");
  best.ballot = DotsBallot{};
  best.items = {{"a", 1, English("A"), {}}, {"b", 2, English("B"), {}}};
  room.Add(best);
  room.Advance("best", Phase::kVoting);
  room.Advance("best", Phase::kClosed);
  say(ResultTold{room.At("best").stage, 2}, "best");
  ActivitySpec cafe;
  cafe.id = "hopes";
  cafe.title = English("Hopes, at tables");
  cafe.collect = Collect{};
  cafe.seats = Seats{.rounds = 1, .capacity = 4, .tables = 2};
  say(ActivityChanged{cafe}, "hopes");
  room.Advance("hopes", Phase::kSeated);
  room.Send(room.MakeFor(IdOf<PersonId>("ana"), "hopes", TableHosted{1, true}));
  const Event note = room.MakeFor(IdOf<PersonId>("ana"), "hopes", ItemAdded{HashOf("note"), 0, 1});
  room.Send(note);
  say(RecordRedacted{note.id.Hex(), Redaction::kPersonal}, "hopes");
  const RecordDocument document{"en", HashOf("the record"), {HashOf("a piece")}};
  say(RecordApproved{1, room.log().size(), {document}, HashOf("figures")});
  say(RecordPublished{1});
  say(LinksRevoked{});
  return room.log();
}

void FreezeAll(const std::string& version) {
  Freeze(version + "-staff", StaffLog());
  Freeze(version + "-day", RichestDay());
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
    types.merge(TypesIn(LinesOf(file)));
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
      if (name.ends_with("README.md")) continue;
      EXPECT_TRUE(listed.contains(name)) << name << " is not in SHA256SUMS";
    }
  }
}

}  // namespace
}  // namespace plenum::fold_test
