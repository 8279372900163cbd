#include "projector/record/findings.h"

#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

// Longer tables stand in the appendix from here on, but for their first ranks.
constexpr size_t kWholeRows = 25;
constexpr uint32_t kTopRanks = 10;
constexpr size_t kHeadlineRows = 3;

std::string Share(uint64_t part, uint64_t whole) {
  if (whole == 0) return "0.0";
  return Divide(static_cast<int64_t>(part * 100), static_cast<int64_t>(whole), 1).ToString();
}

std::string Plain(const std::optional<Decimal>& value) { return value ? value->ToString() : ""; }

// How many rows stand with the activity: all, or everybody who is tied at the cut.
size_t TopRows(const std::vector<RecordRow>& rows, bool ranked_only) {
  if (rows.size() <= kWholeRows && !ranked_only) return rows.size();
  const auto beyond = [](const RecordRow& row) { return row.rank == 0 || row.rank > kTopRanks; };
  return static_cast<size_t>(std::ranges::find_if(rows, beyond) - rows.begin());
}

struct Describer {
  const FindingsContext& context;
  RecordSection& section;
  ItemWords words{context.room, context.activity, context.texts, context.language, context.no_text};

  void AddFigure(std::string measure, std::string label, std::string value) {
    section.figures.push_back(
        {std::move(measure), std::move(label), std::move(value), context.index});
  }

  RecordRow Row(const ItemId& id, uint32_t rank) {
    RecordRow row{.id = id, .rank = rank, .index = context.index};
    if (const Item* item = context.activity.FindItem(id)) {
      row.number = item->number;
      row.title = words.TitleOf(*item);
      row.detail = words.DetailOf(*item);
      if (item->author || !item->added_by.IsZero()) row.added_at = item->index;
    }
    return row;
  }

  void Merge(RecordRow& row, const std::vector<ItemId>& merged) {
    row.marked = !merged.empty();
    for (const ItemId& id : merged) {
      if (const Item* item = context.activity.FindItem(id)) {
        row.merged.push_back(words.TitleOf(*item));
      }
    }
  }

  // "1. this (25), 2. that (24)": the first rows, with the value of one column.
  void HeadlineOfRows(size_t column) {
    std::string text;
    const auto& rows = section.table.rows;
    for (size_t i = 0; i < std::min(rows.size(), kHeadlineRows); ++i) {
      if (rows[i].rank == 0) break;
      if (!text.empty()) text += "; ";
      text += std::to_string(rows[i].rank) + ". " + rows[i].title.text + " (" +
              rows[i].values[column] + (rows[i].marked ? "*" : "") + ")";
    }
    section.headline = text;
  }

  void operator()(const ItemsResult& result) {
    AddFigure("items", "Contributions", std::to_string(result.items));
    AddFigure("people", "People", std::to_string(result.people));
    section.headline = Counted(result.items, "contribution", "contributions") + " by " +
                       Counted(result.people, "person", "people");
    section.table = {.caption = "What was handed in", .item = "Contribution"};
    for (const Item& item : context.activity.items) {
      // What was hidden, withdrawn or erased stands in the reconciliation, as a number.
      if (!item.merged_into.empty() || !context.activity.Shows(item)) continue;
      RecordRow row = Row(item.id, 0);
      std::vector<ItemId> merged;
      for (const Item& other : context.activity.items) {
        if (other.merged_into == item.id) merged.push_back(other.id);
      }
      Merge(row, merged);
      section.table.rows.push_back(std::move(row));
    }
    section.table.top = std::min(section.table.rows.size(), kWholeRows);
  }

  void operator()(const ChoiceResult& result) {
    const auto& spec = std::get<ChoiceBallot>(context.activity.spec.ballot);
    AddFigure("people", "People who answered", std::to_string(result.people));
    RecordTable& table = section.table;
    table = {.caption = "How often each option was chosen",
             .item = "Option",
             .columns = {{"count", "People"}, {"share", "Share, %"}},
             .bars = 0};
    std::vector<std::string> unchosen;
    auto counts = result.counts;
    std::ranges::stable_sort(counts, std::greater{}, &std::pair<OptionId, uint32_t>::second);
    for (const auto& [id, count] : counts) {
      auto option = std::ranges::find(spec.options, id, &Option::id);
      RecordRow row{.id = id, .index = context.index};
      if (option != spec.options.end()) row.title = WordsOf(option->title, context.language);
      row.values = {std::to_string(count), Share(count, result.people)};
      if (count == 0) unchosen.push_back(row.title.text);
      table.rows.push_back(std::move(row));
    }
    table.top = table.rows.size();
    for (size_t i = 0; i < std::min(table.rows.size(), kHeadlineRows); ++i) {
      section.headline +=
          (i == 0 ? "" : "; ") + table.rows[i].title.text + " (" + table.rows[i].values[0] + ")";
    }
    if (!spec.name_unchosen || result.people == 0) return;
    section.notes.push_back(unchosen.empty() ? "Every option was chosen by somebody."
                                             : "Nobody chose: " + Listed(unchosen) + ".");
  }

  void operator()(const ScaleResult& result) {
    const auto& spec = std::get<ScaleBallot>(context.activity.spec.ballot);
    AddFigure("people", "n", std::to_string(result.people));
    if (result.mean) AddFigure("mean", "Mean", Plain(result.mean));
    if (result.median) AddFigure("median", "Median", Plain(result.median));
    RecordTable& table = section.table;
    table = {.caption = "How the answers are distributed",
             .item = "Answer",
             .columns = {{"count", "People"}, {"share", "Share, %"}},
             .bars = 0};
    for (size_t i = 0; i < result.counts.size(); ++i) {
      const int64_t value = int64_t{spec.low} + static_cast<int64_t>(i);
      const Text& label = i == 0                          ? spec.low_label
                          : i + 1 == result.counts.size() ? spec.high_label
                                                          : Text{};
      Words title = WordsOf(label, context.language);
      title.text = std::to_string(value) + (title.text.empty() ? "" : " – " + title.text);
      table.rows.push_back(
          {.id = std::to_string(value),
           .title = std::move(title),
           .values = {std::to_string(result.counts[i]), Share(result.counts[i], result.people)},
           .index = context.index});
    }
    table.top = table.rows.size();
    if (result.mean) {
      section.headline =
          "mean " + Plain(result.mean) + " (n = " + std::to_string(result.people) + ")";
    }
    if (context.compare) Compare(spec);
  }

  RecordHalf Half(const ActivityId& id, const ScaleResult& result) {
    const Activity* activity = context.state.Find(id);
    RecordHalf half{.activity = id,
                    .title = WordsOf(activity->spec.title, context.language),
                    .mean = Plain(result.mean),
                    .people = result.people,
                    .counts = result.counts,
                    .index = activity->closed_index};
    if (activity == &context.activity || half.index == 0) half.index = context.index;
    return half;
  }

  // The earlier poll is another activity: its totals, too, need their own leave to be seen.
  void Compare(const ScaleBallot& spec) {
    const std::optional<Comparison> found = CompareSeries(context.state, context.activity);
    if (!found || found->after_result.people == 0) return;
    const Activity* before = context.state.Find(found->before);
    const auto* earlier = before ? std::get_if<ScaleBallot>(&before->spec.ballot) : nullptr;
    // Two scales that differ cannot be drawn, or read, as one.
    if (!earlier || !IsPublic(*before) || earlier->low != spec.low || earlier->high != spec.high) {
      return;
    }
    section.comparison = RecordComparison{.before = Half(found->before, found->before_result),
                                          .after = Half(found->after, found->after_result),
                                          .low = spec.low,
                                          .high = spec.high,
                                          .low_label = WordsOf(spec.low_label, context.language),
                                          .high_label = WordsOf(spec.high_label, context.language),
                                          .paired = found->paired,
                                          .mean_change = Plain(found->mean_change),
                                          .up = found->up,
                                          .same = found->same,
                                          .down = found->down,
                                          .groups_differ = found->groups_differ,
                                          .index = context.index};
  }

  void operator()(const DotsResult& result) {
    AddFigure("people", "People who placed dots", std::to_string(result.people));
    AddFigure("dots", "Dots", std::to_string(result.dots));
    RecordTable& table = section.table;
    table = {.caption = "Dots on each idea",
             .item = "Idea",
             .columns = {{"dots", "Dots"}, {"people", "Different people"}},
             .bars = 0};
    bool merged = false;
    for (const DotsRow& each : result.rows) {
      RecordRow row = Row(each.item, each.rank);
      Merge(row, each.merged);
      merged = merged || row.marked;
      row.values = {std::to_string(each.dots), std::to_string(each.people)};
      table.rows.push_back(std::move(row));
    }
    table.top = TopRows(table.rows, false);
    HeadlineOfRows(0);
    if (merged) {
      section.notes.push_back(
          "* Ideas that were merged: the dots of all of them, added up. No ballot was changed.");
    }
  }

  void operator()(const UpvoteResult& result) {
    AddFigure("people", "People who voted", std::to_string(result.people));
    section.table = {.caption = "Votes for each question or idea",
                     .item = "Question or idea",
                     .columns = {{"votes", "Votes"}},
                     .bars = 0};
    for (const UpvoteRow& each : result.rows) {
      RecordRow row = Row(each.item, each.rank);
      Merge(row, each.merged);
      row.values = {std::to_string(each.votes)};
      section.table.rows.push_back(std::move(row));
    }
    section.table.top = TopRows(section.table.rows, false);
    HeadlineOfRows(0);
  }

  void operator()(const RankResult& result) {
    AddFigure("people", "People who ranked", std::to_string(result.people));
    AddFigure("top", "Places that each could give", std::to_string(result.top));
    section.table = {
        .caption =
            "Points: " + std::to_string(result.top) + " for a first place, one less for each",
        .item = "Idea",
        .columns = {{"points", "Points"}, {"people", "People"}, {"firsts", "First places"}},
        .bars = 0};
    for (const RankRow& each : result.rows) {
      RecordRow row = Row(each.item, each.rank);
      Merge(row, each.merged);
      row.values = {std::to_string(each.points), std::to_string(each.people),
                    std::to_string(each.firsts)};
      section.table.rows.push_back(std::move(row));
    }
    section.table.top = TopRows(section.table.rows, false);
    HeadlineOfRows(0);
  }

  void operator()(const RatingResult& result) {
    AddFigure("people", "People who rated", std::to_string(result.people));
    section.table = {.caption = "How each idea was rated",
                     .item = "Idea",
                     .columns = {{"mean", "Mean"}, {"people", "n"}},
                     .bars = 0};
    for (const RatingRow& each : result.rows) {
      RecordRow row = Row(each.item, each.rank);
      row.values = {Plain(each.mean), std::to_string(each.people)};
      if (each.rank == 0) row.flag = "nobody rated it";
      section.table.rows.push_back(std::move(row));
    }
    section.table.top = TopRows(section.table.rows, false);
    HeadlineOfRows(0);
  }

  void operator()(const DeckResult& result) {
    AddFigure("cards", "Cards", std::to_string(result.cards));
    AddFigure("complete", "Cards with all " + std::to_string(result.rounds) + " scores",
              std::to_string(result.complete));
    AddFigure("scorers", "People who scored", std::to_string(result.scorers));
    AddFigure("rounds", "Rounds", std::to_string(result.rounds));
    RecordTable& table = section.table;
    table = {.caption = "Cards by their total",
             .item = "Card",
             .columns = {{"total", "Total"}, {"scores", "Scores"}},
             .bars = 0};
    bool partial = false;
    for (const CardRow& each : result.rows) {
      RecordRow row = Row(each.item, each.rank);
      row.values = {each.total.ToString(), std::to_string(each.scores)};
      if (!each.complete) {
        row.flag = std::to_string(each.scores) + " of " +
                   Counted(result.rounds, "score", "scores") +
                   (each.rank == 0 ? ": not ranked" : ": mean × " + std::to_string(result.rounds));
        partial = true;
      }
      table.rows.push_back(std::move(row));
    }
    table.top = TopRows(table.rows, true);
    HeadlineOfRows(0);
    if (result.cards == 0) return;
    section.notes.push_back(
        "A gap of one or two points is chance: the standard error of a total is about 2.");
    if (partial) {
      section.notes.push_back("A card that is short of scores shows its mean times " +
                              std::to_string(result.rounds) +
                              "; with fewer than three scores it is not ranked.");
    }
  }
};

}  // namespace

void AddFindings(const FindingsContext& context, RecordSection& section) {
  std::visit(Describer{.context = context, .section = section}, ComputeResult(context.activity));
  section.late_effect = LateEffect(context.activity);
}

}  // namespace plenum
