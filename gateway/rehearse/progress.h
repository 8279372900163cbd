// Progress: says on standard error what the rehearsal is doing. On a terminal the line of the
// moment is written over; otherwise every line stands, and only what is new is said.
#pragma once

#include <string>

namespace plenum::rehearse {

class Progress {
 public:
  Progress();
  ~Progress();
  // Something has begun or ended.
  void Say(const std::string& line);
  // How far it is; shown on a terminal only.
  void Status(const std::string& line);

 private:
  void Clear();
  const bool terminal_;
  std::string status_;
};

}  // namespace plenum::rehearse
