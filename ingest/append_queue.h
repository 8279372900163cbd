// What waits to be committed to a log. Offsets are assigned when a batch is committed, not here.
#pragma once

#include <string>

#include "ingest/batch_queue.h"
#include "ingest/event_log.h"

namespace plenum {

struct QueuedAppend {
  Partition partition = 0;
  std::string bytes;
  Urgency urgency = Urgency::kVote;
  EventLog::Done done;
};

using AppendQueue = BatchQueue<QueuedAppend>;

}  // namespace plenum
