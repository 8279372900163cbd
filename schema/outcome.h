// What became of an event: the second answer to every command. Decided by the fold alone.
#pragma once

#include <cstdint>
#include <string_view>

namespace plenum {

enum class OutcomeCode : uint8_t {
  kCounted,     // a ballot that stands
  kAccepted,    // anything else that took effect
  kSuperseded,  // recorded, but a newer ballot of the same person counts: `ref`
  kDuplicate,   // this very event was folded before, at `ref`
  kStale,       // another ballot with the same seq counts: `ref`
  kLate,        // after the close, or for another generation; counted nowhere
  kIgnored,     // nothing to do: already so, or no longer current
  kRefused,     // against the rules: `reason`
  kMalformed,   // not a valid event
  kConfirmed,   // a result that agrees with the fold's own
  kDisputed,    // a result that does not
};

enum class Reason : uint8_t {
  kNone,
  kNoRoom,
  kRoomExists,
  kWrongRoom,
  kUnknownRules,
  kNotPermitted,
  kRevoked,
  kDoorsLocked,
  kUnknownActivity,
  kActivityExists,
  kWrongSeries,
  kNoPerson,
  kNotOpen,
  kChangedMeanwhile,
  kNoSuchStep,
  kTooFewPeople,
  kNobodyLeft,
  kSealed,
  kNoDeadline,
  kWrongBallot,
  kUnknownOption,
  kTooManyChoices,
  kTooFewChoices,
  kDuplicateChoice,
  kOutOfScale,
  kUnknownItem,
  kOverBudget,
  kOverCap,
  kItemMerged,
  kMergeLoop,
  kNothingMerged,
  kTooManyItems,
  kDeckFrozen,
  kNumberTaken,
  kNoNumber,
  kNotYourCard,
  kOwnCard,
  kAlreadyScored,
  kCardTaken,
  kWrongRound,
  kNoCard,
  kNoPartner,
  kNotADeck,
  kNotReady,
  kAlreadyOpened,
  kItemHidden,
  kNotYourItem,
  kTextErased,
  kNoSeats,
  kUnknownTable,
  kTableHosted,
  kNotTheHost,
  kBadPlan,
  kUnknownVersion,
};

struct Outcome {
  OutcomeCode code = OutcomeCode::kIgnored;
  Reason reason = Reason::kNone;
  uint64_t index = 0;  // of this event in its room, from 0
  uint64_t ref = 0;    // for superseded, duplicate and stale: the index that counts
  bool operator==(const Outcome&) const = default;
};

std::string_view OutcomeName(OutcomeCode code);  // "counted"
std::string_view ReasonName(Reason reason);      // "over-budget"
std::string_view ReasonText(Reason reason);      // a sentence for the person who asked

}  // namespace plenum
