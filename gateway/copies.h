// Copies: who keeps a copy of this server's log (plenum copy), and how far behind each is. A state
// machine; every call names the time. I/O thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "schema/ids.h"
#include "schema/message.h"

namespace plenum {

struct CopyLag {
  std::string name;
  bool connected = false;
  uint64_t behind = 0;  // entries
  TimeMs behind_ms = 0;
};

class Copies {
 public:
  // The log now ends here, all partitions together. The more often it is called the more exact are
  // the times.
  void Observe(uint64_t end, TimeMs now);
  // A copy has durably all up to here.
  void Heard(const std::string& name, uint64_t has, TimeMs now);

  std::vector<CopyLag> List(TimeMs now) const;
  // For screens: the nearest of those that are connected, its time in tenths of a second.
  CopyState State(TimeMs now) const;

 private:
  struct Copy {
    uint64_t has = 0;
    TimeMs heard = 0;
  };
  CopyLag LagOf(const std::string& name, const Copy& copy, TimeMs now) const;

  std::map<std::string, Copy> copies_;
  std::deque<std::pair<uint64_t, TimeMs>> ends_;  // each end, and when it was first seen
};

}  // namespace plenum
