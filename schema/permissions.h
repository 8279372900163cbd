// Who may do what: a role is a named set of permissions in one room. The gateway checks it before
// an event is made, and the fold checks it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace plenum {

enum class Role : uint8_t {
  kAttendee,   // votes, contributes, passes cards
  kTableHost,  // an attendee who also writes for a table
  kDisplay,    // sees what the room may see
  kPresenter,  // runs the day
  kModerator,  // merges, shows, hides
  kKeyer,      // enters paper ballots
  kProducer,   // everything in the room
  kAuditor,    // reads the log once an activity is sealed, and the digests at any time
  kNode,       // plenum itself: timers, results, absences
};
inline constexpr int kRoleCount = 9;

enum class Permission : uint32_t {
  kVote = 1 << 0,       // ballots, contributions, cards, presence
  kWatch = 1 << 1,      // the stage view
  kRun = 1 << 2,        // advance, restart, extend; the console view
  kMerge = 1 << 3,      // merge and unmerge items
  kEarlyLook = 1 << 4,  // see totals before the reveal; recorded
  kEditSheet = 1 << 5,  // add activities
  kDoors = 1 << 6,      // lock, admit, expected headcount
  kLinks = 1 << 7,      // issue and revoke links
  kKeyIn = 1 << 8,      // paper ballots
  kExport = 1 << 9,     // read the log
  kSystem = 1 << 10,    // what only nodes say
  kCopy = 1 << 11,      // all rooms and the keys: only with a token that is of no room
  kModerate = 1 << 12,  // show, hide, hold, mark and reword what people wrote; blank the screens
  kErase = 1 << 13,     // a text, for good
  kRecord = 1 << 14,    // redact, approve and publish the record of the day
};

// The permissions of a role, as bits.
uint32_t PermissionsOf(Role role);
bool May(Role role, Permission permission);

std::string_view RoleName(Role role);  // "attendee", "table-host", ...
std::optional<Role> ParseRole(std::string_view name);

}  // namespace plenum
