// Where a command finds a room: on a server, or in a data folder on which no server runs.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/commands/node_options.h"
#include "gateway/http_client.h"
#include "gateway/storage.h"
#include "projector/projector.h"
#include "projector/read_models.h"
#include "projector/replay.h"

namespace plenum {

struct RoomSourceFlags {
  std::string url;
  StorageFlags storage;
  std::string token;
  std::string token_file;
  std::string room;  // 32 hex digits, or the join code
};

// --url, --data and what belongs to it, --token, --token-file, --room.
void AddRoomSourceFlags(CLI::App& command, RoomSourceFlags& flags);

// What a server answers with 200: to `write` piece by piece, if it is given, else in the response.
// The error is a sentence; the server's own, if it said one.
std::expected<HttpResponse, std::string> Ask(const HttpRequest& request,
                                             const std::function<bool(std::string_view)>& write);

// A request of the room's own address, "…/api/v1/rooms/ROOM", with the token; a join code is looked
// up first.
std::expected<HttpRequest, std::string> RequestOfRoom(const RoomSourceFlags& flags);

// A data folder, opened, with all that its log holds folded.
class OfflineRoom {
 public:
  static std::expected<std::unique_ptr<OfflineRoom>, std::string> Open(
      const RoomSourceFlags& flags);

  Storage& storage() { return storage_; }
  Projector& projector() { return projector_; }
  const RoomId& room() const { return room_; }

 private:
  OfflineRoom(Storage storage, ReadModels models);
  std::expected<void, std::string> Fold(const std::string& room);

  Storage storage_;
  ReadModels models_;
  NoTexts texts_;
  NoSink sink_;
  Projector projector_;
  RoomId room_;
};

}  // namespace plenum
