#include "gateway/room_check.h"

#include <algorithm>
#include <utility>

#include "schema/limits.h"

namespace plenum {

void RoomCheck::Start(ProjectorThread& projector, Post post, const RoomStatus& claimed, Done done) {
  std::shared_ptr<RoomCheck> check(
      new RoomCheck(projector, std::move(post), claimed, std::move(done)));
  check->ReadOn();
}

RoomCheck::RoomCheck(ProjectorThread& projector, Post post, const RoomStatus& claimed, Done done)
    : projector_(projector),
      post_(std::move(post)),
      claimed_(claimed),
      done_(std::move(done)),
      room_(claimed.room) {}

void RoomCheck::ReadOn() {
  const size_t some = std::min<uint64_t>(claimed_.index - room_.size(), limits::kReadEvents);
  auto reply = [self = shared_from_this()](auto page) {
    self->post_([self, page = std::move(page)] { self->FoldPage(page); });
  };
  if (!projector_.ReadRoom(claimed_.room, room_.size(), some, std::move(reply))) {
    done_(std::unexpected("the projector is too busy"));
  }
}

void RoomCheck::FoldPage(const std::expected<std::vector<std::string>, std::string>& page) {
  if (!page) return done_(std::unexpected(page.error()));
  if (page->empty()) return done_(std::unexpected("the log has fewer entries of this room"));
  for (const std::string& entry : *page) room_.Apply(entry);
  if (room_.size() < claimed_.index) return ReadOn();
  done_(RoomStatus{.room = room_.id(),
                   .index = room_.size(),
                   .root = room_.Root(),
                   .state = room_.StateDigest(),
                   .rules = room_.state().rules});
}

}  // namespace plenum
