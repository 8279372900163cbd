// What is wrong with a run sheet, for the page that organisers write it on: no room is made of it.
#include "gateway/api.h"
#include "schema/sheet_check.h"

namespace plenum {

// For who may make rooms: a sheet is large, and reading it costs something.
HttpAnswer Api::AnswerToCheck(const HttpQuestion& question) const {
  if (auto claims = CheckOrganiser(question); !claims) return std::move(claims.error());
  return JsonAnswer(200, EncodeSheetCheck(CheckSheet(question.body)));
}

}  // namespace plenum
