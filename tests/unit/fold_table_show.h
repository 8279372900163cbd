// What `show WHAT` compares in a table of the fold (tests/unit/fold_table.h).
#pragma once

#include <map>
#include <string>

#include "tests/property/fold_room.h"
#include "tests/unit/fold_table_line.h"

namespace plenum::fold_test {

std::string ShownIn(const TestRoom& room, const ActivityId& current, const Line& line,
                    const std::map<PersonId, std::string>& names);

}  // namespace plenum::fold_test
