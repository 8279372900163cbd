#include "gateway/mailbox.h"

#include <utility>

namespace plenum {

Mailbox::Mailbox(std::function<void()> wake, size_t max_folded)
    : wake_(std::move(wake)), max_folded_(max_folded) {}

bool Mailbox::MarkFilled() { return !std::exchange(filled_, true); }

void Mailbox::PutAppend(AppendAnswer answer) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    appends_.push_back(std::move(answer));
    wake = MarkFilled();
  }
  if (wake) wake_();
}

void Mailbox::OnFolded(std::span<const FoldedEvent> events) {
  if (events.empty()) return;
  bool wake = false;
  {
    std::unique_lock lock(mutex_);
    if (max_folded_ > 0) {
      taken_.wait(lock, [this] { return closed_ || folded_.size() < max_folded_; });
    }
    if (closed_) return;
    folded_.insert(folded_.end(), events.begin(), events.end());
    wake = MarkFilled();
  }
  if (wake) wake_();
}

void Mailbox::OnRoom(std::shared_ptr<const RoomInfo> info) {
  RoomId room = info->room;
  PutRoom(room, std::move(info));
}

void Mailbox::PutRoom(const RoomId& room, std::shared_ptr<const RoomInfo> info) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    rooms_[room] = std::move(info);
    wake = MarkFilled();
  }
  if (wake) wake_();
}

void Mailbox::OnView(const View& view) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    View& kept =
        views_[ViewKey{view.room, view.topic, view.participant, view.activity, view.connection}];
    if (!kept.data || kept.version <= view.version) kept = view;
    wake = MarkFilled();
  }
  if (wake) wake_();
}

Mail Mailbox::TakeAll() {
  Mail mail;
  std::map<RoomId, std::shared_ptr<const RoomInfo>> rooms;
  std::map<ViewKey, View> views;
  {
    std::lock_guard lock(mutex_);
    filled_ = false;
    mail.appends = std::exchange(appends_, {});
    mail.folded = std::exchange(folded_, {});
    rooms = std::exchange(rooms_, {});
    views = std::exchange(views_, {});
  }
  taken_.notify_all();
  for (auto& [room, info] : rooms) mail.rooms.push_back({room, std::move(info)});
  for (auto& [key, view] : views) mail.views.push_back(std::move(view));
  return mail;
}

void Mailbox::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  taken_.notify_all();
}

}  // namespace plenum
