#include "projector/export.h"

#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/out_file.h"
#include "gateway/commands/room_source.h"

namespace plenum {
namespace {

struct Export {
  RoomSourceFlags source;
  std::string format = "ndjson";
  std::string out = "-";
};

// Beside an export stands where the room stood: what `audit` compares first.
std::expected<void, std::string> WriteState(const Export& chosen, const std::string& state) {
  if (chosen.out == "-") return {};
  OutFile file(chosen.out + ".state.json");
  file.stream() << state << "\n";
  return file.Finish();
}

std::expected<void, std::string> ExportFromServer(const Export& chosen) {
  auto request = RequestOfRoom(chosen.source);
  if (!request) return std::unexpected(request.error());
  const std::string base = request->url;
  // First the state: the export then holds at least what the state is of.
  request->url = base + "/state";
  auto state = Ask(*request, {});
  if (!state) return std::unexpected(state.error());
  OutFile file(chosen.out);
  request->url = base + "/export";
  auto exported = Ask(*request, [&file](std::string_view bytes) {
    file.stream() << bytes;
    return static_cast<bool>(file.stream());
  });
  if (!exported) return std::unexpected(exported.error());
  if (auto finished = file.Finish(); !finished) return finished;
  return WriteState(chosen, state->body);
}

std::expected<void, std::string> ExportFromFolder(const Export& chosen) {
  auto opened = OfflineRoom::Open(chosen.source);
  if (!opened) return std::unexpected(opened.error());
  OutFile file(chosen.out);
  auto status = ExportRoom((*opened)->projector(), (*opened)->room(), file.stream());
  if (!status) return std::unexpected(status.error());
  if (auto finished = file.Finish(); !finished) return finished;
  return WriteState(chosen, EncodeStatus(*status));
}

int RunExport(const Export& chosen) {
  if (chosen.source.url.empty() == chosen.source.storage.data.empty()) {
    return Fail("export takes either --url or --data.", kExitUsage);
  }
  auto exported = chosen.source.url.empty() ? ExportFromFolder(chosen) : ExportFromServer(chosen);
  if (!exported) return Fail(exported.error());
  return kExitOk;
}

}  // namespace

Subcommand AddExport(CLI::App& app) {
  auto chosen = std::make_shared<Export>();
  CLI::App* command = app.add_subcommand(
      "export", "Write the events of a room, exactly as they are in the log, one a line");
  AddRoomSourceFlags(*command, chosen->source);
  command->get_option("--room")->required();
  command->add_option("--format", chosen->format, "ndjson")
      ->check(CLI::IsMember({"ndjson"}))
      ->capture_default_str();
  command
      ->add_option("-o,--out", chosen->out,
                   "File; beside it goes FILE.state.json, for audit. - for standard output")
      ->capture_default_str();
  return {command, [chosen] { return RunExport(*chosen); }};
}

}  // namespace plenum
