// Codes that are printed: personal ones, on badges, by which one person joins; and the serials of
// paper ballots. Nothing of them is stored: each is a number and what the room's key makes of it.
//
//   personal code = 16 symbols, "K3MV-7QXB-PA2D-TR9H": 3 of the number, 12 of the MAC (58 bits),
//                   and a check symbol, which tells a slip of the pen from a code of another room
//   serial        = "17-k3mv7qx": the number, then 6 symbols of the MAC over activity and number,
//                   and the check symbol
//
// The 29 symbols leave out what is easily mistaken for another one (0 O 1 I 5/S 8/B 2/Z).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "schema/ids.h"

namespace plenum {

inline constexpr uint32_t kMaxPersonalCode = 24'388;  // codes are numbered from 1
inline constexpr uint32_t kMaxPaperSerial = 99'999;

// REQUIRES: 1 to kMaxPersonalCode.
std::string PersonalCodeOf(std::string_view room_key, uint32_t number);

struct CodeFault {
  bool guessed = false;  // well formed, and not of this room: whoever tries codes gets these
  std::string what;      // one sentence
};
// The number of a code as somebody typed it: lower case, spaces and hyphens do not matter.
std::expected<uint32_t, CodeFault> ReadPersonalCode(std::string_view room_key,
                                                    std::string_view text);
// Who comes by it: always the same participant.
ParticipantId ParticipantOfCode(std::string_view room_key, uint32_t number);

// REQUIRES: 1 to kMaxPaperSerial. A slug.
std::string PaperSerialOf(std::string_view room_key, const ActivityId& activity, uint32_t number);
// What is the matter with a serial that was typed in for this activity: a sentence for the keyer;
// nothing if it is as printed.
std::optional<std::string> FaultOfSerial(std::string_view room_key, const ActivityId& activity,
                                         std::string_view serial);

}  // namespace plenum
