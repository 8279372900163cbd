#include "projector/record/additions.h"

#include "projector/record/words.h"
#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

constexpr size_t kParts = 50;
constexpr size_t kFigures = 100;
constexpr size_t kTextBytes = 20'000;
constexpr size_t kLineBytes = 1000;

struct Reader {
  ReadContext& context;
  std::string_view language;

  // A string, or one for each language.
  std::string In(MemberReader& object, std::string_view key, size_t most) {
    if (object.IsString(key)) return object.String(key, most);
    const json::Value* const value = object.Require(key);
    if (!value) return "";
    const json::Object* const members = value->AsObject();
    if (!members || members->empty()) {
      object.Refuse(key, "This must be a string, or an object with a string for each language.");
      return "";
    }
    Text text;
    for (const auto& [tag, each] : *members) {
      const std::string* const words = each.AsString();
      if (!words || !IsLanguageTag(tag) || words->size() > most) {
        object.Refuse(key, "Its members must be named by languages, and be strings of at most " +
                               std::to_string(most) + " bytes.");
        return "";
      }
      text.by_language.emplace_back(tag, *words);
    }
    return WordsOf(text, language).text;
  }

  template <class Each>
  void List(MemberReader& object, std::string_view key, size_t most, Each each) {
    if (!object.Has(key)) return;
    const json::Array& values = object.Array(key, 1, most);
    const Path path = object.path().Member(key);
    for (size_t i = 0; i < values.size(); ++i) {
      MemberReader entry(values[i], path.Element(i), context);
      each(entry);
      entry.Finish();
    }
  }

  std::vector<AddedPart> Parts(MemberReader& object, std::string_view key) {
    std::vector<AddedPart> parts;
    List(object, key, kParts, [&](MemberReader& entry) {
      AddedPart& part = parts.emplace_back();
      part.title = In(entry, "title", kLineBytes);
      part.text = In(entry, "text", kTextBytes);
    });
    return parts;
  }

  std::vector<AddedSource> Sources(MemberReader& object) {
    std::vector<AddedSource> sources;
    List(object, "figures", kParts, [&](MemberReader& entry) {
      AddedSource& source = sources.emplace_back();
      source.title = In(entry, "title", kLineBytes);
      source.source = In(entry, "source", kLineBytes);
      if (entry.Has("source") && source.source.empty()) {
        entry.Refuse("source", "Figures from elsewhere need their source.");
      }
      entry.Require("figures");
      List(entry, "figures", kFigures, [&](MemberReader& line) {
        AddedFigure& figure = source.figures.emplace_back();
        figure.label = In(line, "label", kLineBytes);
        figure.value = line.String("value", kLineBytes);
      });
    });
    return sources;
  }

  Additions Read(const json::Value& value) {
    const Path root = Path::Root("");
    MemberReader object(value, root, context);
    Additions additions;
    additions.front = Parts(object, "front");
    additions.figures = Sources(object);
    additions.back = Parts(object, "back");
    if (object.Has("video")) {
      additions.video = object.String("video", kLineBytes);
      if (!additions.video.starts_with("https://")) {
        object.Refuse("video", "This must be a link that begins with https://.");
      }
    }
    object.Finish();
    return additions;
  }
};

}  // namespace

std::expected<Additions, std::vector<Problem>> ParseAdditions(std::string_view text,
                                                              std::string_view language) {
  if (text.size() > limits::kRecordFiguresBytes) {
    return std::unexpected(std::vector<Problem>{{"", {}, "This is larger than 64 KiB."}});
  }
  const auto value = json::Parse(text);
  if (!value) {
    const json::Error& error = value.error();
    return std::unexpected(std::vector<Problem>{{"", {error.line, error.column}, error.what}});
  }
  ReadContext context;
  Additions additions = Reader{context, language}.Read(*value);
  if (context.issues.empty()) return additions;
  std::vector<Problem> problems;
  for (Issue& issue : context.issues) {
    problems.push_back({std::move(issue.pointer), {}, std::move(issue.what)});
  }
  return std::unexpected(WithPlaces(std::move(problems), text));
}

}  // namespace plenum
