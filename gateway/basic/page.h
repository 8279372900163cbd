// The pages of /basic, as documents: pure functions of what the stage and person views say.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "gateway/basic/form.h"
#include "gateway/basic/html.h"
#include "gateway/basic/look.h"
#include "gateway/basic/words.h"

namespace plenum::basic {

// What became of what was sent, for people.
struct Notice {
  enum class Kind : uint8_t { kNone, kGood, kBad } kind = Kind::kNone;
  std::string text;
};

struct RoomPage {
  std::string code;      // of the room
  std::string language;  // "en", "cy"
  std::string pass;      // goes along in each form, where there are no cookies; else empty
  std::string key;       // by which the server knows its own forms again
  Look stage, person;    // data of the views
  Notice notice;
  std::optional<Form> again;  // what the server has not answered, to be sent once more
  bool asks_group = false;
  bool changing = false;  // an answer that counts already
  bool still = false;     // this person's pages do not refresh by themselves
  int64_t now_ms = 0;
  std::function<std::string()> new_id;  // 32 hex digits: of a command
};
std::string RenderRoom(const RoomPage& page);

struct JoinPage {
  std::string code;      // empty: the page that asks for it
  std::string language;  // empty: both
  Notice notice;
  Look room;     // of GET /api/v1/codes/CODE
  Look privacy;  // of GET /api/v1/rooms/CODE/privacy
  std::string id;
  std::string personal;  // as typed before
};
std::string RenderJoin(const JoinPage& page);

// One sentence, and what to do then: a form to `code`'s room, or nothing.
struct EndPage {
  std::string code = {};
  std::string language = {};
  std::string text = {};
  std::optional<Word> button = {};
  std::string action = {};  // of the form's `do`
  std::string pass = {};    // as in RoomPage
  std::string key = {};
  bool refresh = false;  // worth looking at again
  bool still = false;    // as in RoomPage
};
std::string RenderEnd(const EndPage& page);

std::string_view StyleSheet();  // of all these pages, /basic/basic.css

}  // namespace plenum::basic
