#include "projector/record/writers.h"

#include <algorithm>
#include <array>

namespace plenum {
namespace {

struct Format {
  RecordFormat format;
  std::string_view name;
  std::string_view content_type;
};

constexpr auto kFormats = std::to_array<Format>({
    {RecordFormat::kHtml, "html", "text/html; charset=utf-8"},
    {RecordFormat::kCsv, "csv", "text/csv; charset=utf-8; header=present"},
    {RecordFormat::kJson, "json", "application/json"},
    {RecordFormat::kMarkdown, "md", "text/markdown; charset=utf-8"},
    {RecordFormat::kXlsx, "xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
});

const Format& EntryOf(RecordFormat format) {
  return *std::ranges::find(kFormats, format, &Format::format);
}

}  // namespace

std::string_view FormatName(RecordFormat format) { return EntryOf(format).name; }

std::optional<RecordFormat> ParseFormat(std::string_view name) {
  const auto it = std::ranges::find(kFormats, name, &Format::name);
  if (it == kFormats.end()) return std::nullopt;
  return it->format;
}

std::optional<RecordFormat> FormatOfFile(std::string_view path) {
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view ending = path.substr(dot + 1);
  if (ending == "htm") return RecordFormat::kHtml;
  if (ending == "markdown") return RecordFormat::kMarkdown;
  return ParseFormat(ending);
}

std::string_view ContentTypeOf(RecordFormat format) { return EntryOf(format).content_type; }

std::expected<std::string, std::string> WriteRecord(const Record& record, RecordFormat format) {
  switch (format) {
    case RecordFormat::kHtml:
      return WriteHtml(record);
    case RecordFormat::kCsv:
      return WriteCsv(record);
    case RecordFormat::kJson:
      return WriteJson(record);
    case RecordFormat::kMarkdown:
      return WriteMarkdown(record);
    case RecordFormat::kXlsx:
      return WriteXlsx(record);
  }
  return std::unexpected("There is no such format.");
}

}  // namespace plenum
