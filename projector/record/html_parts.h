// The parts of the HTML document, one function each.
#pragma once

#include <string>

#include "projector/record/record.h"

namespace plenum::html {

// html_style.cc
std::string StyleOf(const Record& record);

// html_front.cc: what a reader in a hurry reads
std::string Cover(const Record& record);
std::string Summary(const Record& record);
std::string About(const Record& record);

// html_section.cc
std::string Activity(const RecordSection& section, size_t number);
// The rows of a table; with `rest` those that the section left out.
std::string TableOf(const RecordTable& table, bool rest);
std::string AnchorOf(const RecordSection& section);

// html_back.cc: what holds it together
std::string Interventions(const Record& record);
std::string Reconciliation(const Record& record);
std::string Appendix(const Record& record);
std::string Verification(const Record& record);

}  // namespace plenum::html
