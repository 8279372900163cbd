// The library over HTTP: read-only, the same for everybody, no token.
#include "gateway/api.h"
#include "gateway/library/library.h"
#include "schema/hash.h"

namespace plenum {
namespace {

HttpAnswer Constant(const HttpQuestion& question, std::string body) {
  const std::string etag = "\"" + HashOf(body).Hex().substr(0, 32) + "\"";
  HttpAnswer answer = JsonAnswer(200, std::move(body));
  answer.cache_control = "no-cache";  // another version of the program may have another library
  answer.etag = etag;
  if (question.if_none_match == etag) {
    answer.status = 304;
    answer.body = nullptr;
  }
  return answer;
}

}  // namespace

// Nothing if `route` is not the library's.
std::optional<HttpAnswer> Api::LibraryAnswer(const HttpQuestion& question,
                                             std::string_view route) const {
  constexpr std::string_view kLibrary = "library";
  constexpr std::string_view kDays = "/days/";
  constexpr std::string_view kActivities = "/activities/";
  if (!route.starts_with(kLibrary)) return std::nullopt;
  route.remove_prefix(kLibrary.size());
  std::optional<std::string_view> file;
  if (route.starts_with(kDays)) {
    file = FindLibraryDay(route.substr(kDays.size()));
  } else if (route.starts_with(kActivities)) {
    file = FindLibraryActivity(route.substr(kActivities.size()));
  } else if (route == "/schema") {
    file = RunSheetSchema();
  } else if (!route.empty()) {
    return std::nullopt;
  }
  if (question.method != "GET") {
    HttpAnswer answer = ErrorAnswer(405, "method", "This address takes GET only.");
    answer.allow = "GET";
    return answer;
  }
  if (route.empty()) return Constant(question, EncodeLibraryList());
  if (file) return Constant(question, std::string(*file));
  return ErrorAnswer(404, "not-found", "There is nothing of this name in the library.");
}

}  // namespace plenum
