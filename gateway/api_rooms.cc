#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/api.h"
#include "projector/export.h"
#include "projector/fold/result.h"
#include "schema/activity_codec.h"

namespace plenum {
namespace {

namespace net = boost::asio;

constexpr size_t kEntriesAPiece = 256;

HttpAnswer Busy() { return ErrorAnswer(503, "busy", "The server is busy; try again in a moment."); }

// How many entries of the room may leave now, or why none may: ballots that lie in the log add up
// to totals that nobody may see before the reveal.
std::expected<uint64_t, HttpAnswer> MayLeave(Projector& projector, const RoomId& id) {
  Room* room = projector.Find(id);
  if (!room) return std::unexpected(ErrorAnswer(404, "unknown-room", "There is no such room."));
  for (const auto& [name, activity] : room->state().activities) {
    if (activity.stage.phase == Phase::kWaiting || IsPublic(activity)) continue;
    return std::unexpected(ErrorAnswer(409, "not-revealed",
                                       "The log can be read once the activity \"" + name +
                                           "\" is revealed: it would tell its totals."));
  }
  return room->size();
}

// Reads a room's entries piece by piece, up to where it was when the question came.
struct Reading {
  RoomId room;
  uint64_t next = 0;
  uint64_t end = 0;
};

}  // namespace

namespace {

// What one room's token can open, and who may.
struct Asked {
  enum class What { kState, kExport, kReport, kVersions, kEdit } what = What::kState;
  ReportOrder order = {};  // of a report
  std::string edit = {};   // "redact", "approve", "publish"

  bool May(Role role) const {
    switch (what) {
      case What::kState:
        return role != Role::kAttendee && role != Role::kTableHost;
      case What::kExport:
        return plenum::May(role, Permission::kExport);
      case What::kReport:
        return plenum::May(role, Permission::kExport) || plenum::May(role, Permission::kRecord);
      case What::kVersions:
        return plenum::May(role, Permission::kExport) || plenum::May(role, Permission::kRecord) ||
               plenum::May(role, Permission::kModerate);
      case What::kEdit:
        return plenum::May(role, Permission::kRecord) ||
               (edit == "redact" && plenum::May(role, Permission::kModerate));
    }
    return false;
  }
};

// "report.html", "report.cy.html".
std::optional<Asked> AskedFor(std::string_view what) {
  constexpr std::string_view kReport = "report.";
  constexpr std::string_view kEdit = "record/";
  if (what == "state") return Asked{.what = Asked::What::kState};
  if (what == "export") return Asked{.what = Asked::What::kExport};
  if (what == "record") return Asked{.what = Asked::What::kVersions};
  if (what.starts_with(kEdit)) {
    const std::string_view edit = what.substr(kEdit.size());
    if (edit != "redact" && edit != "approve" && edit != "publish") return std::nullopt;
    return Asked{.what = Asked::What::kEdit, .edit = std::string(edit)};
  }
  if (!what.starts_with(kReport)) return std::nullopt;
  std::string_view name = what.substr(kReport.size());
  Asked asked{.what = Asked::What::kReport};
  if (const size_t dot = name.find('.'); dot != std::string_view::npos) {
    asked.order.language = name.substr(0, dot);
    if (!IsLanguageTag(asked.order.language)) return std::nullopt;
    name.remove_prefix(dot + 1);
  }
  const auto format = ParseFormat(name);
  if (!format) return std::nullopt;
  asked.order.format = *format;
  return asked;
}

}  // namespace

void Api::HandleRoom(const HttpQuestion& question, std::string_view rest, SharedReply reply) {
  size_t slash = rest.find('/');
  auto room = RoomId::FromHex(rest.substr(0, slash));
  auto asked = AskedFor(slash == std::string_view::npos ? "" : rest.substr(slash + 1));
  if (!room || !asked) {
    return (*reply)(ErrorAnswer(404, "not-found", "There is nothing at this address."));
  }
  const bool edits = asked->what == Asked::What::kEdit;
  if (question.method != (edits ? "POST" : "GET")) {
    HttpAnswer answer = ErrorAnswer(
        405, "method", edits ? "This address takes POST only." : "This address takes GET only.");
    answer.allow = edits ? "POST" : "GET";
    return (*reply)(std::move(answer));
  }
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (!claims) return (*reply)(ErrorAnswer(401, "not-permitted", claims.error()));
  if (claims->room != *room || !asked->May(claims->role)) {
    return (*reply)(ErrorAnswer(403, "not-permitted", "This link may not do that."));
  }
  FindRoom(*room, reply,
           [this, reply, asked = *std::move(asked), claims = *claims,
            body = question.body](Info info) mutable {
             if (claims.epoch < info->epoch || info->revoked.contains(claims.id)) {
               return (*reply)(ErrorAnswer(403, "not-permitted", "This link was withdrawn."));
             }
             switch (asked.what) {
               case Asked::What::kState:
                 return GiveState(claims.room, reply);
               case Asked::What::kExport:
                 return GiveExport(claims.room, reply);
               case Asked::What::kVersions:
                 return GiveVersions(claims.room, reply);
               case Asked::What::kEdit:
                 return EditRecord(claims, asked.edit, body, reply);
               case Asked::What::kReport:
                 asked.order.room = claims.room;
                 return GiveReport(std::move(asked.order), reply);
             }
           });
}

void Api::GiveState(const RoomId& room, SharedReply reply) {
  auto answer = [this, reply](std::optional<RoomStatus> status) {
    net::post(parts_.io, [reply, status] {
      if (!status) return (*reply)(Busy());
      (*reply)(JsonAnswer(200, EncodeStatus(*status)));
    });
  };
  if (!parts_.projector.Status(room, std::move(answer))) (*reply)(Busy());
}

void Api::GiveExport(const RoomId& room, SharedReply reply) {
  auto next = [this](const std::shared_ptr<Reading>& reading, HttpAnswer::GivePiece give) {
    size_t count = std::min<uint64_t>(kEntriesAPiece, reading->end - reading->next);
    if (count == 0) return give(std::string());
    auto shared = std::make_shared<HttpAnswer::GivePiece>(std::move(give));
    auto answer = [this, reading, shared](std::expected<std::vector<std::string>, std::string> r) {
      net::post(parts_.io, [reading, shared, entries = std::move(r)] {
        if (!entries) return (*shared)(std::unexpected(entries.error()));
        if (entries->empty()) return (*shared)(std::unexpected("The log has ended too early."));
        auto lines = ToLines(*entries, reading->next);
        reading->next += entries->size();
        (*shared)(std::move(lines));
      });
    };
    if (!parts_.projector.ReadRoom(reading->room, reading->next, count, std::move(answer))) {
      (*shared)(std::unexpected("The server is busy."));
    }
  };
  auto begin = [this, room, reply, next](Projector& projector, TimeMs) {
    auto end = MayLeave(projector, room);
    net::post(parts_.io, [room, reply, next, end = std::move(end)]() mutable {
      if (!end) return (*reply)(std::move(end.error()));
      auto reading = std::make_shared<Reading>(Reading{room, 0, *end});
      HttpAnswer answer;
      answer.content_type = "application/x-ndjson";
      answer.next = [reading, next](HttpAnswer::GivePiece give) { next(reading, std::move(give)); };
      (*reply)(std::move(answer));
    });
  };
  if (!parts_.projector.Post(std::move(begin))) (*reply)(Busy());
}

}  // namespace plenum
