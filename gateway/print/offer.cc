// What a server offers to be printed, as JSON.
#include "gateway/print/print_pack.h"
#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

std::vector<std::string> DocumentsOf(const PrintSheet& sheet) {
  std::vector<std::string> documents = {"join"};
  bool tables = false;
  bool gallery = false;
  bool cards = false;
  for (const PrintActivity& activity : sheet.activities) {
    const ActivitySpec& spec = activity.spec;
    tables |= !activity.tables.empty();
    gallery |= std::holds_alternative<DotsBallot>(spec.ballot) || spec.RatesItems();
    cards |= spec.deal && spec.deal->deck == Deck::kPaper;
  }
  if (tables) documents.emplace_back("tables");
  if (gallery) documents.emplace_back("gallery");
  if (cards) documents.emplace_back("cards");
  for (const PrintActivity& activity : sheet.activities) {
    if (HasPaperBallot(activity)) documents.push_back("ballots/" + activity.spec.id);
  }
  documents.emplace_back("badges");
  return documents;
}

std::string StringIn(const json::Value& value, std::string_view key) {
  const json::Value* found = value.Find(key);
  const std::string* text = found ? found->AsString() : nullptr;
  return text ? *text : std::string();
}

std::vector<std::string> StringsIn(const json::Value& value, std::string_view key) {
  std::vector<std::string> strings;
  const json::Value* found = value.Find(key);
  const json::Array* array = found ? found->AsArray() : nullptr;
  if (array == nullptr) return strings;
  for (const json::Value& one : *array) {
    if (one.AsString()) strings.push_back(*one.AsString());
  }
  return strings;
}

}  // namespace

std::string EncodePrintOffer(const PrintSheet& sheet) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("base").String(sheet.base).Key("code").String(sheet.code).Key("title");
  WriteText(writer, sheet.title);
  writer.Key("languages").BeginArray();
  for (const std::string& language : sheet.languages) writer.String(language);
  writer.EndArray();
  writer.Key("join").String(sheet.codes_only ? "codes" : "open");
  writer.Key("expected_people").Int(sheet.expected_people);
  writer.Key("documents").BeginArray();
  for (const std::string& document : DocumentsOf(sheet)) writer.String(document);
  writer.EndArray().EndObject();
  return writer.Take();
}

std::expected<PrintOffer, std::string> ParsePrintOffer(std::string_view text) {
  auto value = json::Parse(text);
  if (!value) return std::unexpected("The server's answer is not valid: " + value.error().what);
  PrintOffer offer;
  offer.sheet.base = StringIn(*value, "base");
  offer.sheet.code = StringIn(*value, "code");
  offer.sheet.languages = StringsIn(*value, "languages");
  offer.sheet.codes_only = StringIn(*value, "join") == "codes";
  if (const json::Value* people = value->Find("expected_people"); people && people->AsInt()) {
    offer.sheet.expected_people = static_cast<uint32_t>(*people->AsInt());
  }
  offer.documents = StringsIn(*value, "documents");
  const json::Value* title = value->Find("title");
  if (const json::Object* words = title ? title->AsObject() : nullptr) {
    for (const auto& [language, said] : *words) {
      if (said.AsString()) offer.sheet.title.by_language.emplace_back(language, *said.AsString());
    }
  }
  if (offer.sheet.base.empty() || offer.sheet.code.empty()) {
    return std::unexpected("The server's answer is not valid: it must have base and code.");
  }
  return offer;
}

}  // namespace plenum
