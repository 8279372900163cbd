// How texts become HTML in the record and in print: by Escaped, and by what is made of it here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "projector/record/record.h"
#include "schema/html_escape.h"

namespace plenum::html {

// What people wrote: isolated, so that its direction moves nothing around it, and with its language
// if it is known. Line breaks show.
std::string Of(const Words& words);
// A string in CSS, with its quotes; it cannot end its style sheet.
std::string CssString(std::string_view text);

// "#412": after which entry of the log a figure stood so.
std::string At(uint64_t index);
std::string TimeOf(TimeMs time);  // <time>09:31:07</time>

// Text in lines of at most `width` columns, at most `lines` of them; the last one ends in "…" if
// something is left. Never within a character; wide ones (CJK) count twice.
std::vector<std::string> Wrapped(std::string_view text, size_t width, size_t lines);

}  // namespace plenum::html
