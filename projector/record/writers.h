// The record of the day in each of its formats.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "projector/record/record.h"

namespace plenum {

enum class RecordFormat : uint8_t { kHtml, kCsv, kJson, kMarkdown, kXlsx };

std::string_view FormatName(RecordFormat format);  // "html", "csv", "json", "md", "xlsx"
std::optional<RecordFormat> ParseFormat(std::string_view name);
std::optional<RecordFormat> FormatOfFile(std::string_view path);  // from its ending
std::string_view ContentTypeOf(RecordFormat format);

// The same bytes for the same record. The error is one sentence; only the spreadsheet has any, for
// it needs a temporary file.
std::expected<std::string, std::string> WriteRecord(const Record& record, RecordFormat format);

std::string WriteHtml(const Record& record);  // one file, which asks for no other
// How a Content-Security-Policy names the style sheet of such a file: "sha256-…".
std::string StyleHashOf(std::string_view html);
std::string WriteCsv(const Record& record);   // RFC 4180; no cell becomes a formula
std::string WriteJson(const Record& record);  // schema/json-schema/record.json
std::string WriteMarkdown(const Record& record);
std::expected<std::string, std::string> WriteXlsx(const Record& record);

}  // namespace plenum
