#include "tests/simulation/node.h"

#include <utility>

namespace plenum::simulation {
namespace {

// From the log's thread to the projector's: beyond it, the projector reads the log by itself.
constexpr size_t kHandedOver = 16;
// The log's thread has a look at the disk even when nobody writes: it may be full no more.
constexpr Micros kIdle = 200 * kMs;

}  // namespace

std::optional<std::string> VaultTexts::TextOf(const RoomId& room, const Item& item) {
  auto text = vault_.GetText(room, item.added_by, item.text);
  if (!text || !*text) return std::nullopt;
  return (*text)->text;
}

std::string VaultTexts::RoomKey(const RoomId& room) {
  auto key = vault_.GetKey(room, "room");
  if (!key || !*key) return {};
  return **key;
}

Node::Node(NodeParts parts, Random random)
    : parts_(std::move(parts)),
      random_(random),
      texts_(parts_.disk.vault),
      log_(parts_.disk.log(), parts_.log_options),
      intake_(parts_.disk.vault, log_),
      mailbox_([this] { WakeIo(); }),
      projector_(log_, parts_.disk.rows, texts_, mailbox_),
      hub_({.log = log_,
            .submit_text =
                [this](VaultText text, Urgency urgency, TextIntake::MakeEvent make_event,
                       Partition partition, EventLog::Done done) {
                  return intake_.Submit(std::move(text), urgency, std::move(make_event), partition,
                                        std::move(done));
                },
            .random = [this](std::span<uint8_t> bytes) { random_.Fill(bytes); },
            .keys = texts_,
            .projector = *this,
            .signer = parts_.signer,
            .mailbox = mailbox_}) {
  log_.SetTail([this](Partition partition, std::span<const LogEntry> entries) {
    if (batches_.size() >= kHandedOver) {
      parts_.trace.Count("handover full");
      behind_[partition] = true;
    } else {
      batches_.push_back({partition, {entries.begin(), entries.end()}});
    }
    WakeProjector(random_.Between(20, 2 * kMs));
  });
}

// Not in order, as a server stops, but at once: nothing is answered any more.
Node::~Node() {
  if (*alive_) Crash(0);
}

std::expected<void, std::string> Node::Start() {
  if (auto started = projector_.Start(); !started) return started;
  WakeProjector(random_.Between(100, 20 * kMs));
  WakeLog();
  Tick();
  return {};
}

void Node::Crash(size_t keep) {
  *alive_ = false;
  intake_.Forget();
  log_.Crash(keep);
}

Hub::Client& Node::Open(ClientPort& port) { return hub_.Open(port, now()); }

void Node::OnText(uint64_t connection, std::string_view text) {
  hub_.OnText(connection, text, now());
  AfterIo();
}

void Node::Closed(uint64_t connection) {
  hub_.Closed(connection, now());
  AfterIo();
}

void Node::Append(Partition partition, const Event& event, EventLog::Done done) {
  (void)log_.Append(partition, EncodeEvent(event), Urgency::kStaff, std::move(done));
  WakeLog();
}

bool Node::Watch(const Watcher& watcher) {
  Post([this, watcher] { projector_.Watch(watcher, now()); });
  return true;
}

void Node::Announce(const RoomId& room) {
  Post([this, room] {
    if (!projector_.Announce(room)) mailbox_.PutMissing(room);
  });
}

void Node::Unwatch(uint64_t connection) {
  Post([this, connection] { projector_.Unwatch(connection); });
}

void Node::ReportAway(const RoomId& room, const ParticipantId& participant) {
  Post([this, room, participant] { projector_.ReportAway(room, participant); });
}

uint64_t Node::FoldLag() { return log_.End(kRoomPartition) - projector_.Next(kRoomPartition); }

void Node::Wake(Loop& loop, Micros delay, void (Node::*step)()) {
  const Micros when = parts_.timeline.micros() + delay;
  if (loop.planned && loop.when <= when) return;
  loop.planned = true;
  loop.when = when;
  parts_.timeline.At(when, [this, alive = alive_, &loop, turn = ++loop.turn, step] {
    if (!*alive || turn != loop.turn) return;  // dead, or planned again for earlier
    loop.planned = false;
    (this->*step)();
  });
}

void Node::WakeLog() { Wake(log_loop_, random_.Between(30, 1500), &Node::StepLog); }
void Node::WakeIntake() { Wake(intake_loop_, random_.Between(30, 3000), &Node::StepIntake); }
void Node::WakeIo() { Wake(io_loop_, random_.Between(10, 800), &Node::StepIo); }
void Node::WakeProjector(Micros delay) { Wake(projector_loop_, delay, &Node::StepProjector); }

void Node::AfterIo() {
  if (log_.Pending() > 0) WakeLog();
  if (intake_.Pending() > 0) WakeIntake();
}

void Node::StepLog() {
  log_.Step();
  if (log_.failed()) return Fatal("the log failed");
  Wake(log_loop_, kIdle, &Node::StepLog);
  if (log_.Pending() > 0) WakeLog();
}

void Node::StepIntake() {
  intake_.Step();
  if (intake_.Pending() > 0) WakeIntake();
  if (log_.Pending() > 0) WakeLog();
}

void Node::StepIo() {
  hub_.Drain(now());
  AfterIo();
}

void Node::Tick() {
  hub_.Tick(now());
  AfterIo();
  parts_.timeline.After(kSecond, [this, alive = alive_] {
    if (*alive) Tick();
  });
}

bool Node::Fold() {
  std::deque<Batch> batches = std::exchange(batches_, {});
  for (const Batch& batch : batches) {
    if (behind_[batch.partition]) continue;  // it will be read from the log
    if (batch.entries.front().offset > projector_.Next(batch.partition)) {
      behind_[batch.partition] = true;
    } else if (!projector_.Apply(batch.partition, batch.entries)) {
      return false;
    }
  }
  for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
    if (!behind_[partition]) continue;
    auto at_end = projector_.CatchUp(partition);
    if (!at_end) return false;
    behind_[partition] = !*at_end;
    if (!*at_end) WakeProjector(random_.Between(100, 3 * kMs));
  }
  return true;
}

void Node::StepProjector() {
  std::deque<std::function<void()>> tasks = std::exchange(tasks_, {});
  if (!Fold()) return Fatal("the projector failed: " + projector_.error());
  for (auto& task : tasks) task();
  auto speak = projector_.SpeakForNode(now(), [this](const RoomId&, std::string bytes) {
    parts_.trace.Count("node speech");
    (void)log_.Append(kRoomPartition, std::move(bytes), Urgency::kStaff, [](auto) {});
    WakeLog();
  });
  auto send = projector_.SendViews(now());
  for (auto due : {speak, send}) {
    if (due) WakeProjector(std::max<TimeMs>(1, *due - now()) * kMs);
  }
}

void Node::Post(std::function<void()> task) {
  tasks_.push_back(std::move(task));
  WakeProjector(random_.Between(20, 2 * kMs));
}

void Node::Fatal(std::string what) {
  if (std::exchange(fatal_, true)) return;
  parts_.timeline.After(0, [this, alive = alive_, what = std::move(what)] {
    if (*alive) parts_.on_fatal(what);
  });
}

}  // namespace plenum::simulation
