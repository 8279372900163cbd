#include "gateway/rehearsals.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>
#include <vector>

#include "gateway/keys.h"
#include "schema/command.h"
#include "schema/json.h"
#include "schema/limits.h"

namespace plenum {
namespace {

constexpr size_t kKept = 8;
constexpr size_t kLines = 400;
constexpr size_t kLineBytes = 500;
constexpr int kLowPriority = 10;

std::string RehearsalTitle(const std::string& language, const std::string& title) {
  const char* word = language.substr(0, 2) == "cy" ? "Ymarfer: " : "Rehearsal: ";
  return CleanText(word + title, limits::kTitleGraphemes);
}

// What stays, with what it takes its items or pictures from.
std::set<ActivityId> Needed(const RoomState& room) {
  std::set<ActivityId> needed;
  for (auto id = room.order.rbegin(); id != room.order.rend(); ++id) {
    const Activity* activity = room.Find(*id);
    if (activity == nullptr || (activity->skipped && !needed.contains(*id))) continue;
    needed.insert(*id);
    const ActivitySpec& spec = activity->spec;
    if (spec.carry) needed.insert(spec.carry->from);
    if (spec.collect && !spec.collect->picture_of.empty()) needed.insert(spec.collect->picture_of);
  }
  return needed;
}

}  // namespace

RunSheet RehearsalSheet(const RoomState& room) {
  RunSheet sheet;
  sheet.title = room.title;
  for (auto& [language, title] : sheet.title.by_language) title = RehearsalTitle(language, title);
  sheet.languages = room.languages;
  sheet.expected_people = room.expected_people;
  sheet.groups = room.groups;
  sheet.privacy = room.privacy;
  sheet.join = room.join;
  const std::set<ActivityId> needed = Needed(room);
  for (const ActivityId& id : room.order) {
    const Activity* activity = room.Find(id);
    if (activity != nullptr && needed.contains(id)) sheet.activities.push_back(activity->spec);
  }
  return sheet;
}

struct Rehearsals::Rehearsal {
  enum class State : uint8_t { kRunning, kDone, kFailed, kStopped };

  RehearsalId id;
  RoomId room;  // the real one
  std::string base;
  RehearsalWish wish;
  Done done;  // until the copy is there
  State state = State::kRunning;
  bool to_stop = false;
  std::deque<std::string> lines;  // what it said, the newest of it
  std::string copy, code;
  std::map<std::string, std::string> links;
  std::string summary;  // JSON
  std::shared_ptr<ChildProcess> child;

  std::string_view StateName() const {
    constexpr std::string_view kNames[] = {"running", "done", "failed", "stopped"};
    return kNames[static_cast<size_t>(state)];
  }
  void Say(std::string line) {
    lines.push_back(CleanText(line, kLineBytes));
    if (lines.size() > kLines) lines.pop_front();
  }
};

Rehearsals::Rehearsal* Rehearsals::Find(const RehearsalId& id) const {
  auto found = std::ranges::find(kept_, id, [](const auto& one) { return one->id; });
  return found == kept_.end() ? nullptr : found->get();
}

std::optional<RoomId> Rehearsals::RoomOf(const RehearsalId& id) const {
  const Rehearsal* rehearsal = Find(id);
  return rehearsal == nullptr ? std::nullopt : std::optional(rehearsal->room);
}

ChildProcess::Order Rehearsals::OrderFor(const RehearsalOrder& order,
                                         const std::string& url) const {
  ChildProcess::Order child;
  child.program = "/proc/self/exe";
  child.arguments = {"rehearse",
                     "--url",
                     url,
                     "--day",
                     "-",
                     "--random",
                     "--whole",
                     "--json",
                     "--tell-room",
                     "--attendees",
                     std::to_string(order.wish.people),
                     "--speed",
                     std::to_string(order.wish.speed),
                     "--seed",
                     std::to_string(order.wish.seed)};
  // Others on this machine may read its command line, but neither this nor its input.
  child.environment = {"PLENUM_TOKEN=" + parts_.token()};
  child.input = EncodeRunSheet(order.sheet);
  child.niceness = kLowPriority;
  return child;
}

void Rehearsals::Start(RehearsalOrder order, Done done) {
  const bool busy = std::ranges::any_of(
      kept_, [](const auto& one) { return one->state == Rehearsal::State::kRunning; });
  if (busy) {
    return done(std::unexpected(RehearsalFault{
        true, "Another rehearsal is running on this server; stop it, or wait for its end."}));
  }
  auto url = parts_.url();
  if (!url) return done(std::unexpected(RehearsalFault{false, url.error()}));
  auto rehearsal = std::make_shared<Rehearsal>();
  rehearsal->id = RandomId<RehearsalId>();
  rehearsal->room = order.room;
  rehearsal->base = order.base;
  rehearsal->wish = order.wish;
  rehearsal->done = std::move(done);
  // They come as long as the child is there, and the rehearsal has the child.
  Rehearsal* raw = rehearsal.get();
  auto child =
      ChildProcess::Start(parts_.io, OrderFor(order, *url),
                          {.on_out = [this, raw](std::string line) { OnOut(*raw, line); },
                           .on_error = [raw](std::string line) { raw->Say(std::move(line)); },
                           .on_end = [this, raw](int status) { OnEnd(*raw, status); }});
  if (!child) return rehearsal->done(std::unexpected(RehearsalFault{false, child.error()}));
  rehearsal->child = *std::move(child);
  kept_.push_back(std::move(rehearsal));
  if (kept_.size() > kKept) kept_.pop_front();
}

// The room first, the summary last.
void Rehearsals::OnOut(Rehearsal& rehearsal, const std::string& line) {
  if (rehearsal.code.empty()) return OnRoom(rehearsal, line);
  if (line.starts_with("{") && line.ends_with("}")) rehearsal.summary = line;
}

void Rehearsals::OnRoom(Rehearsal& rehearsal, const std::string& line) {
  auto told = json::Parse(line);
  if (!told) return rehearsal.Say(line);
  const auto text_in = [&told](std::string_view key) {
    const json::Value* value = told->Find(key);
    return value && value->AsString() ? *value->AsString() : std::string();
  };
  rehearsal.copy = text_in("room");
  rehearsal.code = text_in("code");
  const json::Value* links = told->Find("links");
  if (links && links->AsObject()) {
    for (const auto& [role, link] : *links->AsObject()) {
      if (!link.AsString()) continue;
      std::string address = *link.AsString();
      // As the browser that asked reaches the server, and not as the child does: over TLS, too,
      // where the child has a port of its own.
      const size_t path = address.find('/', address.find("://") + 3);
      if (path != std::string::npos) address = rehearsal.base + address.substr(path);
      rehearsal.links[role] = std::move(address);
    }
  }
  if (rehearsal.done) std::exchange(rehearsal.done, {})(rehearsal.id);
}

void Rehearsals::OnEnd(Rehearsal& rehearsal, int status) {
  using State = Rehearsal::State;
  const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !rehearsal.summary.empty();
  rehearsal.state = well ? State::kDone : rehearsal.to_stop ? State::kStopped : State::kFailed;
  rehearsal.child.reset();
  if (rehearsal.state == State::kFailed && rehearsal.lines.empty()) {
    rehearsal.Say("The rehearsal ended without a word.");
  }
  if (!rehearsal.done) return;
  std::exchange(rehearsal.done, {})(std::unexpected(
      RehearsalFault{false, rehearsal.lines.empty() ? "It was stopped." : rehearsal.lines.back()}));
}

std::string Rehearsals::Describe(const RehearsalId& id, bool whole) const {
  const Rehearsal& rehearsal = *Find(id);
  json::Writer writer;
  writer.BeginObject().Key("rehearsal").String(rehearsal.id.Hex());
  if (whole) {
    writer.Key("state").String(rehearsal.StateName());
    writer.Key("people").Int(rehearsal.wish.people);
    writer.Key("speed").Int(rehearsal.wish.speed).Key("seed").Int(rehearsal.wish.seed);
    writer.Key("lines").BeginArray();
    for (const std::string& line : rehearsal.lines) writer.String(line);
    writer.EndArray();
  }
  writer.Key("room").String(rehearsal.copy).Key("code").String(rehearsal.code);
  writer.Key("links").BeginObject();
  for (const auto& [role, link] : rehearsal.links) writer.Key(role).String(link);
  writer.EndObject();
  if (whole && !rehearsal.summary.empty()) writer.Key("summary").Raw(rehearsal.summary);
  return writer.EndObject().Take();
}

void Rehearsals::Stop(const RehearsalId& id) {
  Rehearsal* rehearsal = Find(id);
  if (rehearsal == nullptr || !rehearsal->child) return;
  rehearsal->to_stop = true;
  rehearsal->child->Terminate();
}

void Rehearsals::StopAll() {
  for (const auto& rehearsal : kept_) {
    if (!rehearsal->child) continue;
    rehearsal->to_stop = true;
    rehearsal->state = Rehearsal::State::kStopped;
    rehearsal->done = {};
    std::exchange(rehearsal->child, {})->Kill();
  }
}

}  // namespace plenum
