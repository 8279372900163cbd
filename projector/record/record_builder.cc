#include "projector/record/record_builder.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "projector/fold/result.h"
#include "projector/record/findings.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

bool IsShut(Phase phase) {
  return phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
}

// Whether people say such events, and not staff or nodes.
bool IsOfPeople(const Event& event) {
  return event.person.has_value() || std::holds_alternative<BallotCast>(event.payload) ||
         std::holds_alternative<ItemAdded>(event.payload);
}

uint64_t Standing(const Activity& activity) {
  uint64_t votes = activity.ballots.size();
  for (const auto& [item, of_item] : activity.upvotes) votes += of_item.size();
  if (!activity.deck) return votes;
  uint64_t scores = 0;
  for (const auto& [card, given] : activity.deck->scores) scores += given.size();
  return scores;
}

BallotCount CountBallots(const std::map<std::string, Outcomes>& events, uint64_t standing,
                         uint64_t index) {
  BallotCount count{.standing = standing, .index = index};
  const auto it = events.find("ballot.cast");
  if (it == events.end()) return count;
  const Outcomes& outcomes = it->second;
  count.all = outcomes.all.n;
  count.index = outcomes.all.last;
  count.replaced = outcomes.Of(OutcomeCode::kCounted).n - standing;  // each that stands was counted
  count.overtaken = outcomes.Of(OutcomeCode::kSuperseded).n;
  count.repeated = outcomes.Of(OutcomeCode::kDuplicate).n + outcomes.Of(OutcomeCode::kStale).n;
  count.late = outcomes.Of(OutcomeCode::kLate).n;
  count.refused = outcomes.Of(OutcomeCode::kRefused).n;
  count.other = count.all - count.standing - count.replaced - count.overtaken - count.repeated -
                count.late - count.refused;
  return count;
}

std::string WhyHidden(const Say& say, const Activity& activity, bool restarted) {
  if (activity.stage.generation == 0) {
    return activity.skipped ? say("This was skipped.") : say("This was not held.");
  }
  if (restarted) {
    return say("This was started again before anything was revealed; its answers count nowhere.");
  }
  if (IsShut(activity.stage.phase)) return say("This is closed, and has not been revealed.");
  return say("This is open, and has not been revealed.");
}

std::string StatusName(StoredResult::Status status) {
  switch (status) {
    case StoredResult::Status::kDue:
      return "due";
    case StoredResult::Status::kConfirmed:
      return "confirmed";
    case StoredResult::Status::kDisputed:
      return "disputed";
  }
  return "";
}

}  // namespace

RecordBuilder::RecordBuilder(TextSource& texts, RecordOptions options)
    : texts_(texts), options_(std::move(options)) {}

void RecordBuilder::OnEntry(const ReplayedEntry& entry, Room& room) {
  Outcome outcome = entry.outcome;
  outcome.index = room.size() - 1;
  const std::string type =
      entry.event ? ShortType(EventType(entry.event->payload)) : std::string("malformed");
  record_.events[type].Add(outcome);
  if (!entry.event) return groups_.OnMalformed();
  const Event& event = *entry.event;
  const std::vector<std::string>& languages = room.state().languages;
  if (options_.language.empty() && !languages.empty()) options_.language = languages.front();
  record_.begin = record_.begin == 0 ? event.time : std::min(record_.begin, event.time);
  record_.end = std::max(record_.end, event.time);
  if (type == "participant.joined" && outcome.code == OutcomeCode::kAccepted) {
    if (record_.first_join == 0) record_.first_join = event.time;
    record_.last_join = event.time;
  }
  if (room.state().Find(event.activity) != nullptr && IsOfPeople(event)) {
    runs_[event.activity].events[type].Add(outcome);
  }
  groups_.OnEntry(event, outcome, room, texts_);
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  if (accepted && std::holds_alternative<ItemAdded>(event.payload)) {
    contributed_.emplace_back(event.activity, event.id.Hex());
  }
  if (accepted && std::holds_alternative<RecordApproved>(event.payload)) {
    approved_[outcome.index] = event.time;
  }
  Intervene(event, outcome, room);
  running_ = running_ || (accepted && std::holds_alternative<ActivityAdvanced>(event.payload));
  Follow(event, outcome, room);
}

// Keeps up with where the activity stands, and what it was when it was given up.
void RecordBuilder::Follow(const Event& event, const Outcome& outcome, Room& room) {
  const Activity* activity = room.state().Find(event.activity);
  if (activity == nullptr) return;
  Run& run = runs_[event.activity];
  if (std::holds_alternative<EarlyLook>(event.payload) && outcome.code == OutcomeCode::kAccepted) {
    run.early_looks.Add(outcome.index);
  }
  const bool by_timer = std::holds_alternative<TimerFired>(event.payload);
  if (std::holds_alternative<ActivityRestarted>(event.payload)) {
    if (outcome.code != OutcomeCode::kAccepted || run.steps.empty()) return;
    run.steps.push_back({Phase::kWaiting, 0, {outcome.index, event.time}, false});
    restarted_[event.activity].push_back(Describe(room, *activity, run, true, nullptr));
    run = {};
    return;
  }
  const bool moved = by_timer ? activity->stage.phase != run.phase
                              : std::holds_alternative<ActivityAdvanced>(event.payload);
  if (outcome.code != OutcomeCode::kAccepted || !moved) return;
  run.phase = activity->stage.phase;
  run.is_public = IsPublic(*activity);
  if (run.phase == Phase::kClosed) run.joined = static_cast<uint32_t>(room.state().joined.size());
  run.steps.push_back(
      {activity->stage.phase, activity->stage.round, {outcome.index, event.time}, by_timer});
}

// What the activity holds is of this generation: a restart leaves it until the next opening.
RecordSection RecordBuilder::Describe(const Room& room, const Activity& activity, const Run& run,
                                      bool restarted, const Redactions* redactions) {
  const std::string& language = options_.language;
  const Say words = say();
  RecordSection section;
  section.activity = activity.spec.id;
  section.generation = activity.stage.generation;
  section.restarted = restarted;
  section.title = WordsOf(activity.spec.title, language);
  section.prompt = WordsOf(activity.spec.prompt, language);
  section.method = MethodOf(words, activity);
  section.rules = RulesOf(words, activity, language);
  section.privacy = PrivacyOf(words, room.state(), activity, language);
  section.steps = run.steps;
  section.phase = restarted ? run.phase : activity.stage.phase;
  CountPeople(room, activity, run, section);

  uint64_t index = room.size() - 1;
  const auto stored = room.state().results.find({activity.spec.id, section.generation});
  if (stored != room.state().results.end() && IsShut(section.phase)) {
    index = stored->second.index;
    section.recorded = StatusName(stored->second.status);
    section.recorded_index = stored->second.recorded;
  }
  if (restarted ? !run.is_public : !IsPublic(activity)) {
    section.hidden = WhyHidden(words, activity, restarted);
    return section;
  }
  const WordsContext context{room.id(),        room.state(), texts_,    language,
                             options_.no_text, words,        redactions};
  const bool split = !restarted && IsSplit(activity) && !room.state().groups.empty();
  AddFindings({.words = context,
               .activity = activity,
               .index = index,
               .compare = !restarted,
               .groups = split ? groups_.Of(activity) : nullptr},
              section);
  return section;
}

void RecordBuilder::CountPeople(const Room& room, const Activity& activity, const Run& run,
                                RecordSection& section) const {
  const Say words = say();
  const uint64_t now = room.size() - 1;
  const uint64_t at =
      IsShut(section.phase) && activity.closed_index > 0 ? activity.closed_index : now;
  // In 25/10 people come and go between the rounds: whoever took part at all.
  const uint64_t answered = activity.deck ? activity.deck->people.size() : Turnout(activity);
  const uint64_t joined = run.joined > 0 ? run.joined : room.state().joined.size();
  section.answered = {"answered", words("People who took part"), std::to_string(answered), at};
  // Ballots that were keyed in from paper are of people who never joined.
  section.of = {"of", words("People who had joined"), std::to_string(std::max(answered, joined)),
                at};
  section.events = run.events;
  section.ballots = CountBallots(run.events, Standing(activity), now);
  for (const auto& [person, ballot] : activity.ballots) section.ballots.on_paper += ballot.keyed;
  for (const auto& [item, votes] : activity.upvotes) {
    for (const auto& [person, vote] : votes) section.ballots.on_paper += vote.keyed;
  }
  uint64_t last_late = now;
  const auto& late = activity.after_close.people;
  for (const auto& [person, index] : late) {
    last_late = last_late == now ? index : std::max(last_late, index);
  }
  section.late_people = {"late_people", words("People who came too late"),
                         std::to_string(late.size()), last_late};
  section.early_looks = {"early_looks", words("Early looks"), std::to_string(run.early_looks.n),
                         run.early_looks.n > 0 ? run.early_looks.last : now};
}

void RecordBuilder::FinishSections(const Room& room, const Redactions& redactions) {
  for (const ActivityId& id : room.state().order) {
    const Activity* activity = room.state().Find(id);
    std::vector<RecordSection>& held = restarted_[id];
    // Set back and not opened again: there is nothing more to say than what was set back.
    if (held.empty() || activity->stage.phase != Phase::kWaiting) {
      held.push_back(Describe(room, *activity, runs_[id], false, &redactions));
    }
    for (RecordSection& section : held) {
      section.generations = static_cast<uint32_t>(held.size());
      redactions.Apply(section);  // those that were started again were described before
      AddHeadline(section);
      record_.sections.push_back(std::move(section));
    }
  }
}

void RecordBuilder::FinishVersions(const Room& room) {
  const std::vector<RecordVersion>& versions = room.state().versions;
  record_.version = options_.version;
  if (record_.version == 0) record_.version = static_cast<uint32_t>(versions.size() + 1);
  for (size_t i = 0; i < versions.size() && i + 1 < record_.version; ++i) {
    const RecordVersion& each = versions[i];
    record_.versions.push_back({.version = static_cast<uint32_t>(i + 1),
                                .entries = each.entries,
                                .approved = {each.index, approved_[each.index]},
                                .published = each.published});
  }
  record_.additions = options_.additions;
  record_.salt = options_.salt;
  record_.erased_since = options_.erased_since;
}

Record RecordBuilder::Finish(Room& room) {
  const RoomState& state = room.state();
  const Say words = say();
  const Redactions redactions(state, words);
  const uint64_t now = room.size() == 0 ? 0 : room.size() - 1;
  record_.room = room.id();
  record_.code = options_.code;
  record_.language = options_.language;
  record_.title = WordsOf(state.title, options_.language);
  record_.rules = state.rules;
  uint64_t last_join = state.joined.empty() ? now : 0;
  for (const auto& [person, index] : state.joined) last_join = std::max(last_join, index);
  record_.joined = {"joined", words("People who joined"), std::to_string(state.joined.size()),
                    last_join};
  record_.expected = {"expected", words("People expected"), std::to_string(state.expected_people),
                      now};
  FinishSections(room, redactions);
  FinishInterventions(redactions);
  FinishVersions(room);
  uint64_t standing = 0;
  for (const RecordSection& section : record_.sections) {
    standing += section.ballots.standing;
    record_.ballots.on_paper += section.ballots.on_paper;
  }
  const uint64_t on_paper = record_.ballots.on_paper;
  record_.ballots = CountBallots(record_.events, standing, now);
  record_.ballots.on_paper = on_paper;
  for (const auto& [of, result] : state.results) {
    switch (result.status) {
      case StoredResult::Status::kDue:
        ++record_.results_due;
        break;
      case StoredResult::Status::kConfirmed:
        ++record_.results_confirmed;
        break;
      case StoredResult::Status::kDisputed:
        ++record_.results_disputed;
        break;
    }
  }
  FinishBalances(room);
  record_.entries = room.size();
  record_.root = room.Root();
  record_.state = room.StateDigest();
  return std::move(record_);
}

void RecordBuilder::Fold(const std::string& entry, Room& room) {
  const std::expected<Event, std::string> event = DecodeEvent(entry);
  const Outcome outcome = room.Apply(entry, event);
  OnEntry({.bytes = entry, .event = event, .outcome = outcome}, room);
}

}  // namespace plenum
