#include "gateway/rehearse/rehearse.h"

#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/rehearse_flags.h"
#include "schema/json.h"

namespace plenum {

void AddRehearseFlags(CLI::App& command, RehearseOptions& options) {
  command.add_option("--day", options.day, "A run sheet, or -; without: the built-in day");
  command.add_option("--attendees", options.attendees, "How many people")->capture_default_str();
  command
      .add_option("--speed", options.speed,
                  "1: as slow as in the room; 60: a minute a second; 0: full speed")
      ->capture_default_str();
  command.add_option("--seed", options.seed, "Of all that is random")->capture_default_str();
  command.add_option("--displays", options.displays, "How many displays watch")
      ->capture_default_str();
  command.add_flag("--random", options.random, "Any results, not the published ones of the day");
  command.add_flag("--random-day", options.random_day,
                   "Any results of a day that is made up from the seed, of every method");
  command.add_flag("--whole", options.whole, "Every activity, none left out by chance");
  command.add_flag(
      "--follow", options.follow,
      "Somebody else leads the day, in a browser: only play the people, and end with it");
  command.add_option("--without", options.without,
                     "With --follow: leave so many of the people to others, in browsers");
  command.add_option(
      "--their-part", options.their_part_to,
      "With --follow: write what these would do, and who leads, to this file (JSON)");
  command.add_flag("--json", options.json, "Print one JSON object");
  command.add_option("--export", options.export_to, "Write the room's events to this file");
  command.add_option("--history", options.history_to,
                     "Write what every client sent and was told to this file (it holds tokens)");
}

namespace {

void PrintRoom(const RehearsedRoom& room) {
  json::Writer writer;
  writer.BeginObject().Key("room").String(room.room).Key("code").String(room.code);
  writer.Key("links").BeginObject();
  for (const auto& [role, link] : room.links) writer.Key(role).String(link);
  writer.EndObject().EndObject();
  std::cout << writer.Take() << std::endl;
}

}  // namespace

Subcommand AddRehearse(CLI::App& app) {
  struct Rehearse {
    RehearseOptions options;
    std::string token_file;
    bool tells_room = false;
  };
  auto rehearse = std::make_shared<Rehearse>();
  RehearseOptions& options = rehearse->options;
  options.url = "http://127.0.0.1:8080";
  CLI::App* command = app.add_subcommand(
      "rehearse", "Play a day with simulated people over real WebSockets, and recount everything");
  command->add_option("--url", options.url, "The server")->capture_default_str();
  AddTokenFlags(*command, options.token, rehearse->token_file, "The organiser's token");
  AddRehearseFlags(*command, options);
  command->add_flag("--tell-room", rehearse->tells_room,
                    "Print the room as one line of JSON, too, before anybody joins it");
  command->add_option("--burst", options.burst, "Instead: so many people vote at once");
  command->add_option("--within-ms", options.within_ms, "…within this time")->capture_default_str();
  command->add_option("--idle", options.idle, "Instead: so many connections that do nothing");
  command->add_option("--hold-ms", options.hold_ms, "…for this time")->capture_default_str();
  command->footer(
      "Ends with 0 if nothing was lost, counted twice or different; 1 if something was; 2 if it\n"
      "could not be run.");
  return {command, [rehearse] {
            auto token = TokenFrom(rehearse->options.token, rehearse->token_file);
            if (!token) return Fail(token.error(), kExitUsage);
            rehearse->options.token = *token;
            if (rehearse->tells_room) rehearse->options.on_room = PrintRoom;
            return RunRehearse(rehearse->options, std::cout);
          }};
}

}  // namespace plenum
