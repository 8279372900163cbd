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

// The items that stand in the sheet; others are not known before the day.
std::vector<ItemId> SheetItems(const ActivitySpec& spec);
// Whether ballots of this activity are for items that come only while the day runs.
bool JudgesLaterItems(const ActivitySpec& spec);

// Any ballot that the rules allow for these items. REQUIRES: the activity has a ballot, and no
// upvotes; items, if its ballots name any.
FinalBallot AnyBallot(const ActivitySpec& spec, const std::vector<ItemId>& items, Random& random);
// A ballot that the rules do not allow, in the shape of one that they might.
FinalBallot AgainstTheRules(const ActivitySpec& spec, const std::vector<ItemId>& items);

// One a voter, every option chosen by somebody if there are voters enough.
std::vector<FinalBallot> EveryOption(const ChoiceBallot& ballot, size_t voters, Random& random);

// Adds up to the published scores, with all other items below the last of them. `items` are named
// by their numbers ("#4"). At most `voters` ballots; nullopt if that many people do not have dots
// enough.
std::optional<std::vector<FinalBallot>> PublishedDots(const ActivitySpec& spec, const Facts& facts,
                                                      std::vector<ItemName> items, size_t voters,
                                                      Random& random);

// Moves single values up or down by chance until they add up. REQUIRES: low <= each <= high, and
// `sum` within low and high times their number.
void ShiftToSum(std::vector<int32_t>& values, int64_t sum, int32_t low, int32_t high,
                Random& random);

// How somebody comes to `last` (nullopt: to whatever they decide when the items are there): most at
// once; some change their mind, press twice, are refused something first, come with an older
// phone's ballot, try again after the close.
PlannedVote PlanVote(const ActivitySpec& spec, const std::optional<FinalBallot>& last,
                     Random& random);
// Somebody who comes too late, with anything.
PlannedBallot LateBallot(const ActivitySpec& spec, Random& random);

// The same for what a keyer types in: some papers twice, some corrected.
std::vector<PlannedPaper> PlanPaper(const ActivitySpec& spec, const std::string& serial,
                                    const std::optional<FinalBallot>& last, Random& random);

}  // namespace plenum::rehearse
