// HistoryFile: what the rehearsal's clients sent and were told, for a checker that is another
// program (tests/faults). One JSON object a line, times in milliseconds since the room was made
// (at steady_ms of the monotonic clock):
//   {"room":HEX,"code":"482913","steady_ms":81234.5,"tokens":{ROLE:TOKEN}}
//                                                         first, as soon as the room is there
//   {"who":17,"fate":F,"times":2,"sent_ms":1.5,"recorded_ms":4.1,"offset":93,"answered_ms":5.0,
//    "outcome":{"code":"late","reason":…,"index":88,"ref":…},"refused":CODE,"command":{…}}
//   {"display":0,"shown":[[VERSION,MS],…]}                first sight of each version, by version
//   {"contradiction":SENTENCE}                            answers that cannot both be true
//   {"reconnects":12}                                     last
// F is ok (acknowledged), failed (refused for good: nothing was recorded), unknown (sent, and no
// answer) or unsent. Members without a value are left out. The file has tokens: only its owner may
// read it.
#pragma once

#include <expected>
#include <fstream>
#include <string>

#include "gateway/rehearse/history.h"
#include "gateway/rehearse/server_api.h"

namespace plenum::rehearse {

class HistoryFile {
 public:
  // Writes the first line. The error is one sentence.
  static std::expected<HistoryFile, std::string> Open(const std::string& path, const MadeRoom& made,
                                                      TimePoint begin);
  std::expected<void, std::string> Write(const History& history);

 private:
  HistoryFile(std::string path, std::ofstream file, TimePoint begin);
  std::string Line(const Sent& sent) const;
  double Since(TimePoint time) const;

  std::string path_;
  std::ofstream file_;
  TimePoint begin_;
};

}  // namespace plenum::rehearse
