// A folder that lives as long as a test.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace plenum {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The largest file in the folder with this extension; fails the test if there is none.
std::filesystem::path LargestFile(const std::filesystem::path& folder, const char* extension);
std::string ReadFile(const std::filesystem::path& file);
// 64 characters that no compression can shorten or tear apart, and no other text has.
std::string Unmistakable(uint32_t seed);
// How many files in the folder, at any depth, hold these words; only those with `named` in their
// names.
size_t FilesWith(const std::filesystem::path& folder, const std::string& words,
                 const std::string& named = "");
// Turns one bit of the byte at this place around.
void FlipBit(const std::filesystem::path& file, uint64_t place);

}  // namespace plenum
