// Peers: what nodes of one log tell each other beside it: that they live, how far they are, and
// what digest they have there. Nothing in it is needed for a vote; what is lost is said again.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ingest/kafka_options.h"

namespace plenum {

class Peers {
 public:
  using Hear = std::function<void(std::string_view bytes)>;

  virtual ~Peers() = default;
  // Any thread; never blocks; may be lost. Comes back to this node too.
  virtual void Tell(std::string bytes) = 0;
  // Before Start. Runs on a thread of its own, with what was told from Start on.
  virtual void SetHear(Hear hear) = 0;
  virtual void Start() = 0;
  virtual void Stop() = 0;
};

// Over the topic PREFIX.nodes.
std::unique_ptr<Peers> MakeKafkaPeers(const KafkaOptions& options);

}  // namespace plenum
