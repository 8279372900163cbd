#include "tests/unit/projector_kit.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "schema/hash.h"

namespace plenum::testing {

RoomId RoomNumber(uint8_t n) {
  RoomId room;
  room.bytes.fill(n);
  return room;
}

ParticipantId ParticipantNumber(uint32_t n) {
  ParticipantId participant;
  participant.bytes[14] = static_cast<uint8_t>(n >> 8);
  participant.bytes[15] = static_cast<uint8_t>(n);
  return participant;
}

PersonId PersonNumber(uint32_t n, std::string_view series) {
  return PersonOf(kRoomKey, ParticipantNumber(n), series);
}

Text InEnglish(std::string_view text) { return Text{{{"en", std::string(text)}}}; }

std::optional<std::string> KitTexts::TextOf(const RoomId&, const Item& item) {
  ++reads;
  auto it = texts.find(item.added_by);
  if (it == texts.end()) return std::nullopt;
  return it->second;
}

void KitSink::OnFolded(std::span<const FoldedEvent> events) {
  for (const FoldedEvent& event : events) {
    outcomes[event.id] = event.outcome;
    folded.push_back(event);
  }
}

Event Script::Make(Role role, Payload payload, const ActivityId& activity) {
  Event event;
  event.id.bytes.fill(0xe0);
  event.id.bytes[0] = room_.bytes[0];
  event.id.bytes[14] = static_cast<uint8_t>(++events_ >> 8);
  event.id.bytes[15] = static_cast<uint8_t>(events_);
  event.room = room_;
  event.time = now;
  event.actor.role = role;
  event.activity = activity;
  event.payload = std::move(payload);
  return event;
}

Event Script::Of(uint32_t person, const ActivitySpec& spec, Payload payload, uint32_t generation,
                 uint32_t seq) {
  Event event = Make(Role::kAttendee, std::move(payload), spec.id);
  event.person = PersonNumber(person, spec.Series());
  event.series = spec.Series();
  event.generation = generation;
  event.seq = seq;
  return event;
}

Event Script::Create(uint32_t rules) {
  return Make(Role::kProducer, RoomCreated{.rules = rules,
                                           .title = InEnglish("A small day"),
                                           .languages = {"en"},
                                           .expected_people = 8});
}

Event Script::Add(const ActivitySpec& spec) {
  return Make(Role::kProducer, ActivityAdded{.spec = spec, .before = ""});
}

Event Script::Join(uint32_t person) {
  Event event = Make(Role::kAttendee, ParticipantJoined{});
  event.person = PersonNumber(person, "room");
  event.series = "room";
  return event;
}

Event Script::Advance(const ActivityId& activity, const Stage& seen, Phase to) {
  return Make(Role::kPresenter, ActivityAdvanced{.seen = seen, .to = to}, activity);
}

Event Script::Scale(uint32_t person, const ActivitySpec& spec, int32_t value, uint32_t seq) {
  return Of(person, spec, BallotCast{ScaleCast{value}}, 1, seq);
}

Event Script::Contribute(uint32_t person, const ActivitySpec& spec) {
  Event event = Of(person, spec, ItemAdded{});
  event.seq = 0;
  return event;
}

ActivitySpec ScaleSpec(const ActivityId& id, const std::string& series) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = InEnglish("How confident are you?");
  spec.ballot = ScaleBallot{
      .low = 1, .high = 5, .low_label = InEnglish("not at all"), .high_label = InEnglish("very")};
  spec.series = series;
  return spec;
}

ActivitySpec ChoiceSpec(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = InEnglish("Where do you come from?");
  spec.ballot =
      ChoiceBallot{.options = {{"north", InEnglish("North")}, {"east", InEnglish("East")}},
                   .min = 1,
                   .max = 1,
                   .name_unchosen = true};
  return spec;
}

ActivitySpec DotsSpec(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = InEnglish("Gallery");
  spec.ballot = DotsBallot{.budget = 5, .cap = 5};
  spec.items = {{"t1", 1, InEnglish("First poster"), {}},
                {"t2", 2, InEnglish("Second poster"), InEnglish("In detail")},
                {"t3", 3, InEnglish("Third poster"), {}}};
  spec.shuffle_items = false;
  return spec;
}

ActivitySpec DeckSpec(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = InEnglish("One bold idea");
  spec.collect = Collect{};
  spec.ballot = ScaleBallot{};
  spec.deal = Deal{};
  return spec;
}

Node::Node(MemoryStorage& disk, Store& store, ProjectorOptions options)
    : log(disk), projector(log, store, texts, sink, options) {}

Outcome Node::Do(const Event& event) {
  Append(kRoomPartition, EncodeEvent(event));
  Fold();
  auto outcome = sink.outcomes.find(event.id);
  if (outcome == sink.outcomes.end()) throw std::runtime_error("the event has no outcome");
  return outcome->second;
}

uint64_t Node::Append(Partition partition, std::string bytes) {
  uint64_t offset = 0;
  auto queued = log.Append(partition, std::move(bytes), Urgency::kVote,
                           [&](std::expected<uint64_t, LogError> done) { offset = done.value(); });
  if (!queued) throw std::runtime_error("the log refused");
  while (log.Step()) {
  }
  return offset;
}

void Node::Fold() {
  for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
    for (bool end = false; !end;) {
      auto reached = projector.CatchUp(partition);
      if (!reached) throw std::runtime_error(reached.error());
      end = *reached;
    }
  }
}

Outcome Node::Advance(Script& script, const ActivityId& activity, Phase to) {
  return Do(script.Advance(activity, At(script.room(), activity).stage, to));
}

int Node::Speak(TimeMs now) {
  std::vector<std::string> said;
  projector.SpeakForNode(
      now, [&](const RoomId&, std::string bytes) { said.push_back(std::move(bytes)); });
  for (std::string& bytes : said) Append(kRoomPartition, std::move(bytes));
  Fold();
  return static_cast<int>(said.size());
}

const Activity& Node::At(const RoomId& room, const ActivityId& activity) {
  Room* found = projector.Find(room);
  if (found == nullptr) throw std::runtime_error("no such room");
  return found->state().activities.at(activity);
}

}  // namespace plenum::testing
