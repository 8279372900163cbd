#include "tests/unit/fold_table_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "tests/property/fold_room.h"

namespace plenum::fold_test {

std::vector<std::string> Split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(by, at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

int64_t Number(std::string_view text) {
  int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  EXPECT_TRUE(error == std::errc() && end == text.data() + text.size()) << "not a number: " << text;
  return n;
}

namespace {

void ReadBallot(const Line& line, const std::string& kind, ActivitySpec& spec) {
  if (kind == "choice") {
    ChoiceBallot ballot;
    for (const auto& id : Split(*line.Get("options"), ',')) {
      ballot.options.push_back({id, English(id)});
    }
    ballot.min = static_cast<uint32_t>(line.GetNumber("min", 1));
    ballot.max = static_cast<uint32_t>(line.GetNumber("max", 1));
    spec.ballot = ballot;
  } else if (kind == "scale" || kind == "ratings" || kind == "deck") {
    ScaleBallot ballot;
    ballot.low = static_cast<int32_t>(line.GetNumber("low", 1));
    ballot.high = static_cast<int32_t>(line.GetNumber("high", 5));
    spec.ballot = ballot;
  } else if (kind == "dots") {
    const auto budget = static_cast<uint32_t>(line.GetNumber("budget", 5));
    spec.ballot = DotsBallot{budget, static_cast<uint32_t>(line.GetNumber("cap", budget))};
  } else if (kind == "upvote") {
    spec.ballot = UpvoteBallot{};
  } else if (kind == "rank") {
    spec.ballot = RankBallot{static_cast<uint32_t>(line.GetNumber("top", 3))};
  }
}

// carry=FROM or FROM/TOP; seats=ROUNDS.
void ReadTables(const Line& line, ActivitySpec& spec) {
  if (const auto carry = line.Get("carry")) {
    const auto parts = Split(*carry, '/');
    spec.carry = Carry{parts[0], parts.size() > 1 ? static_cast<uint32_t>(Number(parts[1])) : 0};
  }
  if (!line.Get("seats")) return;
  spec.seats = Seats{static_cast<uint32_t>(line.GetNumber("seats", 1)),
                     static_cast<uint32_t>(line.GetNumber("capacity", 10)),
                     static_cast<uint32_t>(line.GetNumber("tables", 0)),
                     line.Get("planned").value_or("yes") == "yes"};
}

// items=a,b: numbered from 1 on; items=a/7,b/0 with the numbers that they say.
void ReadItems(const Line& line, ActivitySpec& spec) {
  for (const auto& one : Split(line.Get("items").value_or(""), ',')) {
    const auto parts = Split(one, '/');
    const auto number = parts.size() > 1 ? static_cast<uint32_t>(Number(parts[1]))
                                         : static_cast<uint32_t>(spec.items.size() + 1);
    spec.items.push_back({parts[0], number, English(parts[0]), {}});
  }
}

}  // namespace

ActivitySpec SpecOf(const Line& line, size_t at) {
  ActivitySpec spec;
  spec.id = line.Word(at);
  spec.title = English(spec.id);
  const std::string kind = line.Word(at + 1);
  ReadBallot(line, kind, spec);
  if (kind == "deck" || kind == "collect" || line.Get("collect")) {
    const std::string who = line.Get("collect").value_or("everyone");
    spec.collect = Collect{who == "everyone" ? Contributors::kEveryone
                           : who == "hosts"  ? Contributors::kTableHosts
                                             : Contributors::kStaff,
                           static_cast<uint32_t>(line.GetNumber("each", 1)), 300};
    const std::string moderation = line.Get("moderation").value_or("off");
    if (moderation == "approve") spec.collect->moderation = Moderation::kApproveFirst;
    if (moderation == "hide") spec.collect->moderation = Moderation::kHideAfter;
  }
  ReadTables(line, spec);
  if (kind == "deck") {
    spec.deal = Deal{static_cast<uint32_t>(line.GetNumber("rounds", 5)),
                     line.Get("deck") == "paper" ? Deck::kPaper : Deck::kPhones};
  }
  ReadItems(line, spec);
  if (line.Get("reveal") == "live") spec.reveal = Reveal::kLive;
  spec.series = line.Get("series").value_or("");
  spec.time.collect_ms = static_cast<uint32_t>(line.GetNumber("collect_ms", 0));
  spec.time.vote_ms = static_cast<uint32_t>(line.GetNumber("vote_ms", 0));
  spec.time.swap_ms = static_cast<uint32_t>(line.GetNumber("swap_ms", 0));
  spec.time.score_ms = static_cast<uint32_t>(line.GetNumber("score_ms", 0));
  spec.time.seat_ms = static_cast<uint32_t>(line.GetNumber("seat_ms", 0));
  spec.time.grace_ms = static_cast<uint32_t>(line.GetNumber("grace_ms", 10'000));
  return spec;
}

Stage StageOf(std::string_view text) {
  const auto parts = Split(text, '/');
  Stage stage;
  stage.generation = static_cast<uint32_t>(Number(parts.at(0)));
  stage.phase = ParsePhase(parts.at(1)).value();
  stage.round = parts.size() > 2 ? static_cast<uint32_t>(Number(parts[2])) : 0;
  return stage;
}

std::string Written(const Stage& stage) {
  return std::to_string(stage.generation) + '/' + std::string(PhaseName(stage.phase)) + '/' +
         std::to_string(stage.round);
}

}  // namespace plenum::fold_test
