// `plenum report versions|redact|approve|publish`: the record of the day as it is edited, on a
// server.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/commands/room_source.h"
#include "schema/run_sheet.h"

namespace plenum {

struct RecordEdit {
  CLI::App* versions = nullptr;
  CLI::App* redact = nullptr;
  CLI::App* approve = nullptr;
  CLI::App* publish = nullptr;
  std::string activity, item, reason;
  uint32_t version = 0;

  bool IsAsked() const;
};

void AddRecordEdits(CLI::App& report, RecordEdit& edit);
// The exit code.
int EditRecord(const RecordEdit& edit, const RoomSourceFlags& source, const std::string& figures);

// "FILE:3:17: sentence", a line each.
std::string ProblemsIn(const std::string& file, const std::vector<Problem>& problems);

}  // namespace plenum
