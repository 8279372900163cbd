// What people wrote: texts with their fields side by side, words by their number, notes of tables;
// and which table had which topic and how many people.
#include <algorithm>
#include <map>
#include <tuple>

#include "projector/record/findings.h"
#include "projector/record/words.h"
#include "projector/views/words_view.h"

namespace plenum {
namespace {

constexpr size_t kCloudWords = 100;

std::vector<ItemId> MergedInto(const Activity& activity, const ItemId& into) {
  std::vector<ItemId> merged;
  for (const Item& other : activity.items) {
    if (other.merged_into == into) merged.push_back(other.id);
  }
  return merged;
}

// A contribution with what stands beside it.
RecordRow Written(const FindingsContext& context, const Item& item, const RecordTable& table) {
  RecordRow row = RowOf(context, item.id, 0);
  row.number = 0;
  MergeInto(context, row, MergedInto(context.activity, item.id));
  if (!table.fields.empty()) {
    row.fields.resize(table.fields.size());
    if (row.fields.front().text.empty()) row.fields.front() = row.title;
  }
  for (const RecordColumn& column : table.columns) {
    if (column.measure == "picture") {
      row.values.push_back(PictureOf(context.words, context.activity, item).text);
    } else if (column.measure == "table") {
      row.values.push_back(std::to_string(item.table));
    } else if (column.measure == "round") {
      row.values.push_back(std::to_string(item.round));
    } else {
      row.values.emplace_back();
    }
  }
  return row;
}

std::string TopicOf(const FindingsContext& context, const Table& table) {
  const Item* topic = context.activity.FindItem(table.topic);
  return topic ? TextOf(context.words, context.activity, *topic).title.text : "";
}

// Notes of tables, in the order of the tables.
void DescribeNotes(const FindingsContext& context, RecordTable& out) {
  const Activity& activity = context.activity;
  const Say& say = context.say();
  out = {.caption = say("What the tables noted"),
         .item = say("Note"),
         .fields = FieldsOf(context),
         .columns = {{"table", say("Table")}, {"round", say("Round")}}};
  std::vector<const Item*> notes;
  for (const Item& item : activity.items) {
    const bool stands = item.merged_into.empty() && activity.Shows(item);
    if (item.round > 0 && stands) notes.push_back(&item);
  }
  std::ranges::stable_sort(notes, {},
                           [](const Item* item) { return std::tuple(item->table, item->round); });
  for (const Item* item : notes) {
    out.rows.push_back(Written(context, *item, out));
    const auto table = activity.seats->tables.find(item->table);
    if (table != activity.seats->tables.end()) {
      out.rows.back().detail.text = TopicOf(context, table->second);
    }
  }
  out.top = out.rows.size();
}

// How many people sat at each table in each round, as far as it is known.
std::map<std::pair<uint32_t, uint32_t>, uint32_t> Seated(const SeatState& seats) {
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> seated;
  for (const auto& [person, seat] : seats.people) {
    for (uint32_t round = 1; round <= seats.round; ++round) {
      ++seated[{TableIn(seat, round), round}];
    }
  }
  return seated;
}

}  // namespace

void DescribeItems(const FindingsContext& context, RecordSection& section) {
  const Activity& activity = context.activity;
  const Say& say = context.say();
  if (activity.seats) return DescribeNotes(context, section.table);
  RecordTable& table = section.table;
  table = {.caption = say("What was handed in"),
           .item = say("Contribution"),
           .fields = FieldsOf(context)};
  if (activity.spec.collect && !activity.spec.collect->picture_of.empty()) {
    table.columns.push_back({"picture", say("Picture")});
  }
  for (const Item& item : activity.items) {
    // What was hidden, withdrawn or erased stands in the reconciliation, as a number.
    if (!item.merged_into.empty() || !activity.Shows(item)) continue;
    table.rows.push_back(Written(context, item, table));
  }
}

void DescribeWords(const FindingsContext& context, RecordSection& section) {
  const WordsContext& from = context.words;
  const Say& say = context.say();
  section.table = {.caption = say("How often each word was given"),
                   .item = say("Word"),
                   .columns = {{"count", say("Times")}},
                   .cloud = true,
                   .bars = 0};
  uint32_t place = 0;
  uint32_t rank = 0;
  uint32_t before = 0;
  const ViewContext view{from.room, from.state, "", from.texts};
  for (const CountedWord& word : CountWords(view, context.activity)) {
    ++place;
    if (word.count != before) rank = place;
    before = word.count;
    RecordRow row = RowOf(context, word.item, rank);
    row.title = {word.word, ""};
    row.added_at.reset();
    row.values = {std::to_string(word.count)};
    section.table.rows.push_back(std::move(row));
  }
  if (section.table.rows.size() > kCloudWords) {
    section.notes.push_back(
        say("The words that were given most often are drawn; the table has all."));
  }
  section.headline.clear();
}

void DescribeTables(const FindingsContext& context, RecordSection& section) {
  const Activity& activity = context.activity;
  const SeatState& seats = *activity.seats;
  const Say& say = context.say();
  RecordTable table{.caption = say("Tables, topics and people"),
                    .item = say("Topic"),
                    .columns = {{"places", say("Places")}}};
  for (uint32_t round = 1; round <= seats.round; ++round) {
    table.columns.push_back(
        {"people." + std::to_string(round), say("People, round {0}", {std::to_string(round)})});
  }
  const auto seated = Seated(seats);
  for (const auto& [number, each] : seats.tables) {
    RecordRow row = RowOf(context, each.topic, 0);
    row.number = number;
    row.added_at.reset();
    if (row.title.text.empty()) row.title.text = say("(no topic)");
    row.values = {std::to_string(each.capacity)};
    for (uint32_t round = 1; round <= seats.round; ++round) {
      const auto found = seated.find({number, round});
      row.values.push_back(std::to_string(found == seated.end() ? 0 : found->second));
    }
    table.rows.push_back(std::move(row));
  }
  table.top = table.rows.size();
  section.more.push_back(std::move(table));
  section.notes.push_back(
      say("Anybody may go to another table at any time: a person is counted, in each round, at the "
          "table that they went to last, else where the plan had them."));
  const bool judged = activity.spec.HasBallot();
  if (!judged || !activity.spec.collect) return;
  RecordTable notes;
  DescribeNotes(context, notes);
  section.more.push_back(std::move(notes));
}

}  // namespace plenum
