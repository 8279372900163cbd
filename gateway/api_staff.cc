// What is printed, personal codes, and links with names: for who runs the day, or made the room.
#include <boost/asio/post.hpp>
#include <charconv>
#include <utility>

#include "gateway/api.h"
#include "gateway/personal_code.h"
#include "gateway/print_sheet.h"
#include "projector/record/writers.h"
#include "schema/json.h"

namespace plenum {
namespace {

namespace net = boost::asio;

constexpr size_t kLinkNameGraphemes = 60;

HttpAnswer Nothing() {
  return ErrorAnswer(404, "not-found", "There is nothing of this kind to print for this room.");
}
HttpAnswer Busy() { return ErrorAnswer(503, "busy", "The server is busy; try again in a moment."); }

// "a3/cards/1-60": which document, and what of it.
struct Printed {
  Paper paper = Paper::kA4;
  std::string name;  // "cards"; "" for what there is
  std::string activity;
  uint32_t first = 0, last = 0;  // 0: the name says all
};

std::string_view TakePart(std::string_view& path) {
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(path.size(), part.size() + 1));
  return part;
}

bool ReadRange(std::string_view text, uint32_t most, Printed* out) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const auto read = [](std::string_view digits, uint32_t* number) {
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), *number);
    return error == std::errc() && end == digits.end();
  };
  return read(text.substr(0, dash), &out->first) && read(text.substr(dash + 1), &out->last) &&
         out->first >= 1 && out->last >= out->first && out->last <= most &&
         out->last - out->first < kMostPrinted;
}

std::expected<Printed, HttpAnswer> ParsePrinted(std::string_view what) {
  Printed printed;
  std::string_view part = TakePart(what);
  if (part == "print" && what.empty()) return printed;
  if (part == "codes") {
    printed.name = part;
  } else {
    part = TakePart(what);
    if (part == "a3" || part == "a4") {
      printed.paper = part == "a3" ? Paper::kA3 : Paper::kA4;
      part = TakePart(what);
    }
    printed.name = part;
  }
  if (printed.name == "ballots") printed.activity = TakePart(what);
  const bool whole =
      printed.name == "join" || printed.name == "tables" || printed.name == "gallery";
  if (whole && what.empty()) return printed;
  const bool codes = printed.name == "codes" || printed.name == "badges";
  if (!codes && printed.name != "cards" && printed.name != "ballots") {
    return std::unexpected(Nothing());
  }
  if (!ReadRange(what, codes ? kMaxPersonalCode : kMaxPaperSerial, &printed)) {
    return std::unexpected(
        ErrorAnswer(400, "bad-request", "Say from which number to which, at most 1000: 1-60."));
  }
  return printed;
}

std::vector<Badge> BadgesOf(std::string_view key, const Printed& printed) {
  std::vector<Badge> badges;
  for (uint32_t number = printed.first; number <= printed.last; ++number) {
    badges.push_back({"", PersonalCodeOf(key, number)});
  }
  return badges;
}

std::string EncodeCodes(std::string_view key, const Printed& printed) {
  json::Writer writer;
  writer.BeginObject().Key("codes").BeginArray();
  for (const Badge& badge : BadgesOf(key, printed)) writer.String(badge.code);
  writer.EndArray().EndObject();
  return writer.Take();
}

// Nothing: there is no such activity, or it has no ballots on paper.
std::optional<std::string> BallotsOf(const PrintSheet& sheet, std::string_view key,
                                     const Printed& printed) {
  for (const PrintActivity& activity : sheet.activities) {
    if (activity.spec.id != printed.activity || !HasPaperBallot(activity)) continue;
    std::vector<std::string> serials;
    for (uint32_t number = printed.first; number <= printed.last; ++number) {
      serials.push_back(PaperSerialOf(key, activity.spec.id, number));
    }
    return PrintBallots(sheet, activity, serials, printed.paper);
  }
  return std::nullopt;
}

std::optional<std::string> Render(const PrintSheet& sheet, std::string_view key,
                                  const Printed& printed) {
  if (printed.name == "join") return PrintJoinPoster(sheet, printed.paper);
  if (printed.name == "tables") return PrintTableSigns(sheet, printed.paper);
  if (printed.name == "gallery") return PrintGallery(sheet, printed.paper);
  if (printed.name == "cards") {
    return PrintCards(sheet, printed.first, printed.last, printed.paper);
  }
  if (printed.name == "badges") return PrintBadges(sheet, BadgesOf(key, printed), printed.paper);
  return BallotsOf(sheet, key, printed);
}

HttpAnswer AnswerWith(const PrintSheet& sheet, std::string_view key, const Printed& printed) {
  if (printed.name.empty()) return JsonAnswer(200, EncodePrintOffer(sheet));
  if (printed.name == "codes") return JsonAnswer(200, EncodeCodes(key, printed));
  auto html = Render(sheet, key, printed);
  if (!html) return Nothing();
  HttpAnswer answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.inline_style = StyleHashOf(*html);
  answer.body = MakeBytes(*std::move(html));
  return answer;
}

}  // namespace

std::string Api::BaseFor(const HttpQuestion& question) const {
  if (!parts_.public_origin.empty()) return parts_.public_origin;
  return (parts_.tls ? "https://" : "http://") + question.host;
}

bool Api::HandleStaff(const HttpQuestion& question, const RoomId& room, std::string_view what,
                      const SharedReply& reply) {
  const bool links = what == "links";
  if (!links && what != "print" && !what.starts_with("print/") && !what.starts_with("codes/")) {
    return false;
  }
  const std::string method = links ? "POST" : "GET";
  if (question.method != method) {
    HttpAnswer answer = ErrorAnswer(405, "method", "This address takes " + method + " only.");
    answer.allow = method;
    (*reply)(std::move(answer));
    return true;
  }
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (!claims) {
    (*reply)(ErrorAnswer(401, "not-permitted", claims.error()));
    return true;
  }
  const bool may = May(claims->role, links ? Permission::kLinks : Permission::kDoors);
  if (!may || (claims->room != room && !claims->room.IsZero())) {
    (*reply)(ErrorAnswer(403, "not-permitted", "This link may not do that."));
    return true;
  }
  FindRoom(room, reply,
           [this, reply, question, room, links, by = *claims, path = std::string(what)](Info info) {
             const bool of_room = !by.room.IsZero();
             if (of_room && (by.epoch < info->epoch || info->revoked.contains(by.id))) {
               return (*reply)(ErrorAnswer(403, "not-permitted", "This link was withdrawn."));
             }
             links ? MakeLink(question, room, by, reply) : GivePrinted(question, room, path, reply);
           });
  return true;
}

void Api::GivePrinted(const HttpQuestion& question, const RoomId& room, std::string what,
                      const SharedReply& reply) {
  auto printed = ParsePrinted(what);
  if (!printed) return (*reply)(std::move(printed.error()));
  const std::string key = parts_.hub.RoomKey(room);
  if (key.empty()) return (*reply)(ErrorAnswer(403, "not-permitted", "This room is over."));
  auto make = [this, room, reply, key, printed = *printed, base = BaseFor(question)](
                  Projector& projector, TimeMs) {
    std::optional<PrintSheet> sheet;
    if (const Room* found = projector.Find(room)) {
      const std::string code = projector.directory().CodeOf(room).value_or("");
      const RoomState& state = found->state();
      sheet = MakePrintSheet({room, state, code, parts_.texts}, base, state.join == JoinBy::kCodes);
    }
    net::post(parts_.io, [reply, key, printed, sheet = std::move(sheet)] {
      if (!sheet) return (*reply)(Busy());
      (*reply)(AnswerWith(*sheet, key, printed));
    });
  };
  if (!parts_.projector.Post(std::move(make))) (*reply)(Busy());
}

void Api::MakeLink(const HttpQuestion& question, const RoomId& room, const Claims& by,
                   const SharedReply& reply) {
  auto body = json::Parse(question.body);
  if (!body) return (*reply)(ErrorAnswer(400, "bad-request", body.error().what));
  const auto text_in = [&body](std::string_view key) {
    const json::Value* found = body->Find(key);
    return found && found->AsString() ? *found->AsString() : std::string();
  };
  const auto role = ParseRole(text_in("role"));
  const std::string name = CleanText(text_in("name"), kLinkNameGraphemes);
  if (!role || !IsForStaff(*role) || name.empty()) {
    return (*reply)(ErrorAnswer(400, "bad-request",
                                "A link needs a role (display, presenter, moderator, keyer, "
                                "producer or auditor) and a name."));
  }
  FindRoom(room, reply, [this, reply, room, by, role = *role, name, question](Info info) {
    Claims claims;
    claims.room = room;
    claims.role = role;
    claims.epoch = info->epoch;
    claims.id = RandomId<TokenId>();
    claims.expires = parts_.clock() + kStaffTokenMs;
    Event event;
    event.id = RandomId<EventId>();
    event.room = room;
    event.time = parts_.clock();
    // The organiser's own token is of no room: as when a room is made, it stands for a producer.
    event.actor = {.role = Role::kProducer, .epoch = info->epoch, .token = by.id};
    event.payload = LinkMade{claims.id, role, {}};
    auto said = [this, reply, claims,
                 base = BaseFor(question)](std::expected<Outcome, LogError> outcome) {
      if (!outcome) return (*reply)(ErrorAnswer(503, "busy", LogErrorText(outcome.error())));
      if (outcome->code != OutcomeCode::kAccepted) {
        return (*reply)(ErrorAnswer(409, ReasonName(outcome->reason), ReasonText(outcome->reason)));
      }
      GiveLink(claims, base, reply);
    };
    parts_.hub.SayWithText(event, name, std::move(said));
  });
}

void Api::GiveLink(const Claims& claims, const std::string& base, const SharedReply& reply) {
  auto answer = [this, claims, base, reply](Projector& projector, TimeMs) {
    net::post(parts_.io, [this, claims, base, reply,
                          code = projector.directory().CodeOf(claims.room).value_or("")] {
      const std::string token = parts_.signer.Sign(claims);
      json::Writer writer;
      writer.BeginObject().Key("id").String(claims.id.Hex());
      writer.Key("role").String(RoleName(claims.role)).Key("token").String(token);
      writer.Key("link").String(LinkOf(base, claims.role, code, token)).EndObject();
      (*reply)(JsonAnswer(201, writer.Take()));
    });
  };
  if (!parts_.projector.Post(std::move(answer))) (*reply)(Busy());
}

}  // namespace plenum
