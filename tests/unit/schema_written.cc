// What the program really writes on a small day, held against the JSON Schemas: every view of every
// screen after each event, and every entry of the log.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/unit/schema_validator.h"
#include "tests/unit/view_walk.h"

namespace plenum {
namespace {

TEST(SchemaWritten, EveryViewOfADayIsValid) {
  const test::SchemaValidator stage("view.json#/definitions/stage");
  const test::SchemaValidator console("view.json#/definitions/console");
  const test::SchemaValidator person("view.json#/definitions/person");
  std::set<std::string> seen;  // most events leave most screens as they are
  const auto check = [&](const test::SchemaValidator& schema, const std::string& view) {
    if (seen.insert(view).second) {
      EXPECT_EQ(schema.Check(view), "") << view;
    }
  };
  testing::Walk* walk = nullptr;
  testing::WalkOptions options;
  options.look = [&](const std::string& what) {
    if (what.empty()) return;
    check(stage, walk->Stage());
    check(console, walk->Console());
    check(person, walk->Person(2));
  };
  testing::Walk day(std::move(options));
  walk = &day;
  day.Run();
  EXPECT_GT(seen.size(), 30u);
}

TEST(SchemaWritten, EveryEntryOfADayIsValidAndHasTheBytesOfItsEvent) {
  const test::SchemaValidator schema("event.json");
  testing::Walk day({.look = [](const std::string&) {}});
  day.Run();
  const auto entries = day.node().log.Read(kRoomPartition, 0, 10'000);
  ASSERT_TRUE(entries);
  std::set<std::string_view> types;
  for (const LogEntry& entry : *entries) {
    EXPECT_EQ(schema.Check(entry.bytes), "") << entry.bytes;
    const auto event = DecodeEvent(entry.bytes);
    ASSERT_TRUE(event) << event.error();
    EXPECT_EQ(EncodeEvent(*event), entry.bytes);
    types.insert(EventType(event->payload));
  }
  EXPECT_GT(entries->size(), 100u);
  EXPECT_GT(types.size(), 8u);
}

}  // namespace
}  // namespace plenum
