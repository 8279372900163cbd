#include <utility>

#include "gateway/api.h"
#include "schema/json.h"

namespace plenum {
namespace {

HttpAnswer NoCopies() {
  return ErrorAnswer(404, "not-found", "The log of this server is on Kafka, which keeps copies.");
}

}  // namespace

// The whole server, keys and all: only with a token that is of no room.
std::expected<Claims, HttpAnswer> Api::CheckCopier(const HttpQuestion& question) const {
  auto claims = parts_.signer.Verify(question.bearer, parts_.clock());
  if (claims && claims->room.IsZero() && May(claims->role, Permission::kCopy)) return *claims;
  return std::unexpected(ErrorAnswer(401, "not-permitted", "This takes the organiser's token."));
}

void Api::HandleCopy(const HttpQuestion& question, std::string_view what, SharedReply reply) {
  if (auto claims = CheckCopier(question); !claims) return (*reply)(std::move(claims.error()));
  if (parts_.copies == nullptr) return (*reply)(NoCopies());
  // Who was replaced must not be copied: the copy would lack what the newer server has.
  if (auto trouble = parts_.trouble()) return (*reply)(ErrorAnswer(503, "busy", *trouble));
  parts_.copies->Answer(question, what,
                        [reply](HttpAnswer answer) { (*reply)(std::move(answer)); });
}

void Api::GiveStatus(const HttpQuestion& question, SharedReply reply) {
  if (auto claims = CheckCopier(question); !claims) return (*reply)(std::move(claims.error()));
  const bool own = parts_.copies != nullptr;
  json::Writer writer;
  writer.BeginObject();
  writer.Key("log").String(own ? "built-in" : "kafka");
  if (own) {
    writer.Key("epoch").Int(static_cast<int64_t>(parts_.copies->epoch()));
    writer.Key("copies").BeginArray();
    for (const CopyLag& copy : parts_.copies->List()) {
      writer.BeginObject();
      writer.Key("name").String(copy.name);
      writer.Key("connected").Bool(copy.connected);
      writer.Key("behind").Int(static_cast<int64_t>(copy.behind));
      writer.Key("behind_ms").Int(copy.behind_ms);
      writer.EndObject();
    }
    writer.EndArray();
  }
  writer.EndObject();
  (*reply)(JsonAnswer(200, writer.Take()));
}

}  // namespace plenum
