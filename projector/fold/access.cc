// The fold checks again what the gateway has authorised: a log may have been written by anybody.
#include <array>

#include "projector/fold/context.h"
#include "schema/permissions.h"

namespace plenum {
namespace {

using enum Permission;

constexpr uint32_t Any(auto... permissions) {
  return (0u | ... | static_cast<uint32_t>(permissions));
}

enum class Whose : uint8_t { kNobody, kPerson, kEither };

struct Access {
  uint32_t permissions = 0;  // any one of these
  Whose whose = Whose::kNobody;
  bool staff = false;     // whose id is remembered
  bool activity = false;  // names one, which must exist
};

constexpr Access Staff(uint32_t permissions) { return {permissions, Whose::kNobody, true, false}; }
constexpr Access StaffIn(uint32_t permissions) { return {permissions, Whose::kNobody, true, true}; }
constexpr Access PersonIn(uint32_t permissions) {
  return {permissions, Whose::kPerson, false, true};
}
constexpr Access EitherIn(uint32_t permissions) {
  return {permissions, Whose::kEither, false, true};
}
constexpr Access NodeIn() { return {Any(kSystem), Whose::kNobody, false, true}; }

// In the order of Payload.
constexpr std::array<Access, std::variant_size_v<Payload>> kAccess = {
    Staff(Any(kEditSheet, kSystem)),                       // RoomCreated
    Staff(Any(kEditSheet, kSystem)),                       // ActivityAdded
    StaffIn(Any(kEditSheet)),                              // ActivityChanged
    StaffIn(Any(kRun)),                                    // ActivityMoved
    StaffIn(Any(kRun)),                                    // ActivitySkipped
    Staff(Any(kRun)),                                      // ControlTaken
    Staff(Any(kModerate, kRun)),                           // ScreensBlanked
    Staff(Any(kDoors)),                                    // DoorsSet
    Access{Any(kVote), Whose::kPerson, false, false},      // ParticipantJoined
    Staff(Any(kLinks)),                                    // LinkMade
    Staff(Any(kLinks)),                                    // LinkRevoked
    Staff(Any(kLinks)),                                    // LinksRevoked
    StaffIn(Any(kRun)),                                    // ActivityAdvanced
    StaffIn(Any(kRun)),                                    // ActivityRestarted
    StaffIn(Any(kRun)),                                    // ActivityExtended
    StaffIn(Any(kRun)),                                    // ResultTold
    NodeIn(),                                              // TimerFired
    EitherIn(Any(kVote, kKeyIn, kRun, kEditSheet)),        // ItemAdded
    StaffIn(Any(kModerate, kRun)),                         // ItemReworded
    StaffIn(Any(kModerate)),                               // ItemModerated
    StaffIn(Any(kModerate)),                               // AuthorHeld
    PersonIn(Any(kVote)),                                  // ItemWithdrawn
    StaffIn(Any(kErase)),                                  // ItemErased
    StaffIn(Any(kModerate, kRun)),                         // ItemMarked
    StaffIn(Any(kMerge)),                                  // ItemsMerged
    StaffIn(Any(kMerge)),                                  // ItemsUnmerged
    PersonIn(Any(kVote, kKeyIn)),                          // BallotCast
    PersonIn(Any(kVote)),                                  // CardPassed
    PersonIn(Any(kVote)),                                  // PresenceHere
    Access{Any(kSystem), Whose::kPerson, false, true},     // PresenceAway
    StaffIn(Any(kRun)),                                    // TablesSet
    NodeIn(),                                              // SeatsPlanned
    PersonIn(Any(kVote)),                                  // TableVisited
    Access{Any(kVote, kRun), Whose::kEither, true, true},  // TableHosted: staff's, of no person
    PersonIn(Any(kVote)),                                  // GroupTold
    Access{Any(kVote), Whose::kPerson, false, false},      // OrganiserTold
    Staff(Any(kModerate, kRun)),                           // OrganiserHeard
    StaffIn(Any(kModerate, kRecord)),                      // RecordRedacted
    Staff(Any(kRecord)),                                   // RecordApproved
    Staff(Any(kRecord)),                                   // RecordPublished
    StaffIn(Any(kEarlyLook)),                              // EarlyLook
    NodeIn(),                                              // ResultRecorded
    Access{},                                              // RoomClaimed: the directory's
    Access{},                                              // CodePointed: the directory's
};

const Access& AccessOf(const Payload& payload) { return kAccess[payload.index()]; }

// Those whose links can be revoked: not attendees, whose tokens are not in the log, nor nodes.
bool IsStaff(Role role) {
  return role != Role::kAttendee && role != Role::kTableHost && role != Role::kNode;
}

}  // namespace

Reason CheckActor(const RoomState& state, const Event& event) {
  const Actor& actor = event.actor;
  const Access& access = AccessOf(event.payload);
  if ((PermissionsOf(actor.role) & access.permissions) == 0) return Reason::kNotPermitted;
  if (IsStaff(actor.role)) {
    if (actor.epoch < state.epoch) return Reason::kRevoked;
    if (!actor.token.IsZero() && state.revoked.contains(actor.token)) return Reason::kRevoked;
  }
  if (access.whose == Whose::kPerson && !event.person) return Reason::kNoPerson;
  if (access.whose == Whose::kNobody && event.person) return Reason::kNotPermitted;
  return Reason::kNone;
}

bool IsStaffEvent(const Event& event) {
  const Access& access = AccessOf(event.payload);
  return access.staff && (access.whose == Whose::kNobody || !event.person);
}

bool NamesActivity(const Payload& payload) { return AccessOf(payload).activity; }

}  // namespace plenum
