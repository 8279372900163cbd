#include "projector/record/findings.h"

#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "projector/record/words.h"
#include "projector/views/parts.h"

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
  const Say& say = context.say();
  std::string_view language = context.words.language;

  void AddFigure(std::string measure, std::string label, std::string value) {
    section.figures.push_back(
        {std::move(measure), std::move(label), std::move(value), context.index});
  }

  // A ranked row a result; `values` makes its columns.
  template <class Rows, class Values>
  void AddRows(const Rows& rows, Values values) {
    for (const auto& each : rows) {
      RecordRow row = RowOf(context, each.item, each.rank);
      if constexpr (requires { each.merged; }) MergeInto(context, row, each.merged);
      row.values = values(each);
      section.table.rows.push_back(std::move(row));
    }
    section.table.top = TopRows(section.table.rows, false);
  }

  void NoteMerges(std::string note) {
    if (std::ranges::any_of(section.table.rows, &RecordRow::marked)) {
      section.notes.push_back(std::move(note));
    }
  }

  void operator()(const ItemsResult& result) {
    AddFigure("items", say("Contributions"), std::to_string(result.items));
    AddFigure("people", say("People"), std::to_string(result.people));
    section.headline = say("{0} by {1}", {say.Count(result.items, "contribution", "contributions"),
                                          say.Count(result.people, "person", "people")});
    const bool words = context.activity.spec.collect && context.activity.spec.collect->words > 0;
    words ? DescribeWords(context, section) : DescribeItems(context, section);
    section.table.top = std::min(section.table.rows.size(), kWholeRows);
  }

  void operator()(const ChoiceResult& result) {
    const auto& spec = std::get<ChoiceBallot>(context.activity.spec.ballot);
    AddFigure("people", say("People who answered"), std::to_string(result.people));
    RecordTable& table = section.table;
    const bool pictures = std::ranges::any_of(
        spec.options, [](const Option& option) { return !option.picture.empty(); });
    table = {.caption = say(pictures ? "How often each picture was chosen"
                                     : "How often each option was chosen"),
             .item = say(pictures ? "Picture" : "Option"),
             .columns = {{"count", say("People")}, {"share", say("Share, %")}},
             .bars = 0};
    std::vector<std::string> unchosen;
    auto counts = result.counts;
    std::ranges::stable_sort(counts, std::greater{}, &std::pair<OptionId, uint32_t>::second);
    for (const auto& [id, count] : counts) {
      auto option = std::ranges::find(spec.options, id, &Option::id);
      RecordRow row{.id = id, .index = context.index};
      if (option != spec.options.end()) row.title = WordsOf(option->title, language);
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
    section.notes.push_back(unchosen.empty() ? say("Every option was chosen by somebody.")
                                             : say("Nobody chose: {0}.", {say.List(unchosen)}));
  }

  void operator()(const ScaleResult& result) {
    const auto& spec = std::get<ScaleBallot>(context.activity.spec.ballot);
    AddFigure("people", "n", std::to_string(result.people));
    if (result.mean) AddFigure("mean", say("Mean"), Plain(result.mean));
    if (result.median) AddFigure("median", say("Median"), Plain(result.median));
    RecordTable& table = section.table;
    table = {.caption = say("How the answers are distributed"),
             .item = say("Answer"),
             .columns = {{"count", say("People")}, {"share", say("Share, %")}},
             .bars = 0};
    for (size_t i = 0; i < result.counts.size(); ++i) {
      const int64_t value = int64_t{spec.low} + static_cast<int64_t>(i);
      const Text& label = i == 0                          ? spec.low_label
                          : i + 1 == result.counts.size() ? spec.high_label
                                                          : Text{};
      Words title = WordsOf(label, language);
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
          say("mean {0} (n = {1})", {Plain(result.mean), std::to_string(result.people)});
    }
    if (context.compare) Compare(spec);
  }

  RecordHalf Half(const ActivityId& id, const ScaleResult& result) {
    const Activity* activity = context.words.state.Find(id);
    RecordHalf half{.activity = id,
                    .title = WordsOf(activity->spec.title, language),
                    .mean = Plain(result.mean),
                    .people = result.people,
                    .counts = result.counts,
                    .index = activity->closed_index};
    if (activity == &context.activity || half.index == 0) half.index = context.index;
    return half;
  }

  // The earlier poll is another activity: its totals, too, need their own leave to be seen.
  void Compare(const ScaleBallot& spec) {
    const RoomState& state = context.words.state;
    const std::optional<plenum::Comparison> found = CompareSeries(state, context.activity);
    if (!found || found->after_result.people == 0) return;
    const Activity* before = state.Find(found->before);
    const auto* earlier = before ? std::get_if<ScaleBallot>(&before->spec.ballot) : nullptr;
    // Two scales that differ cannot be drawn, or read, as one.
    if (!earlier || !IsPublic(*before) || earlier->low != spec.low || earlier->high != spec.high) {
      return;
    }
    section.comparison = RecordComparison{.before = Half(found->before, found->before_result),
                                          .after = Half(found->after, found->after_result),
                                          .low = spec.low,
                                          .high = spec.high,
                                          .low_label = WordsOf(spec.low_label, language),
                                          .high_label = WordsOf(spec.high_label, language),
                                          .paired = found->paired,
                                          .mean_change = Plain(found->mean_change),
                                          .up = found->up,
                                          .same = found->same,
                                          .down = found->down,
                                          .groups_differ = found->groups_differ,
                                          .index = context.index};
  }

  void operator()(const DotsResult& result) {
    AddFigure("people", say("People who placed dots"), std::to_string(result.people));
    AddFigure("dots", say("Dots"), std::to_string(result.dots));
    section.table = {.caption = say("Dots on each idea"),
                     .item = say("Idea"),
                     .columns = {{"dots", say("Dots")}, {"people", say("Different people")}},
                     .bars = 0};
    AddRows(result.rows, [](const DotsRow& each) {
      return std::vector{std::to_string(each.dots), std::to_string(each.people)};
    });
    NoteMerges(
        say("* Ideas that were merged: the dots of all of them, added up. No ballot was changed."));
  }

  void operator()(const UpvoteResult& result) {
    const bool topics = context.activity.spec.seats.has_value();
    AddFigure("people", say(topics ? "People who signed up" : "People who voted"),
              std::to_string(result.people));
    section.table = {
        .caption = say(topics ? "Who signed up for what" : "Votes for each question or idea"),
        .item = say(topics ? "Topic" : "Question or idea"),
        .columns = {{"votes", say(topics ? "People" : "Votes")}},
        .bars = 0};
    const auto answered = [&](const ItemId& id) {
      const Item* item = context.activity.FindItem(id);
      if (!item || item->mark == Mark::kNone) return std::string();
      return say(item->mark == Mark::kLive ? "being answered" : "yes");
    };
    if (!topics) section.table.columns.push_back({"mark", say("Answered")});
    AddRows(result.rows, [&](const UpvoteRow& each) {
      std::vector values{std::to_string(each.votes)};
      if (!topics) values.push_back(answered(each.item));
      return values;
    });
    NoteMerges(say("* Merged: the people who voted for any of them, each once."));
  }

  void operator()(const RankResult& result) {
    AddFigure("people", say("People who ranked"), std::to_string(result.people));
    AddFigure("top", say("Places that each could give"), std::to_string(result.top));
    section.table = {.caption = say("Points: {0} for a first place, one less for each after it",
                                    {std::to_string(result.top)}),
                     .item = say("Idea"),
                     .columns = {{"points", say("Points")},
                                 {"people", say("People")},
                                 {"firsts", say("First places")}},
                     .bars = 0};
    AddRows(result.rows, [](const RankRow& each) {
      return std::vector{std::to_string(each.points), std::to_string(each.people),
                         std::to_string(each.firsts)};
    });
    NoteMerges(say("* Merged: of several on one ballot the best place counts."));
  }

  void operator()(const RatingResult& result) {
    const auto& scale = std::get<ScaleBallot>(context.activity.spec.ballot);
    AddFigure("people", say("People who rated"), std::to_string(result.people));
    section.table = {.caption = say("How each idea was rated"),
                     .item = say("Idea"),
                     .columns = {{"mean", say("Mean")}, {"people", "n"}},
                     .bars = 0};
    const bool few = scale.high - scale.low < 8;  // the distribution fits beside it
    for (int32_t value = scale.low; few && value <= scale.high; ++value) {
      section.table.columns.push_back({"count." + std::to_string(value), std::to_string(value)});
    }
    AddRows(result.rows, [&](const RatingRow& each) {
      std::vector values{Plain(each.mean), std::to_string(each.people)};
      for (size_t i = 0; few && i < each.counts.size(); ++i) {
        values.push_back(std::to_string(each.counts[i]));
      }
      values.resize(section.table.columns.size());
      return values;
    });
    for (RecordRow& row : section.table.rows) {
      if (row.rank == 0) row.flag = say("nobody rated it");
    }
  }

  void operator()(const DeckResult& result) {
    const std::string rounds = std::to_string(result.rounds);
    AddFigure("cards", say("Cards"), std::to_string(result.cards));
    AddFigure("complete", say("Cards with all {0} scores", {rounds}),
              std::to_string(result.complete));
    AddFigure("scorers", say("People who scored"), std::to_string(result.scorers));
    AddFigure("rounds", say("Rounds"), rounds);
    section.table = {.caption = say("Cards by their total"),
                     .item = say("Card"),
                     .columns = {{"total", say("Total")}, {"scores", say("Scores")}},
                     .bars = 0};
    AddRows(result.rows, [](const CardRow& each) {
      return std::vector{each.total.ToString(), std::to_string(each.scores)};
    });
    bool partial = false;
    for (size_t i = 0; i < result.rows.size(); ++i) {
      const CardRow& card = result.rows[i];
      if (card.complete) continue;
      partial = true;
      const std::string scores = say(
          "{0} of {1}", {std::to_string(card.scores), say.Count(result.rounds, "score", "scores")});
      section.table.rows[i].flag = card.rank == 0 ? say("{0}: not ranked", {scores})
                                                  : say("{0}: mean × {1}", {scores, rounds});
    }
    section.table.top = TopRows(section.table.rows, true);
    if (result.cards == 0) return;
    section.notes.push_back(
        say("A gap of one or two points is chance: the standard error of a total is about 2."));
    if (partial) {
      section.notes.push_back(
          say("A card that is short of scores shows its mean times {0}; with "
              "fewer than three scores it is not ranked.",
              {rounds}));
    }
  }
};

}  // namespace

RecordRow RowOf(const FindingsContext& context, const ItemId& id, uint32_t rank) {
  RecordRow row{.id = id, .rank = rank, .index = context.index};
  const Item* item = context.activity.FindItem(id);
  if (!item) return row;
  ItemText text = TextOf(context.words, context.activity, *item);
  row.number = item->number;
  row.title = std::move(text.title);
  row.fields = std::move(text.fields);
  row.detail = std::move(text.detail);
  row.from = std::move(text.from);
  row.texts = std::move(text.texts);
  if (item->author || !item->added_by.IsZero()) row.added_at = item->index;
  return row;
}

void MergeInto(const FindingsContext& context, RecordRow& row, const std::vector<ItemId>& merged) {
  row.marked = !merged.empty();
  for (const ItemId& id : merged) {
    const Item* item = context.activity.FindItem(id);
    if (!item) continue;
    ItemText text = TextOf(context.words, context.activity, *item);
    row.merged.push_back({id, std::move(text.title), std::move(text.texts)});
  }
}

std::vector<Words> FieldsOf(const FindingsContext& context) {
  std::vector<Words> titles;
  const auto& collect = context.activity.spec.collect;
  if (!collect) return titles;
  for (const Field& field : collect->fields) {
    titles.push_back(WordsOf(field.title, context.words.language));
  }
  return titles;
}

void AddHeadline(RecordSection& section) {
  const RecordTable& table = section.table;
  if (!section.headline.empty() || !table.bars) return;
  const auto column = static_cast<size_t>(*table.bars);
  for (size_t i = 0; i < std::min(table.rows.size(), kHeadlineRows); ++i) {
    const RecordRow& row = table.rows[i];
    if (row.rank == 0) break;
    if (i > 0) section.headline += "; ";
    section.headline += std::to_string(row.rank) + ". " + row.title.text + " (" +
                        row.values[column] + (row.marked ? "*" : "") + ")";
  }
}

void AddFindings(const FindingsContext& context, RecordSection& section) {
  std::visit(Describer{.context = context, .section = section}, ComputeResult(context.activity));
  if (context.activity.seats) DescribeTables(context, section);
  if (context.groups) DescribeGroups(context, section);
  section.late_effect = LateEffect(context.say(), context.activity);
}

}  // namespace plenum
