#include "gateway/commands/settings.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace plenum {
namespace {

constexpr const char* kConfig = "config";

// Flags that ask for something else than work, and what names a file to work on, are no settings.
bool IsSetting(const CLI::Option& option) {
  if (option.get_lnames().empty()) return false;
  const std::string& name = option.get_lnames().front();
  return name != "help" && name != "help-all" && name != "version" && name != "print-config";
}

std::string EnvironmentName(const std::string& name) {
  std::string text = "PLENUM_";
  for (char c : name) text += c == '-' ? '_' : static_cast<char>(std::toupper(c));
  return text;
}

using Values = std::map<std::string, std::string>;

std::expected<Values, std::string> ReadConfig(const CLI::App& command, const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::unexpected("The settings file " + path + " cannot be read.");
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_config(file);
  } catch (const CLI::Error& error) {
    return std::unexpected("The settings file " + path + " is not valid: " + error.what());
  }
  Values values;
  for (const CLI::ConfigItem& item : items) {
    const CLI::Option* option = command.get_option_no_throw("--" + item.name);
    if (!item.parents.empty() || !option || !IsSetting(*option) || item.name == kConfig) {
      return std::unexpected("The settings file " + path + " has an unknown setting \"" +
                             item.fullname() + "\".");
    }
    values[item.name] = item.inputs.empty() ? "" : item.inputs.front();
  }
  return values;
}

void Give(CLI::Option& option, const std::string& value) {
  option.add_result(value);
  option.run_callback();
}

}  // namespace

std::expected<void, std::string> FillSettings(CLI::App& command) {
  try {
    for (CLI::Option* option : command.get_options()) {
      if (!IsSetting(*option) || option->count() > 0) continue;
      const char* value = std::getenv(EnvironmentName(option->get_lnames().front()).c_str());
      if (value && *value) Give(*option, value);
    }
    const CLI::Option* config = command.get_option_no_throw("--config");
    if (!config || config->count() == 0) return {};
    auto values = ReadConfig(command, config->as<std::string>());
    if (!values) return std::unexpected(values.error());
    for (const auto& [name, value] : *values) {
      CLI::Option* option = command.get_option("--" + name);
      if (option->count() == 0) Give(*option, value);
    }
  } catch (const CLI::Error& error) {
    return std::unexpected(error.what());
  }
  return {};
}

std::string PrintSettings(const CLI::App& command) {
  std::ostringstream text;
  for (const CLI::Option* option : command.get_options()) {
    if (!IsSetting(*option) || option->get_lnames().front() == kConfig) continue;
    std::string value = option->count() > 0 ? option->as<std::string>() : option->get_default_str();
    text << option->get_lnames().front() << " = \"" << value << "\"\n";
  }
  return text.str();
}

}  // namespace plenum
