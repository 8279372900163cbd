#include "tests/unit/ingest_child_folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace plenum {
namespace {

constexpr char kVariable[] = "PLENUM_TEST_CHILD_FOLDER";

}  // namespace

ChildFolder::ChildFolder() {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  if (const char* given = getenv(kVariable)) {
    path_ = given;
    return;
  }
  own_.emplace();
  path_ = own_->path();
  setenv(kVariable, path_.c_str(), /*replace=*/1);
}

ChildFolder::~ChildFolder() {
  if (own_) unsetenv(kVariable);
}

}  // namespace plenum
