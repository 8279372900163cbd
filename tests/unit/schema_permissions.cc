// The matrix of roles and commands, all cells, and the names on the wire.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "schema/command.h"
#include "schema/outcome.h"
#include "schema/permissions.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

// By command, who may send it; rows as in schema/wire.md.
const std::map<std::string, std::set<std::string>> kMay = {
    {"hello",
     {"attendee", "table-host", "display", "presenter", "moderator", "keyer", "producer",
      "auditor"}},
    {"ping",
     {"attendee", "table-host", "display", "presenter", "moderator", "keyer", "producer",
      "auditor"}},
    // The session takes the next two from big screens only, and `watch`
    // from who sees the console, too (gateway_hub_screens_test.cc).
    {"screen.here",
     {"attendee", "table-host", "display", "presenter", "moderator", "keyer", "producer",
      "auditor"}},
    {"watch",
     {"attendee", "table-host", "display", "presenter", "moderator", "keyer", "producer",
      "auditor"}},
    {"screen.order", {"presenter", "moderator", "producer"}},
    {"ballot.cast", {"attendee", "table-host", "presenter", "keyer", "producer"}},
    {"item.add", {"attendee", "table-host", "presenter", "keyer", "producer"}},
    {"item.reword", {"presenter", "moderator", "producer"}},
    {"item.moderate", {"presenter", "moderator", "producer"}},
    {"author.hold", {"presenter", "moderator", "producer"}},
    {"item.withdraw", {"attendee", "table-host", "presenter", "producer"}},
    {"item.erase", {"producer"}},
    {"item.mark", {"presenter", "moderator", "producer"}},
    {"group.tell", {"attendee", "table-host", "presenter", "producer"}},
    {"organiser.tell", {"attendee", "table-host", "presenter", "producer"}},
    {"organiser.hear", {"presenter", "moderator", "producer"}},
    {"card.pass", {"attendee", "table-host", "presenter", "producer"}},
    {"presence.here", {"attendee", "table-host", "presenter", "producer"}},
    {"tables.set", {"presenter", "producer"}},
    {"table.visit", {"attendee", "table-host", "presenter", "producer"}},
    {"table.host", {"attendee", "table-host", "presenter", "producer"}},
    {"activity.advance", {"presenter", "producer"}},
    {"activity.restart", {"presenter", "producer"}},
    {"activity.extend", {"presenter", "producer"}},
    {"result.tell", {"presenter", "producer"}},
    {"activity.add", {"presenter", "producer"}},
    {"activity.change", {"presenter", "producer"}},
    {"activity.move", {"presenter", "producer"}},
    {"activity.skip", {"presenter", "producer"}},
    {"control.take", {"presenter", "producer"}},
    {"screens.blank", {"presenter", "moderator", "producer"}},
    {"items.merge", {"presenter", "moderator", "producer"}},
    {"items.unmerge", {"presenter", "moderator", "producer"}},
    {"result.look", {"presenter", "producer"}},
    {"doors.set", {"presenter", "producer"}},
    {"link.revoke", {"producer"}},
    {"links.revoke", {"producer"}},
};

TEST(SchemaPermissions, EveryRoleMayExactlyThis) {
  std::set<std::string> seen;
  for (const auto& [name, text] : test::Examples("commands")) {
    const auto command = ParseCommand(text);
    ASSERT_TRUE(command) << name << ": " << command.error().what;
    // "ballot.cast-dots.json" is one more example of "ballot.cast".
    const std::string type = name.substr(0, std::min(name.find('-'), name.rfind(".json")));
    ASSERT_TRUE(kMay.contains(type)) << type;
    seen.insert(type);
    for (int n = 0; n < kRoleCount; ++n) {
      const Role role = static_cast<Role>(n);
      const bool may = kMay.at(type).contains(std::string(RoleName(role)));
      EXPECT_EQ(MaySend(role, command->request), may) << RoleName(role) << " " << type;
    }
  }
  EXPECT_EQ(seen.size(), kMay.size());
}

TEST(SchemaPermissions, SystemIsForNodesAndTheLogForThoseWhoAudit) {
  for (int n = 0; n < kRoleCount; ++n) {
    const Role role = static_cast<Role>(n);
    EXPECT_EQ(May(role, Permission::kSystem), role == Role::kNode) << RoleName(role);
    EXPECT_EQ(May(role, Permission::kExport), role == Role::kAuditor || role == Role::kProducer);
    EXPECT_EQ(May(role, Permission::kKeyIn), role == Role::kKeyer || role == Role::kProducer);
    EXPECT_EQ(May(role, Permission::kCopy), role == Role::kProducer) << RoleName(role);
    EXPECT_EQ(May(role, Permission::kErase), role == Role::kProducer) << RoleName(role);
    EXPECT_EQ(ParseRole(RoleName(role)), role);
  }
  EXPECT_EQ(ParseRole("admin"), std::nullopt);
  EXPECT_EQ(ParseRole(""), std::nullopt);
}

TEST(SchemaPermissions, EveryOutcomeAndReasonHasItsOwnNameAndASentence) {
  std::set<std::string_view> names;
  for (int n = 0; n <= static_cast<int>(OutcomeCode::kDisputed); ++n) {
    EXPECT_TRUE(names.insert(OutcomeName(static_cast<OutcomeCode>(n))).second) << n;
  }
  EXPECT_EQ(ReasonText(Reason::kNone), "");
  std::set<std::string_view> sentences;
  for (int n = 1; n <= static_cast<int>(Reason::kUnknownVersion); ++n) {
    const auto reason = static_cast<Reason>(n);
    EXPECT_TRUE(names.insert(ReasonName(reason)).second) << ReasonName(reason);
    EXPECT_TRUE(sentences.insert(ReasonText(reason)).second) << ReasonText(reason);
    EXPECT_TRUE(ReasonText(reason).ends_with('.')) << ReasonText(reason);
  }
}

}  // namespace
}  // namespace plenum
