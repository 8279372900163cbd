// The print pack: documents in HTML, each by itself, to be printed. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"
#include "schema/ids.h"

namespace plenum {

enum class Paper : uint8_t { kA4, kA3 };

struct PrintItem {
  uint32_t number = 0;  // 0: has none
  Text title;
  Text detail = {};  // may be empty
};

struct PrintTable {
  uint32_t number = 0;
  Text topic = {};  // may be empty
};

// What can be printed of one activity.
struct PrintActivity {
  ActivitySpec spec;
  std::vector<PrintItem> items = {};  // in their order
  std::vector<PrintTable> tables = {};
};

struct PrintSheet {
  std::string base;  // "https://host:port"
  std::string code;  // of the room, six digits
  Text title;
  std::vector<std::string> languages;
  bool codes_only = false;  // nobody joins without a personal code
  uint32_t expected_people = 0;
  std::vector<PrintActivity> activities = {};
};

struct Wifi {
  std::string name;      // SSID
  std::string password;  // empty: an open network
  bool hidden = false;
};

struct Badge {
  std::string name;  // may be empty
  std::string code;  // personal
};

// Labels on one sheet of paper.
inline constexpr size_t kBadgesAPage = 8;
// Of one document: more are printed as several.
inline constexpr uint32_t kMostPrinted = 1000;

// The addresses behind the QR codes.
std::string JoinUrl(const PrintSheet& sheet);
std::string TableUrl(const PrintSheet& sheet, uint32_t table);
std::string ItemUrl(const PrintSheet& sheet, const ActivityId& activity, uint32_t number);
std::string BadgeUrl(const PrintSheet& sheet, std::string_view code);
std::string WifiCode(const Wifi& wifi);  // "WIFI:T:WPA;S:…;P:…;;"

std::string PrintJoinPoster(const PrintSheet& sheet, Paper paper);
std::string PrintWifiPoster(const PrintSheet& sheet, const Wifi& wifi, Paper paper);
// A page a table, of all activities at tables.
std::string PrintTableSigns(const PrintSheet& sheet, Paper paper);
// A page a numbered item of the activities that are judged by dots, or by sheets of ratings.
std::string PrintGallery(const PrintSheet& sheet, Paper paper);
// Two on a page, numbered from `first` to `last`, for the activities with a paper deck.
std::string PrintCards(const PrintSheet& sheet, uint32_t first, uint32_t last, Paper paper);
std::string PrintBallots(const PrintSheet& sheet, const PrintActivity& activity,
                         const std::vector<std::string>& serials, Paper paper);
std::string PrintBadges(const PrintSheet& sheet, const std::vector<Badge>& badges, Paper paper);

// What a server offers to be printed: the sheet without its activities, and the names of the
// documents that there are: "join", "tables", "ballots/areas" (schema/json-schema/http.json).
struct PrintOffer {
  PrintSheet sheet;
  std::vector<std::string> documents;
};
std::string EncodePrintOffer(const PrintSheet& sheet);
std::expected<PrintOffer, std::string> ParsePrintOffer(std::string_view json);

// Whether the activity has ballots that paper can take.
bool HasPaperBallot(const PrintActivity& activity);

}  // namespace plenum
