#include "projector/views/words_view.h"

#include <algorithm>
#include <map>

#include "schema/field_texts.h"

namespace plenum {
namespace {

struct Spelling {
  uint32_t count = 0;
  uint32_t first = 0;  // position of the first item
  ItemId item;
};

// All ways of writing one word.
struct Group {
  std::map<std::string, Spelling> spellings;
  uint32_t count = 0;
  uint32_t first = 0;
  ItemId item;
};

// Which folded spelling stands for which, through chains of merges.
class Merges {
 public:
  void Add(const std::string& from, const std::string& into) {
    if (RootOf(into) != from) into_[from] = into;
  }
  std::string RootOf(std::string word) const {
    for (auto it = into_.find(word); it != into_.end(); it = into_.find(word)) word = it->second;
    return word;
  }

 private:
  std::map<std::string, std::string> into_;
};

CountedWord ToCounted(const Group& group) {
  const auto oftener = [](const auto& a, const auto& b) {
    if (a.second.count != b.second.count) return a.second.count < b.second.count;
    return a.second.first > b.second.first;
  };
  const auto shown = std::ranges::max_element(group.spellings, oftener);
  return {shown->first, group.count, group.item};
}

}  // namespace

std::vector<CountedWord> CountWords(const ViewContext& context, const Activity& activity) {
  std::map<ItemId, std::pair<std::string, std::string>> texts;  // as written, and folded
  for (const Item& item : activity.items) {
    if (!activity.Shows(item)) continue;
    if (auto text = context.texts.TextOf(context.room, item)) {
      texts[item.id] = {*text, FoldSpelling(*text)};
    }
  }
  Merges merges;
  for (const Item& item : activity.items) {
    if (item.merged_into.empty() || !texts.contains(item.id)) continue;
    const auto into = texts.find(item.merged_into);
    if (into != texts.end()) merges.Add(texts.at(item.id).second, into->second.second);
  }
  std::map<std::string, Group> groups;
  uint32_t position = 0;
  for (const Item& item : activity.items) {
    const auto text = texts.find(item.id);
    if (text == texts.end()) continue;
    const auto& [written, folded] = text->second;
    Group& group = groups[merges.RootOf(folded)];
    if (group.count++ == 0) {
      group.first = position;
      group.item = item.id;
    }
    Spelling& spelling = group.spellings[written];
    if (spelling.count++ == 0) spelling = {1, position, item.id};
    ++position;
  }
  std::vector<const Group*> order;
  for (const auto& [word, group] : groups) order.push_back(&group);
  std::ranges::sort(order, [](const Group* a, const Group* b) {
    return a->count != b->count ? a->count > b->count : a->first < b->first;
  });
  std::vector<CountedWord> words;
  for (const Group* group : order) words.push_back(ToCounted(*group));
  return words;
}

void WriteWords(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const std::vector<CountedWord> words = CountWords(context, activity);
  writer.Key("words").BeginArray();
  for (size_t i = 0; i < std::min(words.size(), kViewWords); ++i) {
    writer.BeginObject().Key("word").String(words[i].word).Key("count").Int(words[i].count);
    writer.Key("item").String(words[i].item).EndObject();
  }
  writer.EndArray();
  if (words.size() > kViewWords) {
    writer.Key("more").Int(static_cast<int64_t>(words.size() - kViewWords));
  }
}

}  // namespace plenum
