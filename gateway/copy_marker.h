// The files of a data folder that say which server of a copied log it belongs to:
//
//   DATA/copy       it is a copy: of which server, and which epochs that one has seen begin
//   DATA/epoch      it is served, or was: its epoch, and those that it has seen begin
//   DATA/replaced   a copy of it has taken over: it must not be served again by accident
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum {

inline constexpr std::string_view kCopyFile = "copy";
inline constexpr std::string_view kEpochFile = "epoch";
inline constexpr std::string_view kReplacedFile = "replaced";

// A copy took over: its epoch, and how many events of each room it had then.
struct TakeOver {
  uint64_t epoch = 0;
  TimeMs at = 0;
  std::map<RoomId, uint64_t> rooms;
  bool operator==(const TakeOver&) const = default;
};

// What a server knows of its epoch. A folder that was never copied has epoch 1 and no take-overs.
struct EpochRecord {
  uint64_t epoch = 1;
  std::vector<TakeOver> take_overs;  // the oldest first
  bool operator==(const EpochRecord&) const = default;
};

struct CopyMarker {
  std::string from;    // the server's URL
  std::string log;     // its id
  std::string name;    // of this copy, random
  EpochRecord epoch;   // the server's
  TimeMs in_step = 0;  // when it was last known to have all that the server had; 0: never
  bool operator==(const CopyMarker&) const = default;
};

struct Replacement {
  uint64_t epoch = 0;  // of who has taken over
  TimeMs at = 0;       // when this server heard of it
};

// Nothing if the file is not there. The error is one sentence.
template <class T>
using Found = std::expected<std::optional<T>, std::string>;
Found<CopyMarker> ReadCopyMarker(const std::filesystem::path& data);
Found<EpochRecord> ReadEpoch(const std::filesystem::path& data);
Found<Replacement> ReadReplacement(const std::filesystem::path& data);

using Written = std::expected<void, std::string>;
Written WriteCopyMarker(const std::filesystem::path& data, const CopyMarker& marker);
Written WriteEpoch(const std::filesystem::path& data, const EpochRecord& record);
Written WriteReplacement(const std::filesystem::path& data, const Replacement& replacement);

// {"epoch":N,"take_overs":[{"epoch":N,"at_ms":N,"rooms":{HEX:N}}]}
std::string EncodeEpoch(const EpochRecord& record);
std::expected<EpochRecord, std::string> ParseEpoch(std::string_view text);

}  // namespace plenum
