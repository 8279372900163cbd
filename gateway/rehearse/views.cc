#include "gateway/rehearse/views.h"

#include <algorithm>

#include "schema/json.h"

namespace plenum::rehearse {
namespace {

uint32_t Count(const json::Value* from, std::string_view key) {
  const json::Value* value = from != nullptr ? from->Find(key) : nullptr;
  return value != nullptr && value->AsInt() != nullptr ? static_cast<uint32_t>(*value->AsInt()) : 0;
}

std::string String(const json::Value* from, std::string_view key) {
  const json::Value* value = from != nullptr ? from->Find(key) : nullptr;
  return value != nullptr && value->AsString() != nullptr ? *value->AsString() : "";
}

bool Flag(const json::Value* from, std::string_view key) {
  const json::Value* value = from != nullptr ? from->Find(key) : nullptr;
  return value != nullptr && value->AsBool() != nullptr && *value->AsBool();
}

const json::Array& List(const json::Value* from, std::string_view key) {
  static const json::Array kNone;
  const json::Value* value = from != nullptr ? from->Find(key) : nullptr;
  return value != nullptr && value->AsArray() != nullptr ? *value->AsArray() : kNone;
}

Stage ReadStage(const json::Value* from) {
  Stage stage;
  stage.generation = Count(from, "generation");
  stage.phase = ParsePhase(String(from, "phase")).value_or(Phase::kWaiting);
  stage.round = Count(from, "round");
  return stage;
}

// A text by language, in the first of them; or a text that somebody wrote.
std::string AnyLanguage(const json::Value& from, std::string_view key) {
  const json::Value* value = from.Find(key);
  if (value == nullptr) return "";
  if (value->AsString() != nullptr) return *value->AsString();
  const json::Object* texts = value->AsObject();
  const std::string* text =
      texts == nullptr || texts->empty() ? nullptr : texts->front().second.AsString();
  return text != nullptr ? *text : "";
}

std::vector<ShownItem> ReadItems(const json::Value* from) {
  std::vector<ShownItem> items;
  for (const json::Value& value : List(from, "items")) {
    items.push_back({String(&value, "id"), Count(&value, "number"), AnyLanguage(value, "title"),
                     Count(&value, "table"), String(&value, "state")});
  }
  return items;
}

std::vector<ShownTable> ReadTables(const json::Value* from) {
  std::vector<ShownTable> tables;
  for (const json::Value& value : List(from, "tables")) {
    tables.push_back({Count(&value, "number"), Count(&value, "places"), Count(&value, "seated"),
                      Flag(&value, "hosted"), String(&value, "topic")});
  }
  return tables;
}

std::optional<Totals> ReadResult(const json::Value* from) {
  const json::Value* result = from->Find("result");
  return result != nullptr ? ReadTotals(*result) : std::nullopt;
}

ConsoleActivity ReadConsoleActivity(const json::Value& value) {
  ConsoleActivity activity;
  activity.activity = String(&value, "activity");
  activity.stage = ReadStage(&value);
  for (const json::Value& step : List(&value, "next")) {
    if (std::optional<Phase> to = ParsePhase(String(&step, "to"))) activity.next.push_back(*to);
  }
  activity.answered = Count(value.Find("turnout"), "answered");
  const json::Value* deck = value.Find("deck");
  activity.short_cards = Count(deck, "short");
  activity.makeup_possible = Flag(deck, "makeup_possible");
  activity.has_deadline = value.Find("deadline_ms") != nullptr;
  activity.skipped = Flag(&value, "skipped");
  activity.items = ReadItems(&value);
  activity.tables = ReadTables(&value);
  activity.result = ReadResult(&value);
  activity.result_status = String(&value, "result_status");
  return activity;
}

}  // namespace

const ShownTable* FindTable(const std::vector<ShownTable>& tables, uint32_t number) {
  auto it = std::ranges::find(tables, number, &ShownTable::number);
  return it == tables.end() ? nullptr : &*it;
}

const ShownItem* FindItem(const std::vector<ShownItem>& items, uint32_t number) {
  auto it = std::ranges::find(items, number, &ShownItem::number);
  return it == items.end() ? nullptr : &*it;
}

bool ConsoleActivity::Offers(Phase phase) const {
  return std::ranges::find(next, phase) != next.end();
}

const ConsoleActivity* ConsoleView::Find(const ActivityId& id) const {
  auto it = std::ranges::find(activities, id, &ConsoleActivity::activity);
  return it == activities.end() ? nullptr : &*it;
}

std::optional<StageView> ReadStageView(uint64_t version, std::string_view data) {
  std::expected<json::Value, json::Error> root = json::Parse(data);
  if (!root) return std::nullopt;
  StageView view;
  view.version = version;
  const json::Value* now = root->Find("now");
  if (now == nullptr) return view;
  view.activity = String(now, "activity");
  view.stage = ReadStage(now);
  view.answered = Count(now->Find("turnout"), "answered");
  view.items = ReadItems(now);
  view.tables = ReadTables(now);
  view.result = ReadResult(now);
  return view;
}

std::optional<PersonView> ReadPersonView(uint64_t version, std::string_view data) {
  std::expected<json::Value, json::Error> root = json::Parse(data);
  if (!root) return std::nullopt;
  PersonView view;
  view.version = version;
  view.activity = String(&*root, "activity");
  view.generation = Count(&*root, "generation");
  const json::Value* deck = root->Find("deck");
  view.present = Flag(deck, "present");
  view.holding = Flag(deck, "holding");
  view.pass_seq = Count(deck, "pass_seq");
  const json::Value* table = root->Find("table");
  view.here = Flag(table, "here");
  view.table = Count(table, "now");
  view.hosts = Count(table, "hosts");
  const json::Value* card = deck != nullptr ? deck->Find("to_score") : nullptr;
  if (card != nullptr) {
    view.to_score = CardToScore{String(card, "id"), Count(card, "round"), String(card, "text")};
  }
  return view;
}

std::optional<ConsoleView> ReadConsoleView(uint64_t version, std::string_view data) {
  std::expected<json::Value, json::Error> root = json::Parse(data);
  if (!root) return std::nullopt;
  ConsoleView view;
  view.version = version;
  for (const json::Value& activity : List(&*root, "activities")) {
    view.activities.push_back(ReadConsoleActivity(activity));
  }
  return view;
}

std::shared_ptr<const StageView> StageCache::Find(std::string_view text) const {
  for (const Entry& entry : latest_) {
    if (entry.view != nullptr && entry.text == text) return entry.view;
  }
  return nullptr;
}

void StageCache::Keep(std::string_view text, std::shared_ptr<const StageView> view) {
  latest_[next_] = {std::string(text), std::move(view)};
  next_ = (next_ + 1) % latest_.size();
}

}  // namespace plenum::rehearse
