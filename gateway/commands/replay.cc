#include "projector/replay.h"

#include <fstream>
#include <iostream>

#include "gateway/commands/commands.h"
#include "projector/projector.h"
#include "schema/json.h"

namespace plenum {
namespace {

struct ReplayFlags {
  std::string file;
  uint64_t at = 0;
  bool has_at = false;
  bool events = false;
  bool json = false;
};

void PrintEvent(const ReplayedEntry& entry) {
  std::cout << entry.outcome.index << "  "
            << (entry.event ? EventType(entry.event->payload) : std::string_view("(not an event)"))
            << "  " << OutcomeName(entry.outcome.code);
  if (entry.outcome.reason != Reason::kNone) std::cout << ": " << ReasonText(entry.outcome.reason);
  std::cout << "\n";
}

void PrintRoom(Room& room, bool as_json) {
  RoomStatus status{room.id(), room.size(), room.Root(), room.StateDigest(), room.state().rules};
  NoTexts texts;
  ViewContext context{room.id(), room.state(), "", texts};
  if (as_json) {
    json::Writer writer;
    writer.BeginObject();
    writer.Key("status").Raw(EncodeStatus(status));
    writer.Key("stage").Raw(BuildStageView(context));
    writer.Key("console").Raw(BuildConsoleView(context));
    writer.EndObject();
    std::cout << writer.Take() << "\n";
    return;
  }
  std::cout << "room     " << status.room.Hex() << "\n"
            << "entries  " << status.index << "\n"
            << "root     " << status.root.Hex() << "\n"
            << "state    " << status.state.Hex() << "\n";
  for (const ActivityId& id : room.state().order) {
    const Activity* activity = room.state().Find(id);
    std::cout << (id == room.state().current ? "* " : "  ") << id << ": "
              << PhaseName(activity->stage.phase);
    if (activity->stage.round > 0) std::cout << " " << activity->stage.round;
    std::cout << "\n";
  }
  std::cout << "stage    " << BuildStageView(context) << "\n";
}

int RunReplay(const ReplayFlags& flags) {
  std::ifstream file;
  if (flags.file != "-") {
    file.open(flags.file, std::ios::binary);
    if (!file) return Fail(flags.file + " cannot be read.");
  }
  std::optional<uint64_t> last;
  if (flags.has_at) last = flags.at;
  ReplayVisitor visit;
  if (flags.events && !flags.json) {
    visit = [](const ReplayedEntry& entry, Room&) { PrintEvent(entry); };
  }
  auto room = Replay(flags.file == "-" ? std::cin : file, last, visit);
  if (!room) return Fail(room.error());
  PrintRoom(*room, flags.json);
  return kExitOk;
}

}  // namespace

Subcommand AddReplay(CLI::App& app) {
  auto flags = std::make_shared<ReplayFlags>();
  CLI::App* command = app.add_subcommand(
      "replay", "Show the state and the views of an exported room at any of its events");
  command->add_option("FILE", flags->file, "An export; - for standard input")->required();
  CLI::Option* at = command->add_option("--at", flags->at, "After the event with this index");
  command->add_flag("--events", flags->events, "Print every event and what became of it");
  command->add_flag("--json", flags->json, "Print one JSON object: status and views");
  return {command, [flags, at] {
            flags->has_at = at->count() > 0;
            return RunReplay(*flags);
          }};
}

}  // namespace plenum
