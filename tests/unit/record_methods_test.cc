// The record of every method: what people wrote side by side, words, tables, where things came
// from; what is redacted, what the organisers add, and the same in Welsh.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projector/record/additions.h"
#include "projector/record/facts.h"
#include "projector/record/writers.h"
#include "schema/hash.h"
#include "tests/unit/record_kit.h"
#include "tests/unit/schema_validator.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Text En(const std::string& text) { return {{{"en", text}}}; }

ActivitySpec Written(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = En("Title of " + id);
  spec.collect = Collect{};
  return spec;
}

std::vector<std::string> Texts(const std::vector<Words>& words) {
  std::vector<std::string> texts;
  for (const Words& each : words) texts.push_back(each.text);
  return texts;
}

// A note of a table, typed in by staff, as it lies in the vault.
Event NoteOf(RecordedRoom& room, const ActivityId& activity, uint32_t table, std::string text) {
  ItemAdded added;
  added.table = table;
  Event note = room.script.Make(Role::kPresenter, added, activity);
  note.generation = room.At(activity).stage.generation;
  room.texts.texts[note.id] = std::move(text);
  room.Do(note);
  return note;
}

TEST(RecordMethods, FieldsStandSideBySide) {
  RecordedRoom room;
  ActivitySpec spec = Written("commitments");
  spec.collect->fields = {{.id = "what", .title = En("What I will do")},
                          {.id = "when", .title = En("By when"), .required = false},
                          {.id = "owner", .title = En("Owner"), .names_person = true}};
  room.Add(spec);
  room.Join(2);
  room.Advance("commitments", Phase::kCollecting);
  room.Contribute(1, spec, R"({"what":"Call them","when":"Friday","owner":"Ann"})");
  room.Contribute(2, spec, R"({"what":"Write it down","owner":"Ben"})");
  room.Reveal("commitments");
  const Record record = room.Finish();
  const RecordTable& table = SectionOf(record, "commitments").table;
  EXPECT_THAT(Texts(table.fields), ElementsAre("What I will do", "By when", "Owner"));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(Texts(table.rows[0].fields), ElementsAre("Call them", "Friday", "Ann"));
  EXPECT_THAT(Texts(table.rows[1].fields), ElementsAre("Write it down", "", "Ben"));
  const std::string html = WriteHtml(record);
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\" class=\"wide\">By when</th>"));
  EXPECT_THAT(html, HasSubstr("<td class=\"text\"><bdi>Friday</bdi></td>"));
}

TEST(RecordMethods, ACommitmentHasThePictureOfTheMorning) {
  RecordedRoom room;
  ActivitySpec pictures = ChoiceSpec("pictures");
  pictures.series = "me";
  ActivitySpec spec = Written("commitments");
  spec.series = "me";
  spec.collect->picture_of = "pictures";
  room.Add(pictures);
  room.Add(spec);
  room.Join(1);
  room.Advance("pictures", Phase::kVoting);
  room.Do(room.script.Of(1, pictures, BallotCast{ChoiceCast{{"east"}}}));
  room.Reveal("pictures");
  room.Advance("commitments", Phase::kCollecting);
  room.Contribute(1, spec, "Start on Monday");
  room.Reveal("commitments");
  const RecordTable table = SectionOf(room.Finish(), "commitments").table;
  EXPECT_EQ(table.columns.at(0).measure, "picture");
  EXPECT_THAT(table.rows.at(0).values, ElementsAre("East"));
}

TEST(RecordMethods, WordsAreRankedAndDrawnByTheirSize) {
  RecordedRoom room;
  ActivitySpec spec = Written("words");
  spec.collect->words = 3;
  spec.collect->each = 5;
  room.Add(spec);
  room.Join(3);
  room.Advance("words", Phase::kCollecting);
  for (const auto& [person, word] : std::vector<std::pair<uint32_t, std::string>>{
           {1, "trust"}, {2, "Trust"}, {3, "trust"}, {1, "time"}, {2, "space"}}) {
    room.Contribute(person, spec, word);
  }
  room.Reveal("words");
  const Record record = room.Finish();
  const RecordTable& table = SectionOf(record, "words").table;
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[0].title.text, "trust");
  EXPECT_THAT(table.rows[0].values, ElementsAre("3"));
  EXPECT_EQ(table.rows[1].rank, 2u);
  EXPECT_EQ(table.rows[2].rank, 2u) << "a tie";
  EXPECT_EQ(SectionOf(record, "words").headline, "1. trust (3); 2. time (1); 2. space (1)");
  EXPECT_THAT(WriteHtml(record), HasSubstr("<ul class=\"cloud\"><li class=\"c5\"><bdi>trust"));
}

// Seven columns of text cannot be read on paper.
TEST(RecordMethods, ManyFieldsStandBelowEachOther) {
  RecordedRoom room;
  ActivitySpec spec = Written("template");
  spec.collect->fields.clear();
  std::string text = "{";
  for (const char* id : {"what", "why", "who", "when", "first"}) {
    spec.collect->fields.push_back({.id = id, .title = En(std::string("Field ") + id)});
    text += (text.size() > 1 ? "," : "") + ('"' + std::string(id) + "\":\"text of " + id + "\"");
  }
  room.Add(spec);
  room.Join(1);
  room.Advance("template", Phase::kCollecting);
  room.Contribute(1, spec, text + "}");
  room.Reveal("template");
  const std::string html = WriteHtml(room.Finish());
  EXPECT_THAT(
      html,
      HasSubstr("<bdi>text of what</bdi><span class=\"field\"><strong><bdi lang=\"en\">Field why"));
  EXPECT_THAT(html, HasSubstr("Field first</bdi></strong> <bdi>text of first"));
  EXPECT_THAT(html, Not(HasSubstr("<th scope=\"col\" class=\"wide\">Field why")));
}

ActivitySpec CafeSpec() {
  ActivitySpec spec = Written("cafe");
  spec.collect->who = Contributors::kTableHosts;
  spec.collect->each = 3;
  spec.collect->fields = {{.id = "point", .title = En("Key point")},
                          {.id = "step", .title = En("First step"), .required = false}};
  spec.seats = Seats{.rounds = 2, .capacity = 5, .tables = 2, .planned = false};
  spec.items = {{"food", 1, En("Food"), {}}, {"sleep", 2, En("Sleep"), {}}};
  return spec;
}

TEST(RecordMethods, TablesTopicsNotesAndWhereTheGalleryComesFrom) {
  RecordedRoom room;
  const ActivitySpec cafe = CafeSpec();
  ActivitySpec gallery;
  gallery.id = "gallery";
  gallery.title = En("Gallery");
  gallery.ballot = DotsBallot{5, 5};
  gallery.carry = Carry{.from = "cafe"};
  room.Add(cafe);
  room.Add(gallery);
  room.Join(3);
  room.Advance("cafe", Phase::kSeated);
  for (const uint32_t person : {1, 2}) {
    room.Do(room.script.Of(person, cafe, TableVisited{2}, 1, 0));
  }
  NoteOf(room, "cafe", 2, R"({"point":"Go to bed","step":"Tonight"})");
  room.Advance("cafe", Phase::kSeated);
  room.Do(room.script.Of(1, cafe, TableVisited{1}, 1, 0));
  NoteOf(room, "cafe", 1, R"({"point":"Eat together"})");
  room.Reveal("cafe");
  room.Advance("gallery", Phase::kVoting);
  room.Reveal("gallery");
  const Record record = room.Finish();
  const RecordSection& section = SectionOf(record, "cafe");
  EXPECT_EQ(section.method, "World café");
  ASSERT_EQ(section.table.rows.size(), 2u);
  EXPECT_THAT(section.table.rows[0].values, ElementsAre("1", "2")) << "by table, then by round";
  EXPECT_THAT(Texts(section.table.rows[1].fields), ElementsAre("Go to bed", "Tonight"));
  EXPECT_EQ(section.table.rows[1].detail.text, "Sleep");
  ASSERT_EQ(section.more.size(), 1u);
  EXPECT_THAT(section.more[0].rows.at(0).values, ElementsAre("5", "0", "1"));
  EXPECT_THAT(section.more[0].rows.at(1).values, ElementsAre("5", "2", "0"));
  EXPECT_EQ(section.more[0].rows.at(1).title.text, "Sleep");
  const RecordTable& carried = SectionOf(record, "gallery").table;
  ASSERT_EQ(carried.rows.size(), 2u);
  EXPECT_EQ(carried.rows[0].title.text, "Go to bed");
  EXPECT_EQ(carried.rows[0].detail.text, "First step: Tonight");
  EXPECT_EQ(carried.rows[0].from, "From table 2 of “Title of cafe”.");
}

// What was said in one place and carried to another, and redacted there.
struct Redacted {
  RecordedRoom room;
  Event first, second;

  explicit Redacted(RecordOptions options = {}) : room(std::move(options)) {
    ActivitySpec hopes = Written("hopes");
    hopes.collect->each = 2;
    ActivitySpec dots;
    dots.id = "dots";
    dots.title = En("Dots");
    dots.ballot = DotsBallot{5, 5};
    dots.carry = Carry{.from = "hopes"};
    room.Add(hopes);
    room.Add(dots);
    room.Join(2);
    room.Advance("hopes", Phase::kCollecting);
    first = room.Contribute(1, hopes, "Zoe told me so");
    second = room.Contribute(2, hopes, "More time");
    room.Reveal("hopes");
    room.Advance("dots", Phase::kVoting);
    room.Do(room.script.Of(1, dots, BallotCast{DotsCast{{{first.id.Hex(), 3}}}}));
    room.Advance("dots", Phase::kClosed);
    room.Do(
        room.script.Make(Role::kModerator, ItemsMerged{second.id.Hex(), {first.id.Hex()}}, "dots"));
    room.Advance("dots", Phase::kRevealed);
  }
  void Redact(Redaction reason) {
    room.Do(room.script.Make(Role::kModerator, RecordRedacted{first.id.Hex(), reason}, "hopes"));
  }
};

TEST(RecordMethods, ARedactedTextIsNowhereAndSaysSoInItsPlace) {
  Redacted day;
  day.Redact(Redaction::kPersonal);
  const Record record = day.room.Finish();
  const std::string words = "(redacted in version 1: it tells about a person)";
  EXPECT_EQ(SectionOf(record, "hopes").table.rows.at(0).title.text, words);
  EXPECT_EQ(SectionOf(record, "dots").table.rows.at(0).merged.at(0).title.text, words);
  EXPECT_EQ(record.interventions.at(0).text, words + " merged into “More time”.");
  for (const RecordFormat format :
       {RecordFormat::kHtml, RecordFormat::kCsv, RecordFormat::kJson, RecordFormat::kMarkdown}) {
    EXPECT_THAT(*WriteRecord(record, format), Not(HasSubstr("Zoe"))) << FormatName(format);
  }
}

TEST(RecordMethods, AVersionKeepsItsNumberAndAnUndoneRedactionIsShown) {
  Redacted day;
  const uint64_t entries = day.room.size();
  day.room.Do(day.room.script.Make(
      Role::kProducer, RecordApproved{1, entries, {{"en", HashOf("x"), {HashOf("y")}}}, {}}));
  day.room.Do(day.room.script.Make(Role::kProducer, RecordPublished{1}));
  day.Redact(Redaction::kAsked);
  Record record = day.room.Finish();
  EXPECT_EQ(record.version, 2u);
  ASSERT_EQ(record.versions.size(), 1u);
  EXPECT_EQ(record.versions[0].entries, entries);
  EXPECT_EQ(record.versions[0].published, entries + 1);
  EXPECT_EQ(SectionOf(record, "hopes").table.rows.at(0).title.text,
            "(redacted in version 2: its author asked for it)");
  EXPECT_THAT(WriteHtml(record), HasSubstr("Draft of version 2"));

  Redacted other;
  other.Redact(Redaction::kHurtful);
  other.Redact(Redaction::kNone);
  EXPECT_THAT(WriteHtml(other.room.Finish()), HasSubstr("Zoe told me so"));
}

TEST(RecordMethods, ARedactionReachesAnActivityThatWasStartedAgain) {
  Redacted day;
  day.room.Restart("hopes");
  day.room.Advance("hopes", Phase::kCollecting);
  day.Redact(Redaction::kOther);
  EXPECT_THAT(WriteHtml(day.room.Finish()), Not(HasSubstr("Zoe")));
}

TEST(RecordMethods, EachVoteForAQuestionStandsByItself) {
  RecordedRoom room;
  ActivitySpec spec = Written("questions");
  spec.ballot = UpvoteBallot{};
  spec.items = {{"a", 0, En("Who pays?"), {}}, {"b", 0, En("And when?"), {}}};
  room.Add(spec);
  room.Join(2);
  room.Advance("questions", Phase::kVoting);
  room.Do(room.script.Of(1, spec, BallotCast{UpvoteCast{"a", true}}));
  room.Do(room.script.Of(1, spec, BallotCast{UpvoteCast{"b", true}}));
  room.Do(room.script.Of(2, spec, BallotCast{UpvoteCast{"a", true}}));
  room.Do(room.script.Of(2, spec, BallotCast{UpvoteCast{"a", false}}, 1, 2));
  room.Do(room.script.Make(Role::kModerator, ItemMarked{"b", Mark::kAnswered}, "questions"));
  room.Reveal("questions");
  const RecordSection section = SectionOf(room.Finish(), "questions");
  EXPECT_EQ(section.ballots.all, 4u);
  EXPECT_EQ(section.ballots.standing, 3u);
  EXPECT_EQ(section.ballots.replaced, 1u);
  EXPECT_THAT(section.table.rows.at(1).values, ElementsAre("1", "yes"));
}

TEST(RecordMethods, TheLinesOfEachBalanceAddUp) {
  Redacted day;
  day.room.Do(day.first);  // once more
  day.room.Do(day.room.script.Join(1));
  const Record record = day.room.Finish();
  ASSERT_EQ(record.balances.size(), 3u);
  for (const Balance& balance : record.balances) {
    uint64_t sum = 0;
    for (const Figure& part : balance.parts) sum += std::stoull(part.value);
    EXPECT_EQ(std::to_string(sum), balance.all.value) << balance.title;
  }
  EXPECT_EQ(record.balances[1].all.value, "3");
}

TEST(RecordMethods, WhatTheOrganisersAddStandsApartWithItsSource) {
  constexpr std::string_view kFile = R"({
  "front": [{"title": {"en": "Aims", "cy": "Nodau"}, "text": "To be the best."}],
  "figures": [{"title": "Reach", "source": "A counting service",
    "figures": [{"label": "Posts", "value": "560"}, {"label": "People reached", "value": "724,552"}]}],
  "video": "https://example.org/video"
})";
  EXPECT_EQ(test::SchemaValidator("figures.json").Check(kFile), "");
  auto english = ParseAdditions(kFile, "en");
  ASSERT_TRUE(english) << english.error().front().what;
  EXPECT_EQ(english->front.at(0).title, "Aims");
  EXPECT_EQ(ParseAdditions(kFile, "cy")->front.at(0).title, "Nodau");
  Redacted day({.additions = *english});
  const Record record = day.room.Finish();
  const std::string html = WriteHtml(record);
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">People reached</th><td>724,552</td>"));
  EXPECT_THAT(html, HasSubstr("Source: A counting service"));
  EXPECT_THAT(html, HasSubstr("Written by the organisers."));
  EXPECT_THAT(WriteCsv(record), HasSubstr(",People reached,elsewhere,\"724,552\","));
  EXPECT_THAT(WriteJson(record), HasSubstr("\"source\":\"A counting service\""));
}

TEST(RecordMethods, WhatIsWrongInThatFileIsToldWithItsPlace) {
  struct Case {
    std::string_view text;
    size_t line, column;
    std::string what;
  };
  const Case cases[] = {
      {"{\n \"figures\": [{\"title\": \"Reach\"}]}", 2, 14, "The member \"source\" is missing"},
      {"{\"figures\": [{\"title\": \"a\", \"source\": \"\", \"figures\": [{\"label\": \"b\", "
       "\"value\": \"1\"}]}]}",
       1, 39, "Figures from elsewhere need their source"},
      {"{\"video\": \"http://x\"}", 1, 11, "begins with https://"},
      {"{\"front\": [{\"title\": 3, \"text\": \"x\"}]}", 1, 22, "This must be a string"},
      {"{\"fronts\": []}", 1, 12, "fronts"},
      {"{", 1, 2, ""},
  };
  for (const Case& c : cases) {
    const auto read = ParseAdditions(c.text, "en");
    ASSERT_FALSE(read) << c.text;
    const Problem& problem = read.error().front();
    EXPECT_EQ(problem.place.line, c.line) << c.text;
    EXPECT_EQ(problem.place.column, c.column) << c.text << problem.what;
    EXPECT_THAT(problem.what, HasSubstr(c.what));
  }
}

TEST(RecordMethods, TheRecordInWelshHasNoEnglishPhrase) {
  Redacted day({.language = "cy"});
  day.Redact(Redaction::kPersonal);
  const Record record = day.room.Finish();
  const std::string whole = WriteHtml(record);
  EXPECT_THAT(whole, HasSubstr("<html lang=\"cy\">"));
  const std::string html = whole.substr(whole.find("</style>"));
  EXPECT_THAT(html, HasSubstr("Cofnod o’r diwrnod"));
  EXPECT_THAT(html, HasSubstr("(golygwyd yn fersiwn 1: mae’n sôn am berson)"));
  for (const char* english : {"Summary", "Took part", "of the log", "People", "Handed in", "round",
                              "Everyone", "Version", "The ", "revealed", "Anonymous"}) {
    EXPECT_THAT(html, Not(HasSubstr(english)));
  }
}

TEST(RecordMethods, NumbersInWelshAreFollowedByTheirOwnForms) {
  const Say say("cy");
  EXPECT_EQ(say.Count(3, "person", "people"), "3 o bobl");
  EXPECT_EQ(say.Count(1, "person", "people"), "1 person");
  EXPECT_EQ(Say("en").Count(2, "dot", "dots"), "2 dots");
  EXPECT_EQ(say.List({"a", "b", "c"}), "a, b a c");
  EXPECT_EQ(say("Room {0}, {1} entries, root {2}", {"x", "y", "z"}),
            "Ystafell x, y o gofnodion, gwraidd z");
}

}  // namespace
}  // namespace plenum::testing
