// The phone's page of a room: as it is for every room, or with what its phones must know first.
#include <boost/asio/post.hpp>

#include "gateway/api.h"
#include "gateway/first_page.h"

namespace plenum {

// Whatever is not at hand is left out: the page asks for it. One that finds rooms by guessing gets
// the plain page, and so does everybody at that address for a while.
void Api::GivePage(const HttpQuestion& question, const SharedReply& reply) {
  auto plain = [this, question, reply] {
    auto page = parts_.pages.Find(question);
    (*reply)(page ? *std::move(page) : ErrorAnswer(404, "not-found", "There is no such page."));
  };
  if (parts_.not_yet() || wrong_pages_.Spent(question.address, parts_.clock())) return plain();
  auto answer = [this, question, reply, plain](std::optional<RoomId> room) {
    boost::asio::post(parts_.io, [this, question, reply, plain, room] {
      if (!room) wrong_pages_.Spend(question.address, parts_.clock());
      auto page = room ? PageOf(*room, question) : std::nullopt;
      if (!page) return plain();
      (*reply)(*std::move(page));
    });
  };
  if (!parts_.projector.RoomOfCode(std::string(CodeOfPath(question.path)), answer)) plain();
}

std::optional<HttpAnswer> Api::PageOf(const RoomId& room, const HttpQuestion& question) const {
  const Info info = parts_.hub.Known(room);
  HttpQuestion as_it_is = question;
  as_it_is.accept_encoding.clear();
  as_it_is.if_none_match.clear();
  auto page = info ? parts_.pages.Find(as_it_is) : std::nullopt;
  if (!page) return std::nullopt;
  std::string whole =
      WithFacts(*page->body, FirstFacts(room, *info, parts_.hub.StageOf(room), parts_.clock()));
  page->etag.clear();
  page->cache_control = "no-store";
  std::string packed = Accepts(question.accept_encoding, "gzip") ? Gzipped(whole) : "";
  if (!packed.empty()) page->content_encoding = "gzip";
  page->body = MakeBytes(packed.empty() ? std::move(whole) : std::move(packed));
  return page;
}

}  // namespace plenum
