// Their part: what those people would do whom others play in browsers, and what whoever leads the
// day would do beside opening and closing. A script for them, so that the published figures come
// out.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <set>
#include <string>

#include "gateway/rehearse/card_scores.h"
#include "gateway/rehearse/population.h"

namespace plenum::rehearse {

// The `count` people with phones who take part in the most activities, and host no table. Fewer if
// there are not as many who come at the beginning and stay.
std::set<uint32_t> PickElsewhere(const Population& population, uint32_t count);

// As one JSON object:
// {"people":[{ACTIVITY: {"ballot":{...}|"any", "texts":[{"text":…}|{"fields":{…}}],
// "upvotes":[TITLE],
//              "visits":[{"round":1,"table":7}]}}],
//  "scores":{ACTIVITY:{CARD:[4,5,…]}},     a card's text: what it gets in round 1, 2, …; none: any
//  "lead":[{"activity":…,"phase":…,"round":1,"merge":{"into":ITEM,"from":[ITEM]}}]}
// ("round" only if it matters), or with "unmerge": ITEM, "add": TEXT, "tables": {"tables":19,
// "capacity":12,"topics":{"1":TOPIC}}, "extend_ms": 60000, "mark": "live". Items are named "#4" by
// their number, else by title; upvotes that are empty: any.
std::string EncodeTheirPart(const Population& population,
                            const std::map<ActivityId, CardScores>& scores);

// The error is one sentence.
std::expected<void, std::string> WriteTheirPart(const std::string& path, const std::string& part);

}  // namespace plenum::rehearse
