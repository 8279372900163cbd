#include "gateway/basic/commands.h"

#include <algorithm>
#include <optional>

#include "schema/hash.h"

namespace plenum::basic {
namespace {

class Maker {
 public:
  explicit Maker(const Form& form) : form_(form) {}

  std::expected<std::string, Word> Make() {
    const std::string action = form_.Get("do");
    writer_.BeginObject().Key("id").String(CommandId(form_));
    if (!IsId(form_.Get("id"))) return std::unexpected(Word::kStrangeForm);
    const std::optional<Word> fault = Fill(action);
    if (fault) return std::unexpected(*fault);
    return writer_.EndObject().Take();
  }

 private:
  using Fault = std::optional<Word>;

  Fault Fill(const std::string& action) {
    if (action == "tell") return Tell();
    Type(action == "vote" || action == "upvote" || action == "score" ? "ballot.cast"
         : action == "add"                                           ? "item.add"
         : action == "withdraw"                                      ? "item.withdraw"
         : action == "pass"                                          ? "card.pass"
         : action == "here"                                          ? "presence.here"
         : action == "visit"                                         ? "table.visit"
                                                                     : "table.host");
    writer_.Key("activity").String(form_.Get("a"));
    if (action == "withdraw") return Name("item", "i");
    if (!Number("generation", "g")) return Word::kStrangeForm;
    if (action == "vote") return Vote();
    if (action == "upvote") return Upvote();
    if (action == "score") return Score();
    if (action == "add") return Add();
    if (action == "pass") return Pass();
    if (action == "here") return std::nullopt;
    if (action != "visit" && action != "host" && action != "unhost") return Word::kStrangeForm;
    if (!Number("table", "n")) return Word::kIncomplete;
    if (action != "visit") writer_.Key("hosts").Bool(action == "host");
    return std::nullopt;
  }

  void Type(std::string_view type) { writer_.Key("type").String(type); }

  bool Number(std::string_view key, std::string_view field) {
    const auto number = form_.Number(field);
    if (!number) return false;
    writer_.Key(key).Int(*number);
    return true;
  }

  Fault Name(std::string_view key, std::string_view field) {
    writer_.Key(key).String(form_.Get(field));
    return std::nullopt;
  }

  Fault Tell() {
    if (form_.Get("word").empty()) return Word::kIncomplete;
    Type("organiser.tell");
    return Name("text", "word");
  }

  Fault Vote() {
    if (!Number("seq", "seq")) return Word::kStrangeForm;
    const std::string kind = form_.Get("kind");
    writer_.Key("ballot").BeginObject().Key("kind").String(kind);
    Fault fault;
    if (kind == "choice") fault = Choice();
    if (kind == "dots") fault = PerItem("dots", "d.", "dots");
    if (kind == "rank") fault = Rank();
    if (kind == "ratings") fault = PerItem("ratings", "v.", "value");
    if (kind == "scale") fault = Value("value");
    writer_.EndObject();
    return fault;
  }

  Fault Value(std::string_view key) {
    return Number(key, "v") ? std::nullopt : Fault(Word::kIncomplete);
  }

  Fault Choice() {
    const std::vector<std::string> options = form_.All("o");
    writer_.Key("options").BeginArray();
    for (const std::string& option : options) writer_.String(option);
    writer_.EndArray();
    return options.empty() ? Fault(Word::kIncomplete) : std::nullopt;
  }

  // Numbers by item, in fields of this prefix; what is left empty is left out, as are no dots.
  Fault PerItem(std::string_view list, std::string_view prefix, std::string_view key) {
    writer_.Key(list).BeginArray();
    Fault fault;
    for (const auto& [name, value] : form_.fields) {
      if (!name.starts_with(prefix) || value.empty()) continue;
      const auto number = ReadNumber(value);
      if (!number) fault = Word::kIncomplete;
      if (!number || (*number == 0 && key == "dots")) continue;
      writer_.BeginObject().Key("item").String(name.substr(prefix.size()));
      writer_.Key(key).Int(*number).EndObject();
    }
    writer_.EndArray();
    return fault;
  }

  Fault Rank() {
    bool any = false;
    writer_.Key("items").BeginArray();
    for (const auto& [name, value] : form_.fields) {
      if (!name.starts_with("r.") || value.empty()) continue;
      writer_.String(value);
      any = true;
    }
    writer_.EndArray();
    return any ? std::nullopt : Fault(Word::kIncomplete);
  }

  Fault Upvote() {
    if (!Number("seq", "seq")) return Word::kStrangeForm;
    writer_.Key("ballot").BeginObject().Key("kind").String("upvote");
    writer_.Key("item").String(form_.Get("i")).Key("up").Bool(form_.Get("up") == "1").EndObject();
    return std::nullopt;
  }

  Fault Score() {
    if (!Number("seq", "seq")) return Word::kStrangeForm;
    writer_.Key("ballot").BeginObject().Key("kind").String("score");
    if (!Number("round", "r")) return Word::kStrangeForm;
    if (const std::string card = form_.Get("i"); !card.empty()) {
      writer_.Key("card").String(card);
    } else if (!Number("number", "n")) {
      return Word::kIncomplete;
    }
    const Fault fault = Value("score");
    writer_.EndObject();
    return fault;
  }

  Fault Pass() {
    if (!Number("seq", "seq") || !Number("round", "r")) return Word::kStrangeForm;
    return std::nullopt;
  }

  Fault Add() {
    bool any = false, fields = false;
    for (const auto& [name, value] : form_.fields) {
      if (!name.starts_with("f.")) continue;
      if (!fields) writer_.Key("fields").BeginObject();
      fields = true;
      if (value.empty()) continue;
      writer_.Key(name.substr(2)).String(value);
      any = true;
    }
    if (fields) writer_.EndObject();
    if (!fields) writer_.Key("text").String(form_.Get("t"));
    const bool paper = form_.Has("n");
    if (paper && !Number("number", "n")) return Word::kIncomplete;
    if (form_.Number("table")) Number("table", "table");
    // On paper the words are on the card.
    return any || paper || !form_.Get("t").empty() ? std::nullopt : Fault(Word::kIncomplete);
  }

  const Form& form_;
  json::Writer writer_;
};

}  // namespace

std::string CommandId(const Form& form) {
  Sha256 hash;
  for (const auto& [name, value] : form.fields) {
    if (name != "k" && name != "p") hash.Lp(name).Lp(value);
  }
  return hash.Finish().Hex().substr(0, 32);
}

std::expected<std::string, Word> CommandFrom(const Form& form) { return Maker(form).Make(); }

std::string GroupCommand(const std::string& id, const std::string& activity,
                         const std::string& group) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(id).Key("type").String("group.tell");
  return writer.Key("activity").String(activity).Key("group").String(group).EndObject().Take();
}

bool IsId(std::string_view text) {
  return text.size() == 32 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace plenum::basic
