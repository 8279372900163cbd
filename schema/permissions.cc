#include "schema/permissions.h"

#include <array>

namespace plenum {
namespace {

constexpr uint32_t Bits(auto... permissions) {
  return (0u | ... | static_cast<uint32_t>(permissions));
}

struct RoleEntry {
  std::string_view name;
  uint32_t permissions;
};

using enum Permission;

// In the order of Role. A presenter and a producer may contribute (collect: staff), so they hold
// kVote; a ballot of theirs is refused by the fold all the same, since they are no person.
constexpr std::array<RoleEntry, kRoleCount> kRoles = {{
    {"attendee", Bits(kVote, kWatch)},
    {"table-host", Bits(kVote, kWatch)},
    {"display", Bits(kWatch)},
    {"presenter",
     Bits(kVote, kWatch, kRun, kMerge, kEarlyLook, kEditSheet, kDoors, kModerate, kRecord)},
    {"moderator", Bits(kWatch, kMerge, kModerate)},
    {"keyer", Bits(kWatch, kKeyIn)},
    {"producer", Bits(kVote, kWatch, kRun, kMerge, kEarlyLook, kEditSheet, kDoors, kLinks, kKeyIn,
                      kExport, kCopy, kModerate, kErase, kRecord)},
    {"auditor", Bits(kWatch, kExport)},
    {"node", Bits(kSystem)},
}};

}  // namespace

uint32_t PermissionsOf(Role role) { return kRoles[static_cast<size_t>(role)].permissions; }

bool May(Role role, Permission permission) {
  return (PermissionsOf(role) & static_cast<uint32_t>(permission)) != 0;
}

std::string_view RoleName(Role role) { return kRoles[static_cast<size_t>(role)].name; }

std::optional<Role> ParseRole(std::string_view name) {
  for (size_t i = 0; i < kRoles.size(); ++i) {
    if (kRoles[i].name == name) return static_cast<Role>(i);
  }
  return std::nullopt;
}

}  // namespace plenum
