// Lead: who takes the day from one stage to the next. The rehearsal's own presenter does, or it
// follows somebody else, in a browser.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gateway/rehearse/views.h"

namespace plenum::rehearse {

// The people, as a presenter sees them.
class Crowd {
 public:
  virtual ~Crowd() = default;
  // Who is coming and going before this activity, comes and goes.
  virtual void OnNext(const ActivityId& activity) = 0;
  // How many have something left to do or to hear, in this stage; in a waiting activity: at all.
  virtual size_t Busy(const ActivityId& activity, const Stage& stage) const = 0;
  // Whether somebody would still vote if they could.
  virtual bool WouldVote(const ActivityId& activity) const = 0;
};

class Lead {
 public:
  using OnStep = std::function<void(const ConsoleActivity&, size_t busy)>;

  virtual ~Lead() = default;
  virtual void Start() = 0;
  virtual void Stop() = 0;
  // The day is over: of one that is led from here, the last activity is sealed.
  virtual bool done() const = 0;
  virtual bool gone() const = 0;
  // Why the day cannot go on, if it cannot: one sentence.
  virtual const std::optional<std::string>& stuck() const = 0;
  // The newest console that was looked at; null before the first.
  virtual const ConsoleView* console() const = 0;
};

}  // namespace plenum::rehearse
