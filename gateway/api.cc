#include "gateway/api.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "gateway/basic/desk.h"
#include "gateway/first_page.h"
#include "projector/directory.h"
#include "schema/json.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

namespace net = boost::asio;

constexpr std::string_view kApi = "/api/v1/";
constexpr std::string_view kRecord = "/record/";
constexpr std::chrono::milliseconds kLookAgain{200};
constexpr size_t kSmallBody = 4 * 1024;

HttpAnswer NotFound() { return ErrorAnswer(404, "not-found", "There is nothing at this address."); }
HttpAnswer Busy() { return ErrorAnswer(503, "busy", "The server is busy; try again in a moment."); }
HttpAnswer OnlyMethod(std::string allowed) {
  HttpAnswer answer = ErrorAnswer(405, "method", "This address takes " + allowed + " only.");
  answer.allow = std::move(allowed);
  return answer;
}

HttpAnswer ProblemsAnswer(const std::vector<Problem>& problems) {
  json::Writer writer;
  writer.BeginObject().Key("problems").BeginArray();
  for (const Problem& problem : problems) {
    writer.BeginObject();
    writer.Key("pointer").String(problem.pointer);
    writer.Key("line").Int(static_cast<int64_t>(problem.place.line));
    writer.Key("column").Int(static_cast<int64_t>(problem.place.column));
    writer.Key("text").String(problem.what);
    writer.EndObject();
  }
  writer.EndArray().EndObject();
  return JsonAnswer(422, writer.Take());
}

bool IsBasic(std::string_view path) { return path == "/basic" || path.starts_with("/basic/"); }

// With what the organisers add to the record.
bool ApprovesRecord(const HttpQuestion& question) {
  return question.method == "POST" && question.path.ends_with("/record/approve");
}

// A run sheet is its body.
bool BringsSheet(const HttpQuestion& question) {
  return question.method == "POST" &&
         (question.path == "/api/v1/rooms" || question.path == "/api/v1/check");
}

}  // namespace

size_t Api::BodyLimit(const HttpQuestion& question) {
  if (IsBasic(question.path)) return basic::kFormBytes;
  if (question.path == kPollPath) {
    auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
    return claims && IsForStaff(claims->role) ? limits::kPollStaffBytes : limits::kPollBytes;
  }
  if (ApprovesRecord(question)) return limits::kRecordFiguresBytes + kSmallBody;
  return BringsSheet(question) ? limits::kHttpBodyBytes : kSmallBody;
}

// Large bodies are read only for those who may send them.
std::optional<HttpAnswer> Api::AnswerToHead(const HttpQuestion& question) {
  if (ApprovesRecord(question)) {
    auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
    if (claims && May(claims->role, Permission::kRecord)) return std::nullopt;
    return ErrorAnswer(claims ? 403 : 401, "not-permitted",
                       claims ? "This link may not do that." : claims.error());
  }
  if (!BringsSheet(question)) return std::nullopt;
  auto organiser = CheckOrganiser(question);
  if (organiser) return std::nullopt;
  return std::move(organiser.error());
}

void Api::Handle(HttpQuestion question, Reply reply) {
  std::string_view path = question.path;
  if (IsBasic(path)) return parts_.basic(question, std::move(reply));
  if (path.starts_with(kRecord) && question.method == "GET") {
    if (auto wait = parts_.not_yet()) return reply(ErrorAnswer(503, "busy", *wait));
    return GivePublished(path.substr(kRecord.size()), std::make_shared<Reply>(std::move(reply)));
  }
  if (question.method == "GET" && !CodeOfPath(path).empty()) {
    return GivePage(question, std::make_shared<Reply>(std::move(reply)));
  }
  if (auto answer = AnswerAtOnce(question)) return reply(*std::move(answer));
  if (!path.starts_with(kApi)) return reply(NotFound());
  // Until the log is folded, what is not known yet must not be called unknown.
  if (auto wait = parts_.not_yet()) return reply(ErrorAnswer(503, "busy", *wait));
  if (path == kPollPath) {
    if (question.method != "POST") return reply(OnlyMethod("POST"));
    return parts_.polls.Handle(question.body, std::move(reply));
  }
  HandleApi(question, path.substr(kApi.size()), std::make_shared<Reply>(std::move(reply)));
}

std::optional<HttpAnswer> Api::AnswerAtOnce(const HttpQuestion& question) {
  if (question.path.starts_with(kApi)) return std::nullopt;
  if (question.method != "GET") return OnlyMethod("GET");
  HttpAnswer text;
  text.content_type = "text/plain; charset=utf-8";
  if (question.path == "/livez") {
    text.body = MakeBytes("ok\n");
    return text;
  }
  if (question.path == "/readyz") return Ready();
  if (question.path == "/metrics") {
    text.content_type = "text/plain; version=0.0.4; charset=utf-8";
    text.body = MakeBytes(parts_.metrics());
    return text;
  }
  return parts_.pages.Find(question);
}

HttpAnswer Api::Ready() const {
  if (auto trouble = parts_.trouble()) return ErrorAnswer(503, "not-ready", *trouble);
  return JsonAnswer(200, R"({"ready":true)" + parts_.condition() + "}");
}

void Api::HandleApi(const HttpQuestion& question, std::string_view route, SharedReply reply) {
  constexpr std::string_view kCodes = "codes/";
  constexpr std::string_view kRooms = "rooms/";
  if (route == "join" || route == "rooms" || route == "check") {
    if (question.method != "POST") return (*reply)(OnlyMethod("POST"));
    if (route == "check") return (*reply)(AnswerToCheck(question));
    return route == "join" ? Join(question, std::move(reply))
                           : CreateRoom(question, std::move(reply));
  }
  constexpr std::string_view kCopy = "copy/";
  if (route.starts_with(kCopy)) {
    if (question.method != "POST") return (*reply)(OnlyMethod("POST"));
    return HandleCopy(question, route.substr(kCopy.size()), std::move(reply));
  }
  if (route == "status") {
    if (question.method != "GET") return (*reply)(OnlyMethod("GET"));
    return GiveStatus(question, std::move(reply));
  }
  if (HandleRehearsals(question, route, reply)) return;
  if (auto answer = LibraryAnswer(question, route)) return (*reply)(*std::move(answer));
  bool is_code = route.starts_with(kCodes);
  if (!is_code && !route.starts_with(kRooms)) return (*reply)(NotFound());
  if (is_code && question.method != "GET") return (*reply)(OnlyMethod("GET"));
  if (is_code) return LookUpCode(std::string(route.substr(kCodes.size())), std::move(reply));
  std::string_view rest = route.substr(kRooms.size());
  constexpr std::string_view kPrivacy = "/privacy";
  if (rest.ends_with(kPrivacy)) {
    rest.remove_suffix(kPrivacy.size());
    return GivePrivacy(std::string(rest), std::move(reply));
  }
  HandleRoom(question, rest, std::move(reply));
}

void Api::Later(std::move_only_function<void()> then) {
  auto timer = std::make_shared<net::steady_timer>(parts_.io, kLookAgain);
  timer->async_wait([timer, then = std::move(then)](boost::system::error_code error) mutable {
    if (!error) then();
  });
}

void Api::FindRoom(const RoomId& room, SharedReply reply, std::move_only_function<void(Info)> then,
                   int looks) {
  if (Info info = parts_.hub.Known(room)) return then(std::move(info));
  auto answer = [this, room, reply, looks, then = std::move(then)](bool exists) mutable {
    // The room's news reached the mailbox first, and were drained first.
    net::post(parts_.io, [this, room, reply, looks, then = std::move(then), exists]() mutable {
      Info info = parts_.hub.Known(room);
      if (info) return then(std::move(info));
      if (!exists && looks > 1) {
        return Later([this, room, reply, looks, then = std::move(then)]() mutable {
          FindRoom(room, std::move(reply), std::move(then), looks - 1);
        });
      }
      (*reply)(exists ? Busy() : ErrorAnswer(404, "unknown-room", "There is no such room."));
    });
  };
  if (!parts_.projector.Announce(room, std::move(answer))) (*reply)(Busy());
}

void Api::FindCode(const std::string& code, SharedReply reply,
                   std::move_only_function<void(RoomId, Info)> then, int looks) {
  HttpAnswer unknown =
      ErrorAnswer(404, "unknown-code", "There is no room with this code; check its six digits.");
  if (!IsJoinCode(code)) return (*reply)(std::move(unknown));
  auto answer = [this, code, reply, looks, unknown = std::move(unknown),
                 then = std::move(then)](std::optional<RoomId> room) mutable {
    net::post(parts_.io, [this, code, reply, looks, unknown = std::move(unknown),
                          then = std::move(then), room]() mutable {
      if (!room && looks > 1) {
        return Later([this, code, reply, looks, then = std::move(then)]() mutable {
          FindCode(code, std::move(reply), std::move(then), looks - 1);
        });
      }
      if (!room) return (*reply)(std::move(unknown));
      FindRoom(*room, reply, [id = *room, then = std::move(then)](Info info) mutable {
        then(id, std::move(info));
      });
    });
  };
  if (!parts_.projector.RoomOfCode(code, std::move(answer))) (*reply)(Busy());
}

void Api::LookUpCode(std::string code, SharedReply reply) {
  FindCode(code, reply, [reply](RoomId room, Info info) {
    (*reply)(JsonAnswer(200, EncodeLookUp(room, *info)));
  });
}

// For those who have not joined yet, and so for everybody.
void Api::GivePrivacy(std::string code, SharedReply reply) {
  FindCode(code, reply,
           [reply](RoomId, Info info) { (*reply)(JsonAnswer(200, EncodeNotice(*info->notice))); });
}

std::expected<Claims, HttpAnswer> Api::CheckOrganiser(const HttpQuestion& question) const {
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (claims && claims->room.IsZero() && May(claims->role, Permission::kEditSheet)) return *claims;
  return std::unexpected(
      ErrorAnswer(401, "not-permitted", "Making a room takes the organiser's token."));
}

void Api::CreateRoom(const HttpQuestion& question, SharedReply reply) {
  auto claims = CheckOrganiser(question);
  if (!claims) return (*reply)(std::move(claims.error()));
  auto sheet = ParseRunSheet(question.body);
  if (!sheet) return (*reply)(ProblemsAnswer(sheet.error()));
  const std::string base = BaseFor(question);
  parts_.rooms.Create(
      *sheet, claims->id, parts_.clock(),
      [this, reply, base, text = question.body](std::expected<NewRoom, RoomFailure> made) {
        if (made) return (*reply)(RoomAnswer(*made, base));
        RoomFailure& failure = made.error();
        if (!failure.is_sheet) return (*reply)(ErrorAnswer(503, "busy", failure.problem.what));
        failure.problem.place = json::Locate(text, failure.problem.pointer);
        (*reply)(ProblemsAnswer({failure.problem}));
      });
}

HttpAnswer Api::RoomAnswer(const NewRoom& made, const std::string& base) const {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("room").String(made.room.Hex());
  writer.Key("code").String(made.code);
  writer.Key("links").BeginObject();
  writer.Key(RoleName(Role::kAttendee)).String(base + "/r/" + made.code);
  for (const auto& [role, token] : made.tokens) {
    writer.Key(RoleName(role)).String(LinkOf(base, role, made.code, token));
  }
  writer.EndObject();
  writer.Key("tokens").BeginObject();
  for (const auto& [role, token] : made.tokens) writer.Key(RoleName(role)).String(token);
  writer.EndObject().EndObject();
  return JsonAnswer(201, writer.Take());
}

}  // namespace plenum
