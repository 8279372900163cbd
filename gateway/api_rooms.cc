#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/api.h"
#include "projector/export.h"
#include "projector/fold/result.h"

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

void Api::HandleRoom(const HttpQuestion& question, std::string_view rest, SharedReply reply) {
  size_t slash = rest.find('/');
  auto room = RoomId::FromHex(rest.substr(0, slash));
  std::string_view what = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
  if (room && HandleStaff(question, *room, what, reply)) return;
  bool state = what == "state";
  constexpr std::string_view kReport = "report.";
  const auto format =
      what.starts_with(kReport) ? ParseFormat(what.substr(kReport.size())) : std::nullopt;
  if (!room || (!state && !format && what != "export")) {
    return (*reply)(ErrorAnswer(404, "not-found", "There is nothing at this address."));
  }
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (!claims) return (*reply)(ErrorAnswer(401, "not-permitted", claims.error()));
  bool of_the_room = claims->role == Role::kAttendee || claims->role == Role::kTableHost;
  bool may = state ? !of_the_room : May(claims->role, Permission::kExport);
  if (claims->room != *room || !may) {
    return (*reply)(ErrorAnswer(403, "not-permitted", "This link may not do that."));
  }
  FindRoom(*room, reply, [this, reply, state, format, claims = *claims](Info info) {
    if (claims.epoch < info->epoch || info->revoked.contains(claims.id)) {
      return (*reply)(ErrorAnswer(403, "not-permitted", "This link was withdrawn."));
    }
    if (format) return GiveReport(claims.room, *format, reply);
    state ? GiveState(claims.room, reply) : GiveExport(claims.room, reply);
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

// At any time: the record holds no total that may not be seen yet.
void Api::GiveReport(const RoomId& room, RecordFormat format, SharedReply reply) {
  auto done = [this, reply, format](ReportDesk::Report report) {
    net::post(parts_.io, [reply, format, report = std::move(report)]() mutable {
      if (!report) return (*reply)(ErrorAnswer(503, "busy", report.error()));
      HttpAnswer answer;
      answer.content_type = ContentTypeOf(format);
      if (format == RecordFormat::kHtml) answer.inline_style = StyleHashOf(*report);
      answer.body = MakeBytes(*std::move(report));
      (*reply)(std::move(answer));
    });
  };
  if (!parts_.reports.Ask(room, format, std::move(done))) (*reply)(Busy());
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
