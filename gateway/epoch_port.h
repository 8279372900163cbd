// Which server of a copied log this is, as sessions need to know it. Implemented by Epoch
// (gateway/epoch.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/ids.h"

namespace plenum {

inline constexpr std::string_view kReplacedText =
    "This server was replaced by its copy; open the address of the new one.";

class EpochPort {
 public:
  virtual ~EpochPort() = default;

  virtual uint64_t Number() const = 0;  // at least 1
  // Shows to others that a server of this log has this number.
  virtual const std::string& Proof() const = 0;
  // For a client that has met the epoch `since`: how many of the room's events this server has of
  // what that one had; nullopt if there was none but this one since.
  virtual std::optional<uint64_t> Kept(const RoomId& room, uint64_t since) const = 0;
  // A client has met this epoch. If it is a later one than ours, and true, this server is fenced:
  // it has been replaced, and remembers it.
  virtual void Hear(uint64_t epoch, std::string_view proof) = 0;
  virtual bool Replaced() const = 0;
};

}  // namespace plenum
