// What a rule sees: the state, the event that is being folded, and the room's tree for draws. Rules
// are free functions `Outcome FoldX(FoldContext&, const X&)`, one file a group; fold.cc calls them
// once it has checked who speaks (access.h).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "projector/fold/draw.h"
#include "projector/fold/merkle.h"
#include "projector/fold/rows.h"
#include "projector/fold/state.h"
#include "schema/event.h"
#include "schema/outcome.h"

namespace plenum {

struct FoldContext {
  RoomState& state;
  RowTracker& rows;
  const CompactRange& tree;  // the event that is being folded is its last leaf
  const Event& event;
  const uint64_t index;  // of the event
  // By a rule that closes an activity, or changes the result of a closed one: results are computed
  // once all rows of this event are changed.
  std::set<ActivityId> results_due;

  // The activity that the event names. REQUIRES: it exists (fold.cc has checked).
  Activity& activity() { return state.activities.at(event.activity); }
  const PersonId& person() const { return *event.person; }
  Draw DrawFor(std::string_view purpose, uint32_t n) const {
    return Draw(tree.Root(), event.activity, purpose, n);
  }
  void TouchWhere() { rows.Touch(row_key::Where(event.activity)); }
  void TouchDeckPerson(const PersonId& who) {
    rows.Touch(row_key::DeckPersonOf(event.activity, who));
  }
};

inline Outcome Refused(Reason reason) { return {OutcomeCode::kRefused, reason}; }
inline Outcome Answer(OutcomeCode code, uint64_t ref = 0) { return {code, Reason::kNone, 0, ref}; }
inline Outcome Accepted() { return Answer(OutcomeCode::kAccepted); }
inline Outcome Ignored() { return Answer(OutcomeCode::kIgnored); }

// The generation that a ballot, a contribution, a pass or a presence names: an older one is late,
// one that has not begun is not open yet. Nothing if it is the current one.
std::optional<Outcome> CheckGeneration(const Activity& activity, const Event& event);

// Seq and id against the last that counted: the first four lines of the table of ballots.
// Nothing if the event is newer.
struct LastCast {
  uint32_t seq;
  EventId id;
  uint64_t index;
};
std::optional<Outcome> CheckSeq(const std::optional<LastCast>& last, const Event& event);

// Counts a person who came after the close, and says so.
Outcome Late(FoldContext& context);

// --- access.cc ---
// Whether the actor may say this at all, about this person; kNone if so.
Reason CheckActor(const RoomState& state, const Event& event);
// Whether the event is one of the staff's, whose ids are remembered.
bool IsStaffEvent(const Event& event);
// Whether the event is about one activity, which must exist.
bool NamesActivity(const Payload& payload);

// --- room_rules.cc ---
Outcome FoldRoomCreated(FoldContext& context, const RoomCreated& created);
Outcome FoldActivityAdded(FoldContext& context, const ActivityAdded& added);
Outcome FoldActivityChanged(FoldContext& context, const ActivityChanged& changed);
Outcome FoldActivityMoved(FoldContext& context, const ActivityMoved& moved);
Outcome FoldActivitySkipped(FoldContext& context, const ActivitySkipped& skipped);
Outcome FoldControlTaken(FoldContext& context);
Outcome FoldScreensBlanked(FoldContext& context, const ScreensBlanked& blanked);
Outcome FoldDoorsSet(FoldContext& context, const DoorsSet& doors);
Outcome FoldJoined(FoldContext& context, const ParticipantJoined& joined);
Outcome FoldLinkMade(FoldContext& context, const LinkMade& made);
Outcome FoldLinkRevoked(FoldContext& context, const LinkRevoked& revoked);
Outcome FoldLinksRevoked(FoldContext& context);
Outcome FoldGroupTold(FoldContext& context, const GroupTold& told);
Outcome FoldOrganiserTold(FoldContext& context, const OrganiserTold& told);
Outcome FoldOrganiserHeard(FoldContext& context, const OrganiserHeard& heard);

// --- record_rules.cc ---
Outcome FoldRecordRedacted(FoldContext& context, const RecordRedacted& redacted);
Outcome FoldRecordApproved(FoldContext& context, const RecordApproved& approved);
Outcome FoldRecordPublished(FoldContext& context, const RecordPublished& published);

// --- stage_rules.cc ---
Outcome FoldAdvanced(FoldContext& context, const ActivityAdvanced& advanced);
Outcome FoldRestarted(FoldContext& context, const ActivityRestarted& restarted);
Outcome FoldResultTold(FoldContext& context, const ResultTold& told);
Outcome FoldExtended(FoldContext& context, const ActivityExtended& extended);
Outcome FoldTimer(FoldContext& context, const TimerFired& fired);

// --- item_rules.cc ---
Outcome FoldItemAdded(FoldContext& context, const ItemAdded& added);
Outcome FoldMerged(FoldContext& context, const ItemsMerged& merged);
Outcome FoldUnmerged(FoldContext& context, const ItemsUnmerged& unmerged);
// The items that the run sheet brings along, as an activity begins with them.
void ResetItems(FoldContext& context, Activity& activity);
// A change to the items of a closed activity is a change to its result.
void ItemsChanged(FoldContext& context, const Activity& activity);
void ItemChanged(FoldContext& context, const Activity& activity, const Item& item);

// --- carry_rules.cc ---
// Whether the items that the activity takes over are there to be taken; kNone if so.
Reason CheckCarry(const RoomState& state, const Activity& activity);
void CarryItems(FoldContext& context, Activity& activity);

// --- moderation_rules.cc ---
Outcome FoldReworded(FoldContext& context, const ItemReworded& reworded);
Outcome FoldModerated(FoldContext& context, const ItemModerated& moderated);
Outcome FoldHeld(FoldContext& context, const AuthorHeld& held);
Outcome FoldWithdrawn(FoldContext& context, const ItemWithdrawn& withdrawn);
Outcome FoldMarked(FoldContext& context, const ItemMarked& marked);

// --- erase_rules.cc ---
// Before the items of a generation go: their texts stay within reach.
void KeepFormer(FoldContext& context, Activity& activity);
Outcome FoldErased(FoldContext& context, const ItemErased& erased);

// --- ballot_rules.cc ---
Outcome FoldBallot(FoldContext& context, const BallotCast& cast);

// --- seat_rules.cc: people at tables ---
// The tables that the topics and the spec give, as an activity begins with them.
void SetUpTables(FoldContext& context, Activity& activity);
// Nodes are asked who should sit where from this round on.
void AskForPlan(FoldContext& context, Activity& activity, uint32_t from_round);
Outcome FoldTablesSet(FoldContext& context, const TablesSet& set);
Outcome FoldSeatsPlanned(FoldContext& context, const SeatsPlanned& planned);
Outcome FoldTableVisited(FoldContext& context, const TableVisited& visited);
Outcome FoldTableHosted(FoldContext& context, const TableHosted& hosted);
// Whether a note may be added, and for which table; an outcome if not.
std::expected<uint32_t, Outcome> TableOfNote(const FoldContext& context, const Activity& activity,
                                             const ItemAdded& added);
Outcome FoldSeatHere(FoldContext& context);
// The person has done something in the activity; they appear in it if they had not yet.
SeatPerson& MarkSeated(FoldContext& context, Activity& activity);

// --- deck_rules.cc: 25/10 ---
// Whether round `round` may be dealt; kNone if so.
Reason CheckDeal(const Activity& activity, uint32_t round);
void DealRound(FoldContext& context, uint32_t round);
void RingBell(FoldContext& context, uint32_t round);
Outcome FoldScore(FoldContext& context, const ScoreCast& score);
Outcome FoldPassed(FoldContext& context, const CardPassed& passed);
Outcome FoldHere(FoldContext& context);
Outcome FoldAway(FoldContext& context, const PresenceAway& away);
// The person has done something in the activity; they appear in it if they had not yet.
DeckPerson& MarkPresent(FoldContext& context, Activity& activity);

// --- result_rules.cc ---
Outcome FoldEarlyLook(FoldContext& context);
Outcome FoldResult(FoldContext& context, const ResultRecorded& recorded);

}  // namespace plenum
