#include "ingest/kafka_options.h"

#include <fstream>
#include <string_view>

namespace plenum {

namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool ConcernsSecurity(std::string_view name) {
  return name == "security.protocol" || name.starts_with("ssl.") || name.starts_with("sasl.");
}

}  // namespace

std::expected<std::map<std::string, std::string>, std::string> ReadKafkaSecurity(
    const std::filesystem::path& file) {
  const auto refuse = [&](size_t number, const std::string& why) {
    return std::unexpected(file.string() + ":" + std::to_string(number) + ": " + why);
  };
  std::error_code error;
  std::ifstream in;
  if (std::filesystem::is_regular_file(file, error)) in.open(file);
  if (!in.is_open()) return std::unexpected(file.string() + " cannot be read.");

  std::map<std::string, std::string> settings;
  std::string text;
  for (size_t number = 1; std::getline(in, text); ++number) {
    const std::string_view line = Trim(text);
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) return refuse(number, "This line is not NAME=VALUE.");
    const std::string name(Trim(line.substr(0, equals)));
    if (!ConcernsSecurity(name)) {
      return refuse(number, "\"" + name + "\" is none of security.protocol, ssl.* and sasl.*.");
    }
    // A password may hold any character, so that nothing after the "=" is a comment.
    if (!settings.emplace(name, Trim(line.substr(equals + 1))).second) {
      return refuse(number, "\"" + name + "\" is set twice.");
    }
  }
  if (in.bad()) return std::unexpected(file.string() + " cannot be read.");
  return settings;
}

}  // namespace plenum
