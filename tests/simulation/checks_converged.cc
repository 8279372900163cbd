// Checks at the end: after all faults have healed.
#include <algorithm>

#include "projector/views/view_builder.h"
#include "schema/hash.h"
#include "tests/simulation/checks.h"

namespace plenum::simulation {
namespace {

// A projector that nobody listens to.
class Silence final : public ProjectorSink {
 public:
  void OnFolded(std::span<const FoldedEvent>) override {}
  void OnRoom(std::shared_ptr<const RoomInfo>) override {}
  void OnView(const View&) override {}
};

}  // namespace

void Checks::Converged(Node& node) {
  ReadLog();
  CheckPosition(node);
  if (applied_[kRoomPartition] != ids_.size()) return Fail("the fold has not caught up");
  CheckSame(node);
  CheckHistories();
  CheckLogUnchanged();
  CheckScreens(node);
  CheckRebuild(node);
  for (const auto& [of, result] : witness_.state().results) {
    if (result.status != StoredResult::Status::kConfirmed) {
      Fail("the result of " + of.first + " was never recorded");
    }
  }
}

// 8. Every request got an answer. 1 and 2, once more for all of them.
void Checks::CheckHistories() {
  for (const Client* client : clients_) {
    if (!client->over() && client->waiting() > 0) {
      Fail(client->badge().name + " still waits for " + std::to_string(client->waiting()) +
           " answers");
    }
    for (const auto& [id, asked] : client->history()) {
      const bool there = places_.contains(id);
      if (asked.Failed() && there) Fail("what definitely failed is in the log: " + asked.text);
      if ((asked.offset || asked.answer) && !there) {
        Fail("what was acknowledged is not in the log: " + asked.text);
      }
    }
  }
}

// What was durable once has not changed since.
void Checks::CheckLogUnchanged() {
  for (uint64_t from = 0; from < entries_.size();) {
    auto entries = disk_.log().Read(kRoomPartition, from, limits::kReadEvents);
    if (!entries || entries->empty()) return Fail("durable entries are gone");
    for (const LogEntry& entry : *entries) {
      if (HashOf(entry.bytes) != entries_[from++]) Fail("a durable entry has changed");
    }
  }
}

// 8. All screens show the newest state, and the same.
void Checks::CheckScreens(Node& node) {
  VaultTexts texts(disk_.vault);
  const std::string code = node.projector().directory().CodeOf(room_).value_or("");
  const ViewContext context{room_, witness_.state(), code, texts};
  const std::string stage = BuildStageView(context);
  const std::string console = BuildConsoleView(context);
  for (const Client* client : clients_) {
    const Badge& badge = client->badge();
    if (client->over() || !client->Reads()) continue;
    if (!client->welcomed()) {
      Fail(badge.name + " is not connected");
      continue;
    }
    if (client->shown(Topic::kStage).data != stage) Fail(badge.name + " shows an old stage");
    if (badge.participant &&
        client->shown(Topic::kPerson).data != BuildPersonView(context, *badge.participant)) {
      Fail(badge.name + " shows an old view of the person");
    }
    if (May(badge.role, Permission::kRun) && client->shown(Topic::kConsole).data != console) {
      Fail(badge.name + " shows an old console");
    }
  }
}

// 4. A rebuild from nothing gives the same rows, byte for byte.
void Checks::CheckRebuild(Node& node) {
  MemoryStore rebuilt;
  VaultTexts texts(disk_.vault);
  Silence silence;
  Projector projector(node.log(), rebuilt, texts, silence);
  if (auto started = projector.Start(); !started) return Fail(started.error());
  for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
    for (bool at_end = false; !at_end;) {
      auto reached = projector.CatchUp(partition);
      if (!reached) return Fail("the rebuild failed: " + reached.error());
      at_end = *reached;
    }
  }
  for (const auto& [key, value] : rebuilt.rows()) {
    auto it = disk_.rows.rows().find(key);
    if (it == disk_.rows.rows().end() || it->second != value) {
      Fail("the rebuild has another row " +
           HexEncode(reinterpret_cast<const uint8_t*>(key.data()), key.size()));
    }
  }
  if (rebuilt.rows().size() != disk_.rows.rows().size()) Fail("the rebuild has fewer rows");
}

}  // namespace plenum::simulation
