// Votes: the ballots that count in the end, and the ways in which people come to them.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/population.h"
#include "gateway/rehearse/random.h"

namespace plenum::rehearse {

using FinalBallot = decltype(BallotCast::ballot);

// Any ballot that the rules allow. REQUIRES: the activity has a ballot.
FinalBallot AnyBallot(const ActivitySpec& spec, Random& random);

// One a voter, every option chosen by somebody if there are voters enough.
std::vector<FinalBallot> EveryOption(const ChoiceBallot& ballot, size_t voters, Random& random);

// Adds up to the published scores, with all other items below the last of them. At most `voters`
// ballots; nullopt if that many people do not have dots enough.
std::optional<std::vector<FinalBallot>> PublishedDots(const ActivitySpec& spec, const Facts& facts,
                                                      size_t voters, Random& random);

// Moves single values up or down by chance until they add up. REQUIRES: low <= each <= high, and
// `sum` within low and high times their number.
void ShiftToSum(std::vector<int32_t>& values, int64_t sum, int32_t low, int32_t high,
                Random& random);

// How somebody comes to `last`: most at once; some change their mind, press twice, are refused
// something first, come with an older phone's ballot, try again after the close.
PlannedVote PlanVote(const ActivitySpec& spec, const FinalBallot& last, Random& random);

}  // namespace plenum::rehearse
