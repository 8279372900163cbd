// Who watches which room, which of their views are out of date, and when each may be sent again:
// every topic of a room, every pinned activity and every person, at most once per interval, and a
// topic that is long and has many watchers as seldom as kBytesPerMs asks for; but a step of an
// activity is shown after the interval. Projector's thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "projector/projector.h"
#include "projector/text_cache.h"

namespace plenum {

class ViewSchedule {
 public:
  // What one topic may take of the node's network: 16 MB/s; and what may be built of it, and read
  // by each that watches: 1 MB/s.
  static constexpr int64_t kBytesPerMs = 16'000;
  static constexpr int64_t kBuiltBytesPerMs = 1'000;
  static constexpr int64_t kPersonsPerMs = 1;  // whose views changed by what they did not do

  struct Sources {
    std::function<Room*(const RoomId&)> find;  // null: none, or its rules are not known
    const Directory& directory;
    TextCache& texts;
    ProjectorSink& sink;
    std::function<const RoomGroups*(const Room&)> groups;  // null: nothing is split there
  };

  ViewSchedule(Sources sources, int interval_ms);

  void Watch(const Watcher& watcher, TimeMs now);
  void Unwatch(uint64_t connection);
  bool IsWatched(const RoomId& room) const { return audiences_.contains(room); }

  // An entry of the room was folded: of one person, or of anybody else, which may concern all.
  void OnChange(const Room& room, const std::optional<PersonId>& by);
  // The room's join code has changed.
  void OnCode(const RoomId& room);
  // A text of the room has come that was missing when some of its views were built.
  void OnText(const RoomId& room);
  // No text is certain any more: everything is built again.
  void OnNewTexts();

  std::optional<TimeMs> Send(TimeMs now);
  uint64_t sent() const { return sent_; }

 private:
  struct Screen {
    uint32_t watchers = 0;
    bool dirty = false;
    bool urgent = false;  // out of date by a step, or by what its own person has done
    bool lacks_text = false;
    std::optional<TimeMs> sent;
    uint64_t version = 0;
    std::shared_ptr<const std::string> data;  // the newest that was built; not kept for persons
  };
  // What a screen is about.
  struct Subject {
    Topic topic = Topic::kStage;
    ParticipantId participant = {};  // of kPerson
    ActivityId activity = {};        // of kActivity
  };
  // Where the room stands, for everybody: a step is shown without delay.
  struct Place {
    ActivityId activity = {};
    Stage stage = {};
    Deadline deadline = {};
    uint32_t told_down_to = 0;
    bool blank = false;
    bool operator==(const Place&) const = default;
  };
  // All who watch one room.
  struct Audience {
    std::optional<Place> place;  // at the latest change by others than its people
    Screen stage;
    Screen console;
    std::map<ActivityId, Screen> pinned;
    std::map<ParticipantId, Screen> persons;
    std::set<ParticipantId> dirty_persons;
    std::string series;  // that `by_person` is of; empty until somebody's event is to be matched
    std::map<PersonId, ParticipantId> by_person;
  };

  // Whatever is watched and is not of one person: stage, console, and pinned activities.
  template <class Do>
  static void ForAllShared(Audience& audience, const Do& what);
  template <class Which>
  void Soil(const RoomId& room, Audience& audience, const Which& which);
  static bool IsClean(const Audience& audience);
  static Place PlaceOf(const RoomState& state);
  int64_t RestMs(const Audience& audience, const Screen& screen) const;
  bool MaySend(const Audience& audience, const Screen& screen, TimeMs now) const;
  void Build(const Room& room, const Subject& subject, Screen& screen);
  void Deliver(const RoomId& room, const Subject& subject, const Screen& screen,
               uint64_t connection);
  // Brings a new watcher up to date.
  void Show(const Room& room, const Audience& audience, const Subject& subject, Screen& screen,
            uint64_t connection, TimeMs now);
  // Sends the screen if it is out of date and may be sent; otherwise notes in `due` when it may.
  void Refresh(const Room& room, const Audience& audience, const Subject& subject, Screen& screen,
               TimeMs now, std::optional<TimeMs>* due);
  void RefreshAll(const Room& room, Audience& audience, TimeMs now, std::optional<TimeMs>* due);
  // Who the participant is in the audience's series; nothing while there is none, or no key.
  std::optional<PersonId> PersonIn(const RoomId& room, const Audience& audience,
                                   const ParticipantId& participant);
  std::optional<ParticipantId> WhoIs(const Room& room, Audience& audience, const PersonId& person);

  Sources sources_;
  const int interval_ms_;
  std::map<uint64_t, Watcher> watchers_;
  std::map<RoomId, Audience> audiences_;
  std::set<RoomId> dirty_;
  uint64_t sent_ = 0;
};

}  // namespace plenum
