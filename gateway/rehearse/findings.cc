#include "gateway/rehearse/findings.h"

#include <algorithm>
#include <set>

namespace plenum::rehearse {
namespace {

constexpr size_t kMostSentences = 50;

void CompareScreen(const std::string& screen, const ActivitySpec& spec, const Totals& shown,
                   const Totals& counted, bool top_only, Findings& findings) {
  for (const std::string& difference : Differences(shown, counted, top_only)) {
    findings.Mismatch(spec.id + ", " + screen + ": " + difference + ".");
  }
  // A screen that was not given all cards cannot tell whether scores are missing.
  const bool some_cards = counted.kind == Totals::Kind::kDeck && (top_only || shown.left_out > 0);
  if (some_cards) return;
  uint64_t there = shown.Weight();
  uint64_t expected = counted.Weight();
  if (there < expected) findings.lost = std::max(findings.lost, expected - there);
  if (there > expected) findings.duplicated = std::max(findings.duplicated, there - expected);
}

void CheckMean(const PublishedMean& published, const ConsoleActivity& activity,
               Findings& findings) {
  std::string mean = DecimalOf(published.hundredths, 100, 2);
  if (activity.result && activity.result->mean == mean) return;
  findings.Mismatch("The mean of " + published.activity + " is not the published " + mean + ".");
}

const ItemTotal* Numbered(const Totals& totals, uint32_t number) {
  auto item = std::ranges::find(totals.items, number, &ItemTotal::number);
  return item == totals.items.end() ? nullptr : &*item;
}

void CheckDots(const Facts& facts, const ConsoleActivity& activity, Findings& findings) {
  const Totals totals = activity.result.value_or(Totals{});
  std::set<uint32_t> published;
  for (const PublishedIdea& idea : facts.ideas) {
    const ItemTotal* item = Numbered(totals, idea.parts.front().number);
    published.insert(idea.parts.front().number);
    std::set<ItemId> merged;
    for (size_t i = 1; i < idea.parts.size(); ++i) {
      const ShownItem* part = FindItem(activity.items, idea.parts[i].number);
      merged.insert(part != nullptr ? part->id : "none");
    }
    const bool right = item != nullptr && item->dots == idea.score &&
                       std::set(item->merged.begin(), item->merged.end()) == merged;
    if (!right)
      findings.Mismatch("\"" + idea.idea + "\" has not the published score of " +
                        std::to_string(idea.score) + ".");
  }
  for (const ItemTotal& item : totals.items) {
    if (!published.contains(item.number) && item.dots >= facts.ideas.back().score)
      findings.Mismatch("The item " + item.item + " has more dots than a published idea.");
  }
}

void CheckTopics(const Facts& facts, const ConsoleActivity& activity, Findings& findings) {
  const Totals totals = activity.result.value_or(Totals{});
  for (size_t i = 0; i < facts.topics.size(); ++i) {
    bool right = i < totals.items.size() && totals.items[i].title == facts.topics[i] &&
                 totals.items[i].rank == i + 1 && totals.items[i].complete;
    if (!right)
      findings.Mismatch("\"" + facts.topics[i] + "\" is not topic " + std::to_string(i + 1) + ".");
  }
}

}  // namespace

void Findings::Mismatch(const std::string& sentence) {
  ++mismatches;
  if (sentences.size() < kMostSentences) sentences.push_back(sentence);
}

void CheckAnswers(const Shared& shared, const Tally& tally, Findings& findings) {
  for (const Sent& sent : shared.history.all()) {
    if (sent.outcome || !sent.refused.empty()) continue;
    if (sent.Acknowledged()) ++findings.lost;
    findings.Mismatch("The command " + sent.command.id.Hex() + " for " + sent.command.activity +
                      " never got its outcome.");
  }
  for (const std::string& contradiction : shared.history.contradictions()) {
    ++findings.duplicated;
    findings.Mismatch(contradiction);
  }
  for (const std::string& wrong : tally.wrong_outcomes()) findings.Mismatch(wrong);
  for (const std::string& failure : shared.failures) findings.Mismatch(failure);
  if (shared.bad_messages > 0)
    findings.Mismatch(std::to_string(shared.bad_messages) +
                      " messages of the server were not of the wire's form.");
}

void CheckResults(const RunSheet& sheet, const DayOutcome& outcome, const Tally& tally,
                  Findings& findings) {
  for (const ActivitySpec& spec : sheet.activities) {
    if (const ConsoleActivity* skipped = outcome.at_the_end.Find(spec.id);
        skipped != nullptr && skipped->skipped)
      continue;
    if (spec.reveal == Reveal::kOnReveal && std::ranges::count(outcome.seen_early, spec.id) > 0)
      findings.Mismatch("A display was given the result of " + spec.id + " before the reveal.");
    const Totals counted = tally.Of(spec.id);
    for (size_t i = 0; i < outcome.on_displays.size(); ++i) {
      const std::string screen = "display " + std::to_string(i + 1);
      auto shown = outcome.on_displays[i].find(spec.id);
      if (shown == outcome.on_displays[i].end()) {
        findings.Mismatch(spec.id + ", " + screen + ": no result was shown.");
      } else {
        CompareScreen(screen, spec, shown->second, counted, true, findings);
      }
    }
    const ConsoleActivity* last = outcome.at_the_end.Find(spec.id);
    if (last == nullptr || !last->result) {
      findings.Mismatch(spec.id + ", at the end: there is no result.");
      continue;
    }
    CompareScreen("at the end", spec, *last->result, counted, false, findings);
    if (last->result_status != "confirmed")
      findings.Mismatch(spec.id + ": the result in the log is \"" + last->result_status +
                        "\" instead of confirmed.");
  }
}

void CheckPublished(const RunSheet& sheet, const Facts& facts, const Population& population,
                    const DayOutcome& outcome, Findings& findings) {
  for (const ActivitySpec& spec : sheet.activities) {
    const ConsoleActivity* activity = outcome.at_the_end.Find(spec.id);
    if (activity == nullptr) continue;
    if (const PublishedMean* mean = facts.MeanOf(spec.id)) CheckMean(*mean, *activity, findings);
    if (population.published_dots && spec.id == facts.dots_activity)
      CheckDots(facts, *activity, findings);
    if (population.published_topics && spec.id == facts.topics_activity)
      CheckTopics(facts, *activity, findings);
  }
}

void CheckSeatings(const Seatings& seatings, Findings& findings) {
  for (const auto& [activity, seating] : seatings) {
    for (const std::string& wrong : seating.wrong()) findings.Mismatch(wrong);
  }
}

uint32_t TopicsAt(const Seating& seating) {
  std::set<ItemId> topics;
  for (const auto& [table, topic] : seating.topics()) {
    if (!topic.empty()) topics.insert(topic);
  }
  return static_cast<uint32_t>(topics.size());
}

uint32_t NotesIn(const std::vector<CountedItem>& items) {
  std::set<uint32_t> tables;
  for (const CountedItem& item : items) {
    if (item.table != 0 && item.state == CountedItem::State::kShown) tables.insert(item.table);
  }
  return static_cast<uint32_t>(tables.size());
}

void CheckPublishedTables(const Facts& facts, const Population& population, const Tally& tally,
                          const Seatings& seatings, Findings& findings) {
  auto check = [&](const PublishedTables& published, const char* what, size_t is, size_t was) {
    if (is == was) return;
    findings.Mismatch(published.activity + " has " + std::to_string(is) + " " + what +
                      " and not the published " + std::to_string(was) + ".");
  };
  for (const PublishedTables& published : facts.tables) {
    auto found = seatings.find(published.activity);
    if (found == seatings.end()) continue;
    const Seating& seating = found->second;
    check(published, "tables", seating.topics().size(), published.tables);
    check(published, "rounds", seating.rounds().size(), published.rounds);
    check(published, "notes", NotesIn(tally.ItemsOf(published.activity)), published.notes);
    if (!population.published_tables) continue;
    check(published, "topics", TopicsAt(seating), published.topics);
    for (const RoundAtTables& round : seating.rounds())
      check(published, "tables with people", round.tables, published.tables);
  }
}

void CheckLog(const History& history, const ExportedLog& log, Findings& findings) {
  std::map<uint64_t, uint64_t> offsets;  // by index, of what was sent once only
  for (const Sent& sent : history.all()) {
    if (!sent.Acknowledged()) continue;
    const std::string name = "The command " + sent.command.id.Hex();
    const std::vector<uint64_t>& places = log.PlacesOf(sent.command.id);
    if (places.empty()) {
      ++findings.lost;
      findings.Mismatch(name + " was acknowledged, but is not in the log.");
      continue;
    }
    if (sent.times == 1 && places.size() > 1) {
      ++findings.duplicated;
      findings.Mismatch(name + " was sent once, but is in the log more often.");
    }
    bool there = !sent.outcome || std::ranges::count(places, sent.outcome->index) == 1;
    if (!there)
      findings.Mismatch(name + " is not where its outcome said, at " +
                        std::to_string(sent.outcome->index) + ".");
    if (sent.times == 1 && sent.offset) offsets[places.front()] = *sent.offset;
  }
  // What was durable at an offset must not have moved behind what came later.
  bool in_order =
      std::ranges::is_sorted(offsets, {}, [](const auto& entry) { return entry.second; });
  if (!in_order) findings.Mismatch("The log's order is not that of the offsets told at recording.");
}

}  // namespace plenum::rehearse
