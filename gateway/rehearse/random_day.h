// RandomDay: a run sheet made up from a seed, of every method and of combinations that nobody has
// planned: what a rehearsal of any results is most likely to trip over.
#pragma once

#include "gateway/rehearse/random.h"
#include "schema/run_sheet.h"

namespace plenum::rehearse {

// Eight to twelve activities; one of them a deck, one at least at tables.
RunSheet RandomDay(Random random);

}  // namespace plenum::rehearse
