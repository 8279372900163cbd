// Random days: moderators, tables as a presenter sets them, and a run sheet that changes.
#include "tests/property/fold_day.h"

namespace plenum::fold_test {

void RandomDay::Moderate(const Activity& activity) {
  const ItemId item = AnyItem(activity);
  Role role = Role::kModerator;
  Payload payload = ItemModerated{item, random_.Chance(65)};
  switch (random_.Below(13)) {
    case 0:
      payload = AuthorHeld{item, random_.Chance(50)};
      break;
    case 1:
      payload = ItemReworded{item, HashOf(item)};
      break;
    case 2:
      payload = ItemMarked{item, static_cast<Mark>(random_.Below(3))};
      break;
    case 3:
      if (random_.Chance(60)) break;
      role = random_.Chance(90) ? Role::kProducer : Role::kModerator;
      payload = ItemErased{item};
      break;
    case 4:
      role = Role::kPresenter;
      payload = ResultTold{activity.stage, static_cast<uint32_t>(random_.Below(4))};
      break;
    default:
      // What waits is mostly let in.
      for (const Item& one : activity.items) {
        const bool waits = one.state == ItemState::kPending;
        if (waits && random_.Chance(50)) payload = ItemModerated{one.id, random_.Chance(80)};
      }
  }
  Send(room_.Make(role, payload, activity.spec.id));
}

void RandomDay::SetTables(const Activity& activity) {
  TablesSet set;
  const uint64_t count = 1 + random_.Below(5);
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t number = random_.Chance(90) ? i + 1 : 1 + random_.Below(5);
    TableSet& table = set.tables.emplace_back();
    table.number = static_cast<uint32_t>(number);
    table.capacity = 2 + static_cast<uint32_t>(random_.Below(6));
    if (random_.Chance(70)) table.topic = AnyItem(activity);
  }
  Event event = room_.Make(Role::kPresenter, set, activity.spec.id);
  event.generation = activity.stage.generation;
  if (random_.Chance(5)) ++event.generation;
  Send(event);
}

void RandomDay::ChangeSheet(const Activity& activity) {
  const ActivityId id = activities_[random_.Below(activities_.size())];
  const RoomState& state = room_.state();
  switch (random_.Below(10)) {
    case 0: {
      ActivityChanged changed{room_.At(id).spec};
      changed.spec.title = English("Changed " + std::to_string(random_.Below(3)));
      if (random_.Chance(30)) changed.spec.items.push_back({"more", 9, English("More"), {}});
      if (random_.Chance(20)) changed.spec.items.clear();
      if (random_.Chance(5)) changed.spec.id = "another";
      return Send(room_.Make(Role::kProducer, changed, id));
    }
    case 1: {
      const ActivityId before = activities_[random_.Below(activities_.size())];
      return Send(
          room_.Make(Role::kPresenter, ActivityMoved{random_.Chance(70) ? before : ""}, id));
    }
    case 2:
      return Send(room_.Make(Role::kPresenter, ActivitySkipped{random_.Chance(60)}, id));
    case 3:
      return Send(room_.Make(Role::kModerator, ScreensBlanked{random_.Chance(50)}));
    case 4: {
      EventId told;
      if (!state.words.empty()) told = state.words.begin()->first;
      return Send(room_.Make(Role::kModerator, OrganiserHeard{told}));
    }
    case 5: {
      Event event = room_.Make(Role::kPresenter, ControlTaken{});
      event.actor.token = IdOf<TokenId>(random_.Chance(50) ? "first" : "second");
      return Send(event);
    }
    case 6:
      return EditRecord(activity);
    case 7: {
      const TokenId link = IdOf<TokenId>("link " + std::to_string(random_.Below(5)));
      const Role role = random_.Chance(50) ? Role::kKeyer : Role::kAuditor;
      return Send(room_.Make(Role::kProducer, LinkMade{link, role, HashOf(link.View())}));
    }
    default:
      return Moderate(activity);
  }
}

void RandomDay::EditRecord(const Activity& activity) {
  const uint64_t entries = room_.room().size();
  const auto next = static_cast<uint32_t>(room_.state().versions.size() + 1);
  if (random_.Chance(60)) {
    const auto reason = static_cast<Redaction>(random_.Below(6));
    return Send(
        room_.Make(Role::kModerator, RecordRedacted{AnyItem(activity), reason}, activity.spec.id));
  }
  if (random_.Chance(50)) {
    const auto version = static_cast<uint32_t>(1 + random_.Below(next));
    return Send(room_.Make(Role::kPresenter, RecordPublished{version}));
  }
  RecordApproved approved{next, entries - random_.Below(std::min<uint64_t>(entries, 9)), {}, {}};
  approved.documents.push_back({"en", HashOf("record"), {HashOf("piece")}});
  if (random_.Chance(10)) ++approved.version;
  if (random_.Chance(5)) approved.entries += 9;
  if (random_.Chance(50)) approved.figures = HashOf("figures");
  Send(room_.Make(Role::kProducer, approved));
}

}  // namespace plenum::fold_test
