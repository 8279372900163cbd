// Text as it may stand in an HTML document, for all who write one.
#pragma once

#include <string>
#include <string_view>

namespace plenum::html {

// For content and for an attribute's value in quotes of either kind. What HTML forbids goes:
// control characters (tabs and line feeds stay) and the code points that are no characters. `text`
// is UTF-8; other bytes stay as they are.
std::string Escaped(std::string_view text);

}  // namespace plenum::html
