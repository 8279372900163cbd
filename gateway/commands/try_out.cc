#include "gateway/commands/try_out.h"

#include <chrono>
#include <ostream>
#include <thread>

#include "gateway/http_client.h"
#include "gateway/library/library.h"
#include "gateway/print/qr_code.h"
#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr std::string_view kDay = "staff-town-hall";  // begins with an easy question
constexpr int kTries = 150;
constexpr std::chrono::milliseconds kPause{200};
constexpr int kBusy = 503;
constexpr int kCreated = 201;

// Without a limit on the first question, and without one about groups before it: who sees this for
// the first time takes their time, and comes to vote.
std::expected<std::string, std::string> Sheet() {
  auto sheet = ParseRunSheet(FindLibraryDay(kDay).value_or(""));
  if (!sheet) return std::unexpected("The sample day cannot be read.");
  sheet->expected_people = 0;
  sheet->groups.clear();
  sheet->activities.front().time.vote_ms = 0;
  return EncodeRunSheet(*sheet);
}

std::string TextAt(const json::Value* object, std::string_view key) {
  const json::Value* found = object ? object->Find(key) : nullptr;
  return found && found->AsString() ? *found->AsString() : std::string();
}

}  // namespace

std::expected<TryOut, std::string> MakeTryOut(const std::string& base, const std::string& token) {
  auto sheet = Sheet();
  if (!sheet) return std::unexpected(sheet.error());
  HttpRequest request;
  request.method = "POST";
  request.url = base + "/api/v1/rooms";
  request.bearer = token;
  request.body = *std::move(sheet);
  auto response = Fetch(request);
  for (int tries = 1; tries < kTries && response && response->status == kBusy; ++tries) {
    std::this_thread::sleep_for(kPause);
    response = Fetch(request);
  }
  if (!response) return std::unexpected(response.error());
  auto made = json::Parse(response->body);
  if (!made) return std::unexpected("The server's answer is not valid: " + made.error().what);
  if (response->status != kCreated) return std::unexpected(TextAt(&*made, "text"));
  const json::Value* links = made->Find("links");
  return TryOut{.base = base,
                .code = TextAt(&*made, "code"),
                .join = TextAt(links, "attendee"),
                .presenter = TextAt(links, "presenter"),
                .display = TextAt(links, "display"),
                .start = base + "/start#t=" + token};
}

void PrintTryOut(const TryOut& room, bool phones, bool colours, std::ostream& out) {
  const std::string join = "open " + room.base + " and type " + room.code;
  out << "\n== Vote on your own phone\n";
  if (phones) {
    out << "1. On a phone in the same Wi-Fi " << (colours ? "scan this, or " : "") << join << ".\n";
    if (colours) out << QrForTerminal(room.join);
    out << "   (If it does not open: a firewall, or a Wi-Fi for guests, keeps them apart.)\n";
  } else {
    out << "1. In another window " << join << ".\n";
  }
  out << "2. On this computer open the presenter's page, and press the large button: it opens a "
         "question.\n     "
      << room.presenter << "\n3. Vote. The big screen shows it:\n     " << room.display
      << "\n\n== Make a room of your own\n     " << room.start << "\n"
      << std::endl;
}

}  // namespace plenum
