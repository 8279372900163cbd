#include "projector/views/result_view.h"

#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "projector/views/parts.h"
#include "projector/views/words_view.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr uint32_t kTopRanks = 10;

struct ResultWriter {
  json::Writer& writer;
  const ViewContext& context;
  const Activity& activity;
  Detail detail;
  uint32_t told_down_to = 0;  // before the reveal: only rows of this rank, and those behind it

  bool IsTold(uint32_t rank) const { return told_down_to == 0 || rank >= told_down_to; }

  void Decimals(std::string_view key, const std::optional<Decimal>& value) {
    if (value) writer.Key(key).String(value->ToString());
  }

  void ScaleMembers(const ScaleResult& result) {
    writer.Key("people").Int(result.people);
    Decimals("mean", result.mean);
    Decimals("median", result.median);
    writer.Key("counts").BeginArray();
    for (uint32_t count : result.counts) writer.Int(count);
    writer.EndArray();
  }

  // The earlier poll is another activity: its totals, too, need its own leave to be seen.
  void CompareIfPublic() {
    const std::optional<Comparison> comparison = CompareSeries(context.state, activity);
    if (!comparison) return;
    const Activity* before = context.state.Find(comparison->before);
    if (before == nullptr || !IsPublic(*before)) return;
    writer.Key("comparison").BeginObject();
    writer.Key("with").String(comparison->before);
    writer.Key("before").BeginObject();
    ScaleMembers(comparison->before_result);
    writer.EndObject();
    writer.Key("after").BeginObject();
    ScaleMembers(comparison->after_result);
    writer.EndObject();
    writer.Key("paired").Int(comparison->paired);
    Decimals("mean_change", comparison->mean_change);
    writer.Key("up").Int(comparison->up);
    writer.Key("same").Int(comparison->same);
    writer.Key("down").Int(comparison->down);
    writer.Key("groups_differ").Bool(comparison->groups_differ);
    writer.EndObject();
  }

  void operator()(const ItemsResult& result) {
    writer.Key("people").Int(result.people);
    writer.Key("items").Int(result.items);
    if (activity.spec.collect && activity.spec.collect->words != 0) {
      WriteWords(writer, context, activity);
    }
  }

  void operator()(const ScaleResult& result) {
    ScaleMembers(result);
    CompareIfPublic();
  }

  void operator()(const ChoiceResult& result) {
    const auto& spec = std::get<ChoiceBallot>(activity.spec.ballot);
    writer.Key("people").Int(result.people);
    writer.Key("options").BeginArray();
    for (const auto& [id, count] : result.counts) {
      auto option = std::ranges::find(spec.options, id, &Option::id);
      writer.BeginObject().Key("id").String(id);
      if (option != spec.options.end()) {
        writer.Key("title");
        WriteText(writer, option->title);
      }
      writer.Key("count").Int(count).EndObject();
    }
    writer.EndArray();
    const bool somebody_missing =
        std::ranges::any_of(result.counts, [](const auto& row) { return row.second == 0; });
    if (!spec.name_unchosen || !somebody_missing) return;
    writer.Key("nobody").BeginArray();
    for (const auto& [id, count] : result.counts) {
      if (count == 0) writer.String(id);
    }
    writer.EndArray();
  }

  // What every row that is about an item begins with, and the items merged into it.
  void ItemMembers(const auto& row, ItemTitles& titles) {
    writer.Key("id").String(row.item);
    if (const Item* item = activity.FindItem(row.item)) {
      if (item->number != 0) writer.Key("number").Int(item->number);
      titles.WriteTitle(writer, *item);
    }
    writer.Key("rank").Int(row.rank);
    if constexpr (requires { row.merged; }) {
      if (row.merged.empty()) return;
      writer.Key("merged").BeginArray();
      for (const ItemId& merged : row.merged) writer.String(merged);
      writer.EndArray();
    }
  }

  template <class Result, class WriteRow>
  void Rows(const Result& result, WriteRow write) {
    ItemTitles titles(context, activity);
    writer.Key("people").Int(result.people);
    writer.Key("items").BeginArray();
    for (const auto& row : result.rows) {
      if (!IsTold(row.rank)) continue;
      writer.BeginObject();
      ItemMembers(row, titles);
      write(row);
      writer.EndObject();
    }
    writer.EndArray();
  }

  void operator()(const DotsResult& result) {
    writer.Key("dots").Int(result.dots);
    Rows(result, [this](const DotsRow& row) {
      writer.Key("dots").Int(row.dots).Key("people").Int(row.people);
    });
  }

  void operator()(const UpvoteResult& result) {
    Rows(result, [this](const UpvoteRow& row) { writer.Key("votes").Int(row.votes); });
  }

  void operator()(const RankResult& result) {
    writer.Key("top").Int(result.top);
    Rows(result, [this](const RankRow& row) {
      writer.Key("points").Int(row.points).Key("people").Int(row.people);
      writer.Key("firsts").Int(row.firsts);
    });
  }

  void operator()(const RatingResult& result) {
    Rows(result, [this](const RatingRow& row) {
      writer.Key("people").Int(row.people).Key("sum").Int(row.sum);
      Decimals("mean", row.mean);
      writer.Key("counts").BeginArray();
      for (const uint32_t count : row.counts) writer.Int(count);
      writer.EndArray();
    });
  }

  void Card(const CardRow& row, ItemTitles& titles) {
    writer.BeginObject().Key("id").String(row.item);
    const Item* item = activity.FindItem(row.item);
    const std::string text = item == nullptr ? "" : titles.TextOf(*item);
    if (!text.empty()) writer.Key("title").String(text);
    writer.Key("total").String(row.total.ToString());
    writer.Key("scores").Int(row.scores);
    writer.Key("sum").Int(row.sum);
    writer.Key("complete").Bool(row.complete);
    writer.Key("rank").Int(row.rank);
    if (row.number != 0) writer.Key("number").Int(row.number);
    writer.EndObject();
  }

  void operator()(const DeckResult& result) {
    ItemTitles titles(context, activity);
    writer.Key("cards").Int(result.cards);
    writer.Key("complete").Int(result.complete);
    writer.Key("scorers").Int(result.scorers);
    writer.Key("rounds").Int(result.rounds);
    size_t written = 0;
    size_t more = 0;
    writer.Key("items").BeginArray();
    for (const CardRow& row : result.rows) {
      if (!IsTold(row.rank)) continue;
      if (detail == Detail::kTopTen && (row.rank == 0 || row.rank > kTopRanks)) continue;
      if (written == kViewCards) {
        ++more;
        continue;
      }
      Card(row, titles);
      ++written;
    }
    writer.EndArray();
    if (more > 0) writer.Key("more").Int(static_cast<int64_t>(more));
  }

  void Write() {
    writer.BeginObject().Key("kind").String(ResultKindOf(activity));
    std::visit(*this, ComputeResult(activity));
    writer.EndObject();
  }
};

}  // namespace

void WriteResultIfPublic(json::Writer& writer, const ViewContext& context, const Activity& activity,
                         Detail detail) {
  const bool is_public = IsPublic(activity);
  if (!is_public && activity.told_down_to == 0) return;
  if (!is_public) writer.Key("told").Int(activity.told_down_to);
  writer.Key("result");
  const uint32_t told = is_public ? 0 : activity.told_down_to;
  ResultWriter{writer, context, activity, detail, told}.Write();
}

// The one way around the border: an early look, which is an event and stands in the record.
std::string BuildResult(const ViewContext& context, const Activity& activity) {
  json::Writer writer;
  ResultWriter{writer, context, activity, Detail::kAll}.Write();
  return writer.Take();
}

}  // namespace plenum
