// QR codes as drawings.
#pragma once

#include <string>
#include <string_view>

namespace plenum {

// An <svg> with the quiet zone that readers need around it, sized by its class. Empty if the text
// is too long for a QR code. `label` says to screen readers what it is.
std::string QrSvg(std::string_view text, std::string_view label);

// The same for a terminal that shows colours and UTF-8: black on white whatever its own colours
// are, two modules a character. Each line ends with a newline. Empty if the text is too long.
std::string QrForTerminal(std::string_view text);

}  // namespace plenum
