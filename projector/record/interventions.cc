// What staff did beside running the day forwards, as sentences.
#include <utility>
#include <variant>

#include "projector/record/record_builder.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

bool IsOpen(Phase phase) {
  return phase == Phase::kCollecting || phase == Phase::kVoting || phase == Phase::kSwapping ||
         phase == Phase::kScoring || phase == Phase::kSeated;
}

std::string Seconds(const Say& say, int64_t ms) {
  const int64_t seconds = ms / 1000;
  const int64_t minutes = seconds / 60;
  if (minutes > 0 && seconds % 60 == 0) {
    return say.Count(static_cast<uint64_t>(minutes), "minute", "minutes");
  }
  return say.Count(static_cast<uint64_t>(seconds), "second", "seconds");
}

}  // namespace

// Called before the step that the event takes is followed: the run still stands where it stood.
struct RecordBuilder::Intervening {
  RecordBuilder& builder;
  const Event& event;
  const Room& room;
  uint64_t index;
  Say say = builder.say();

  void Add(std::string what, std::string text) {
    Pending pending{.shown = {.at = {index, event.time},
                              .activity = event.activity,
                              .what = std::move(what),
                              .text = std::move(text),
                              .language = std::string(say.language())}};
    if (const Activity* activity = room.state().Find(event.activity)) {
      pending.generation = activity->stage.generation;
    }
    builder.pending_.push_back(std::move(pending));
  }
  // A phrase with titles, and what stands for it while they may not be told.
  void AddTitles(std::string what, std::string phrase, std::vector<std::vector<ItemId>> items,
                 std::string discreet) {
    Add(std::move(what), std::move(phrase));
    Pending& pending = builder.pending_.back();
    pending.discreet = std::move(discreet);
    for (const auto& part : items) pending.titles.push_back(Titles(part));
  }
  std::vector<RecordMerged> Titles(const std::vector<ItemId>& items) const {
    std::vector<RecordMerged> titles;
    const Activity* activity = room.state().Find(event.activity);
    for (const ItemId& id : items) {
      const Item* item = activity ? activity->FindItem(id) : nullptr;
      if (!item) continue;
      const std::string& language = builder.options_.language;
      const WordsContext context{
          room.id(), room.state(), builder.texts_, language, builder.options_.no_text, say};
      ItemText text = TextOf(context, *activity, *item);
      titles.push_back({id, std::move(text.title), std::move(text.texts)});
    }
    return titles;
  }

  template <class T>
  void operator()(const T&) {}
  void operator()(const ActivityAdvanced& advanced) {
    const Phase from = advanced.seen.phase;
    if ((from != Phase::kClosed && from != Phase::kRevealed) || !IsOpen(advanced.to)) return;
    Add("reopened", from == Phase::kClosed ? say("Opened again after it had been closed.")
                                           : say("Opened again after it had been revealed."));
  }
  void operator()(const ActivityRestarted&) {
    if (builder.runs_[event.activity].steps.empty()) return;
    Add("restarted", say("Set back to the start; its answers were put aside."));
  }
  void operator()(const ActivityExtended& extended) {
    const bool longer = extended.by_ms >= 0;
    const std::string by = Seconds(say, longer ? extended.by_ms : -int64_t{extended.by_ms});
    Add(longer ? "extended" : "shortened", longer ? say("Time limit made longer by {0}.", {by})
                                                  : say("Time limit made shorter by {0}.", {by}));
  }
  void operator()(const ActivityAdded& added) {
    if (!builder.running_) return;
    const std::string title = Quoted(WordsOf(added.spec.title, builder.options_.language).text);
    Add("inserted", say("{0} was put into the run sheet.", {title}));
    builder.pending_.back().shown.activity = added.spec.id;
  }
  void operator()(const ActivityChanged&) {
    Add("changed", say("Its settings were changed before it was opened."));
  }
  void operator()(const ActivityMoved&) {
    Add("moved", say("Moved to another place in the run sheet."));
  }
  void operator()(const ActivitySkipped& skipped) {
    Add(skipped.skipped ? "skipped" : "unskipped",
        skipped.skipped ? say("Skipped.") : say("Not skipped after all."));
  }
  void operator()(const ControlTaken&) { Add("control", say("Somebody else took control.")); }
  void operator()(const ItemsMerged& merged) {
    AddTitles("merged", "{0} merged into {1}.", {merged.from, {merged.into}},
              say("{0} merged into another.", {say.Count(merged.from.size(), "item", "items")}));
  }
  void operator()(const ItemsUnmerged& unmerged) {
    AddTitles("unmerged", "Merges into {0} undone.", {{unmerged.into}},
              say("Merges into an item undone."));
  }
  void operator()(const ItemReworded&) {
    Add("reworded", say("The team put a text in other words."));
  }
  void operator()(const ItemErased&) { Add("erased", say("A text was erased for good.")); }
  void operator()(const AuthorHeld& held) {
    Add(held.held ? "held" : "released",
        held.held ? say("The contributions of one person were held back.")
                  : say("Contributions that were held back are shown."));
  }
  void operator()(const TablesSet&) { Add("tables", say("The tables were set anew.")); }
  void operator()(const RecordRedacted& redacted) {
    Add("redacted",
        redacted.reason == Redaction::kNone
            ? say("A text that was redacted is shown again.")
            : say("A text is redacted in the record: {0}.", {ReasonWords(say, redacted.reason)}));
  }
  void operator()(const RecordApproved& approved) {
    Add("approved",
        say("Version {0} of the record was approved.", {std::to_string(approved.version)}));
  }
  void operator()(const RecordPublished& published) {
    Add("published",
        say("Version {0} of the record was published.", {std::to_string(published.version)}));
  }
  void operator()(const EarlyLook&) {
    Add("early-look", say("Somebody of the team looked at the totals early."));
  }
  void operator()(const DoorsSet& doors) {
    const std::string people = say.Count(doors.expected_people, "person", "people");
    Add(doors.locked ? "doors-locked" : "doors-open",
        doors.locked ? say("Doors locked; {0} expected.", {people})
                     : say("Doors open; {0} expected.", {people}));
  }
  void operator()(const LinkRevoked&) {
    Add("link-revoked", say("A link of the team was withdrawn."));
  }
  void operator()(const LinksRevoked&) {
    Add("links-revoked", say("All links of the team were withdrawn."));
  }
};

void RecordBuilder::Intervene(const Event& event, const Outcome& outcome, const Room& room) {
  Intervening intervening{*this, event, room, outcome.index};
  if (outcome.code == OutcomeCode::kDisputed) {
    return intervening.Add("disputed",
                           say()("A node recorded a result that does not follow from the log."));
  }
  if (outcome.code == OutcomeCode::kAccepted) std::visit(intervening, event.payload);
}

// Titles of what has not been revealed are not told by the way, nor those that are redacted.
void RecordBuilder::FinishInterventions(const Redactions& redactions) {
  const Say words = say();
  for (Pending& pending : pending_) {
    std::vector<std::string> parts(2);
    for (size_t i = 0; i < pending.titles.size(); ++i) {
      std::vector<std::string> titles;
      for (const RecordMerged& title : pending.titles[i]) {
        auto redacted = redactions.Of(pending.shown.activity, title.id, title.texts);
        titles.push_back(redacted ? *redacted : Quoted(title.title.text));
      }
      parts[i] = words.List(titles);
    }
    if (!pending.titles.empty()) {
      pending.shown.text = words(pending.shown.text, {parts[0], parts[1]});
    }
    for (const RecordSection& section : record_.sections) {
      const bool same =
          section.activity == pending.shown.activity && section.generation == pending.generation;
      if (!same || section.hidden.empty() || pending.discreet.empty()) continue;
      pending.shown.text = pending.discreet;
    }
    record_.interventions.push_back(std::move(pending.shown));
  }
}

}  // namespace plenum
