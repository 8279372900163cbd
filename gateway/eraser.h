// Erasing a text for good: out of the vault first, and only then as an event, so that what has been
// answered "accepted" is gone. Was it cut short in between, the text is gone and the event is asked
// for again.
#pragma once

#include <functional>
#include <memory>

#include "ingest/vault.h"
#include "projector/projector_thread.h"
#include "schema/ids.h"

namespace plenum {

class Eraser {
 public:
  using Done = std::move_only_function<void(std::expected<void, LogError>)>;
  using Job = std::move_only_function<void()>;

  // `run_job` runs a job that waits for the disk, or for brokers; on a thread that may wait.
  Eraser(ProjectorThread& projector, Vault& vault, std::function<void(Job)> run_job);

  // Every text that the item has or had, and the documents of the record that may hold one; none if
  // there is no such item, which the fold then says.
  // `done` runs on the job's thread, or on the projector's; kBusy: ask again.
  void Erase(const RoomId& room, const ActivityId& activity, const ItemId& item, Done done);

 private:
  void EraseDocuments(const RoomId& room, const std::shared_ptr<Done>& done);

  ProjectorThread& projector_;
  Vault& vault_;
  std::function<void(Job)> run_job_;
};

}  // namespace plenum
