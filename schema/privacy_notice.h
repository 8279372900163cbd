// The privacy notice: what people are told before they join, in plain words, English and Welsh.
// Made from the run sheet alone, so that every node, and `plenum check --privacy`, makes the same
// text of the same sheet. Its version is a digest of that text, and stands in the log beside each
// person who was shown it (participant.joined.v1).
#pragma once

#include <string>
#include <vector>

#include "schema/ids.h"
#include "schema/run_sheet.h"

namespace plenum {

struct NoticeSection {
  std::string title;
  std::vector<std::string> lines;  // one statement each
};

struct NoticeText {
  std::string language;  // "en" or "cy"
  std::string title;
  std::vector<NoticeSection> sections;
};

struct PrivacyNotice {
  std::vector<NoticeText> texts;  // in the order of the sheet's languages; both, always
  std::string plain;              // all of it, as it is printed
  Digest version;                 // SHA-256 of `plain`
};

PrivacyNotice MakeNotice(const RunSheet& sheet);

// {"version":HEX,"notices":[{"language","title","sections":[{"title","lines":["…"]}]}],"text":"…"};
// without `text` unless `with_text`.
std::string EncodeNotice(const PrivacyNotice& notice, bool with_text = true);

}  // namespace plenum
