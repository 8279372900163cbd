// The JSON form of texts and activities, inside schema: run sheets, events, commands.
#pragma once

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

// A list of 1 to `most` options, which may have pictures.
std::vector<Option> ReadOptions(MemberReader& parent, std::string_view key, size_t most,
                                bool pictures);
void WriteOptions(json::Writer& writer, std::string_view key, const std::vector<Option>& options);

// Left out when nothing of it is said.
Privacy ReadPrivacy(MemberReader& parent);
void WritePrivacy(json::Writer& writer, const Privacy& privacy);
// "join": "open" (also if it is not there) or "codes".
JoinBy ReadJoinBy(MemberReader& parent);
void WriteJoinBy(json::Writer& writer, JoinBy join);

// Everything that can be said about one activity by itself.
ActivitySpec ReadSpec(const json::Value& value, const Path& path, ReadContext& context);

}  // namespace plenum
