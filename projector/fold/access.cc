// The fold checks again what the gateway has authorised: a log may have been written by anybody.
#include "projector/fold/context.h"
#include "schema/permissions.h"

namespace plenum {
namespace {

template <class... Ts>
struct Overload : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overload(Ts...) -> Overload<Ts...>;

constexpr uint32_t Any(auto... permissions) {
  return (0u | ... | static_cast<uint32_t>(permissions));
}

// Any one of these permissions will do.
uint32_t NeededFor(const Payload& payload) {
  using enum Permission;
  return std::visit(Overload{
                        [](const RoomCreated&) { return Any(kEditSheet, kSystem); },
                        [](const ActivityAdded&) { return Any(kEditSheet, kSystem); },
                        [](const DoorsSet&) { return Any(kDoors); },
                        [](const ParticipantJoined&) { return Any(kVote); },
                        [](const LinkRevoked&) { return Any(kLinks); },
                        [](const LinksRevoked&) { return Any(kLinks); },
                        [](const ActivityAdvanced&) { return Any(kRun); },
                        [](const ActivityRestarted&) { return Any(kRun); },
                        [](const ActivityExtended&) { return Any(kRun); },
                        [](const TimerFired&) { return Any(kSystem); },
                        [](const ItemAdded&) { return Any(kVote, kKeyIn, kRun, kEditSheet); },
                        [](const ItemsMerged&) { return Any(kMerge); },
                        [](const ItemsUnmerged&) { return Any(kMerge); },
                        [](const BallotCast&) { return Any(kVote, kKeyIn); },
                        [](const CardPassed&) { return Any(kVote); },
                        [](const PresenceHere&) { return Any(kVote); },
                        [](const PresenceAway&) { return Any(kSystem); },
                        [](const EarlyLook&) { return Any(kEarlyLook); },
                        [](const ResultRecorded&) { return Any(kSystem); },
                        [](const RoomClaimed&) { return 0u; },  // the directory's, never a room's
                        [](const CodePointed&) { return 0u; },
                    },
                    payload);
}

enum class Whose : uint8_t { kNobody, kPerson, kEither };

Whose PersonIn(const Payload& payload) {
  if (std::holds_alternative<ItemAdded>(payload)) return Whose::kEither;
  const bool person = std::holds_alternative<ParticipantJoined>(payload) ||
                      std::holds_alternative<BallotCast>(payload) ||
                      std::holds_alternative<CardPassed>(payload) ||
                      std::holds_alternative<PresenceHere>(payload) ||
                      std::holds_alternative<PresenceAway>(payload);
  return person ? Whose::kPerson : Whose::kNobody;
}

// Those whose links can be revoked: not attendees, whose tokens are not in the log, nor nodes.
bool IsStaff(Role role) {
  return role != Role::kAttendee && role != Role::kTableHost && role != Role::kNode;
}

}  // namespace

Reason CheckActor(const RoomState& state, const Event& event) {
  const Actor& actor = event.actor;
  if ((PermissionsOf(actor.role) & NeededFor(event.payload)) == 0) return Reason::kNotPermitted;
  if (IsStaff(actor.role)) {
    if (actor.epoch < state.epoch) return Reason::kRevoked;
    if (!actor.token.IsZero() && state.revoked.contains(actor.token)) return Reason::kRevoked;
  }
  const Whose whose = PersonIn(event.payload);
  if (whose == Whose::kPerson && !event.person) return Reason::kNoPerson;
  if (whose == Whose::kNobody && event.person) return Reason::kNotPermitted;
  return Reason::kNone;
}

bool IsStaffEvent(const Payload& payload) {
  return std::holds_alternative<RoomCreated>(payload) ||
         std::holds_alternative<ActivityAdded>(payload) ||
         std::holds_alternative<DoorsSet>(payload) ||
         std::holds_alternative<LinkRevoked>(payload) ||
         std::holds_alternative<LinksRevoked>(payload) ||
         std::holds_alternative<ActivityAdvanced>(payload) ||
         std::holds_alternative<ActivityRestarted>(payload) ||
         std::holds_alternative<ActivityExtended>(payload) ||
         std::holds_alternative<ItemsMerged>(payload) ||
         std::holds_alternative<ItemsUnmerged>(payload) ||
         std::holds_alternative<EarlyLook>(payload);
}

bool NamesActivity(const Payload& payload) {
  return std::holds_alternative<ActivityAdvanced>(payload) ||
         std::holds_alternative<ActivityRestarted>(payload) ||
         std::holds_alternative<ActivityExtended>(payload) ||
         std::holds_alternative<TimerFired>(payload) ||
         std::holds_alternative<ItemAdded>(payload) ||
         std::holds_alternative<ItemsMerged>(payload) ||
         std::holds_alternative<ItemsUnmerged>(payload) ||
         std::holds_alternative<BallotCast>(payload) ||
         std::holds_alternative<CardPassed>(payload) ||
         std::holds_alternative<PresenceHere>(payload) ||
         std::holds_alternative<PresenceAway>(payload) ||
         std::holds_alternative<EarlyLook>(payload) ||
         std::holds_alternative<ResultRecorded>(payload);
}

}  // namespace plenum
