// Making rooms from run sheets: a random id, a sealed key, a six-digit code that is free, the first
// events, and a token for each role. I/O thread, except for the vault's sync.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "gateway/hub.h"
#include "gateway/keys.h"
#include "gateway/token.h"
#include "schema/run_sheet.h"

namespace plenum {

struct NewRoom {
  RoomId room;
  std::string code;
  std::map<Role, std::string> tokens;  // of those who do not join by the code
};

struct RoomFailure {
  bool is_sheet = false;  // the run sheet's fault: `problem` says where; otherwise the server's
  Problem problem;
};

// For how long the tokens of a room are good: rooms are made weeks ahead.
inline constexpr TimeMs kStaffTokenMs = 120LL * 24 * 3600 * 1000;
inline constexpr TimeMs kAttendeeTokenMs = 30LL * 24 * 3600 * 1000;

// What somebody with this token opens: "BASE/f/482913#t=v1.…".
std::string LinkOf(const std::string& base, Role role, const std::string& code,
                   const std::string& token);

class Rooms {
 public:
  using Done = std::move_only_function<void(std::expected<NewRoom, RoomFailure>)>;

  // `jobs`: where blocking is allowed.
  Rooms(Hub& hub, RoomKeys& keys, const TokenSigner& signer, boost::asio::any_io_executor io,
        boost::asio::any_io_executor jobs);

  // `done` is called once, on the I/O thread. `organiser` is the token that asks.
  void Create(const RunSheet& sheet, const TokenId& organiser, TimeMs now, Done done);

 private:
  class Making;

  Hub& hub_;
  RoomKeys& keys_;
  const TokenSigner& signer_;
  boost::asio::any_io_executor io_;
  boost::asio::any_io_executor jobs_;
};

}  // namespace plenum
