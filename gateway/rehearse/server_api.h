// ServerApi: the few HTTP requests of a rehearsal: make a room, join it, export its events.
// Blocking; waits for a server that is away for a while.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/rehearse/rehearse.h"

namespace plenum::rehearse {

struct MadeRoom {
  RehearsedRoom room;
  std::map<std::string, std::string> tokens;  // by role
};

class ServerApi {
 public:
  ServerApi(std::string url, std::string organiser_token);

  // Errors are one sentence each.
  std::expected<MadeRoom, std::string> MakeRoom(const std::string& run_sheet) const;
  // A new participant's token; with a personal code, that person's.
  std::expected<std::string, std::string> Join(const std::string& code,
                                               const std::string& personal = {}) const;
  // The room's personal codes 1 to `count`.
  std::expected<std::vector<std::string>, std::string> PersonalCodes(const MadeRoom& made,
                                                                     size_t count) const;
  // Calls `write` with the events, one a line, piece by piece.
  std::expected<void, std::string> Export(const std::string& room, const std::string& token,
                                          const std::function<bool(std::string_view)>& write) const;

 private:
  const std::string url_;  // without a slash at the end
  const std::string organiser_token_;
};

}  // namespace plenum::rehearse
