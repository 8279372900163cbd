// Sessions: every command, asked for by every role. What the fold makes of them in each phase is in
// fold_matrix_test.cc.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/unit/gateway_session_kit.h"

namespace plenum {
namespace {

ActivitySpec NewActivity() {
  ActivitySpec spec;
  spec.id = "new";
  spec.title.by_language = {{"en", "New"}};
  spec.collect = Collect{};
  return spec;
}

using Roles = std::set<Role>;
using enum Role;

// Written out, not computed from the permissions. Presenters and producers may send what a person
// sends, since they hold links of the room like anybody: the fold refuses it, for they are nobody.
const Roles kPeople = {kAttendee, kTableHost, kPresenter, kProducer};
const Roles kRunners = {kPresenter, kProducer};
const Roles kTidiers = {kPresenter, kModerator, kProducer};
const Roles kOnlyProducer = {kProducer};

struct Cell {
  Command command;
  Roles may;
};

Command OfRoom(Request request) { return {{}, "", 0, 0, std::move(request)}; }
Command OfActivity(Request request) { return {{}, "ideas", 0, 0, std::move(request)}; }
Command OfGeneration(Request request) { return {{}, "ideas", 1, 0, std::move(request)}; }
Command OfSeq(Request request) { return {{}, "ideas", 1, 1, std::move(request)}; }

Roles AndKeyer(Roles roles) {
  roles.insert(kKeyer);
  return roles;
}

std::vector<Cell> Matrix() {
  const ItemId item = "0123456789abcdef0123456789abcdef";
  const Stage voting{1, Phase::kVoting, 0};
  const Stage closed{1, Phase::kClosed, 0};
  return {
      {OfGeneration(AddItem{{"an idea"}, 0, 0}), AndKeyer(kPeople)},
      {OfActivity(RewordItem{item, {"better"}}), kTidiers},
      {OfActivity(TellGroup{{"nurses"}}), kPeople},
      {OfRoom(TellOrganiser{{"It is cold in here."}}), kPeople},
      {OfRoom(ActivityAdded{NewActivity(), ""}), kRunners},
      {{{}, "new", 0, 0, ActivityChanged{NewActivity()}}, kRunners},
      {OfActivity(ActivityMoved{"end"}), kRunners},
      {OfActivity(ActivitySkipped{true}), kRunners},
      {OfRoom(ControlTaken{}), kRunners},
      {OfRoom(ScreensBlanked{true}), kTidiers},
      {OfRoom(DoorsSet{true, 180}), kRunners},
      {OfRoom(LinkRevoked{TokenId{{1, 2, 3}}}), kOnlyProducer},
      {OfRoom(LinksRevoked{}), kOnlyProducer},
      {OfActivity(ActivityAdvanced{{}, Phase::kVoting}), kRunners},
      {OfActivity(ActivityRestarted{closed}), kRunners},
      {OfActivity(ActivityExtended{voting, 60'000}), kRunners},
      {OfActivity(ResultTold{closed, 3}), kRunners},
      {OfActivity(ItemModerated{item, true}), kTidiers},
      {OfActivity(AuthorHeld{item, true}), kTidiers},
      {OfActivity(ItemWithdrawn{item}), kPeople},
      {OfActivity(ItemErased{item}), kOnlyProducer},
      {OfActivity(ItemMarked{item, Mark::kLive}), kTidiers},
      {OfActivity(ItemsMerged{"a", {"b"}}), kTidiers},
      {OfActivity(ItemsUnmerged{"a"}), kTidiers},
      {OfSeq(BallotCast{ScaleCast{4}}), AndKeyer(kPeople)},
      {OfSeq(CardPassed{1}), kPeople},
      {OfGeneration(PresenceHere{}), kPeople},
      {OfGeneration(TablesSet{{{1, 8, ""}}}), kRunners},
      {OfGeneration(TableVisited{1}), kPeople},
      {OfGeneration(TableHosted{1, true}), kPeople},
      {OfRoom(OrganiserHeard{IdOf(9)}), kTidiers},
      {OfActivity(EarlyLook{}), kRunners},
  };
}

// A keyer types for somebody who has a number on paper.
Command As(Role role, Command command, size_t n) {
  command.id = IdOf(static_cast<uint8_t>(n + 1));
  const bool typed = std::holds_alternative<BallotCast>(command.request) ||
                     std::holds_alternative<AddItem>(command.request);
  if (role == kKeyer && typed) command.serial = "s-17";
  return command;
}

TEST(SessionMatrix, EveryCellOfRoleAndCommand) {
  const std::vector<Cell> matrix = Matrix();
  std::set<size_t> types;
  for (const Cell& cell : matrix) types.insert(cell.command.request.index());
  ASSERT_EQ(types.size(), std::variant_size_v<Request> - 5)
      << "all but hello, ping, and the three about big screens";
  for (Role role :
       {kAttendee, kTableHost, kDisplay, kPresenter, kModerator, kKeyer, kProducer, kAuditor}) {
    Desk desk;
    RoomInfo info = desk.InfoCopy();
    info.groups = {"nurses"};
    desk.SetInfo(info);
    AtDesk client(desk, role);
    ASSERT_TRUE(client.session.claims().has_value()) << RoleName(role);
    for (size_t i = 0; i < matrix.size(); ++i) {
      const Command command = As(role, matrix[i].command, i);
      const std::string what = std::string(RoleName(role)) + " x " + EncodeCommand(command);
      desk.published.clear();
      client.Send(command, kNow + static_cast<TimeMs>(i) * 1000);
      const bool taken = desk.published.size() == 1;
      EXPECT_EQ(taken, matrix[i].may.contains(role)) << what;
      if (taken) {
        EXPECT_TRUE(client.outbox.empty()) << what;
      } else {
        EXPECT_EQ(client.OnlyError(), "not-permitted") << what;
      }
    }
  }
}

}  // namespace
}  // namespace plenum
