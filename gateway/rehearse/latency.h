// Latency: percentiles of waits, in milliseconds.
#pragma once

#include <string>
#include <vector>

#include "gateway/rehearse/history.h"

namespace plenum::rehearse {

class Latency {
 public:
  void Add(TimePoint from, TimePoint to) {
    waits_.push_back(std::chrono::duration<double, std::milli>(to - from).count());
  }
  // The smallest wait that `percent` of all do not exceed; 0 if there are none.
  double Percentile(double percent) const;
  size_t size() const { return waits_.size(); }
  std::string Json() const;  // {"p50":1.2,"p99":3.4,"max":5.6}

 private:
  mutable std::vector<double> waits_;
};

// From sending an attendee's ballot to hearing that it is durable; to its outcome; to when the last
// display held a view that includes it (of those that changed what the stage shows).
struct BallotLatencies {
  Latency recorded;
  Latency counted;
  Latency seen;
};
BallotLatencies MeasureBallots(const History& history);

}  // namespace plenum::rehearse
