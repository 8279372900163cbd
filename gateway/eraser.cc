#include "gateway/eraser.h"

#include <memory>
#include <utility>
#include <vector>

#include "gateway/record_maker.h"
#include "projector/fold/erase.h"
#include "projector/fold/fold.h"

namespace plenum {
namespace {

std::vector<EventId> TextsOf(Projector& projector, const RoomId& room_id,
                             const ActivityId& activity_id, const ItemId& item_id) {
  Room* room = projector.Find(room_id);
  const Activity* activity = room ? room->state().Find(activity_id) : nullptr;
  if (activity == nullptr) return {};
  return TextsToErase(room->state(), *activity, item_id);
}

// Whatever version of the record was approved may hold the text.
std::vector<EventId> Documents(Projector& projector, const RoomId& room_id) {
  std::vector<EventId> pieces;
  Room* room = projector.Find(room_id);
  if (room == nullptr) return pieces;
  for (const RecordVersion& version : room->state().versions) {
    for (const EventId& piece : PiecesOf(version)) pieces.push_back(piece);
  }
  return pieces;
}

std::expected<void, LogError> EraseAll(Vault& vault, const RoomId& room,
                                       const std::vector<EventId>& texts) {
  for (const EventId& text : texts) {
    if (auto erased = vault.EraseText(room, text); !erased) return erased;
  }
  return {};
}

}  // namespace

Eraser::Eraser(ProjectorThread& projector, Vault& vault, std::function<void(Job)> run_job)
    : projector_(projector), vault_(vault), run_job_(std::move(run_job)) {}

void Eraser::Erase(const RoomId& room, const ActivityId& activity, const ItemId& item, Done done) {
  auto shared = std::make_shared<Done>(std::move(done));
  const bool posted =
      projector_.Post([this, room, activity, item, shared](Projector& projector, TimeMs) {
        run_job_([this, room, shared, texts = TextsOf(projector, room, activity, item)] {
          auto erased = EraseAll(vault_, room, texts);
          if (!erased || texts.empty()) return (*shared)(std::move(erased));
          EraseDocuments(room, shared);
        });
      });
  if (!posted) (*shared)(std::unexpected(LogError::kBusy));
}

// Looked up after the text is gone: a record that is approved later does not hold it, or finds that
// the vault has changed while it was made.
void Eraser::EraseDocuments(const RoomId& room, const std::shared_ptr<Done>& done) {
  const bool posted = projector_.Post([this, room, done](Projector& projector, TimeMs) {
    run_job_([this, room, done, pieces = Documents(projector, room)] {
      (*done)(EraseAll(vault_, room, pieces));
    });
  });
  if (!posted) (*done)(std::unexpected(LogError::kBusy));
}

}  // namespace plenum
