#include "tests/unit/ingest_temp_folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

namespace plenum {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "plenum-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder " << name;
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path LargestFile(const fs::path& folder, const char* extension) {
  fs::path largest;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != extension) continue;
    if (largest.empty() || entry.file_size() > fs::file_size(largest)) largest = entry.path();
  }
  EXPECT_NE(largest, fs::path()) << "no " << extension << " in " << folder;
  return largest;
}

std::string ReadFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

std::string Unmistakable(uint32_t seed) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < 64) text.push_back(static_cast<char>('!' + random() % 94));
  return text;
}

// Files may come and go meanwhile.
size_t FilesWith(const fs::path& folder, const std::string& words, const std::string& named) {
  size_t count = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    if (!it->is_regular_file(gone)) continue;
    if (it->path().filename().string().find(named) == std::string::npos) continue;
    count += ReadFile(it->path()).find(words) != std::string::npos;
  }
  return count;
}

void FlipBit(const fs::path& file, uint64_t place) {
  std::fstream io(file, std::ios::in | std::ios::out | std::ios::binary);
  io.seekg(static_cast<std::streamoff>(place));
  const char byte = static_cast<char>(io.get() ^ 1);
  io.seekp(static_cast<std::streamoff>(place));
  io.put(byte);
  EXPECT_TRUE(io.good()) << file;
}

}  // namespace plenum
