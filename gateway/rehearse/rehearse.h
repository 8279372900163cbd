// Rehearse: a whole day with simulated people, over real WebSockets, against a running server.
// It is a client like any other: it keeps its own history of what it sent and was told, recounts
// by itself (tally.h) and compares that with what the server shows. It never links the fold.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>

namespace plenum {

// The room that a rehearsal made, as the server described it.
struct RehearsedRoom {
  std::string room;                          // hex
  std::string code;                          // join code
  std::map<std::string, std::string> links;  // by role, to open in a browser
};

struct RehearseOptions {
  std::string url;           // of the server: http://host:port, https://host:port
  std::string token;         // the organiser's, which may create rooms
  std::string day;           // a run sheet's file, "-": standard input; empty: the built-in day
  uint32_t attendees = 180;  // from 6, because of 25/10
  double speed = 1;          // 1: as slow as in the room, 60: a minute a second, 0: full speed
  uint64_t seed = 1;
  bool random = false;      // any results, from the seed, instead of the published ones
  bool random_day = false;  // and any day
  bool whole = false;       // nothing is left out by chance
  bool json = false;        // one object on `out` instead of the summary for people
  uint32_t displays = 2;
  std::string export_to;   // file for the room's exported events at the end; empty: none
  std::string history_to;  // file for what was sent and answered (history_file.h); empty: none

  bool follow = false;        // somebody else leads the day, in a browser
  uint32_t without = 0;       // so many of the people are played by others; only if `follow`
  std::string their_part_to;  // file for what these, and whoever leads, would do (their_part.h)

  // Instead of a day: one scale poll in which `burst` people vote within `within_ms`.
  uint32_t burst = 0;
  uint32_t within_ms = 2000;
  // Instead of a day: `idle` connections that do nothing for `hold_ms`.
  uint32_t idle = 0;
  uint32_t hold_ms = 10'000;

  // Called once the room exists, before anybody joins (the demo prints its links here).
  std::function<void(const RehearsedRoom&)> on_room;
};

// Runs to the end and writes the summary to `out`; says on standard error what it is doing.
// Returns an exit code: 0 when nothing was lost, counted twice or different; 1 when something was;
// 2 when it could not be run (one sentence on standard error). Blocks; uses the calling thread.
int RunRehearse(const RehearseOptions& options, std::ostream& out);

}  // namespace plenum
