#include "gateway/rehearse/history_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "schema/json.h"

namespace plenum::rehearse {
namespace {

std::string_view FateOf(const Sent& sent) {
  if (sent.Acknowledged()) return "ok";
  if (!sent.refused.empty()) return "failed";
  return sent.times > 0 ? "unknown" : "unsent";
}

void WriteOutcome(const Outcome& outcome, json::Writer& writer) {
  writer.Key("outcome").BeginObject().Key("code").String(OutcomeName(outcome.code));
  if (outcome.reason != Reason::kNone) writer.Key("reason").String(ReasonName(outcome.reason));
  writer.Key("index").Int(static_cast<int64_t>(outcome.index));
  if (outcome.code == OutcomeCode::kSuperseded || outcome.code == OutcomeCode::kDuplicate ||
      outcome.code == OutcomeCode::kStale)
    writer.Key("ref").Int(static_cast<int64_t>(outcome.ref));
  writer.EndObject();
}

}  // namespace

HistoryFile::HistoryFile(std::string path, std::ofstream file, TimePoint begin)
    : path_(std::move(path)), file_(std::move(file)), begin_(begin) {}

std::expected<HistoryFile, std::string> HistoryFile::Open(const std::string& path,
                                                          const MadeRoom& made, TimePoint begin) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::error_code error;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  if (!file || error) return std::unexpected("The file " + path + " cannot be written.");
  json::Writer writer;
  writer.BeginObject().Key("room").String(made.room.room).Key("code").String(made.room.code);
  const auto steady = std::chrono::duration<double, std::milli>(begin.time_since_epoch());
  writer.Key("steady_ms").Raw(fmt::format("{:.3f}", steady.count()));
  writer.Key("tokens").BeginObject();
  for (const auto& [role, token] : made.tokens) writer.Key(role).String(token);
  writer.EndObject().EndObject();
  file << writer.Take() << std::endl;
  return HistoryFile(path, std::move(file), begin);
}

double HistoryFile::Since(TimePoint time) const {
  return std::chrono::duration<double, std::milli>(time - begin_).count();
}

std::string HistoryFile::Line(const Sent& sent) const {
  json::Writer writer;
  auto put_time = [&](std::string_view name, TimePoint time) {
    writer.Key(name).Raw(fmt::format("{:.3f}", Since(time)));
  };
  writer.BeginObject().Key("who").Int(sent.who).Key("fate").String(FateOf(sent));
  writer.Key("times").Int(sent.times);
  if (sent.times > 0) put_time("sent_ms", sent.sent);
  if (sent.recorded) put_time("recorded_ms", *sent.recorded);
  if (sent.offset) writer.Key("offset").Int(static_cast<int64_t>(*sent.offset));
  if (sent.answered) put_time("answered_ms", *sent.answered);
  if (sent.outcome) WriteOutcome(*sent.outcome, writer);
  if (!sent.refused.empty()) writer.Key("refused").String(sent.refused);
  writer.Key("command").Raw(EncodeCommand(sent.command)).EndObject();
  return writer.Take();
}

std::expected<void, std::string> HistoryFile::Write(const History& history) {
  for (const Sent& sent : history.all()) file_ << Line(sent) << '\n';
  json::Writer writer;
  for (const auto& [display, versions] : history.shown()) {
    writer.BeginObject().Key("display").Int(display).Key("shown").BeginArray();
    for (const auto& [version, time] : versions) {
      writer.BeginArray().Int(static_cast<int64_t>(version));
      writer.Raw(fmt::format("{:.3f}", Since(time))).EndArray();
    }
    file_ << writer.EndArray().EndObject().Take() << '\n';
  }
  for (const std::string& sentence : history.contradictions())
    file_ << writer.BeginObject().Key("contradiction").String(sentence).EndObject().Take() << '\n';
  writer.BeginObject().Key("reconnects").Int(static_cast<int64_t>(history.reconnects()));
  file_ << writer.EndObject().Take() << std::endl;
  if (!file_) return std::unexpected("Writing " + path_ + " failed.");
  return {};
}

}  // namespace plenum::rehearse
