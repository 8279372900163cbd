#include "gateway/print/attendee_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "schema/command.h"

namespace plenum {
namespace {

constexpr size_t kLongestName = 100;  // graphemes: what fits on a badge is less

struct Record {
  size_t line = 0;
  std::vector<std::string> fields;
};

std::string AtLine(size_t line, const std::string& what) {
  return "line " + std::to_string(line) + ": " + what;
}

// How many bytes the character at `at` has; 0 if it is not UTF-8 (RFC 3629).
size_t Utf8Length(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const auto follows = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

std::optional<std::string> FaultOfUtf8(std::string_view csv) {
  size_t line = 1;
  for (size_t at = 0; at < csv.size();) {
    const size_t length = Utf8Length(csv, at);
    if (length == 0) return AtLine(line, "this is not UTF-8; export the list as \"CSV UTF-8\".");
    if (csv[at] == '\n') ++line;
    at += length;
  }
  return std::nullopt;
}

// What the first line is parted by: whichever stands there most often.
char SeparatorOf(std::string_view csv) {
  const std::string_view first = csv.substr(0, csv.find('\n'));
  return std::ranges::max({',', ';', '\t'}, {},
                          [&](char c) { return std::ranges::count(first, c); });
}

class Reader {
 public:
  Reader(std::string_view csv, char separator) : csv_(csv), separator_(separator) {}

  std::expected<std::vector<Record>, std::string> All() {
    std::vector<Record> records;
    while (at_ < csv_.size()) {
      Record record{.line = line_, .fields = {}};
      do {
        auto field = Field();
        if (!field) return std::unexpected(field.error());
        record.fields.push_back(*std::move(field));
      } while (Took(separator_));
      if (!TookEndOfLine() && at_ < csv_.size()) {
        return std::unexpected(AtLine(line_, "something stands after a closing quotation mark."));
      }
      records.push_back(std::move(record));
    }
    return records;
  }

 private:
  bool Took(char c) {
    if (at_ == csv_.size() || csv_[at_] != c) return false;
    ++at_;
    return true;
  }
  // Of Windows, of Unix, and of old Macs.
  bool TookEndOfLine() {
    if (Took('\r')) {
      Took('\n');
    } else if (!Took('\n')) {
      return false;
    }
    ++line_;
    return true;
  }

  std::expected<std::string, std::string> Field() {
    std::string field;
    if (!Took('"')) {
      while (at_ < csv_.size() && csv_[at_] != separator_ && csv_[at_] != '\n' &&
             csv_[at_] != '\r') {
        field += csv_[at_++];
      }
      return field;
    }
    const size_t opened = line_;
    while (at_ < csv_.size()) {
      if (Took('"')) {
        if (!Took('"')) return field;
        field += '"';
        continue;
      }
      if (csv_[at_] == '\n') ++line_;
      field += csv_[at_++];
    }
    return std::unexpected(AtLine(opened, "a quotation mark is opened here and never closed."));
  }

  std::string_view csv_;
  const char separator_;
  size_t at_ = 0;
  size_t line_ = 1;
};

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::string Quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}

std::optional<size_t> ColumnNamed(const std::vector<std::string>& columns,
                                  const std::string& name) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (Lower(columns[i]) == Lower(name)) return i;
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    if (name == std::to_string(i + 1)) return i;
  }
  return std::nullopt;
}

std::expected<std::vector<size_t>, std::string> Choose(const std::vector<std::string>& columns,
                                                       const std::vector<std::string>& wanted) {
  std::vector<size_t> chosen;
  for (const std::string& name : wanted) {
    const auto column = ColumnNamed(columns, name);
    if (!column) {
      return std::unexpected("there is no column \"" + name + "\"; there are " + Quoted(columns) +
                             ".");
    }
    chosen.push_back(*column);
  }
  if (!chosen.empty()) return chosen;
  for (const char* usual : {"name", "full name", "attendee", "enw"}) {
    if (const auto column = ColumnNamed(columns, usual)) return std::vector{*column};
  }
  return std::vector<size_t>{0};
}

std::string NameIn(const Record& record, const std::vector<size_t>& chosen) {
  std::string name;
  for (const size_t column : chosen) {
    if (column >= record.fields.size()) continue;
    std::istringstream words(record.fields[column]);
    for (std::string word; words >> word;) name += (name.empty() ? "" : " ") + word;
  }
  return CleanText(name, kLongestName);
}

}  // namespace

std::expected<AttendeeList, std::string> ReadAttendees(std::string_view csv,
                                                       const std::vector<std::string>& columns) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (csv.starts_with(kMark)) csv.remove_prefix(kMark.size());
  if (auto fault = FaultOfUtf8(csv)) return std::unexpected(*std::move(fault));
  auto records = Reader(csv, SeparatorOf(csv)).All();
  if (!records) return std::unexpected(records.error());
  if (records->empty()) return std::unexpected("the list is empty.");
  AttendeeList list;
  for (const std::string& column : records->front().fields) {
    list.columns.push_back(CleanText(column, kLongestName));
  }
  auto chosen = Choose(list.columns, columns);
  if (!chosen) return std::unexpected(chosen.error());
  list.chosen = *std::move(chosen);
  std::map<std::string, size_t> seen;
  for (size_t i = 1; i < records->size(); ++i) {
    const Record& record = (*records)[i];
    const std::string name = NameIn(record, list.chosen);
    const bool blank = std::ranges::all_of(record.fields, &std::string::empty);
    if (name.empty()) {
      list.notes.push_back({record.line, blank ? "is empty." : "has no name; left out."});
      continue;
    }
    if (record.fields.size() != list.columns.size()) {
      list.notes.push_back({record.line, "has " + std::to_string(record.fields.size()) +
                                             " fields, and the first line has " +
                                             std::to_string(list.columns.size()) + "."});
    }
    const auto [same, is_new] = seen.emplace(Lower(name), record.line);
    if (!is_new) {
      list.notes.push_back({record.line, "has the same name as line " +
                                             std::to_string(same->second) + "; both get a badge."});
    }
    list.names.push_back(name);
  }
  return list;
}

}  // namespace plenum
