#include "gateway/rehearse/facts.h"

#include <algorithm>

#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum::rehearse {
namespace {

// Reads members and remembers the first that is missing or of another kind.
class Reader {
 public:
  std::string String(const json::Value& from, std::string_view key) {
    const json::Value* value = from.Find(key);
    if (value != nullptr && value->AsString() != nullptr) return *value->AsString();
    Miss(key);
    return {};
  }
  uint32_t Count(const json::Value& from, std::string_view key) {
    const json::Value* value = from.Find(key);
    if (value != nullptr && value->AsInt() != nullptr && *value->AsInt() >= 0)
      return static_cast<uint32_t>(*value->AsInt());
    Miss(key);
    return 0;
  }
  const json::Array& Array(const json::Value& from, std::string_view key) {
    const json::Value* value = from.Find(key);
    if (value != nullptr && value->AsArray() != nullptr) return *value->AsArray();
    Miss(key);
    return none_;
  }
  const json::Value& Member(const json::Value& from, std::string_view key) {
    const json::Value* value = from.Find(key);
    if (value != nullptr) return *value;
    Miss(key);
    return null_;
  }
  std::vector<std::string> Strings(const json::Value& from, std::string_view key) {
    std::vector<std::string> strings;
    for (const json::Value& value : Array(from, key)) {
      if (value.AsString() != nullptr) strings.push_back(*value.AsString());
    }
    if (strings.empty()) Miss(key);
    return strings;
  }
  const std::string& missing() const { return missing_; }
  void Miss(std::string_view key) {
    if (missing_.empty()) missing_ = key;
  }

 private:
  const json::Array none_;
  const json::Value null_;
  std::string missing_;
};

OpenSpace ReadOpenSpace(const json::Value& from, Reader& reader) {
  OpenSpace open_space;
  open_space.board = reader.String(from, "board");
  open_space.activity = reader.String(from, "activity");
  open_space.added = reader.Strings(from, "added");
  for (const json::Value& table : reader.Array(from, "tables")) {
    open_space.tables.push_back({reader.Count(table, "number"), reader.String(table, "topic"),
                                 reader.String(table, "idea")});
  }
  return open_space;
}

std::vector<PublishedIdea> ReadIdeas(const json::Value& dots, Reader& reader) {
  std::vector<PublishedIdea> ideas;
  for (const json::Value& published : reader.Array(dots, "published")) {
    PublishedIdea idea{reader.String(published, "idea"), reader.Count(published, "score"), {}};
    for (const json::Value& part : reader.Array(published, "parts")) {
      idea.parts.push_back({reader.Count(part, "number"), reader.Count(part, "dots")});
    }
    ideas.push_back(std::move(idea));
  }
  return ideas;
}

std::optional<Inserted> ReadInserted(const json::Value& from, std::string_view language,
                                     Reader& reader) {
  auto spec = ReadActivity(reader.Member(from, "spec"), language, "/inserted/spec");
  if (!spec) {
    reader.Miss("spec");
    return std::nullopt;
  }
  Inserted inserted{reader.String(from, "before"), *std::move(spec), {}, ""};
  for (const json::Value& merge : reader.Array(from, "merge")) {
    inserted.merges.push_back({reader.String(merge, "into"), reader.Strings(merge, "from")});
  }
  inserted.undo = reader.String(from, "undo");
  return inserted;
}

TextBank ReadBank(const json::Value& from, Reader& reader) {
  TextBank bank;
  if (from.Find("percent") != nullptr)
    bank.percent = static_cast<int>(reader.Count(from, "percent"));
  if (from.Find("fields") == nullptr) {
    bank.texts[""] = reader.Strings(from, "texts");
    return bank;
  }
  for (const json::Value& field : reader.Array(from, "fields")) {
    bank.texts[reader.String(field, "field")] = reader.Strings(field, "texts");
  }
  return bank;
}

// "3.33" in hundredths; the figure is text because the project's JSON has integers only.
int64_t Hundredths(const std::string& figure) {
  int64_t digits = 0;
  for (char c : figure) {
    if (c >= '0' && c <= '9') digits = digits * 10 + (c - '0');
  }
  return digits;
}

}  // namespace

const PublishedMean* Facts::MeanOf(const ActivityId& activity) const {
  auto it = std::ranges::find(means, activity, &PublishedMean::activity);
  return it == means.end() ? nullptr : &*it;
}

std::expected<Facts, std::string> ParseFacts(std::string_view text, std::string_view language) {
  std::expected<json::Value, json::Error> root = json::Parse(text);
  if (!root) return std::unexpected("The facts are not JSON: " + root.error().what);
  Reader reader;
  Facts facts;
  facts.attendees = reader.Count(*root, "attendees");
  for (const json::Value& mean : reader.Array(*root, "means")) {
    facts.means.push_back(
        {reader.String(mean, "activity"), Hundredths(reader.String(mean, "mean"))});
  }
  facts.every_option = reader.Strings(*root, "every_option");
  const json::Value& topics = reader.Member(*root, "topics");
  facts.topics_activity = reader.String(topics, "activity");
  facts.topics = reader.Strings(topics, "in_order");
  facts.open_space = ReadOpenSpace(reader.Member(*root, "open_space"), reader);
  for (const json::Value& tables : reader.Array(*root, "tables")) {
    facts.tables.push_back({reader.String(tables, "activity"), reader.Count(tables, "tables"),
                            reader.Count(tables, "rounds"), reader.Count(tables, "topics"),
                            reader.Count(tables, "notes")});
  }
  const json::Value& dots = reader.Member(*root, "dots");
  facts.dots_activity = reader.String(dots, "activity");
  facts.ideas = ReadIdeas(dots, reader);
  facts.inserted = ReadInserted(reader.Member(*root, "inserted"), language, reader);
  for (const json::Value& bank : reader.Array(*root, "texts")) {
    facts.banks[reader.String(bank, "activity")] = ReadBank(bank, reader);
  }
  const json::Value& cards = reader.Member(*root, "cards");
  facts.card_ideas = reader.Strings(cards, "ideas");
  facts.card_with = reader.Strings(cards, "with");
  facts.card_first_steps = reader.Strings(cards, "first_steps");
  if (!reader.missing().empty())
    return std::unexpected("The facts lack a good \"" + reader.missing() + "\".");
  return facts;
}

}  // namespace plenum::rehearse
