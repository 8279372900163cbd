#include "tests/unit/gateway_hub_kit.h"

namespace plenum::testing {

HubNode::HubNode(EpochPort* epoch)
    : hub({.log = log,
           .submit_text =
               [this](VaultText text, Urgency urgency, TextIntake::MakeEvent make,
                      Partition partition, EventLog::Done done) {
                 return intake.Submit(std::move(text), urgency, std::move(make), partition,
                                      std::move(done));
               },
           .random = [](std::span<uint8_t> bytes) { std::ranges::fill(bytes, uint8_t{7}); },
           .keys = texts,
           .projector = *this,
           .signer = signer,
           .mailbox = mailbox,
           .observer = nullptr,
           .on_fatal = [this](LogError error) { fatal.push_back(error); },
           .on_here = [this](const EventId& joined) { here.push_back(joined); },
           .epoch = epoch,
           .copy = [this] { return copy; }}) {
  if (!projector.Start()) std::abort();
  Append(script.Create());
  Append(script.Add(ScaleSpec("start")));
  Append(script.Add(DeckSpec("ideas")));
  Settle();
}

void HubNode::Phone::Send(const Command& command) {
  node.hub.OnText(client.session.connection(), EncodeCommand(command), node.now);
}

void HubNode::Phone::Read() {
  for (const Frame& frame : client.outbox.TakeAll()) {
    size_t length = static_cast<uint8_t>((*frame)[1]);
    size_t head = length < 126 ? 2 : length == 126 ? 4 : 10;
    auto message = ParseMessage(std::string_view(*frame).substr(head));
    if (!message) std::abort();
    if (std::holds_alternative<ViewMessage>(*message)) frames.push_back(frame);
    messages.push_back(*std::move(message));
  }
}

std::string HubNode::TokenFor(Role role, uint32_t participant) const {
  Claims claims;
  claims.room = script.room();
  claims.role = role;
  claims.id.bytes.fill(static_cast<uint8_t>(role) + 1);
  claims.expires = now + 3'600'000;
  if (role == Role::kAttendee) claims.participant = ParticipantNumber(participant);
  return signer.Sign(claims);
}

std::unique_ptr<HubNode::Phone> HubNode::Connect(Role role, uint32_t participant) {
  auto phone = std::make_unique<Phone>(*this);
  phone->Hello(TokenFor(role, participant));
  Settle();
  return phone;
}

void HubNode::Settle() {
  for (bool moved = true; moved;) {
    moved = intake.Step();
    while (log.Step()) moved = true;
    for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
      if (projector.Next(partition) == log.End(partition)) continue;
      if (!projector.CatchUp(partition)) std::abort();
      moved = true;
    }
    now += limits::kViewIntervalMs;
    projector.SendViews(now);
    const int before = wakes;
    hub.Drain(now);
    moved = moved || wakes != before;
  }
}

void HubNode::Tick(TimeMs later) {
  now += later;
  hub.Tick(now);
  Settle();
}

void HubNode::Append(const Event& event) {
  auto appended = log.Append(kRoomPartition, EncodeEvent(event), Urgency::kStaff, [](auto) {});
  if (!appended) std::abort();
}

bool HubNode::Watch(const Watcher& watcher) {
  if (refuse_watch) return false;
  projector.Watch(watcher, now);
  return true;
}

void HubNode::Announce(const RoomId& room) {
  if (!projector.Announce(room)) mailbox.PutMissing(room);
}

void HubNode::ReportAway(const RoomId& room, const ParticipantId& who) {
  away.push_back(who);
  projector.ReportAway(room, who);
}

}  // namespace plenum::testing
