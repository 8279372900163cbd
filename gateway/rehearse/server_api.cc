#include "gateway/rehearse/server_api.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "gateway/http_client.h"
#include "schema/json.h"

namespace plenum::rehearse {
namespace {

constexpr auto kWaitForServer = std::chrono::seconds(60);
constexpr auto kTryAgainAfter = std::chrono::milliseconds(200);
constexpr int kUnavailable = 503;
constexpr size_t kCodesAtOnce = 500;

using Answer = std::expected<HttpResponse, std::string>;

// Asks until there is an answer: the server may be starting again, or be busy.
Answer AskUntilAnswered(const std::function<Answer()>& ask) {
  const auto until = std::chrono::steady_clock::now() + kWaitForServer;
  while (true) {
    Answer response = ask();
    bool away = !response || response->status == kUnavailable;
    if (!away || std::chrono::steady_clock::now() > until) return response;
    std::this_thread::sleep_for(kTryAgainAfter);
  }
}

Answer Ask(const HttpRequest& request) {
  return AskUntilAnswered([&request] { return Fetch(request); });
}

std::string MemberOf(const json::Value& value, std::string_view key) {
  const json::Value* member = value.Find(key);
  return member != nullptr && member->AsString() != nullptr ? *member->AsString() : "";
}

std::map<std::string, std::string> StringsOf(const json::Value& value, std::string_view key) {
  std::map<std::string, std::string> strings;
  const json::Value* member = value.Find(key);
  if (member == nullptr || member->AsObject() == nullptr) return strings;
  for (const auto& [name, text] : *member->AsObject()) {
    if (text.AsString() != nullptr) strings[name] = *text.AsString();
  }
  return strings;
}

// The server's own sentence about what went wrong.
std::string Explain(const std::string& what, const HttpResponse& response) {
  std::string text = what + " (HTTP " + std::to_string(response.status) + ")";
  std::expected<json::Value, json::Error> body = json::Parse(response.body);
  if (!body) return text + ".";
  if (std::string said = MemberOf(*body, "text"); !said.empty()) return text + ": " + said;
  const json::Value* problems = body->Find("problems");
  if (problems != nullptr && problems->AsArray() != nullptr && !problems->AsArray()->empty()) {
    const json::Value& first = problems->AsArray()->front();
    return text + ": " + MemberOf(first, "pointer") + " " + MemberOf(first, "text");
  }
  return text + ".";
}

}  // namespace

ServerApi::ServerApi(std::string url, std::string organiser_token)
    : url_(url.substr(0, url.find_last_not_of('/') + 1)),
      organiser_token_(std::move(organiser_token)) {}

std::expected<MadeRoom, std::string> ServerApi::MakeRoom(const std::string& run_sheet) const {
  HttpRequest request;
  request.method = "POST";
  request.url = url_ + "/api/v1/rooms";
  request.bearer = organiser_token_;
  request.body = run_sheet;
  // Not asked again when there is no answer: it might make a second room.
  std::expected<HttpResponse, std::string> response = Fetch(request);
  if (!response) return std::unexpected(response.error());
  if (response->status != 201)
    return std::unexpected(Explain("The server made no room", *response));
  std::expected<json::Value, json::Error> body = json::Parse(response->body);
  if (!body) return std::unexpected("The server's answer is not JSON: " + body.error().what);
  MadeRoom made;
  made.room.room = MemberOf(*body, "room");
  made.room.code = MemberOf(*body, "code");
  made.room.links = StringsOf(*body, "links");
  made.tokens = StringsOf(*body, "tokens");
  for (const char* role : {"presenter", "display", "producer", "moderator", "keyer"}) {
    if (!made.tokens.contains(role))
      return std::unexpected(std::string("The server gave no token for a ") + role + ".");
  }
  return made;
}

std::expected<std::string, std::string> ServerApi::Join(const std::string& code,
                                                        const std::string& personal) const {
  HttpRequest request;
  request.method = "POST";
  request.url = url_ + "/api/v1/join";
  json::Writer body_writer;
  body_writer.BeginObject().Key("code").String(code);
  if (!personal.empty()) body_writer.Key("personal").String(personal);
  request.body = body_writer.EndObject().Take();
  std::expected<HttpResponse, std::string> response = Ask(request);
  if (!response) return std::unexpected(response.error());
  if (response->status != 200 && response->status != 201)
    return std::unexpected(Explain("Nobody can join", *response));
  std::expected<json::Value, json::Error> body = json::Parse(response->body);
  std::string token = body ? MemberOf(*body, "token") : "";
  if (token.empty()) return std::unexpected("The server's answer to joining holds no token.");
  return token;
}

std::expected<std::vector<std::string>, std::string> ServerApi::PersonalCodes(const MadeRoom& made,
                                                                              size_t count) const {
  std::vector<std::string> codes;
  while (codes.size() < count) {
    const size_t last = std::min(count, codes.size() + kCodesAtOnce);
    HttpRequest request;
    request.url = url_ + "/api/v1/rooms/" + made.room.room + "/codes/" +
                  std::to_string(codes.size() + 1) + "-" + std::to_string(last);
    request.bearer = made.tokens.at("producer");
    const Answer response = Ask(request);
    if (!response) return std::unexpected(response.error());
    if (response->status != 200)
      return std::unexpected(Explain("There are no personal codes", *response));
    auto body = json::Parse(response->body);
    const json::Value* list = body ? body->Find("codes") : nullptr;
    if (list == nullptr || list->AsArray() == nullptr || list->AsArray()->empty())
      return std::unexpected("The server's answer holds no personal codes.");
    for (const json::Value& code : *list->AsArray()) {
      codes.push_back(code.AsString() != nullptr ? *code.AsString() : "");
    }
  }
  return codes;
}

std::expected<void, std::string> ServerApi::Export(
    const std::string& room, const std::string& token,
    const std::function<bool(std::string_view)>& write) const {
  HttpRequest request;
  request.url = url_ + "/api/v1/rooms/" + room + "/export";
  request.bearer = token;
  request.timeout = std::chrono::minutes(2);
  std::string events;  // from the beginning again, when the server ends in the middle
  const Answer response = AskUntilAnswered([&request, &events] {
    events.clear();
    return FetchTo(request, [&events](std::string_view piece) {
      events += piece;
      return true;
    });
  });
  if (!response) return std::unexpected(response.error());
  if (response->status != 200)
    return std::unexpected(Explain("The room's events were not exported", *response));
  write(events);
  return {};
}

}  // namespace plenum::rehearse
