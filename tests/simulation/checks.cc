// Checks while it runs: each durable entry once, each answer and view when it is heard.
#include "tests/simulation/checks.h"

#include <algorithm>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

#include "schema/hash.h"
#include "tests/simulation/look.h"

namespace plenum::simulation {

Checks::Checks(Disk& disk, const RoomId& room, std::string room_key, Timeline& timeline,
               Trace& trace)
    : disk_(disk),
      room_(room),
      room_key_(std::move(room_key)),
      timeline_(timeline),
      trace_(trace),
      witness_(room) {}

void Checks::Fail(std::string what) {
  trace_.Note(timeline_.micros(), "CHECK", what);
  if (failure_.empty()) failure_ = std::move(what);
}

void Checks::OnBroken(const Client& client, std::string_view what) {
  Fail(client.badge().name + " heard something broken: " + std::string(what));
}

void Checks::Step(Node* node) {
  ReadLog();
  if (!node) return;
  CheckPosition(*node);
  if (applied_[kRoomPartition] != compared_) CheckSame(*node);
}

void Checks::NodeStarted() {
  applied_.fill(0);
  if (ids_.empty()) return;
  auto last = disk_.log().Read(kRoomPartition, ids_.size() - 1, 1);
  if (!last || last->empty() || HashOf(last->front().bytes) != entries_.back()) {
    Fail("what was durable is gone after a restart");
  }
}

void Checks::ReadLog() {
  for (;;) {
    auto entries = disk_.log().Read(kRoomPartition, ids_.size(), limits::kReadEvents);
    if (!entries) return Fail("the log cannot be read");
    for (const LogEntry& entry : *entries) OnEntry(entry);
    if (entries->size() < limits::kReadEvents) return;
  }
}

void Checks::OnEntry(const LogEntry& entry) {
  if (entry.offset != ids_.size()) return Fail("the log has a gap");
  auto event = DecodeEvent(entry.bytes);
  if (!event) return Fail("an entry that is no event: " + event.error());
  const Outcome outcome = witness_.Apply(entry.bytes, event);
  ids_.push_back(event->id);
  entries_.push_back(HashOf(entry.bytes));
  outcomes_.push_back(outcome);
  states_.push_back(witness_.StateDigest());
  roots_.push_back(witness_.Root());
  places_.emplace(event->id, entry.offset);
  trace_.Note(timeline_.micros(), "log", entry.bytes);
  CheckSent(*event);
  CheckOnce(*event, outcome);
  recount_.Add(*event, outcome);
  for (const std::string& problem : recount_.TakeProblems()) Fail(problem);
  CheckResult(*event);
  CheckHands();
}

std::pair<const Client*, const Asked*> Checks::WhoSent(const EventId& id) const {
  for (const Client* client : clients_) {
    auto it = client->history().find(id);
    if (it != client->history().end()) return {client, &it->second};
  }
  return {nullptr, nullptr};
}

// 2. Nothing appears that was never sent.
void Checks::CheckSent(const Event& event) {
  if (organiser_.contains(event.id)) return;
  if (event.room != room_) return Fail("an event of a room that there is not");
  if (event.actor.role == Role::kNode) return CheckNodeEvent(event);
  if (std::holds_alternative<ParticipantJoined>(event.payload)) {
    const bool known = std::ranges::any_of(clients_, [&](const Client* client) {
      const auto& who = client->badge().participant;
      return who && PersonOf(room_key_, *who, "room") == event.person;
    });
    if (!known) Fail("somebody joined who is not there");
    return;
  }
  auto [client, asked] = WhoSent(event.id);
  if (!client) return Fail("event " + event.id.Hex() + " was never sent");
  CheckSentByPerson(event, *client, *asked);
}

template <class T>
concept IsPayload = requires(Payload& payload, const T& request) { payload = request; };

void Checks::CheckSentByPerson(const Event& event, const Client& client, const Asked& asked) {
  const Command& command = asked.command;
  if (asked.Failed()) Fail("event " + event.id.Hex() + " is there, and had definitely failed");
  if (event.actor.role != client.badge().role) Fail("an event with another role");
  if (event.activity != command.activity || event.generation != command.generation ||
      event.seq != command.seq) {
    Fail("event " + event.id.Hex() + " is not what was sent: " + asked.text);
  }
  if (client.badge().participant) {
    const PersonId person = PersonOf(room_key_, *client.badge().participant, event.series);
    if (event.person != person) Fail("an event of another person than who sent it");
  }
  if (WritingIn(command.request) != nullptr) return CheckText(event, command);
  const bool same = std::visit(
      [&]<class R>(const R& request) {
        if constexpr (IsPayload<R>) {
          const R* payload = std::get_if<R>(&event.payload);
          return payload && *payload == request;
        } else {
          return false;  // these become no event
        }
      },
      command.request);
  if (!same) Fail("event " + event.id.Hex() + " holds something else than what was sent");
}

// The log holds the digest of the very text; the text is in the vault already.
void Checks::CheckText(const Event& event, const Command& command) {
  const Digest* digest = std::visit(
      []<class P>(const P& payload) -> const Digest* {
        if constexpr (requires { payload.text; }) return &payload.text;
        return nullptr;
      },
      event.payload);
  if (digest == nullptr) return Fail("something written that is an event without a text");
  auto text = disk_.vault.GetText(room_, event.id, *digest);
  if (!text || !*text) return Fail("a contribution without the text of its digest in the vault");
  size_t limit = limits::kTextGraphemes;
  if (std::holds_alternative<AddItem>(command.request)) {
    const auto& collect = witness_.state().activities.at(event.activity).spec.collect;
    if (collect) limit = collect->max_graphemes;
  }
  if ((*text)->text != CleanText(WritingIn(command.request)->text, limit)) {
    Fail("another text was kept");
  }
}

void Checks::CheckNodeEvent(const Event& event) {
  uint64_t armed_at = 0;
  if (const auto* timer = std::get_if<TimerFired>(&event.payload)) {
    armed_at = timer->armed_at;
  } else if (const auto* result = std::get_if<ResultRecorded>(&event.payload)) {
    armed_at = result->index;
  } else {
    if (!std::holds_alternative<PresenceAway>(event.payload)) Fail("a node may not say that");
    return;
  }
  const EventId id =
      NodeEventId(event.room, EventType(event.payload), event.activity, event.generation, armed_at);
  if (event.id != id) Fail("a node's event without its deterministic id");
}

// 3. Each id counts at most once. (Saying "here" again says nothing new.)
void Checks::CheckOnce(const Event& event, const Outcome& outcome) {
  if (std::holds_alternative<PresenceHere>(event.payload)) return;
  const bool effect =
      outcome.code == OutcomeCode::kCounted || outcome.code == OutcomeCode::kAccepted;
  if (effect && !took_effect_.insert(event.id).second) {
    Fail("event " + event.id.Hex() + " took effect twice");
  }
}

// 3. The tally is what the distinct log adds up to. 4. Its digest is that of every fold.
void Checks::CheckResult(const Event& event) {
  const auto* result = std::get_if<ResultRecorded>(&event.payload);
  if (!result) return;
  trace_.Count("result");
  if (result->index >= ids_.size() || result->state != states_[result->index]) {
    Fail("a result with another state digest than the log's");
  }
  const Tally* right = recount_.CountAt(event.activity, result->index);
  auto totals = json::Parse(result->totals);
  if (!right || !totals) return Fail("a result of nothing");
  if (TallyOf(*totals) != *right) {
    std::string numbers;
    for (const auto& [name, n] : *right) numbers += name + "=" + std::to_string(n) + " ";
    Fail("the result of " + event.activity + " is " + result->totals + ", recounted " + numbers);
  }
}

// 9. Budgets, and one holder a card, after every event.
void Checks::CheckHands() {
  for (const auto& [id, activity] : witness_.state().activities) {
    if (activity.deck) CheckDeck(activity);
    if (std::holds_alternative<DotsBallot>(activity.spec.ballot)) CheckDots(activity);
  }
}

void Checks::CheckDeck(const Activity& activity) {
  const auto wrong = [&](const PersonId& who, const ItemId& id) {
    const Item* card = activity.FindItem(id);
    if (!card || card->author == who) return true;
    auto scores = activity.deck->scores.find(id);
    if (scores == activity.deck->scores.end()) return false;
    return std::ranges::any_of(scores->second, [&](const CardScore& score) {
      return score.person == who && score.round != activity.deck->bell_round;
    });
  };
  std::set<ItemId> hands, at_bell;
  for (const auto& [who, person] : activity.deck->people) {
    if (!person.hand.empty()) {
      if (!hands.insert(person.hand).second) Fail("a card in two hands");
      if (wrong(who, person.hand)) Fail("a card in the hand of who may not hold it");
    }
    if (!person.to_score.empty()) {
      if (!at_bell.insert(person.to_score).second) Fail("a card for two people to score");
      if (wrong(who, person.to_score)) Fail("a card to score by who may not");
    }
  }
}

void Checks::CheckDots(const Activity& activity) {
  const auto& spec = std::get<DotsBallot>(activity.spec.ballot);
  for (const auto& [who, ballot] : activity.ballots) {
    uint64_t placed = 0;
    for (const ItemDots& dots : std::get<DotsCast>(ballot.ballot).dots) {
      placed += dots.dots;
      if (dots.dots > spec.cap) Fail("more dots on an item than may be");
    }
    if (placed > spec.budget) Fail("more dots than the budget");
  }
}

// 5. The applied position only grows, and never passes the durable end.
void Checks::CheckPosition(Node& node) {
  for (Partition partition : {kDirectoryPartition, kRoomPartition}) {
    const uint64_t next = node.projector().Next(partition);
    if (next < applied_[partition]) Fail("the applied position went back");
    applied_[partition] = next;
  }
  if (applied_[kRoomPartition] > ids_.size()) Fail("folded beyond the durable end");
}

// 4. Equal position, equal state digest and root.
void Checks::CheckSame(Node& node) {
  compared_ = applied_[kRoomPartition];
  auto status = node.projector().Status(room_);
  if (!status || status->index == 0) return;
  if (status->index > ids_.size()) return Fail("a room beyond the durable log");
  if (status->index != node.projector().Next(kRoomPartition)) {
    Fail("the room's index is not the applied position");
  }
  if (status->state != states_[status->index - 1]) {
    Fail("another state digest at index " + std::to_string(status->index));
  }
  if (status->root != roots_[status->index - 1]) Fail("another root");
}

// 1. What was acknowledged is in the log, durable, where it is said to be.
void Checks::OnRecorded(const Client& client, const Asked& asked) {
  ReadLog();
  if (*asked.offset >= ids_.size() || ids_[*asked.offset] != asked.command.id) {
    Fail(client.badge().name + " was told that " + asked.text + " is durable, and it is not");
  }
}

void Checks::OnAnswer(const Client& client, const Asked& asked) {
  ReadLog();
  const Outcome& told = asked.answer->outcome;
  if (told.index >= ids_.size() || ids_[told.index] != asked.command.id) {
    return Fail(client.badge().name + " was told an outcome of what is not in the log");
  }
  const Outcome& decided = outcomes_[told.index];
  const bool refers = told.code == OutcomeCode::kDuplicate || told.code == OutcomeCode::kStale ||
                      told.code == OutcomeCode::kSuperseded;
  if (decided.code != told.code || decided.reason != told.reason ||
      (refers && decided.ref != told.ref)) {
    Fail(client.badge().name + " was told " + std::string(OutcomeName(told.code)) + ", and it is " +
         std::string(OutcomeName(decided.code)));
  }
  if (refers && told.ref >= told.index) Fail("an outcome that refers to what comes later");
}

// 7. A screen's version never goes backwards, across reconnects too.
void Checks::OnView(const Client& client, const ViewMessage& view, bool first_of_connection) {
  ReadLog();
  const uint64_t before = client.shown(view.topic).version;
  if (view.version < before) {
    Fail(client.badge().name + " saw " + std::string(TopicName(view.topic)) + " go back from " +
         std::to_string(before) + " to " + std::to_string(view.version) +
         (first_of_connection ? " with a new connection" : ""));
  }
  if (view.version == 0 || view.version > ids_.size()) {
    return Fail("a view of more than the durable log");
  }
  const size_t hash = std::hash<std::string>()(view.data) ^ (view.version * 0x9e3779b97f4a7c15) ^
                      std::hash<std::string>()(client.badge().name);
  const bool shared = view.topic == Topic::kStage;
  const size_t key = shared ? hash ^ std::hash<std::string>()(client.badge().name) : hash;
  if (!seen_.insert(key).second) return;
  auto data = json::Parse(view.data);
  if (!data) return Fail("a view that is no JSON");
  if (view.topic == Topic::kStage) CheckStage(view, *data);
  if (view.topic == Topic::kPerson) CheckPerson(client, *data);
}

void Checks::CheckStage(const ViewMessage& view, const json::Value& data) {
  const Recount::Place& place = recount_.After(view.version);
  const json::Value* now = At(&data, "now");
  const std::string at = " at version " + std::to_string(view.version);
  if (Text(now, "activity") != place.current) return Fail("the stage shows another activity" + at);
  if (place.current.empty()) return;
  const Stage shown{static_cast<uint32_t>(Number(now, "generation")),
                    ParsePhase(Text(now, "phase")).value_or(Phase::kWaiting),
                    static_cast<uint32_t>(Number(now, "round"))};
  if (shown != place.stage) Fail("the stage shows another phase" + at);
  const json::Value* result = At(now, "result");
  if (result && !place.open_result) return Fail("a result before its reveal" + at);
  if (!result && place.open_result) return Fail("no result after its reveal" + at);
  const int64_t answered = Number(At(now, "turnout"), "answered");
  if (answered != place.answered) {
    Fail("turnout " + std::to_string(answered) + ", recounted " + std::to_string(place.answered) +
         at);
  }
  if (!result) return;
  for (const auto& [name, n] : TallyOf(*result)) {  // a deck shows its top ten only
    auto it = place.result->find(name);
    if (it == place.result->end() || it->second != n) {
      Fail("the stage shows " + name + "=" + std::to_string(n) + ", recounted otherwise" + at);
    }
  }
}

// 9, on the phones: nobody is given a card of their own, or that somebody else has too.
void Checks::CheckPerson(const Client& client, const json::Value& data) {
  const json::Value* card = At(At(&data, "deck"), "to_score");
  if (!card) return;
  const CardAtBell key{Text(&data, "activity"), Number(&data, "generation"), Number(card, "round"),
                       Text(card, "id")};
  const ParticipantId who = *client.badge().participant;
  auto holder = holders_.emplace(key, who).first;
  if (holder->second != who) Fail("a card is shown to two people to score");
  auto id = EventId::FromHex(Text(card, "id"));
  for (const Client* other : clients_) {
    if (id && other->badge().participant == who && other->history().contains(*id)) {
      Fail(client.badge().name + " is shown a card of their own to score");
    }
  }
}

}  // namespace plenum::simulation
