// Results by group, where that may be shown (projector/views/groups.h).
#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "projector/record/findings.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

constexpr size_t kFirst = 3;

// What one group said, in one line.
struct InOneLine {
  const FindingsContext& context;
  const Say& say = context.say();

  std::string TitleOf(const ItemId& id) const {
    const Item* item = context.activity.FindItem(id);
    return item ? TextOf(context.words, context.activity, *item).title.text : std::string();
  }
  template <class Rows, class Value>
  std::string First(const Rows& rows, Value value) const {
    std::string text;
    for (size_t i = 0; i < std::min(rows.size(), kFirst); ++i) {
      if (rows[i].rank == 0) break;
      text += (i == 0 ? "" : "; ") + std::to_string(rows[i].rank) + ". " + TitleOf(rows[i].item) +
              " (" + value(rows[i]) + ")";
    }
    return text;
  }

  std::string operator()(const ItemsResult&) const { return ""; }
  std::string operator()(const DeckResult&) const { return ""; }
  std::string operator()(const ChoiceResult& result) const {
    const auto& spec = std::get<ChoiceBallot>(context.activity.spec.ballot);
    std::vector<std::string> parts;
    for (const auto& [id, count] : result.counts) {
      const auto option = std::ranges::find(spec.options, id, &Option::id);
      if (count == 0 || option == spec.options.end()) continue;
      parts.push_back(WordsOf(option->title, context.words.language).text + " " +
                      std::to_string(count));
    }
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
  }
  std::string operator()(const ScaleResult& result) const {
    return result.mean ? say("mean {0}", {result.mean->ToString()}) : "";
  }
  std::string operator()(const DotsResult& result) const {
    return First(result.rows, [](const DotsRow& row) { return std::to_string(row.dots); });
  }
  std::string operator()(const UpvoteResult& result) const {
    return First(result.rows, [](const UpvoteRow& row) { return std::to_string(row.votes); });
  }
  std::string operator()(const RankResult& result) const {
    return First(result.rows, [](const RankRow& row) { return std::to_string(row.points); });
  }
  std::string operator()(const RatingResult& result) const {
    return First(result.rows, [](const RatingRow& row) {
      return row.mean ? row.mean->ToString() : std::string();
    });
  }
};

}  // namespace

void DescribeGroups(const FindingsContext& context, RecordSection& section) {
  const RoomState& state = context.words.state;
  const Say& say = context.say();
  const auto title = [&](const OptionId& id) {
    const auto group = std::ranges::find(state.groups, id, &Option::id);
    return group == state.groups.end() ? Words{say("(no group told)"), ""}
                                       : WordsOf(group->title, context.words.language);
  };
  RecordTable table{.caption = say("By group"),
                    .item = say("Group"),
                    .columns = {{"people", "n"}, {"result", say("Result")}}};
  for (const GroupRow& each : GroupRows(state, context.activity, *context.groups)) {
    RecordRow row{.id = each.group, .title = title(each.group), .index = context.groups->index};
    row.values = {std::to_string(each.people), std::visit(InOneLine{context}, each.result)};
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) return;
  table.top = table.rows.size();
  section.more.push_back(std::move(table));
  std::vector<std::string> hidden;
  for (const OptionId& id : HiddenGroups(state, *context.groups)) hidden.push_back(title(id).text);
  if (hidden.empty()) return;
  section.notes.push_back(
      say("Not shown by themselves, so that nobody’s answer can be worked out: "
          "{0}.",
          {say.List(hidden)}));
}

}  // namespace plenum
