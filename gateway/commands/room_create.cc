#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/http_client.h"
#include "schema/json.h"

namespace plenum {
namespace {

struct RoomCreate {
  std::string sheet;
  std::string url = "http://127.0.0.1:8080";
  std::string token;
  std::string token_file;
  bool json = false;
};

std::string TextIn(const json::Value& value, std::string_view key) {
  const json::Value* found = value.Find(key);
  const std::string* text = found ? found->AsString() : nullptr;
  return text ? *text : std::string();
}

int64_t NumberIn(const json::Value& value, std::string_view key) {
  const json::Value* found = value.Find(key);
  const int64_t* number = found ? found->AsInt() : nullptr;
  return number ? *number : 0;
}

int PrintRefusal(const RoomCreate& create, const HttpResponse& response) {
  auto body = json::Parse(response.body);
  const json::Value* problems = body ? body->Find("problems") : nullptr;
  if (problems && problems->AsArray()) {
    for (const json::Value& problem : *problems->AsArray()) {
      std::cerr << create.sheet << ":" << NumberIn(problem, "line") << ":"
                << NumberIn(problem, "column") << ": " << TextIn(problem, "text") << " ("
                << TextIn(problem, "pointer") << ")\n";
    }
    return Fail("the run sheet has mistakes; no room was made.");
  }
  std::string text = body ? TextIn(*body, "text") : std::string();
  if (text.empty()) text = "the server answered " + std::to_string(response.status) + ".";
  return Fail(text);
}

int RunRoomCreate(RoomCreate& create) {
  auto sheet = ReadFile(create.sheet);
  if (!sheet) return Fail(sheet.error());
  auto token = TokenFrom(create.token, create.token_file);
  if (!token) return Fail(token.error(), kExitUsage);
  HttpRequest request;
  request.method = "POST";
  request.url = create.url + "/api/v1/rooms";
  request.bearer = *token;
  request.body = *sheet;
  auto response = Fetch(request);
  if (!response) return Fail(response.error());
  if (response->status != 201) return PrintRefusal(create, *response);
  if (create.json) {
    std::cout << response->body << "\n";
    return kExitOk;
  }
  auto made = json::Parse(response->body);
  if (!made) return Fail("the server's answer is not valid: " + made.error().what);
  std::cout << "join code  " << TextIn(*made, "code") << "\n"
            << "room       " << TextIn(*made, "room") << "\n";
  const json::Value* links = made->Find("links");
  if (!links || !links->AsObject()) return kExitOk;
  for (const auto& [role, link] : *links->AsObject()) {
    if (!link.AsString()) continue;
    std::cout << role << std::string(role.size() < 11 ? 11 - role.size() : 1, ' ')
              << *link.AsString() << "\n";
  }
  return kExitOk;
}

}  // namespace

Subcommand AddRoomCreate(CLI::App& app) {
  auto create = std::make_shared<RoomCreate>();
  CLI::App* room = app.add_subcommand("room", "Make rooms");
  room->require_subcommand(1);
  CLI::App* command = room->add_subcommand(
      "create", "Make a room from a run sheet; prints its join code and a link for each role");
  command->add_option("RUNSHEET", create->sheet, "The run sheet (JSON); - for standard input")
      ->required();
  command->add_option("--url", create->url, "The server")->capture_default_str();
  AddTokenFlags(*command, create->token, create->token_file, "The organiser's token");
  command->add_flag("--json", create->json, "Print the server's answer, one JSON object");
  return {command, [create] { return RunRoomCreate(*create); }};
}

}  // namespace plenum
