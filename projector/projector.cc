#include "projector/projector.h"

#include <algorithm>
#include <utility>

#include "projector/projector_impl.h"
#include "schema/hash.h"

namespace plenum {

Projector::Impl::Impl(EventLog& event_log, Store& row_store, TextSource& text_source,
                      ProjectorSink& said_to, ProjectorOptions with)
    : log(event_log),
      store(row_store),
      texts(text_source),
      sink(said_to),
      options(with),
      rooms(row_store),
      views({.find = [this](const RoomId& room) { return FindShown(room); },
             .directory = directory,
             .texts = texts,
             .sink = sink,
             .groups = [this](const Room& room) { return GroupsOf(room); }},
            with.view_interval_ms),
      speech(with.say_again_ms) {}

std::expected<void, std::string> Projector::Impl::Load() {
  if (auto origin = rows::CheckOrigin(store, log); !origin) {
    return std::unexpected(origin.error().what);
  }
  for (Partition partition : log.Partitions()) {
    auto position = rows::ReadPosition(store, partition);
    if (!position) return std::unexpected(position.error());
    positions[partition] = *position;
    ends_at_start[partition] = log.End(partition);
  }
  if (auto loaded_codes = directory.Load(store); !loaded_codes) return Break(loaded_codes.error());
  if (auto pending = rooms.LoadPending(); !pending) return Break(pending.error());
  loaded.assign(rooms.pending().begin(), rooms.pending().end());
  return {};
}

std::expected<void, std::string> Projector::Impl::Apply(Partition partition,
                                                        std::span<const LogEntry> entries) {
  if (!error.empty()) return std::unexpected(error);
  rows::Position& position = positions[partition];
  while (!entries.empty() && entries.front().offset < position.next) {
    entries = entries.subspan(1);
  }
  if (entries.empty()) return {};
  for (uint64_t expected = position.next; const LogEntry& entry : entries) {
    if (entry.offset == expected++) continue;
    return std::unexpected("entry " + std::to_string(expected - 1) + " of partition " +
                           std::to_string(partition) + " is missing before entry " +
                           std::to_string(entry.offset));
  }
  FoldBatch batch;
  for (const LogEntry& entry : entries) {
    if (partition == kDirectoryPartition) {
      FoldDirectoryEntry(entry, batch);
    } else if (auto folded = FoldRoomEntry(entry, batch); !folded) {
      return folded;
    }
  }
  CollectRows(batch);
  position.next = entries.back().offset + 1;
  position.before = HashOf(entries.back().bytes);
  batch.changes.push_back(rows::PutPosition(partition, position));
  if (auto committed = store.Commit(batch.changes); !committed) {
    error = committed.error();
    return std::unexpected(error);
  }
  counters.folded += entries.size();
  Tell(batch);
  if (rooms.size() > options.rooms + rooms.pending().size()) Sweep();
  return {};
}

Room* Projector::Impl::Find(const RoomId& room) {
  const size_t before = rooms.size();
  auto found = rooms.Find(room);
  if (!found) {
    Break(found.error());
    return nullptr;
  }
  if (rooms.size() > before) loaded.push_back(room);
  return *found;
}

Room* Projector::Impl::FindShown(const RoomId& room) {
  Room* found = Find(room);
  return found != nullptr && found->state().created ? found : nullptr;
}

void Projector::Impl::TellLoaded() {
  for (const RoomId& id : std::exchange(loaded, {})) {
    if (Room* room = FindShown(id)) sink.OnRoom(MakeRoomInfo(*room));
  }
}

void Projector::Impl::Sweep() {
  for (const RoomId& room : rooms.Sweep([this](const RoomId& id) { return views.IsWatched(id); })) {
    groups.erase(room);
    sink.OnRoomEvicted(room);
  }
}

void Projector::Impl::ShowLateTexts(TimeMs now) {
  if (texts.Renew()) views.OnNewTexts();
  for (const RoomId& room : texts.LookAgain(now)) views.OnText(room);
}

std::unexpected<std::string> Projector::Impl::Break(std::string what) {
  error = std::move(what);
  // If the store is what is broken, this fails too, and the next start finds out for itself.
  (void)store.Commit({{std::string(rows::kBroken), error}});
  return std::unexpected(error);
}

Projector::Projector(EventLog& log, Store& store, TextSource& texts, ProjectorSink& sink,
                     ProjectorOptions options)
    : impl_(std::make_unique<Impl>(log, store, texts, sink, options)) {}

Projector::~Projector() = default;

std::expected<void, std::string> Projector::Start() {
  auto loaded = impl_->Load();
  if (!loaded) impl_->error = loaded.error();
  return loaded;
}

uint64_t Projector::Next(Partition partition) const {
  auto it = impl_->positions.find(partition);
  return it == impl_->positions.end() ? 0 : it->second.next;
}

std::expected<void, std::string> Projector::Apply(Partition partition,
                                                  std::span<const LogEntry> entries) {
  return impl_->Apply(partition, entries);
}

std::expected<bool, std::string> Projector::CatchUp(Partition partition) {
  auto entries = impl_->log.Read(partition, Next(partition), limits::kReadEvents);
  if (!entries && entries.error() == LogError::kAway) return false;
  if (!entries) {
    impl_->error = "the log cannot be read: " + std::string(LogErrorText(entries.error()));
    return std::unexpected(impl_->error);
  }
  if (auto applied = Apply(partition, *entries); !applied) return std::unexpected(applied.error());
  return entries->empty() || Next(partition) >= impl_->log.End(partition);
}

bool Projector::Ready() const {
  return impl_->error.empty() && !impl_->ends_at_start.empty() &&
         std::ranges::all_of(impl_->ends_at_start,
                             [this](const auto& end) { return Next(end.first) >= end.second; });
}

void Projector::Watch(const Watcher& watcher, TimeMs now) {
  impl_->Find(watcher.room);
  impl_->TellLoaded();
  impl_->views.Watch(watcher, now);
}

void Projector::Unwatch(uint64_t connection) { impl_->views.Unwatch(connection); }

std::optional<TimeMs> Projector::SendViews(TimeMs now) {
  Impl& impl = *impl_;
  impl.TellLoaded();
  impl.ShowLateTexts(now);
  std::optional<TimeMs> due = impl.views.Send(now);
  const std::optional<TimeMs> look = impl.texts.NextLook(now);
  if (look) due = due ? std::min(*due, *look) : *look;
  if (!impl.swept || now < *impl.swept || now - *impl.swept >= impl.options.sweep_ms) {
    if (impl.swept) impl.Sweep();
    impl.swept = now;
  }
  return due;
}

std::optional<TimeMs> Projector::SpeakForNode(
    TimeMs now, const std::function<void(const RoomId&, std::string)>& say) {
  if (!Ready()) return std::nullopt;
  return impl_->speech.Speak(now, impl_->rooms, impl_->texts, say);
}

void Projector::ReportAway(const RoomId& room, const ParticipantId& participant) {
  impl_->speech.ReportAway(room, participant);
}

const Directory& Projector::directory() const { return impl_->directory; }

Room* Projector::Find(const RoomId& room) { return impl_->Find(room); }

bool Projector::Announce(const RoomId& room) {
  Room* found = impl_->FindShown(room);
  impl_->TellLoaded();
  if (found == nullptr) return false;
  impl_->sink.OnRoom(MakeRoomInfo(*found));
  return true;
}

const ProjectorCounters& Projector::counters() const {
  impl_->counters.said = impl_->speech.said();
  impl_->counters.views = impl_->views.sent();
  impl_->counters.rooms = impl_->rooms.size();
  return impl_->counters;
}

const std::string& Projector::error() const { return impl_->error; }

}  // namespace plenum
