// Everything in schema/examples is valid by the JSON Schemas, is read, and is written again with
// the same bytes. And the schemas and the program agree about what is wrong with it once it is
// changed.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <string>

#include "schema/command.h"
#include "schema/event.h"
#include "schema/json.h"
#include "schema/message.h"
#include "schema/run_sheet.h"
#include "tests/unit/schema_mutations.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

// Reads and writes again; empty if it is refused.
using Rewrite = std::function<std::string(std::string_view)>;

std::string RewriteEvent(std::string_view text) {
  const auto event = DecodeEvent(text);
  return event ? EncodeEvent(*event) : "";
}
std::string RewriteCommand(std::string_view text) {
  const auto command = ParseCommand(text, "en");
  return command ? EncodeCommand(*command) : "";
}
std::string RewriteMessage(std::string_view text) {
  const auto message = ParseMessage(text);
  return message ? EncodeMessage(*message) : "";
}
std::string RewriteRunSheet(std::string_view text) {
  const auto sheet = ParseRunSheet(text);
  return sheet ? EncodeRunSheet(*sheet) : "";
}

void ExpectSameBytes(std::string_view folder, std::string_view schema, const Rewrite& rewrite) {
  const test::SchemaValidator validator(schema);
  const auto examples = test::Examples(folder);
  ASSERT_FALSE(examples.empty());
  for (const auto& [name, text] : examples) {
    EXPECT_EQ(validator.Check(text), "") << name;
    EXPECT_EQ(rewrite(text), text) << name;
  }
}

TEST(SchemaExamples, EventsKeepTheirBytes) {
  ExpectSameBytes("events", "event.json", RewriteEvent);
}
TEST(SchemaExamples, CommandsKeepTheirBytes) {
  ExpectSameBytes("commands", "command.json", RewriteCommand);
}
TEST(SchemaExamples, MessagesKeepTheirBytes) {
  ExpectSameBytes("messages", "message.json", RewriteMessage);
}

TEST(SchemaExamples, ViewsAreOfTheirTopic) {
  for (const auto& [name, text] : test::Examples("views")) {
    const std::string topic = name.substr(0, name.find_first_of("-."));
    const test::SchemaValidator validator("view.json#/definitions/" + topic);
    EXPECT_EQ(validator.Check(text), "") << name;
    EXPECT_TRUE(json::Parse(text)) << name;
  }
}

TEST(SchemaExamples, RunSheetsComeBackAsTheyAre) {
  const test::SchemaValidator validator("run-sheet.json");
  auto sheets = test::Examples("run-sheets");
  for (const auto& day :
       std::filesystem::directory_iterator(test::RepositoryRoot() / "gateway/library/days")) {
    sheets[day.path().filename().string()] = test::ReadFile(day.path());
  }
  ASSERT_TRUE(sheets.contains("september.json"));
  for (const auto& [name, text] : sheets) {
    EXPECT_EQ(validator.Check(text), "") << name;
    const auto sheet = ParseRunSheet(text);
    ASSERT_TRUE(sheet) << name << ": " << sheet.error().front().what;
    const std::string canonical = EncodeRunSheet(*sheet);
    EXPECT_EQ(validator.Check(canonical), "") << name;
    const auto again = ParseRunSheet(canonical);
    ASSERT_TRUE(again) << name;
    EXPECT_EQ(*again, *sheet) << name;
    EXPECT_EQ(EncodeRunSheet(*again), canonical) << name;
  }
}

TEST(SchemaExamples, ThereIsOneOfEveryType) {
  std::set<size_t> events;
  for (const auto& [name, text] : test::Examples("events")) {
    const auto event = DecodeEvent(text);
    ASSERT_TRUE(event) << name << ": " << event.error();
    events.insert(event->payload.index());
    const std::string type = "org.plenum." + name.substr(0, name.find(".v1") + 3);
    EXPECT_EQ(EventType(event->payload), type) << name;
  }
  EXPECT_EQ(events.size(), std::variant_size_v<Payload>);

  std::set<size_t> commands;
  for (const auto& [name, text] : test::Examples("commands")) {
    const auto command = ParseCommand(text);
    ASSERT_TRUE(command) << name << ": " << command.error().what;
    commands.insert(command->request.index());
  }
  EXPECT_EQ(commands.size(), std::variant_size_v<Request>);

  std::set<size_t> messages;
  for (const auto& [name, text] : test::Examples("messages")) {
    const auto message = ParseMessage(text);
    ASSERT_TRUE(message) << name << ": " << message.error();
    messages.insert(message->index());
  }
  EXPECT_EQ(messages.size(), std::variant_size_v<Message>);
}

using Filter = std::function<bool(const std::string& name, const std::string& pointer)>;

// Changes every example in every place that is not skipped, and compares what the program and the
// schema say to it. Returns how many changes both refused.
size_t CompareOnMutants(std::string_view folder, std::string_view schema, const Rewrite& rewrite,
                        const Filter& skip) {
  const test::SchemaValidator validator(schema);
  size_t refused = 0;
  for (const auto& [name, text] : test::Examples(folder)) {
    for (const test::Mutant& mutant : test::MutantsOf(text)) {
      if (skip(name, mutant.pointer)) continue;
      const std::string written = rewrite(mutant.text);
      const bool accepted = validator.Accepts(mutant.text);
      refused += written.empty() && !accepted;
      EXPECT_EQ(written.empty(), !accepted)
          << name << ", " << mutant.what << " at " << mutant.pointer << ": only the "
          << (accepted ? "program" : "schema") << " refuses it\n"
          << mutant.text;
      if (!written.empty()) {
        EXPECT_EQ(rewrite(written), written) << name << " " << mutant.pointer;
      }
    }
  }
  return refused;
}

// Attributes are the same in all events, so they are changed in one.
bool IsCommonAttribute(const std::string& pointer) {
  static const std::set<std::string> subject = {"/activity", "/generation", "/person",
                                                "/series",   "/seq",        "/partitionkey"};
  return !pointer.starts_with("/data") && !subject.contains(pointer);
}

TEST(SchemaExamples, ChangedEventsAreRefusedByBothOrNeither) {
  const size_t refused = CompareOnMutants(
      "events", "event.json", RewriteEvent,
      [](const std::string& name, const std::string& pointer) {
        // The fold compares totals with its own; reading them checks only that they are an object.
        // In an activity the schema knows what this version writes; what a later one may have added
        // is ignored when it is read, and texts must be objects in all of it.
        return pointer.starts_with("/data/totals/") ||
               (pointer.starts_with("/data/spec/") && pointer.ends_with("/zzz")) ||
               pointer.ends_with("_label") || pointer.ends_with("/detail") ||
               (pointer.starts_with("/data/spec/") && pointer.ends_with("/title")) ||
               (IsCommonAttribute(pointer) && name != "ballot.cast.v1-score.json");
      });
  EXPECT_GT(refused, 500u);
}

TEST(SchemaExamples, ChangedCommandsAreRefusedByBothOrNeither) {
  const size_t refused =
      CompareOnMutants("commands", "command.json", RewriteCommand,
                       [](const std::string&, const std::string&) { return false; });
  EXPECT_GT(refused, 500u);
}

TEST(SchemaExamples, ChangedMessagesAreRefusedByBothOrNeither) {
  const size_t refused =
      CompareOnMutants("messages", "message.json", RewriteMessage,
                       [](const std::string&, const std::string& pointer) {
                         // A client reads views and sentences as they are; the schema says what
                         // they hold.
                         return pointer.starts_with("/data/") || pointer.starts_with("/result") ||
                                pointer == "/text" || pointer == "/reason" || pointer == "/code";
                       });
  EXPECT_GT(refused, 100u);
}

// What the activities of methods.json take from each other, which no schema knows.
bool IsLinked(const std::string& pointer) {
  static const std::set<std::string> links = {
      "/activities/0",    "/activities/0/id", "/activities/0/ballot", "/activities/2",
      "/activities/2/id", "/activities/4",    "/activities/4/id"};
  return links.contains(pointer) || pointer.starts_with("/activities/0/ballot/") ||
         pointer.ends_with("/carry/from") || pointer.ends_with("/picture_of");
}

TEST(SchemaExamples, ChangedRunSheetsAreRefusedByBothOrNeither) {
  const size_t refused =
      CompareOnMutants("run-sheets", "run-sheet.json", RewriteRunSheet,
                       [](const std::string& name, const std::string& pointer) {
                         if (name == "methods.json" && IsLinked(pointer)) return true;
                         // No schema knows which languages the sheet has, which ballots share a
                         // series, or which number must not be more than another.
                         return pointer.starts_with("/languages") || pointer.ends_with("/max") ||
                                pointer.ends_with("/budget") || pointer.ends_with("/high") ||
                                pointer.ends_with("/low") || pointer.ends_with("/series") ||
                                pointer.starts_with("/activities/0/ballot/options");
                       });
  EXPECT_GT(refused, 300u);
}

}  // namespace
}  // namespace plenum
