// Words: contributions counted by their spelling, merged where staff say so.
#include <algorithm>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

// How a word is counted. The rehearsal's own words are plain letters and blanks.
std::string Folded(const std::string& text) {
  std::string folded;
  for (char c : text) {
    if (c == ' ' && (folded.empty() || folded.back() == ' ')) continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

// As it is kept: without blanks at its ends.
std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  const size_t end = text.find_last_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

// All spellings of one word.
struct Spellings {
  std::vector<std::pair<std::string, uint32_t>> counts;  // in the order of their first
  uint32_t count = 0;
  ItemId first;

  void Add(const std::string& written, const ItemId& item) {
    if (count++ == 0) first = item;
    auto known = std::ranges::find(counts, written, &std::pair<std::string, uint32_t>::first);
    known == counts.end() ? void(counts.emplace_back(written, 1)) : void(++known->second);
  }
  const std::string& Commonest() const {
    return std::ranges::max_element(counts, {}, &std::pair<std::string, uint32_t>::second)->first;
  }
};

// A word, and the one that it was merged into.
using MergedWords = std::map<std::string, std::string>;

std::string RootOf(const MergedWords& merged, std::string word) {
  for (auto into = merged.find(word); into != merged.end(); into = merged.find(word))
    word = into->second;
  return word;
}

}  // namespace

std::vector<WordTotal> WordsOf(const std::vector<CountedItem>& items) {
  std::map<ItemId, const CountedItem*> shown;
  for (const CountedItem& item : items) {
    if (item.state == CountedItem::State::kShown) shown[item.id] = &item;
  }
  MergedWords merged;
  for (const CountedItem& item : items) {
    if (!shown.contains(item.id) || !shown.contains(item.merged_into)) continue;
    const std::string from = Folded(item.text);
    const std::string into = Folded(shown[item.merged_into]->text);
    if (RootOf(merged, into) != from) merged[from] = into;
  }
  std::vector<std::pair<std::string, Spellings>> words;  // in the order of their first
  for (const CountedItem& item : items) {
    if (!shown.contains(item.id)) continue;
    const std::string word = RootOf(merged, Folded(item.text));
    auto known = std::ranges::find(words, word, &std::pair<std::string, Spellings>::first);
    if (known == words.end()) known = words.insert(words.end(), {word, {}});
    known->second.Add(Trimmed(item.text), item.id);
  }
  std::vector<WordTotal> totals;
  for (const auto& [word, all] : words) totals.push_back({all.Commonest(), all.count, all.first});
  std::ranges::stable_sort(totals, std::ranges::greater(), &WordTotal::count);
  return totals;
}

}  // namespace plenum::rehearse
