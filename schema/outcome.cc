#include "schema/outcome.h"

#include <array>
#include <cstddef>

namespace plenum {
namespace {

struct OutcomeEntry {
  OutcomeCode code;
  std::string_view name;
};

constexpr std::array kOutcomes = std::to_array<OutcomeEntry>({
    {OutcomeCode::kCounted, "counted"},
    {OutcomeCode::kAccepted, "accepted"},
    {OutcomeCode::kSuperseded, "superseded"},
    {OutcomeCode::kDuplicate, "duplicate"},
    {OutcomeCode::kStale, "stale"},
    {OutcomeCode::kLate, "late"},
    {OutcomeCode::kIgnored, "ignored"},
    {OutcomeCode::kRefused, "refused"},
    {OutcomeCode::kMalformed, "malformed"},
    {OutcomeCode::kConfirmed, "confirmed"},
    {OutcomeCode::kDisputed, "disputed"},
});

struct ReasonEntry {
  Reason reason;
  std::string_view name;
  std::string_view text;
};

using enum Reason;

constexpr std::array kReasons = std::to_array<ReasonEntry>({
    {kNone, "none", ""},
    {kNoRoom, "no-room", "This room has not been set up yet."},
    {kRoomExists, "room-exists", "This room has been set up already."},
    {kWrongRoom, "wrong-room", "This belongs to another room."},
    {kUnknownRules, "unknown-rules", "This room was made by a newer version of plenum."},
    {kNotPermitted, "not-permitted", "Your link does not allow this."},
    {kRevoked, "revoked", "Your link has been withdrawn; please ask for a new one."},
    {kDoorsLocked, "doors-locked", "The doors are closed; please ask the team to let you in."},
    {kUnknownActivity, "unknown-activity", "There is no such activity in this room."},
    {kActivityExists, "activity-exists", "There is already an activity with this name."},
    {kWrongSeries, "wrong-series", "This does not match the question; please reload the page."},
    {kNoPerson, "no-person", "Only participants can do this; please join with the code."},
    {kNotOpen, "not-open", "This is not open at the moment."},
    {kChangedMeanwhile, "changed-meanwhile",
     "Somebody else has moved on already; please look again."},
    {kNoSuchStep, "no-such-step", "The activity cannot go there from here."},
    {kTooFewPeople, "too-few-people", "There are too few people for this; six are needed."},
    {kNobodyLeft, "nobody-left", "Nobody is left who could score the missing cards."},
    {kSealed, "sealed", "This activity is sealed and can no longer be changed."},
    {kNoDeadline, "no-deadline", "No clock is running here."},
    {kWrongBallot, "wrong-ballot", "This question takes another kind of answer."},
    {kUnknownOption, "unknown-option", "This is not one of the options."},
    {kTooManyChoices, "too-many-choices", "You have chosen more than are allowed."},
    {kTooFewChoices, "too-few-choices", "Please choose more."},
    {kDuplicateChoice, "duplicate-choice", "The same choice stands there twice."},
    {kOutOfScale, "out-of-scale", "This value is not on the scale."},
    {kUnknownItem, "unknown-item", "This idea does not exist here."},
    {kOverBudget, "over-budget", "You have placed more dots than you have."},
    {kOverCap, "over-cap", "That is more dots than one idea may get from you."},
    {kItemMerged, "item-merged", "This idea has been merged into another one."},
    {kMergeLoop, "merge-loop", "An idea cannot be merged into itself."},
    {kNothingMerged, "nothing-merged", "Nothing has been merged into this idea."},
    {kTooManyItems, "too-many-items", "You have handed in as many as are allowed."},
    {kDeckFrozen, "deck-frozen", "The cards are moving already; no new ones can be added."},
    {kNumberTaken, "number-taken", "There is already a card with this number."},
    {kNoNumber, "no-number", "Please give the number of the card."},
    {kNotYourCard, "not-your-card", "You do not hold this card."},
    {kOwnCard, "own-card", "This is your own card; please swap again."},
    {kAlreadyScored, "already-scored", "You have scored this card before; please swap again."},
    {kCardTaken, "card-taken",
     "Somebody else has scored this card in this round; please swap again."},
    {kWrongRound, "wrong-round", "This round is over."},
    {kNoCard, "no-card", "You hold no card at the moment."},
    {kNoPartner, "no-partner", "Nobody could swap with you just now; please try again."},
    {kNotADeck, "not-a-deck", "There are no cards in this activity."},
    {kNotReady, "not-ready", "What is carried over from has not been revealed yet."},
    {kAlreadyOpened, "already-opened", "This has been opened before and can no longer be changed."},
    {kItemHidden, "item-hidden", "This is not shown at the moment."},
    {kNotYourItem, "not-your-item", "Only the person who wrote this can withdraw it."},
    {kTextErased, "text-erased", "This text was erased."},
    {kNoSeats, "no-seats", "There are no tables in this activity."},
    {kUnknownTable, "unknown-table", "There is no table with this number."},
    {kTableHosted, "table-hosted", "Somebody else hosts this table."},
    {kNotTheHost, "not-the-host", "Only the host of the table can do this."},
    {kBadPlan, "bad-plan", "This plan seats people where they cannot sit."},
    {kUnknownVersion, "unknown-version", "There is no such version of the record."},
});

// Each entry stands at the place of its enumerator, so that a look-up is an index.
constexpr bool InOrder() {
  for (size_t i = 0; i < kOutcomes.size(); ++i) {
    if (static_cast<size_t>(kOutcomes[i].code) != i) return false;
  }
  for (size_t i = 0; i < kReasons.size(); ++i) {
    if (static_cast<size_t>(kReasons[i].reason) != i) return false;
  }
  return true;
}
static_assert(InOrder());
static_assert(kOutcomes.back().code == OutcomeCode::kDisputed);
static_assert(kReasons.back().reason == kUnknownVersion);

}  // namespace

std::string_view OutcomeName(OutcomeCode code) { return kOutcomes[static_cast<size_t>(code)].name; }

std::string_view ReasonName(Reason reason) { return kReasons[static_cast<size_t>(reason)].name; }

std::string_view ReasonText(Reason reason) { return kReasons[static_cast<size_t>(reason)].text; }

}  // namespace plenum
