// Population: who comes to the rehearsed day, and what each of them, and those who run it, will do.
// Made before the day begins, from the run sheet, the seed, and either the published results (then
// the votes add up to exactly these, whatever the number of people) or nothing (then any results
// will do).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "gateway/rehearse/deed.h"
#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/random.h"
#include "schema/event.h"
#include "schema/run_sheet.h"

namespace plenum::rehearse {

// What a ballot says. Items that do not exist before the day are named "#4" (by their number), or
// the ballot is filled in when they are there.
enum class Filling : uint8_t { kAsPlanned, kAny, kAgainstTheRules };

// One ballot, as a phone sends it.
struct PlannedBallot {
  BallotCast cast;
  uint32_t seq = 1;
  uint32_t times = 1;        // 2: the same command is sent twice
  bool after_close = false;  // sent when voting has closed
  Filling filling = Filling::kAsPlanned;
};

// What somebody does in one poll. Nothing planned: their phone stays silent.
struct PlannedVote {
  std::vector<PlannedBallot> ballots;  // in the order of sending; the highest seq in time counts
  bool drops_connection = false;       // right after the last one, before the answer comes
};

// A contribution.
struct PlannedText {
  Writing writing;
  bool withdrawn = false;  // taken back by its author a little later
  uint32_t number = 0;     // of a card on paper, printed on it
};

// What somebody does at the tables of an activity.
struct PlannedTable {
  uint32_t hosts = 0;       // scans the sign of this table before the first round; 0: does not
  bool hands_over = false;  // gives it up in the last round, to somebody who sits there
  uint32_t sits = 0;        // where tables are not planned: goes here
  uint32_t moves_to = 0;    // the law of two feet: goes here in round `moves_in`
  uint32_t moves_in = 0;
};

struct PlannedPerson {
  ActivityId arrives;     // the activity in front of which they come; empty: from the start
  ActivityId leaves;      // goes home before this one; empty: stays
  bool on_paper = false;  // has no phone: a keyer types in what they vote
  std::map<ActivityId, PlannedVote> votes;
  std::map<ActivityId, std::vector<PlannedText>> texts;  // contributions, by activity
  std::set<ActivityId> upvotes;                          // activities in which they vote items up
  std::map<ActivityId, PlannedTable> tables;
};

// A ballot on paper, as the keyer types it in.
struct PlannedPaper {
  ActivityId activity;
  std::string serial;  // printed on the paper
  PlannedBallot ballot;
};

// How many of a hundred vote an item up.
struct Interest {
  int percent = 20;
  std::map<std::string, int> by_title;
};

struct Population {
  std::vector<PlannedPerson> people;
  std::set<uint32_t> elsewhere;     // of them: whom others play, in browsers (their_part.h)
  std::vector<PlannedDeed> deeds;   // of an activity: in this order
  std::vector<PlannedPaper> paper;  // in the order of typing
  std::set<ActivityId> inserted;    // added to the sheet while the day runs
  std::set<ActivityId> skipped;
  std::map<ActivityId, Interest> interest;
  // What the host of a table writes: by activity and table.
  std::map<ActivityId, std::map<uint32_t, Writing>> notes;
  std::map<ActivityId, std::vector<std::string>> topics;  // of a deck: card texts, best first
  std::map<ActivityId, std::vector<uint32_t>> cards;      // on paper: who wrote number 1, 2, …
  bool published_dots = false;                            // the dots add up to the published scores
  bool published_topics = false;
  bool published_tables = false;
  int loses_connection_percent = 1;  // of the people, in each stage
};

// REQUIRES: attendees >= limits::kDeckPeople. `facts` may be null: everything by chance.
Population MakePopulation(const RunSheet& sheet, const Facts* facts, uint32_t attendees,
                          uint64_t seed);

// How many of at most `most` people can have a mean that shows as `hundredths`/100 (half up), and
// the sum of their values: the largest number; nullopt if even one cannot.
struct MeanPlan {
  uint32_t people = 0;
  int64_t sum = 0;
};
std::optional<MeanPlan> PlanMean(int64_t hundredths, uint32_t most, int32_t low, int32_t high);

}  // namespace plenum::rehearse
