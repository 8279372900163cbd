#include "gateway/print/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>
#include <stdexcept>

#include "projector/record/html_text.h"

namespace plenum {
namespace {

constexpr int kQuietModules = 4;

}  // namespace

std::string QrSvg(std::string_view text, std::string_view label) {
  using qrcodegen::QrCode;
  try {
    // Medium: a fold or a finger over a corner does no harm.
    const QrCode code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
    const int size = code.getSize();
    const std::string around = std::to_string(size + 2 * kQuietModules);
    std::string svg = "<svg class=\"qr\" role=\"img\" aria-label=\"" + html::Escaped(label) +
                      "\" viewBox=\"0 0 " + around + " " + around +
                      "\" shape-rendering=\"crispEdges\"><path d=\"";
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        if (!code.getModule(x, y)) continue;
        svg += "M" + std::to_string(x + kQuietModules) + " " + std::to_string(y + kQuietModules) +
               "h1v1h-1z";
      }
    }
    return svg + "\"/></svg>";
  } catch (const std::length_error&) {  // the library's word for "too long"
    return {};
  }
}

std::string QrForTerminal(std::string_view text) {
  using qrcodegen::QrCode;
  constexpr std::string_view kBlackOnWhite = "\033[38;5;16;48;5;231m";
  constexpr std::string_view kAsBefore = "\033[0m\n";
  try {
    // Low: it is read from a screen, and should be small.
    const QrCode code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::LOW);
    const int end = code.getSize() + kQuietModules;
    std::string lines;
    for (int y = -kQuietModules; y < end; y += 2) {
      lines += kBlackOnWhite;
      for (int x = -kQuietModules; x < end; ++x) {
        // Outside of the code all is light.
        const bool upper = code.getModule(x, y);
        const bool lower = code.getModule(x, y + 1);
        lines += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
      }
      lines += kAsBefore;
    }
    return lines;
  } catch (const std::length_error&) {  // the library's word for "too long"
    return {};
  }
}

}  // namespace plenum
