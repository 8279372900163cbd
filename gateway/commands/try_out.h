// What the demo offers to whoever sees plenum for the first time: a small room of their own, to
// vote in on their own phone.
#pragma once

#include <expected>
#include <iosfwd>
#include <string>

namespace plenum {

struct TryOut {
  std::string base;  // "http://192.168.1.23:8080"
  std::string code;
  std::string join, presenter, display;  // links
  std::string start;                     // the organisers' page
};

// Makes the room by HTTP, and waits until the server takes rooms. The error is one sentence.
std::expected<TryOut, std::string> MakeTryOut(const std::string& base, const std::string& token);

// What to open where; `phones`: others than this machine can open it, so there is a QR code if
// `colours` (of the terminal) can show it.
void PrintTryOut(const TryOut& room, bool phones, bool colours, std::ostream& out);

}  // namespace plenum
