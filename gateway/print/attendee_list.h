// Names for badges, from a list that somebody exported as CSV (RFC 4180). Read on the organiser's
// machine, shown before anything is printed, and kept nowhere.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace plenum {

// What somebody should look at before printing: "line 7: the same name as in line 3".
struct ListNote {
  size_t line = 0;  // where the record begins, from 1
  std::string what;
};

struct AttendeeList {
  std::vector<std::string> columns;  // as the first line calls them
  std::vector<size_t> chosen;        // those that make the name, in their order
  std::vector<std::string> names;    // in the order of the list; empty lines left out
  std::vector<ListNote> notes;
};

// `columns`: the headings that make the name ("First name", "Surname"), or their numbers from 1;
// empty: the one that is called a name, or else the first. Commas, semicolons or tabs; a byte order
// mark may be there. The error is a sentence that names the line.
std::expected<AttendeeList, std::string> ReadAttendees(std::string_view csv,
                                                       const std::vector<std::string>& columns);

}  // namespace plenum
