// The parts of the HTML document, one function each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projector/record/record.h"
#include "projector/record/say.h"

namespace plenum::html {

// html_style.cc
std::string StyleOf(const Say& say, const Record& record);

// html_front.cc: what a reader in a hurry reads
std::string Cover(const Say& say, const Record& record);
std::string Summary(const Say& say, const Record& record);
std::string About(const Say& say, const Record& record);

// html_added.cc: what the organisers add
// `place` begins the parts' anchors.
std::string Added(const Say& say, const std::vector<AddedPart>& parts, std::string_view place);
std::string FiguresFromElsewhere(const Say& say, const Additions& additions);
std::string Versions(const Say& say, const Record& record);

// html_section.cc
std::string Activity(const Say& say, const RecordSection& section, size_t number);
// The rows of a table; with `rest` those that the section left out.
std::string TableOf(const Say& say, const RecordTable& table, bool rest);
std::string AnchorOf(const RecordSection& section);

// html_back.cc: what holds it together
std::string Interventions(const Say& say, const Record& record);
std::string Reconciliation(const Say& say, const Record& record);
std::string Appendix(const Say& say, const Record& record);
std::string Verification(const Say& say, const Record& record);

}  // namespace plenum::html
