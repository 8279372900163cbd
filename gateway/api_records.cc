// The record of the day over HTTP: drafts, redactions, versions that are approved and published.
#include <boost/asio/post.hpp>
#include <charconv>
#include <utility>

#include "gateway/api.h"
#include "gateway/keys.h"
#include "projector/record/additions.h"
#include "projector/record/redactions.h"
#include "schema/json.h"
#include "schema/limits.h"
#include "schema/rfc3339.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

namespace net = boost::asio;

HttpAnswer Busy() { return ErrorAnswer(503, "busy", "The server is busy; try again in a moment."); }
HttpAnswer BadRequest(std::string_view what) { return ErrorAnswer(400, "bad-request", what); }
HttpAnswer Nothing() { return ErrorAnswer(404, "not-found", "There is nothing at this address."); }

std::string TextIn(const json::Value& body, std::string_view key) {
  const json::Value* const value = body.Find(key);
  const std::string* const text = value ? value->AsString() : nullptr;
  return text ? *text : std::string();
}

uint32_t VersionIn(const json::Value& body) {
  const json::Value* const value = body.Find("version");
  const int64_t* const number = value ? value->AsInt() : nullptr;
  if (!number || *number < 1 || *number > int64_t{limits::kRecordVersions}) return 0;
  return static_cast<uint32_t>(*number);
}

void WriteDocuments(json::Writer& writer, const RoomId& room, uint32_t version,
                    const std::vector<RecordDocument>& documents) {
  writer.Key("documents").BeginArray();
  for (const RecordDocument& document : documents) {
    writer.BeginObject().Key("language").String(document.language);
    writer.Key("digest").String(document.digest.Hex());
    writer.Key("address").String("/record/" + room.Hex() + "/" + std::to_string(version) + "/" +
                                 document.language);
    writer.EndObject();
  }
  writer.EndArray();
}

// Who approved a version, and when, stands in the log.
void WriteVersion(json::Writer& writer, Projector& projector, const RoomId& room, uint32_t number,
                  const RecordVersion& version) {
  writer.BeginObject();
  writer.Key("version").Int(number);
  writer.Key("entries").Int(static_cast<int64_t>(version.entries));
  writer.Key("index").Int(static_cast<int64_t>(version.index));
  const auto entries = projector.ReadRoom(room, version.index, 1);
  const auto event =
      entries && !entries->empty() ? DecodeEvent(entries->front()) : std::unexpected(std::string());
  if (event) {
    writer.Key("role").String(RoleName(event->actor.role));
    writer.Key("time").String(FormatTime(event->time));
  }
  if (version.published != 0) {
    writer.Key("published").Int(static_cast<int64_t>(version.published));
  }
  WriteDocuments(writer, room, number, version.documents);
  writer.EndObject();
}

std::string VersionsOf(Projector& projector, const RoomId& id, Room& room) {
  const RoomState& state = room.state();
  json::Writer writer;
  writer.BeginObject().Key("entries").Int(static_cast<int64_t>(room.size()));
  writer.Key("versions").BeginArray();
  for (size_t i = 0; i < state.versions.size(); ++i) {
    WriteVersion(writer, projector, id, static_cast<uint32_t>(i + 1), state.versions[i]);
  }
  writer.EndArray().Key("redacted").BeginArray();
  for (const auto& [item, redacted] : state.redacted) {
    writer.BeginObject().Key("activity").String(item.first).Key("item").String(item.second);
    writer.Key("reason").String(RedactionName(redacted.reason));
    writer.Key("index").Int(static_cast<int64_t>(redacted.index));
    writer.Key("version").Int(VersionFrom(state, redacted.index));
    writer.EndObject();
  }
  writer.EndArray().EndObject();
  return writer.Take();
}

void WriteOutcome(json::Writer& writer, const Outcome& outcome) {
  writer.Key("outcome").String(OutcomeName(outcome.code));
  writer.Key("index").Int(static_cast<int64_t>(outcome.index));
  if (outcome.reason == Reason::kNone) return;
  writer.Key("reason").String(ReasonName(outcome.reason));
  writer.Key("text").String(ReasonText(outcome.reason));
}

HttpAnswer OutcomeAnswer(const std::expected<Outcome, LogError>& outcome) {
  if (!outcome) return ErrorAnswer(503, "busy", LogErrorText(outcome.error()));
  json::Writer writer;
  writer.BeginObject();
  WriteOutcome(writer, *outcome);
  writer.EndObject();
  return JsonAnswer(outcome->code == OutcomeCode::kRefused ? 409 : 200, writer.Take());
}

HttpAnswer Html(std::string html) {
  HttpAnswer answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.inline_style = StyleHashOf(html);
  answer.body = MakeBytes(std::move(html));
  return answer;
}

}  // namespace

Event Api::EventBy(const Claims& claims, Payload payload) const {
  Event event;
  event.id = RandomId<EventId>();
  event.room = claims.room;
  event.time = parts_.clock();
  event.actor = {.role = claims.role, .epoch = claims.epoch, .token = claims.id};
  event.payload = std::move(payload);
  return event;
}

// At any time: the record holds no total that may not be seen yet.
void Api::GiveReport(ReportOrder order, SharedReply reply) {
  auto job = [this, reply, order = std::move(order)](RecordMaker& maker) {
    auto report = maker.Draft(order);
    net::post(parts_.io, [reply, format = order.format, report = std::move(report)]() mutable {
      if (!report) return (*reply)(ErrorAnswer(503, "busy", report.error()));
      HttpAnswer answer;
      answer.content_type = ContentTypeOf(format);
      if (format == RecordFormat::kHtml) answer.inline_style = StyleHashOf(*report);
      answer.body = MakeBytes(*std::move(report));
      (*reply)(std::move(answer));
    });
  };
  if (!parts_.reports.Ask(std::move(job))) (*reply)(Busy());
}

void Api::GiveVersions(const RoomId& room, SharedReply reply) {
  auto look = [this, room, reply](Projector& projector, TimeMs) {
    Room* const found = projector.Find(room);
    std::string body = found ? VersionsOf(projector, room, *found) : "";
    net::post(parts_.io, [reply, body = std::move(body)]() mutable {
      (*reply)(body.empty() ? Busy() : JsonAnswer(200, std::move(body)));
    });
  };
  if (!parts_.projector.Post(std::move(look))) (*reply)(Busy());
}

void Api::EditRecord(const Claims& claims, std::string_view what, const std::string& text,
                     SharedReply reply) {
  const auto body = json::Parse(text);
  if (!body) return (*reply)(BadRequest(body.error().what));
  if (what == "redact") {
    const auto reason = ParseRedaction(TextIn(*body, "reason"));
    const std::string activity = TextIn(*body, "activity");
    const std::string item = TextIn(*body, "item");
    if (!reason || !IsSlug(activity) || !IsSlug(item)) {
      return (*reply)(
          BadRequest("Name the activity, the item, and as the reason one of none, "
                     "personal, hurtful, confidential, asked, other."));
    }
    Event event = EventBy(claims, RecordRedacted{item, *reason});
    event.activity = activity;
    return parts_.hub.Say(event, [reply](auto outcome) { (*reply)(OutcomeAnswer(outcome)); });
  }
  const uint32_t version = VersionIn(*body);
  if (version == 0) return (*reply)(BadRequest("Say which version, from 1 on."));
  if (what == "publish") {
    return parts_.hub.Say(EventBy(claims, RecordPublished{version}),
                          [reply](auto outcome) { (*reply)(OutcomeAnswer(outcome)); });
  }
  std::string figures;
  if (const json::Value* value = body->Find("figures")) {
    json::Writer writer;
    writer.Put(*value);
    figures = writer.Take();
    if (auto additions = ParseAdditions(figures, "en"); !additions) {
      const Problem& problem = additions.error().front();
      return (*reply)(BadRequest("In the figures, at " + problem.pointer + ": " + problem.what));
    }
  }
  Approve(claims, version, std::move(figures), std::move(reply));
}

void Api::Approve(const Claims& claims, uint32_t version, std::string figures, SharedReply reply) {
  auto job = [this, claims, version, reply, figures = std::move(figures)](RecordMaker& maker) {
    auto prepared = maker.Prepare(claims.room, version, figures);
    net::post(parts_.io, [this, claims, reply, prepared = std::move(prepared)]() mutable {
      if (!prepared) return (*reply)(ErrorAnswer(503, "busy", prepared.error()));
      Event event = EventBy(claims, prepared->approved);
      event.id = prepared->id;
      auto shared = std::make_shared<PreparedRecord>(*std::move(prepared));
      parts_.hub.Say(event, [this, reply, shared, room = claims.room](auto outcome) {
        if (!outcome || outcome->code != OutcomeCode::kAccepted) {
          return (*reply)(OutcomeAnswer(outcome));
        }
        KeepApproved(room, *outcome, shared, reply);
      });
    });
  };
  if (!parts_.reports.Ask(std::move(job))) (*reply)(Busy());
}

// Answered once the bytes are kept, so that what is published is there at once.
void Api::KeepApproved(const RoomId& room, const Outcome& outcome,
                       std::shared_ptr<PreparedRecord> prepared, SharedReply reply) {
  auto job = [this, room, outcome, prepared, reply](RecordMaker& maker) {
    maker.Keep(*prepared);
    json::Writer writer;
    writer.BeginObject();
    WriteOutcome(writer, outcome);
    writer.Key("version").Int(prepared->approved.version);
    writer.Key("entries").Int(static_cast<int64_t>(prepared->approved.entries));
    WriteDocuments(writer, room, prepared->approved.version, prepared->approved.documents);
    writer.EndObject();
    net::post(parts_.io, [reply, body = writer.Take()]() mutable {
      (*reply)(JsonAnswer(200, std::move(body)));
    });
  };
  if (!parts_.reports.Ask(std::move(job))) (*reply)(Busy());
}

// "HEX/2/en": what was published is for everybody.
void Api::GivePublished(std::string_view rest, SharedReply reply) {
  const size_t first = rest.find('/');
  const size_t second = first == std::string_view::npos ? first : rest.find('/', first + 1);
  if (second == std::string_view::npos) return (*reply)(Nothing());
  const auto room = RoomId::FromHex(rest.substr(0, first));
  const std::string_view number = rest.substr(first + 1, second - first - 1);
  uint32_t version = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), version);
  const bool whole = read.ec == std::errc() && read.ptr == number.data() + number.size();
  if (!room || !whole || number.starts_with('0')) return (*reply)(Nothing());
  const std::string language(rest.substr(second + 1));
  FindRoom(*room, reply, [this, room = *room, version, language, reply](const Info&) {
    auto job = [this, room, version, language, reply](RecordMaker& maker) {
      auto shown = maker.Show(room, version, language);
      net::post(parts_.io, [reply, shown = std::move(shown)]() mutable {
        if (!shown) return (*reply)(ErrorAnswer(503, "busy", shown.error()));
        (*reply)(*shown ? Html(std::move((*shown)->html)) : Nothing());
      });
    };
    if (!parts_.reports.Ask(std::move(job))) (*reply)(Busy());
  });
}

}  // namespace plenum
