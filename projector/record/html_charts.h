// Charts as inline SVG: readable in black and white, with a text for those who cannot see them. The
// table that belongs to a chart stands under it and says the same.
#pragma once

#include <string>

#include "projector/record/record.h"
#include "projector/record/say.h"

namespace plenum::html {

// How many rows a chart of the table draws: a long table has too many for one page.
size_t DrawnRows(const RecordTable& table);
// A bar a row, of the column that the table names; empty if it names none, or has no rows.
std::string BarChart(const RecordTable& table, const std::string& label);
// Both means on one scale, the earlier one hollow.
std::string MeansChart(const Say& say, const RecordComparison& both);
// The same, and both distributions.
std::string ComparisonChart(const Say& say, const RecordComparison& both);

}  // namespace plenum::html
