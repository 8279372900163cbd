#include "gateway/commands/print_source.h"

#include "gateway/commands/commands.h"
#include "schema/json.h"

namespace plenum {

void AddPrintFlags(CLI::App& command, PrintFlags& flags) {
  flags.source.url = "http://127.0.0.1:8080";
  flags.source.storage.data.clear();
  command.add_option("--url", flags.source.url, "The server")->capture_default_str();
  command.add_option("--room", flags.source.room, "The room: 32 hex digits, or its join code");
  AddTokenFlags(command, flags.source.token, flags.source.token_file,
                "The organiser's, producer's or presenter's token");
  command.add_option("--paper", flags.paper, "a4 or a3")
      ->check(CLI::IsMember({"a4", "a3"}))
      ->capture_default_str();
}

std::expected<PrintRoom, std::string> PrintRoom::Open(const PrintFlags& flags) {
  if (flags.source.room.empty()) return std::unexpected("which room? Give --room.");
  auto request = RequestOfRoom(flags.source);
  if (!request) return std::unexpected(request.error());
  PrintRoom room(*std::move(request));
  auto text = room.Get("/print");
  if (!text) return std::unexpected(text.error());
  auto offer = ParsePrintOffer(*text);
  if (!offer) return std::unexpected(offer.error());
  room.offer_ = *std::move(offer);
  return room;
}

std::expected<std::string, std::string> PrintRoom::Get(const std::string& path) const {
  HttpRequest request = room_;
  request.url += path;
  auto answer = Ask(request, {});
  if (!answer) return std::unexpected(answer.error());
  return std::move(answer->body);
}

std::expected<std::string, std::string> PrintRoom::Document(const std::string& name,
                                                            Paper paper) const {
  return Get(std::string("/print/") + (paper == Paper::kA3 ? "a3/" : "a4/") + name);
}

std::expected<std::vector<std::string>, std::string> PrintRoom::Codes(uint32_t first,
                                                                      uint32_t last) const {
  std::vector<std::string> codes;
  while (first <= last) {
    const uint32_t to = std::min(last, first + kMostPrinted - 1);
    auto text = Get("/codes/" + std::to_string(first) + "-" + std::to_string(to));
    if (!text) return std::unexpected(text.error());
    auto body = json::Parse(*text);
    const json::Value* list = body ? body->Find("codes") : nullptr;
    const json::Array* array = list ? list->AsArray() : nullptr;
    if (array == nullptr || array->size() != to - first + 1) {
      return std::unexpected("The server's answer is not valid.");
    }
    for (const json::Value& code : *array) {
      if (code.AsString()) codes.push_back(*code.AsString());
    }
    first = to + 1;
  }
  return codes;
}

}  // namespace plenum
