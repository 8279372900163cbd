// One line for each activity with its result, and the same as JSON.
#pragma once

#include <string>

#include "gateway/rehearse/report.h"
#include "schema/json.h"

namespace plenum::rehearse {

// "cafe              20 tables x 3 rounds, 166 people seated; 20 tables wrote notes".
std::string LineOf(const DayReport& report, const ActivitySpec& spec);

// {"activity":"cafe","kind":"tables","people":170,"items":20,"line":"…", and at tables
//  "tables":20,"topics":20,"notes":20,"rounds":[{"round":1,"seated":166,"tables":20,…}]}; with
// upvotes "votes", with words "words":[{"word","count"}].
void WriteActivities(const DayReport& report, json::Writer& writer);

}  // namespace plenum::rehearse
