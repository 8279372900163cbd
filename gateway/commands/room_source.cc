#include "gateway/commands/room_source.h"

#include <iostream>
#include <utility>

#include "gateway/commands/commands.h"
#include "schema/json.h"

namespace plenum {
namespace {

constexpr std::chrono::milliseconds kLongTime{600'000};

std::expected<std::string, std::string> LookUp(const std::string& url, const std::string& code) {
  HttpRequest request;
  request.url = url + "/api/v1/codes/" + code;
  auto found = Ask(request, {});
  if (!found) return std::unexpected(found.error());
  auto body = json::Parse(found->body);
  const json::Value* id = body ? body->Find("room") : nullptr;
  if (!id || !id->AsString()) return std::unexpected("The server's answer is not valid.");
  return *id->AsString();
}

}  // namespace

void AddRoomSourceFlags(CLI::App& command, RoomSourceFlags& flags) {
  command.add_option("--url", flags.url, "From this server, with an auditor's token");
  flags.storage.data.clear();
  AddStorageFlags(command, flags.storage);
  command.get_option("--data")->description("From this data folder, while no server runs on it");
  AddTokenFlags(command, flags.token, flags.token_file, "The auditor's or producer's token");
  command.add_option("--room", flags.room, "The room: 32 hex digits, or its join code");
}

std::expected<HttpResponse, std::string> Ask(const HttpRequest& request,
                                             const std::function<bool(std::string_view)>& write) {
  auto response = write ? FetchTo(request, write) : Fetch(request);
  if (!response || response->status == 200) return response;
  auto body = json::Parse(response->body);
  const json::Value* text = body ? body->Find("text") : nullptr;
  return std::unexpected(text && text->AsString()
                             ? *text->AsString()
                             : "The server answered " + std::to_string(response->status) + ".");
}

std::expected<HttpRequest, std::string> RequestOfRoom(const RoomSourceFlags& flags) {
  auto token = TokenFrom(flags.token, flags.token_file);
  if (!token) return std::unexpected(token.error());
  std::string room = flags.room;
  if (IsJoinCode(room)) {
    auto found = LookUp(flags.url, room);
    if (!found) return std::unexpected(found.error());
    room = *std::move(found);
  }
  HttpRequest request;
  request.timeout = kLongTime;
  request.bearer = *token;
  request.url = flags.url + "/api/v1/rooms/" + room;
  return request;
}

OfflineRoom::OfflineRoom(Storage storage, ReadModels models)
    : storage_(std::move(storage)),
      models_(std::move(models)),
      projector_(*storage_.log, *models_.store, texts_, sink_) {}

std::expected<std::unique_ptr<OfflineRoom>, std::string> OfflineRoom::Open(
    const RoomSourceFlags& flags) {
  auto options = ToStorageOptions(flags.storage);
  if (!options) return std::unexpected(options.error());
  auto storage = OpenStorage(*options, false);
  if (!storage) return std::unexpected(storage.error());
  auto models = OpenReadModels(options->data / kReadModelsFolder, *storage->log);
  if (!models) return std::unexpected(models.error());
  if (!models->set_aside.empty()) std::cerr << "plenum: " << models->set_aside << "\n";
  std::unique_ptr<OfflineRoom> opened(new OfflineRoom(*std::move(storage), *std::move(models)));
  if (auto folded = opened->Fold(flags.room); !folded) return std::unexpected(folded.error());
  return opened;
}

std::expected<void, std::string> OfflineRoom::Fold(const std::string& room) {
  if (auto started = projector_.Start(); !started) return started;
  for (Partition partition : storage_.log->Partitions()) {
    std::expected<bool, std::string> at_end = false;
    while (at_end && !*at_end) at_end = projector_.CatchUp(partition);
    if (!at_end) return std::unexpected(at_end.error());
  }
  auto found = RoomId::FromHex(room);
  if (!found) found = projector_.directory().RoomOf(room);
  if (!found || !projector_.Find(*found)) return std::unexpected("There is no such room.");
  room_ = *found;
  return {};
}

}  // namespace plenum
