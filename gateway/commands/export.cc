#include "projector/export.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/http_client.h"
#include "gateway/storage.h"
#include "projector/read_models.h"
#include "projector/replay.h"
#include "schema/json.h"

namespace plenum {
namespace {

struct Export {
  std::string url;
  StorageFlags storage;
  std::string token;
  std::string token_file;
  std::string room;
  std::string format = "ndjson";
  std::string out = "-";
};

constexpr std::chrono::milliseconds kLongTime{600'000};

// Written beside its name, and renamed once it is whole.
class OutFile {
 public:
  explicit OutFile(std::string path) : path_(std::move(path)) {
    if (path_ != "-") file_.open(path_ + ".part", std::ios::binary | std::ios::trunc);
  }
  ~OutFile() {
    if (path_ != "-" && !whole_) ::unlink((path_ + ".part").c_str());
  }
  std::ostream& stream() { return path_ == "-" ? std::cout : file_; }
  std::expected<void, std::string> Finish() {
    stream().flush();
    bool fine = static_cast<bool>(stream());
    if (fine && path_ != "-") fine = ::rename((path_ + ".part").c_str(), path_.c_str()) == 0;
    if (!fine) return std::unexpected(path_ + " cannot be written.");
    whole_ = true;
    return {};
  }

 private:
  std::string path_;
  std::ofstream file_;
  bool whole_ = false;
};

// Beside an export stands where the room stood: what `audit` compares first.
std::expected<void, std::string> WriteState(const Export& chosen, const std::string& state) {
  if (chosen.out == "-") return {};
  OutFile file(chosen.out + ".state.json");
  file.stream() << state << "\n";
  return file.Finish();
}

std::expected<HttpResponse, std::string> Get(HttpRequest request,
                                             const std::function<bool(std::string_view)>& write) {
  auto response = FetchTo(request, write);
  if (!response || response->status == 200) return response;
  auto body = json::Parse(response->body);
  const json::Value* text = body ? body->Find("text") : nullptr;
  return std::unexpected(text && text->AsString()
                             ? *text->AsString()
                             : "The server answered " + std::to_string(response->status) + ".");
}

std::expected<void, std::string> ExportFromServer(const Export& chosen) {
  auto token = TokenFrom(chosen.token, chosen.token_file);
  if (!token) return std::unexpected(token.error());
  HttpRequest request;
  request.timeout = kLongTime;
  request.bearer = *token;
  std::string room = chosen.room;
  if (IsJoinCode(room)) {
    request.url = chosen.url + "/api/v1/codes/" + room;
    auto found = Get(request, {});
    if (!found) return std::unexpected(found.error());
    auto body = json::Parse(found->body);
    const json::Value* id = body ? body->Find("room") : nullptr;
    if (!id || !id->AsString()) return std::unexpected("The server's answer is not valid.");
    room = *id->AsString();
  }
  std::string base = chosen.url + "/api/v1/rooms/" + room;
  // First the state: the export then holds at least what the state is of.
  request.url = base + "/state";
  auto state = Get(request, {});
  if (!state) return std::unexpected(state.error());
  OutFile file(chosen.out);
  request.url = base + "/export";
  auto exported = Get(request, [&file](std::string_view bytes) {
    file.stream() << bytes;
    return static_cast<bool>(file.stream());
  });
  if (!exported) return std::unexpected(exported.error());
  if (auto finished = file.Finish(); !finished) return finished;
  return WriteState(chosen, state->body);
}

std::expected<void, std::string> ExportFromFolder(const Export& chosen) {
  auto options = ToStorageOptions(chosen.storage);
  if (!options) return std::unexpected(options.error());
  auto storage = OpenStorage(*options, false);
  if (!storage) return std::unexpected(storage.error());
  auto models = OpenReadModels(options->data / kReadModelsFolder, *storage->log);
  if (!models) return std::unexpected(models.error());
  if (!models->set_aside.empty()) std::cerr << "plenum: " << models->set_aside << "\n";
  NoTexts texts;
  NoSink sink;
  Projector projector(*storage->log, *models->store, texts, sink);
  if (auto started = projector.Start(); !started) return started;
  for (Partition partition : storage->log->Partitions()) {
    std::expected<bool, std::string> at_end = false;
    while (at_end && !*at_end) at_end = projector.CatchUp(partition);
    if (!at_end) return std::unexpected(at_end.error());
  }
  auto room = RoomId::FromHex(chosen.room);
  if (!room) room = projector.directory().RoomOf(chosen.room);
  if (!room || !projector.Find(*room)) return std::unexpected("There is no such room.");
  OutFile file(chosen.out);
  auto status = ExportRoom(projector, *room, file.stream());
  if (!status) return std::unexpected(status.error());
  if (auto finished = file.Finish(); !finished) return finished;
  return WriteState(chosen, EncodeStatus(*status));
}

int RunExport(const Export& chosen) {
  if (chosen.url.empty() == chosen.storage.data.empty()) {
    return Fail("export takes either --url or --data.", kExitUsage);
  }
  auto exported = chosen.url.empty() ? ExportFromFolder(chosen) : ExportFromServer(chosen);
  if (!exported) return Fail(exported.error());
  return kExitOk;
}

}  // namespace

Subcommand AddExport(CLI::App& app) {
  auto chosen = std::make_shared<Export>();
  CLI::App* command = app.add_subcommand(
      "export", "Write the events of a room, exactly as they are in the log, one a line");
  command->add_option("--url", chosen->url, "From this server, with an auditor's token");
  chosen->storage.data.clear();
  AddStorageFlags(*command, chosen->storage);
  command->get_option("--data")->description("From this data folder, while no server runs on it");
  AddTokenFlags(*command, chosen->token, chosen->token_file, "The auditor's or producer's token");
  command->add_option("--room", chosen->room, "The room: 32 hex digits, or its join code")
      ->required();
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
