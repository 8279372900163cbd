// The kinds of rows, and how each is written and read (schema/rules.md, Rows).
#pragma once

#include <cstdint>

namespace plenum {

// The first byte of a row's key.
enum class RowKind : uint8_t {
  kNone = 0,
  kWhere = 'A',
  kBallot = 'B',
  kContributed = 'C',
  kScores = 'D',
  kStaff = 'E',
  kFormer = 'F',
  kToldGroup = 'G',
  kHeld = 'H',
  kItem = 'I',
  kJoined = 'J',
  kRevoked = 'K',
  kLate = 'L',
  kTree = 'M',
  kTable = 'N',
  kOrder = 'O',
  kDeckPerson = 'P',
  kSeatPerson = 'Q',
  kRoom = 'R',
  kTold = 't',
  kSpec = 'S',
  kResult = 'T',
  kUpvote = 'U',
  kVersion = 'V',
  kWord = 'W',
  kMadeLink = 'Y',
  kDevices = 'Z',
  kRedacted = 'X',
};

}  // namespace plenum
