// Rehearsals of a room, for who made it or produces it (gateway/rehearsals.h).
#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/api.h"
#include "schema/json.h"

namespace plenum {
namespace {

namespace net = boost::asio;

HttpAnswer Busy() { return ErrorAnswer(503, "busy", "The server is busy; try again in a moment."); }
HttpAnswer Unknown() {
  return ErrorAnswer(404, "not-found",
                     "There is no such rehearsal; the server keeps the last few.");
}

// The error says which member is wrong.
std::expected<RehearsalWish, std::string> ReadWish(const std::string& body, uint32_t expected) {
  RehearsalWish wish;
  wish.people = std::clamp<uint32_t>(expected, limits::kDeckPeople, kRehearsalPeople);
  auto value = json::Parse(body.empty() ? "{}" : body);
  if (!value || value->AsObject() == nullptr) {
    return std::unexpected("A rehearsal is asked for with an object, as {\"people\":180}.");
  }
  for (const auto& [name, member] : *value->AsObject()) {
    const int64_t* number = member.AsInt();
    const auto within = [&](int64_t low, int64_t high) {
      return number != nullptr && *number >= low && *number <= high;
    };
    if (name == "people" && within(limits::kDeckPeople, kRehearsalPeople)) {
      wish.people = static_cast<uint32_t>(*number);
    } else if (name == "speed" && within(0, kRehearsalSpeed)) {
      wish.speed = static_cast<uint32_t>(*number);
    } else if (name == "seed" && within(0, UINT32_MAX)) {
      wish.seed = static_cast<uint32_t>(*number);
    } else {
      return std::unexpected(
          "\"" + CleanText(name, 40) +
          "\" is not right: a rehearsal has people (6 to 1000), speed (1 as in the room, 20 twenty "
          "times as fast, 0 as fast as it goes, at most 600) and seed (a number).");
    }
  }
  return wish;
}

HttpAnswer OnlyMethod(const std::string& allowed) {
  HttpAnswer answer = ErrorAnswer(405, "method", "This address takes " + allowed + " only.");
  answer.allow = allowed;
  return answer;
}

}  // namespace

// "rooms/HEX/rehearsals", "rehearsals/ID", "rehearsals/ID/stop".
bool Api::HandleRehearsals(const HttpQuestion& question, std::string_view route,
                           const SharedReply& reply) {
  constexpr std::string_view kRooms = "rooms/", kRehearsals = "rehearsals/";
  if (route.starts_with(kRooms) && route.ends_with("/rehearsals")) {
    const auto room =
        RoomId::FromHex(route.substr(kRooms.size(), route.rfind('/') - kRooms.size()));
    if (!room) return false;
    if (question.method != "POST") {
      (*reply)(OnlyMethod("POST"));
    } else {
      WithProducer(question, *room, reply, [this, question, room = *room, reply] {
        StartRehearsal(question, room, reply);
      });
    }
    return true;
  }
  if (!route.starts_with(kRehearsals)) return false;
  std::string_view rest = route.substr(kRehearsals.size());
  const bool stop = rest.ends_with("/stop");
  if (stop) rest.remove_suffix(5);
  const auto id = RehearsalId::FromHex(rest);
  const auto room = id ? parts_.rehearsals.RoomOf(*id) : std::nullopt;
  if (!room) {
    (*reply)(Unknown());
  } else if (const std::string method = stop ? "POST" : "GET"; question.method != method) {
    (*reply)(OnlyMethod(method));
  } else {
    WithProducer(question, *room, reply, [this, stop, id = *id, reply] {
      if (stop) parts_.rehearsals.Stop(id);
      if (!parts_.rehearsals.RoomOf(id)) return (*reply)(Unknown());
      (*reply)(JsonAnswer(200, parts_.rehearsals.Describe(id, true)));
    });
  }
  return true;
}

void Api::WithProducer(const HttpQuestion& question, const RoomId& room, const SharedReply& reply,
                       std::move_only_function<void()> then) {
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (!claims) return (*reply)(ErrorAnswer(401, "not-permitted", claims.error()));
  const bool organiser = claims->room.IsZero();
  if (!May(claims->role, Permission::kLinks) || (!organiser && claims->room != room)) {
    return (*reply)(ErrorAnswer(403, "not-permitted", "This link may not do that."));
  }
  FindRoom(room, reply,
           [reply, organiser, by = *claims, then = std::move(then)](Info info) mutable {
             if (!organiser && (by.epoch < info->epoch || info->revoked.contains(by.id))) {
               return (*reply)(ErrorAnswer(403, "not-permitted", "This link was withdrawn."));
             }
             then();
           });
}

void Api::StartRehearsal(const HttpQuestion& question, const RoomId& room,
                         const SharedReply& reply) {
  auto copy = [this, room, reply, body = question.body, base = BaseFor(question)](
                  Projector& projector, TimeMs) {
    std::optional<RunSheet> sheet;
    if (const Room* found = projector.Find(room)) sheet = RehearsalSheet(found->state());
    net::post(parts_.io, [this, room, reply, body, base, sheet = std::move(sheet)]() mutable {
      if (!sheet) return (*reply)(Busy());
      auto wish = ReadWish(body, sheet->expected_people);
      if (!wish) return (*reply)(ErrorAnswer(400, "bad-request", wish.error()));
      parts_.rehearsals.Start(
          {room, *std::move(sheet), *wish, base},
          [this, reply](std::expected<RehearsalId, RehearsalFault> started) {
            if (started) {
              return (*reply)(JsonAnswer(201, parts_.rehearsals.Describe(*started, false)));
            }
            const RehearsalFault& fault = started.error();
            (*reply)(fault.runs_already ? ErrorAnswer(409, "rehearsal-runs", fault.what)
                                        : ErrorAnswer(503, "no-rehearsal", fault.what));
          });
    });
  };
  if (!parts_.projector.Post(std::move(copy))) (*reply)(Busy());
}

}  // namespace plenum
