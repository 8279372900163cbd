#include "ingest/event_log.h"

namespace plenum {

std::string_view LogErrorText(LogError error) {
  switch (error) {
    case LogError::kBusy:
      return "The log is busy; send it again in a moment.";
    case LogError::kTooLarge:
      return "This is too large for the log.";
    case LogError::kDiskFull:
      return "The server's disk is full.";
    case LogError::kUnknown:
      return "It is not known whether this was recorded; send it again.";
    case LogError::kFailed:
      return "The log has failed, and the server must be started again.";
    case LogError::kCorrupt:
      return "The log on the server's disk is damaged.";
  }
  return "The log said something that it cannot say.";
}

}  // namespace plenum
