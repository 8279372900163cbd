#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "projector/record/facts.h"
#include "projector/record/words.h"
#include "projector/record/writers.h"
#include "schema/rfc3339.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSheetName = 31;  // characters, by the format
constexpr size_t kCellText = 32'767;
constexpr size_t kChartRows = 40;

// A file for the library to write into, which only this process can read; gone at the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code error;
    path_ = (fs::temp_directory_path(error) / "plenum-record-XXXXXX").string();
    const int file = error ? -1 : ::mkstemp(path_.data());
    made_ = file >= 0;
    if (made_) ::close(file);
  }
  ~TemporaryFile() {
    std::error_code ignored;
    if (made_) fs::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_ = false;
};

// Not longer than `most` bytes, and never cut within a character.
std::string Cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

class Workbook {
 public:
  explicit Workbook(const std::string& path) : book_(workbook_new(path.c_str())) {
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_bottom(head_, LXW_BORDER_MEDIUM);
    format_set_text_wrap(head_);
    wrap_ = workbook_add_format(book_);
    format_set_text_wrap(wrap_);
    format_set_align(wrap_, LXW_ALIGN_VERTICAL_TOP);
    decimals_ = workbook_add_format(book_);
    format_set_num_format(decimals_, "0.00");
    tenths_ = workbook_add_format(book_);
    format_set_num_format(tenths_, "0.0");
  }

  // The time of the last entry, not that of the writing: equal records are equal files.
  void Describe(const Record& record) {
    std::string title = Cut(record.title.text, 255);
    std::string room = "Room " + record.room.Hex();
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.comments = room.data();
    properties.created = static_cast<time_t>(record.end / 1000);
    workbook_set_properties(book_, &properties);
  }

  lxw_worksheet* Add(std::string_view name) {
    std::string clean;
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      clean += std::string_view("[]:*?/\\'").contains(c) || byte < 0x20 ? ' ' : c;
    }
    // The limit is in characters; a byte is at most one.
    std::string unique = Cut(clean, kSheetName);
    for (int n = 2; unique.empty() || !names_.insert(Folded(unique)).second; ++n) {
      const std::string ending = " " + std::to_string(n);
      unique = Cut(clean, kSheetName - ending.size()) + ending;
    }
    return workbook_add_worksheet(book_, unique.c_str());
  }

  // Numbers as numbers, and all else as text: never as a formula.
  void Put(lxw_worksheet* sheet, lxw_row_t row, int column, std::string_view text,
           lxw_format* format = nullptr) {
    const auto at = static_cast<lxw_col_t>(column);
    double number = 0;
    if (IsNumber(text) && text.size() < 16 &&
        std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) {
      const size_t point = text.find('.');
      const size_t digits = point == std::string_view::npos ? 0 : text.size() - point - 1;
      if (!format) format = digits == 2 ? decimals_ : digits == 1 ? tenths_ : nullptr;
      worksheet_write_number(sheet, row, at, number, format);
      return;
    }
    Text(sheet, row, column, text, format);
  }
  void Text(lxw_worksheet* sheet, lxw_row_t row, int column, std::string_view text,
            lxw_format* format = nullptr) {
    worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column),
                           Cut(std::string(text), kCellText).c_str(), format);
  }
  void Head(lxw_worksheet* sheet, lxw_row_t row, const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      Text(sheet, row, static_cast<int>(i), cells[i], head_);
    }
    worksheet_freeze_panes(sheet, row + 1, 0);
  }

  lxw_format* bold() { return bold_; }
  lxw_format* wrap() { return wrap_; }
  lxw_workbook* book() { return book_; }
  // The book is gone afterwards; an error as a sentence.
  std::expected<void, std::string> Close() {
    const lxw_error error = workbook_close(book_);
    if (error == LXW_NO_ERROR) return {};
    return std::unexpected(
        "The spreadsheet could not be written: " + std::string(lxw_strerror(error)) + ".");
  }

 private:
  static std::string Folded(std::string text) {
    for (char& c : text) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
  }

  lxw_workbook* book_;
  lxw_format* bold_;
  lxw_format* head_;
  lxw_format* wrap_;
  lxw_format* decimals_;
  lxw_format* tenths_;
  std::set<std::string> names_;
};

void AddOverview(const Say& say, Workbook& book, const Record& record) {
  lxw_worksheet* sheet = book.Add(say("Day"));
  worksheet_set_column(sheet, 0, 0, 28, nullptr);
  worksheet_set_column(sheet, 1, 1, 72, nullptr);
  lxw_row_t row = 0;
  const auto line = [&](std::string_view label, std::string_view value, bool text = false) {
    book.Text(sheet, row, 0, label, book.bold());
    text ? book.Text(sheet, row, 1, value, book.wrap()) : book.Put(sheet, row, 1, value);
    ++row;
  };
  line(say("Record of the day"), record.title.text, true);
  line(say("From (UTC)"), MinuteOf(record.begin), true);
  line(say("To (UTC)"), MinuteOf(record.end), true);
  line(record.joined.label, record.joined.value);
  line(record.expected.label, record.expected.value);
  line(say("Ballots that came"), std::to_string(record.ballots.all));
  for (const Figure& part : PartsOf(say, record.ballots)) line("  " + part.label, part.value);
  line(say("Room"), record.room.Hex(), true);
  line(say("Entries"), std::to_string(record.entries));
  line(say("Merkle root"), record.root.Hex(), true);
  line(say("State digest"), record.state.Hex(), true);
}

void AddActivities(const Say& say, Workbook& book, const Record& record) {
  lxw_worksheet* sheet = book.Add(say("Activities"));
  worksheet_set_column(sheet, 0, 0, 30, nullptr);
  worksheet_set_column(sheet, 1, 1, 14, nullptr);
  worksheet_set_column(sheet, 2, 2, 70, nullptr);
  book.Head(sheet, 0,
            {say("Activity"), say("Method"), say("Outcome"), say("Took part"), say("Had joined"),
             say("Ballots"), say("Too late"), say("Refused"), say("Early looks"), say("Log")});
  lxw_row_t row = 1;
  for (const RecordSection& section : record.sections) {
    book.Text(sheet, row, 0, section.title.text, book.wrap());
    book.Text(sheet, row, 1, section.method);
    book.Text(sheet, row, 2, section.hidden.empty() ? section.headline : section.hidden,
              book.wrap());
    book.Put(sheet, row, 3, section.answered.value);
    book.Put(sheet, row, 4, section.of.value);
    book.Put(sheet, row, 5, std::to_string(section.ballots.standing));
    book.Put(sheet, row, 6, section.late_people.value);
    book.Put(sheet, row, 7, std::to_string(section.ballots.refused));
    book.Put(sheet, row, 8, section.early_looks.value);
    book.Put(sheet, row, 9, std::to_string(section.answered.index));
    ++row;
  }
}

void AddChart(Workbook& book, lxw_worksheet* sheet, const RecordTable& table, lxw_row_t first,
              int titles, int values) {
  const size_t rows = std::min(table.top, table.rows.size());
  if (!table.bars || rows == 0 || rows > kChartRows) return;
  lxw_chart* chart = workbook_add_chart(book.book(), LXW_CHART_BAR);
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  const auto last = static_cast<lxw_row_t>(first + rows - 1);
  chart_series_set_categories(series, sheet->name, first, static_cast<lxw_col_t>(titles), last,
                              static_cast<lxw_col_t>(titles));
  chart_series_set_values(series, sheet->name, first, static_cast<lxw_col_t>(values), last,
                          static_cast<lxw_col_t>(values));
  chart_series_set_labels(series);
  chart_axis_set_reverse(chart->y_axis);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_title_set_name(chart, table.caption.c_str());
  lxw_chart_options options{};
  options.x_scale = 1.3;
  options.y_scale = std::max(1.0, static_cast<double>(rows) / 12);
  worksheet_insert_chart_opt(sheet, first, static_cast<lxw_col_t>(values + 8), chart, &options);
}

struct TableWriter {
  const Say& say;
  Workbook& book;
  lxw_worksheet* sheet;
  lxw_row_t row = 0;

  void Head(const RecordTable& table) {
    std::vector<std::string> head = {say("Rank"), table.item};
    if (!table.fields.empty()) head.back() = table.fields.front().text;
    for (const RecordColumn& column : table.columns) head.push_back(column.label);
    for (size_t i = 1; i < table.fields.size(); ++i) head.push_back(table.fields[i].text);
    for (std::string name : {say("Number"), say("From where"), say("Merged with"), say("Flag"),
                             say("Handed in at"), say("Log")}) {
      head.push_back(std::move(name));
    }
    book.Head(sheet, row, head);
  }

  void Line(const RecordTable& table, const RecordRow& each) {
    if (each.rank > 0) book.Put(sheet, row, 0, std::to_string(each.rank));
    book.Text(sheet, row, 1, each.title.text, book.wrap());
    int at = 2;
    for (const std::string& value : each.values) book.Put(sheet, row, at++, value);
    for (size_t i = 1; i < table.fields.size(); ++i, ++at) {
      if (i < each.fields.size()) book.Text(sheet, row, at, each.fields[i].text, book.wrap());
    }
    if (each.number > 0) book.Put(sheet, row, at, std::to_string(each.number));
    std::vector<std::string> merged;
    for (const RecordMerged& one : each.merged) merged.push_back(one.title.text);
    book.Text(sheet, row, at + 1, each.from);
    book.Text(sheet, row, at + 2, say.List(merged));
    book.Text(sheet, row, at + 3, each.flag);
    if (each.added_at) book.Put(sheet, row, at + 4, std::to_string(*each.added_at));
    book.Put(sheet, row, at + 5, std::to_string(each.index));
  }

  void Table(const RecordTable& table) {
    if (table.rows.empty()) return;
    book.Text(sheet, ++row, 1, table.caption, book.bold());
    ++row;
    Head(table);
    AddChart(book, sheet, table, row + 1, 1, table.bars ? 2 + *table.bars : 2);
    for (const RecordRow& each : table.rows) {
      ++row;
      Line(table, each);
    }
    ++row;
  }
};

void AddTables(const Say& say, Workbook& book, const RecordSection& section) {
  lxw_worksheet* sheet = book.Add(NameOf(section));
  worksheet_set_column(sheet, 1, 1, 60, nullptr);
  book.Text(sheet, 0, 1, section.title.text, book.bold());
  TableWriter writer{say, book, sheet, 1};
  for (const Figure& figure : section.figures) {
    book.Text(sheet, writer.row, 1, figure.label);
    book.Put(sheet, writer.row, 2, figure.value);
    book.Put(sheet, writer.row++, 3, std::to_string(figure.index));
  }
  writer.Table(section.table);
  for (const RecordTable& table : section.more) writer.Table(table);
}

void AddInterventions(const Say& say, Workbook& book, const Record& record) {
  lxw_worksheet* sheet = book.Add(say("Changes"));
  worksheet_set_column(sheet, 0, 2, 20, nullptr);
  worksheet_set_column(sheet, 3, 3, 90, nullptr);
  book.Head(sheet, 0, {say("Time (UTC)"), say("Activity"), say("Kind"), say("What"), say("Log")});
  lxw_row_t row = 1;
  for (const Intervention& each : record.interventions) {
    book.Text(sheet, row, 0, FormatTime(each.at.time));
    book.Text(sheet, row, 1, each.activity);
    book.Text(sheet, row, 2, each.what);
    book.Text(sheet, row, 3, each.text, book.wrap());
    book.Put(sheet, row++, 4, std::to_string(each.at.index));
  }
}

void AddFacts(const Say& say, Workbook& book, const Record& record) {
  lxw_worksheet* sheet = book.Add(say("All figures"));
  worksheet_set_column(sheet, 0, 0, 20, nullptr);
  worksheet_set_column(sheet, 1, 1, 60, nullptr);
  worksheet_set_column(sheet, 2, 3, 24, nullptr);
  book.Head(sheet, 0, {"activity", "item", "measure", "value", "index"});
  const std::vector<Fact> facts = FactsOf(record);
  lxw_row_t row = 1;
  for (const Fact& fact : facts) {
    book.Text(sheet, row, 0, fact.activity);
    book.Text(sheet, row, 1, fact.item);
    book.Text(sheet, row, 2, fact.measure);
    fact.number ? book.Put(sheet, row, 3, fact.value) : book.Text(sheet, row, 3, fact.value);
    book.Put(sheet, row++, 4, std::to_string(fact.index));
  }
  worksheet_autofilter(sheet, 0, 0, std::max<lxw_row_t>(row, 2) - 1, 4);
}

}  // namespace

std::expected<std::string, std::string> WriteXlsx(const Record& record) {
  const TemporaryFile file;
  if (!file.made()) {
    return std::unexpected("The spreadsheet needs a temporary file, and none can be made.");
  }
  Workbook book(file.path());
  book.Describe(record);
  const Say say(record.language);
  AddOverview(say, book, record);
  AddActivities(say, book, record);
  for (const RecordSection& section : record.sections) {
    if (!section.table.rows.empty() || !section.more.empty()) AddTables(say, book, section);
  }
  AddInterventions(say, book, record);
  AddFacts(say, book, record);
  if (auto closed = book.Close(); !closed) return std::unexpected(closed.error());
  std::ostringstream bytes;
  bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
  return bytes.str();
}

}  // namespace plenum
