#include "gateway/rehearse/display.h"

namespace plenum::rehearse {

Display::Display(Shared& shared, std::unique_ptr<Link> link, uint32_t number, std::string token,
                 Random random)
    : shared_(shared),
      number_(number),
      client_(shared, std::move(link), kDisplay, std::move(token), random, *this) {}

void Display::OnStage(const StageView& view) {
  shared_.history.OnShown(number_, view.version, shared_.loop.Now());
  if (view.activity.empty()) return;
  shared_.history.OnStage(view.version, view.activity, view.stage);
  activity_ = view.activity;
  stage_ = view.stage;
  if (stage_.phase == Phase::kSeated) {
    SeenTables seen{number_, activity_, stage_, view.version, {}};
    for (const ShownTable& table : view.tables) seen.seated[table.number] = table.seated;
    shared_.history.OnTables(std::move(seen));
  }
  bool revealed = stage_.phase == Phase::kRevealed || stage_.phase == Phase::kSealed;
  if (view.result && revealed) {
    results_[view.activity] = *view.result;
  } else if (view.result) {
    seen_early_.insert(view.activity);
  }
}

}  // namespace plenum::rehearse
