#include <fstream>
#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/out_file.h"
#include "gateway/commands/report_edit.h"
#include "gateway/commands/room_source.h"
#include "gateway/vault_texts.h"
#include "projector/record/additions.h"
#include "projector/record/record_builder.h"
#include "projector/record/writers.h"

namespace plenum {
namespace {

struct Report {
  RoomSourceFlags source;
  std::string file;  // an export, instead
  std::string format;
  std::string language;
  std::string out = "-";
  std::string figures;  // a file of what the organisers add
  RecordEdit edit;
};

// In the language of the report; every mistake on a line of its own, with its place.
std::expected<Additions, std::string> AdditionsFor(const Report& chosen,
                                                   std::string_view language) {
  if (chosen.figures.empty()) return Additions{};
  const auto text = ReadFile(chosen.figures);
  if (!text) return std::unexpected(text.error());
  auto additions = ParseAdditions(*text, chosen.language.empty() ? language : chosen.language);
  if (!additions) return std::unexpected(ProblemsIn(chosen.figures, additions.error()));
  return *std::move(additions);
}

std::expected<RecordFormat, std::string> FormatOf(const Report& chosen) {
  if (!chosen.format.empty()) return *ParseFormat(chosen.format);
  if (auto format = FormatOfFile(chosen.out)) return *format;
  return std::unexpected(
      "which format? Give --format, or a file that ends in .html, .csv, .json, "
      ".md or .xlsx.");
}

std::expected<std::string, std::string> ReportFromServer(const Report& chosen,
                                                         RecordFormat format) {
  auto request = RequestOfRoom(chosen.source);
  if (!request) return std::unexpected(request.error());
  request->url += "/report.";
  if (!chosen.language.empty()) request->url += chosen.language + ".";
  request->url += FormatName(format);
  std::string bytes;
  auto answer = Ask(*request, [&bytes](std::string_view piece) {
    bytes += piece;
    return true;
  });
  if (!answer) return std::unexpected(answer.error());
  return bytes;
}

std::expected<std::string, std::string> ReportFromFolder(const Report& chosen,
                                                         RecordFormat format) {
  auto opened = OfflineRoom::Open(chosen.source);
  if (!opened) return std::unexpected(opened.error());
  Projector& projector = (*opened)->projector();
  const RoomId& room = (*opened)->room();
  Storage& storage = (*opened)->storage();
  const RoomKeys keys(*storage.vault, storage.keys.master);
  VaultTexts texts(*storage.vault, keys);
  const Room* const whole = projector.Find(room);
  const bool has_language = whole && !whole->state().languages.empty();
  auto additions = AdditionsFor(chosen, has_language ? whole->state().languages.front() : "en");
  if (!additions) return std::unexpected(additions.error());
  Room folded(room);
  RecordBuilder builder(texts, {.code = projector.directory().CodeOf(room).value_or(""),
                                .language = chosen.language,
                                .additions = *std::move(additions)});
  for (uint64_t index = 0; index < projector.Status(room)->index;) {
    auto entries = projector.ReadRoom(room, index, limits::kReadEvents);
    if (!entries) return std::unexpected(entries.error());
    if (entries->empty()) return std::unexpected("The room's log has ended too early.");
    for (const std::string& entry : *entries) builder.Fold(entry, folded);
    index += entries->size();
  }
  return WriteRecord(builder.Finish(folded), format);
}

// An export has no texts: the sheet's own items have titles, contributions have none.
std::expected<std::string, std::string> ReportFromExport(const Report& chosen,
                                                         RecordFormat format) {
  std::ifstream file;
  if (chosen.file != "-") {
    file.open(chosen.file, std::ios::binary);
    if (!file) return std::unexpected(chosen.file + " cannot be read.");
  }
  NoTexts texts;
  auto additions = AdditionsFor(chosen, "en");
  if (!additions) return std::unexpected(additions.error());
  RecordBuilder builder(texts, {.language = chosen.language,
                                .no_text = "(text not in the export)",
                                .additions = *std::move(additions)});
  auto room =
      Replay(chosen.file == "-" ? std::cin : file, {},
             [&](const ReplayedEntry& entry, Room& folded) { builder.OnEntry(entry, folded); });
  if (!room) return std::unexpected(room.error() + ".");
  return WriteRecord(builder.Finish(*room), format);
}

int RunReport(const Report& chosen) {
  if (chosen.edit.IsAsked()) return EditRecord(chosen.edit, chosen.source, chosen.figures);
  const RoomSourceFlags& source = chosen.source;
  const int sources = !source.url.empty() + !source.storage.data.empty() + !chosen.file.empty();
  if (sources != 1) {
    return Fail("report takes one of --url, --data, or the file of an export.", kExitUsage);
  }
  if (chosen.file.empty() == source.room.empty()) {
    return Fail(
        source.room.empty() ? "report needs --room." : "an export is of one room: no --room.",
        kExitUsage);
  }
  if (!source.url.empty() && !chosen.figures.empty()) {
    return Fail("--figures goes with --data, with an export, or with report approve.", kExitUsage);
  }
  auto format = FormatOf(chosen);
  if (!format) return Fail(format.error(), kExitUsage);
  OutFile out(chosen.out);
  auto bytes = !chosen.file.empty() ? ReportFromExport(chosen, *format)
               : source.url.empty() ? ReportFromFolder(chosen, *format)
                                    : ReportFromServer(chosen, *format);
  if (!bytes) return Fail(bytes.error());
  out.stream() << *bytes;
  if (auto finished = out.Finish(); !finished) return Fail(finished.error());
  return kExitOk;
}

}  // namespace

Subcommand AddReport(CLI::App& app) {
  auto chosen = std::make_shared<Report>();
  CLI::App* command =
      app.add_subcommand("report", "Write the record of the day: a document to print, or tables");
  AddRoomSourceFlags(*command, chosen->source);
  command->add_option("FILE", chosen->file,
                      "Instead of a server or a folder: an export, which has no texts");
  command->add_option("--format", chosen->format, "html, csv, json, md or xlsx; else by the file")
      ->check(CLI::IsMember({"html", "csv", "json", "md", "xlsx"}));
  command->add_option("--language", chosen->language,
                      "Which of the room's languages; else its first");
  command->add_option(
      "--figures", chosen->figures,
      "Figures from elsewhere with their source, and texts of the organisers: JSON");
  command->add_option("-o,--out", chosen->out, "File; - for standard output")
      ->capture_default_str();
  AddRecordEdits(*command, chosen->edit);
  return {command, [chosen] { return RunReport(*chosen); }};
}

}  // namespace plenum
