#include "gateway/commands/out_file.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <utility>

namespace plenum {

OutFile::OutFile(std::string path) : path_(std::move(path)) {
  if (path_ != "-") file_.open(path_ + ".part", std::ios::binary | std::ios::trunc);
}

OutFile::~OutFile() {
  if (path_ != "-" && !whole_) ::unlink((path_ + ".part").c_str());
}

std::ostream& OutFile::stream() { return path_ == "-" ? std::cout : file_; }

std::expected<void, std::string> OutFile::Finish() {
  stream().flush();
  bool fine = static_cast<bool>(stream());
  if (fine && path_ != "-") fine = std::rename((path_ + ".part").c_str(), path_.c_str()) == 0;
  if (!fine) return std::unexpected(path_ + " cannot be written.");
  whole_ = true;
  return {};
}

}  // namespace plenum
