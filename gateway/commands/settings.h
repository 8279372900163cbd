// Where a setting comes from: its flag, else the environment (--listen is PLENUM_LISTEN), else the
// file that --config names (listen = "127.0.0.1:8080"), else its default.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <string>

namespace plenum {

// Fills the command's options that were not given as flags. The error is one sentence.
std::expected<void, std::string> FillSettings(CLI::App& command);

// All settings as they are now, in the form of the file. REQUIRES: FillSettings.
std::string PrintSettings(const CLI::App& command);

}  // namespace plenum
