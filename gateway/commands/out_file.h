// A file that a command writes: beside its name, and renamed once it is whole.
#pragma once

#include <expected>
#include <fstream>
#include <ostream>
#include <string>

namespace plenum {

class OutFile {
 public:
  explicit OutFile(std::string path);  // "-" is standard output
  ~OutFile();                          // what is not whole goes
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  std::ostream& stream();
  // The error is one sentence.
  std::expected<void, std::string> Finish();

 private:
  std::string path_;
  std::ofstream file_;
  bool whole_ = false;
};

}  // namespace plenum
