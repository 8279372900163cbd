#include "projector/fold/fold.h"

#include <algorithm>

#include "projector/fold/context.h"
#include "projector/fold/merkle.h"
#include "projector/fold/result.h"
#include "projector/fold/rows.h"
#include "schema/hash.h"

namespace plenum {
namespace {

template <class... Ts>
struct Overload : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overload(Ts...) -> Overload<Ts...>;

Outcome FoldPayload(FoldContext& context) {
  const auto none = [] { return Refused(Reason::kWrongRoom); };  // the directory's
  return std::visit(
      Overload{
          [&](const RoomCreated& payload) { return FoldRoomCreated(context, payload); },
          [&](const ActivityAdded& payload) { return FoldActivityAdded(context, payload); },
          [&](const ActivityChanged& payload) { return FoldActivityChanged(context, payload); },
          [&](const ActivityMoved& payload) { return FoldActivityMoved(context, payload); },
          [&](const ActivitySkipped& payload) { return FoldActivitySkipped(context, payload); },
          [&](const ControlTaken&) { return FoldControlTaken(context); },
          [&](const ScreensBlanked& payload) { return FoldScreensBlanked(context, payload); },
          [&](const DoorsSet& payload) { return FoldDoorsSet(context, payload); },
          [&](const ParticipantJoined& payload) { return FoldJoined(context, payload); },
          [&](const LinkMade& payload) { return FoldLinkMade(context, payload); },
          [&](const LinkRevoked& payload) { return FoldLinkRevoked(context, payload); },
          [&](const LinksRevoked&) { return FoldLinksRevoked(context); },
          [&](const ActivityAdvanced& payload) { return FoldAdvanced(context, payload); },
          [&](const ActivityRestarted& payload) { return FoldRestarted(context, payload); },
          [&](const ActivityExtended& payload) { return FoldExtended(context, payload); },
          [&](const ResultTold& payload) { return FoldResultTold(context, payload); },
          [&](const TimerFired& payload) { return FoldTimer(context, payload); },
          [&](const ItemAdded& payload) { return FoldItemAdded(context, payload); },
          [&](const ItemReworded& payload) { return FoldReworded(context, payload); },
          [&](const ItemModerated& payload) { return FoldModerated(context, payload); },
          [&](const AuthorHeld& payload) { return FoldHeld(context, payload); },
          [&](const ItemWithdrawn& payload) { return FoldWithdrawn(context, payload); },
          [&](const ItemErased& payload) { return FoldErased(context, payload); },
          [&](const ItemMarked& payload) { return FoldMarked(context, payload); },
          [&](const ItemsMerged& payload) { return FoldMerged(context, payload); },
          [&](const ItemsUnmerged& payload) { return FoldUnmerged(context, payload); },
          [&](const BallotCast& payload) { return FoldBallot(context, payload); },
          [&](const CardPassed& payload) { return FoldPassed(context, payload); },
          [&](const PresenceHere&) { return FoldHere(context); },
          [&](const PresenceAway& payload) { return FoldAway(context, payload); },
          [&](const TablesSet& payload) { return FoldTablesSet(context, payload); },
          [&](const SeatsPlanned& payload) { return FoldSeatsPlanned(context, payload); },
          [&](const TableVisited& payload) { return FoldTableVisited(context, payload); },
          [&](const TableHosted& payload) { return FoldTableHosted(context, payload); },
          [&](const GroupTold& payload) { return FoldGroupTold(context, payload); },
          [&](const OrganiserTold& payload) { return FoldOrganiserTold(context, payload); },
          [&](const OrganiserHeard& payload) { return FoldOrganiserHeard(context, payload); },
          [&](const RecordRedacted& payload) { return FoldRecordRedacted(context, payload); },
          [&](const RecordApproved& payload) { return FoldRecordApproved(context, payload); },
          [&](const RecordPublished& payload) { return FoldRecordPublished(context, payload); },
          [&](const EarlyLook&) { return FoldEarlyLook(context); },
          [&](const ResultRecorded& payload) { return FoldResult(context, payload); },
          [&](const RoomClaimed&) { return none(); },
          [&](const CodePointed&) { return none(); },
      },
      context.event.payload);
}

// Whether the event's activity and series are those that it should name; kNone if so.
Reason CheckActivity(const RoomState& state, const Event& event) {
  if (!NamesActivity(event.payload)) return Reason::kNone;
  const Activity* activity = state.Find(event.activity);
  if (activity == nullptr) return Reason::kUnknownActivity;
  if (event.person && event.series != activity->spec.Series()) return Reason::kWrongSeries;
  return Reason::kNone;
}

// The same answer as the first time. Refused again, it says why again.
Outcome AnswerAgain(const StaffEvent& done) {
  if (done.code == OutcomeCode::kAccepted) return Answer(OutcomeCode::kDuplicate, done.index);
  return {done.code, done.reason, 0, done.index};
}

Outcome FoldEvent(FoldContext& context) {
  RoomState& state = context.state;
  const Event& event = context.event;
  const bool creates = std::holds_alternative<RoomCreated>(event.payload);
  if (!state.created && !creates) return Refused(Reason::kNoRoom);
  const bool staff = IsStaffEvent(event);
  if (staff) {
    auto it = state.staff_events.find(event.id);
    if (it != state.staff_events.end()) return AnswerAgain(it->second);
  }
  if (const Reason reason = CheckActor(state, event); reason != Reason::kNone) {
    return Refused(reason);
  }
  const Reason reason = CheckActivity(state, event);
  const Outcome outcome = reason == Reason::kNone ? FoldPayload(context) : Refused(reason);
  if (staff && state.created) {
    state.staff_events[event.id] = {context.index, outcome.code, outcome.reason};
    context.rows.Touch(row_key::Staff(event.id));
  }
  return outcome;
}

}  // namespace

struct Room::Impl {
  RoomId id;
  RoomState state;
  RowTracker rows;
  CompactRange tree;

  Digest StateDigest() {
    return Sha256()
        .Bytes(std::string_view("plenum/state/v1\0", 16))
        .U32(state.rules)
        .U64(tree.size())
        .Bytes(rows.Sum(state).View())
        .Finish();
  }

  void StoreResult(const ActivityId& activity_id, uint64_t index) {
    const Activity& activity = state.activities.at(activity_id);
    StoredResult& result = state.results[{activity_id, activity.stage.generation}];
    result = {};
    result.index = index;
    result.totals = EncodeTotals(ComputeResult(activity));
    result.state = StateDigest();
    rows.Touch(row_key::ResultOf(activity_id, activity.stage.generation));
  }

  // What later rules have brought does not exist in a room of older ones.
  bool IsKnown(const Event& event) const {
    return state.rules != 1 || !std::holds_alternative<ResultTold>(event.payload);
  }

  Outcome Apply(std::string_view entry, const std::expected<Event, std::string>& event) {
    const uint64_t index = tree.size();
    tree.Append(entry);
    rows.Touch(row_key::Tree());
    Outcome outcome;
    if (!event || !IsKnown(*event)) {
      outcome.code = OutcomeCode::kMalformed;
    } else if (event->room != id) {
      outcome = Refused(Reason::kWrongRoom);
    } else {
      FoldContext context{state, rows, tree, *event, index, {}};
      outcome = FoldEvent(context);
      for (const ActivityId& due : context.results_due) StoreResult(due, index);
    }
    outcome.index = index;
    return outcome;
  }
};

Room::Room(const RoomId& id) : impl_(std::make_unique<Impl>()) { impl_->id = id; }
Room::Room(Room&&) noexcept = default;
Room& Room::operator=(Room&&) noexcept = default;
Room::~Room() = default;

std::expected<Room, std::string> Room::Load(const RoomId& id, const std::vector<Row>& rows) {
  Room room(id);
  Impl& impl = *room.impl_;
  const auto put = [&](const Row& row) -> bool {
    if (IsTreeRow(row.key)) {
      auto tree = CompactRange::Decode(row.value);
      if (tree) impl.tree = std::move(*tree);
      return tree.has_value();
    }
    impl.rows.Loaded(row.key, row.value);
    return PutRow(impl.state, row.key, row.value);
  };
  // An activity's other rows are read into what its spec has made.
  for (const bool specs : {true, false}) {
    for (const Row& row : rows) {
      if (row.value.empty() || IsSpecRow(row.key) != specs) continue;
      if (!put(row)) return std::unexpected("A row of the room's state is damaged.");
    }
  }
  if (!rows.empty() && impl.tree.size() == 0) {
    return std::unexpected("The row of the room's tree is missing.");
  }
  Derive(impl.state);
  return room;
}

Applied Room::Apply(std::string_view entry) {
  auto event = DecodeEvent(entry);
  Applied applied{impl_->Apply(entry, event), std::nullopt};
  if (event) applied.event = std::move(*event);
  return applied;
}

Outcome Room::Apply(std::string_view entry, const std::expected<Event, std::string>& event) {
  return impl_->Apply(entry, event);
}

const RoomId& Room::id() const { return impl_->id; }
const RoomState& Room::state() const { return impl_->state; }
uint64_t Room::size() const { return impl_->tree.size(); }
Digest Room::Root() const { return impl_->tree.Root(); }
Digest Room::StateDigest() { return impl_->StateDigest(); }

std::vector<Row> Room::TakeChanges() {
  std::vector<Row> rows = impl_->rows.TakeUnsaved(impl_->state);
  for (Row& row : rows) {
    if (IsTreeRow(row.key)) row.value = impl_->tree.Encode();
  }
  return rows;
}

std::vector<DueResult> Room::DueResults() const {
  std::vector<DueResult> due;
  for (const auto& [key, result] : impl_->state.results) {
    if (result.status != StoredResult::Status::kDue) continue;
    due.push_back({key.first, key.second, result.index, result.state, result.totals});
  }
  std::ranges::sort(due, {}, &DueResult::index);
  return due;
}

}  // namespace plenum
