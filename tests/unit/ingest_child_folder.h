// A folder that a test and the process that it starts (a death test in its threadsafe style: the
// same program, the same test, up to the statement that dies) have in common.
#pragma once

#include <filesystem>
#include <optional>

#include "tests/unit/ingest_temp_folder.h"

namespace plenum {

class ChildFolder {
 public:
  ChildFolder();
  ~ChildFolder();
  ChildFolder(const ChildFolder&) = delete;
  ChildFolder& operator=(const ChildFolder&) = delete;
  bool in_child() const { return !own_.has_value(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::optional<TempFolder> own_;
  std::filesystem::path path_;
};

}  // namespace plenum
