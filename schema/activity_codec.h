// The JSON form of texts and activities, inside schema: run sheets, events, commands.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"
#include "schema/member_reader.h"

namespace plenum {

bool IsLanguageTag(std::string_view text);  // the form of BCP 47, not its registry

// What a text may be. Lengths are counted in code points and not in graphemes, since every node and
// every later version must find the same events valid.
struct TextForm {
  size_t most_characters = 0;
  bool multiline = false;
};
extern const TextForm kTitleForm;
extern const TextForm kPromptForm;

Text ReadText(MemberReader& object, std::string_view key, const TextForm& form);    // required
Text ReadTextOr(MemberReader& object, std::string_view key, const TextForm& form);  // or empty

// A text that is the same in all languages: a name, an address. Not empty.
std::string ReadPlain(MemberReader& object, std::string_view key, const TextForm& form);

// A list of 1 to `most` options, which may have pictures.
std::vector<Option> ReadOptions(MemberReader& parent, std::string_view key, size_t most,
                                bool pictures);
void WriteOptions(json::Writer& writer, std::string_view key, const std::vector<Option>& options);

// Whether anything was wrong since it began. What could not be read has a zero value, which must
// not be called wrong a second time for not fitting to the rest.
class Soundness {
 public:
  explicit Soundness(const ReadContext& context)
      : context_(context), issues_(context.issues.size()) {}
  operator bool() const { return context_.issues.size() == issues_; }

 private:
  const ReadContext& context_;
  const size_t issues_;
};

// Slugs and numbers of a list, each of which may stand there once.
class Once {
 public:
  Once(ReadContext& context, std::string_view what) : context_(context), what_(what) {}

  void Id(const Path& at, const std::string& id) {
    if (id.empty() || ids_.insert(id).second) return;
    Refuse(at.Member("id"), "There is " + std::string(what_) + " \"" + id + "\" already.");
  }
  void Number(const Path& at, uint32_t number) {
    if (number == 0 || numbers_.insert(number).second) return;
    Refuse(at.Member("number"), "Number " + std::to_string(number) + " is taken already.");
  }

 private:
  void Refuse(const Path& path, std::string what) {
    context_.issues.push_back({path.Pointer(), std::move(what)});
  }

  ReadContext& context_;
  std::string_view what_;
  std::set<std::string> ids_;
  std::set<uint32_t> numbers_;
};

// How people judge, with its `kind`.
Ballot ReadBallot(const json::Value& value, const Path& path, ReadContext& context);
void WriteBallot(json::Writer& writer, const Ballot& ballot);
void WriteTextIf(json::Writer& writer, std::string_view key, const Text& text);

// Left out when nothing of it is said.
Privacy ReadPrivacy(MemberReader& parent);
void WritePrivacy(json::Writer& writer, const Privacy& privacy);

// Everything that can be said about one activity by itself.
ActivitySpec ReadSpec(const json::Value& value, const Path& path, ReadContext& context);

}  // namespace plenum
