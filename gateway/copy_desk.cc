#include "gateway/copy_desk.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <numeric>
#include <utility>

namespace plenum {
namespace {

namespace net = boost::asio;

// How often a question that waits looks for news: what a copy is behind at the least.
constexpr std::chrono::milliseconds kLook{20};
constexpr uint32_t kLongestWaitMs = 1000;
constexpr uint64_t kFarBehindMs = 1000;

uint64_t Sum(const std::vector<uint64_t>& ends) {
  return std::accumulate(ends.begin(), ends.end(), uint64_t{0});
}

HttpAnswer BadRequest(const std::string& what) { return ErrorAnswer(400, "bad-request", what); }

HttpAnswer Unreadable(LogError error) { return ErrorAnswer(503, "busy", LogErrorText(error)); }

HttpAnswer OtherLog() {
  return ErrorAnswer(409, "other-log",
                     "What this copy has is not what the server's log began with: it is of another "
                     "log, or of a server that was replaced.");
}

}  // namespace

struct CopyDesk::Waiting {
  Waiting(const net::any_io_executor& io, NextQuestion asked, HttpHandler::Reply to)
      : question(std::move(asked)), reply(std::move(to)), timer(io) {}
  NextQuestion question;
  HttpHandler::Reply reply;
  net::steady_timer timer;
  std::chrono::steady_clock::time_point until =
      std::chrono::steady_clock::now() +
      std::chrono::milliseconds(std::min(question.wait_ms, kLongestWaitMs));
};

CopyDesk::CopyDesk(CopyDeskParts parts)
    : parts_(std::move(parts)), feed_(parts_.log, parts_.vault, RandomId<EventId>().Hex()) {}

void CopyDesk::Answer(const HttpQuestion& question, std::string_view what,
                      HttpHandler::Reply reply) {
  if (!question.private_line && !parts_.plain_http) {
    return reply(
        ErrorAnswer(403, "not-private",
                    "Copies hold the server's keys, and go over TLS only; --copy-over-http "
                    "lets them go over plain http too."));
  }
  if (what == "keys") return reply(GiveKeys());
  if (what == "vault") return GivePage(question, std::move(reply));
  if (what == "next") return GiveNext(question, std::move(reply));
  reply(ErrorAnswer(404, "not-found", "There is nothing at this address."));
}

HttpAnswer CopyDesk::GiveKeys() const {
  return JsonAnswer(200,
                    Encode(CopyKeys{.log = feed_.log_id(),
                                    .epoch = parts_.epoch.record(),
                                    .keys = parts_.keys,
                                    .organiser = parts_.organiser_token(),
                                    .partitions = static_cast<uint32_t>(feed_.Ends().size())}));
}

void CopyDesk::GivePage(const HttpQuestion& question, HttpHandler::Reply reply) {
  auto asked = ParseVaultPageQuestion(question.body);
  if (!asked) return reply(BadRequest(asked.error()));
  auto shared = std::make_shared<HttpHandler::Reply>(std::move(reply));
  net::post(parts_.jobs, [this, asked = *std::move(asked), shared] {
    auto page = feed_.Page(asked);
    net::post(parts_.io, [page = std::move(page), shared] {
      (*shared)(page ? JsonAnswer(200, Encode(*page)) : Unreadable(page.error()));
    });
  });
}

void CopyDesk::GiveNext(const HttpQuestion& question, HttpHandler::Reply reply) {
  auto asked = ParseNextQuestion(question.body);
  if (!asked) return reply(BadRequest(asked.error()));
  if (asked->log != feed_.log_id()) return reply(OtherLog());
  auto waiting = std::make_shared<Waiting>(parts_.io, *std::move(asked), std::move(reply));
  net::post(parts_.jobs, [this, waiting] {
    auto prefix = feed_.IsPrefix(waiting->question);
    net::post(parts_.io, [this, waiting, prefix] {
      if (!prefix) return waiting->reply(Unreadable(prefix.error()));
      if (!*prefix) return waiting->reply(OtherLog());
      Wait(waiting);
    });
  });
}

void CopyDesk::Note(const NextQuestion& question) {
  const TimeMs now = parts_.clock();
  copies_.Observe(Sum(feed_.Ends()), now);
  copies_.Heard(question.copy, Sum(question.ends), now);
}

void CopyDesk::Wait(std::shared_ptr<Waiting> waiting) {
  Note(waiting->question);
  const bool over = std::chrono::steady_clock::now() >= waiting->until;
  if (over || feed_.HasNews(waiting->question)) return ReadNext(std::move(waiting));
  waiting->timer.expires_after(kLook);
  waiting->timer.async_wait([this, waiting](boost::system::error_code error) {
    if (!error) Wait(waiting);
  });
}

void CopyDesk::ReadNext(std::shared_ptr<Waiting> waiting) {
  net::post(parts_.jobs, [this, waiting] {
    auto answer = feed_.Next(waiting->question);
    if (answer) answer->epoch = parts_.epoch.Number();
    net::post(parts_.io, [waiting, answer = std::move(answer)] {
      waiting->reply(answer ? JsonAnswer(200, Encode(*answer)) : Unreadable(answer.error()));
    });
  });
}

void CopyDesk::Tick() {
  copies_.Observe(Sum(feed_.Ends()), parts_.clock());
  const CopyState state = State();
  if (state.connected < told_.connected) {
    spdlog::warn("A copy of the log is gone; {} left.", state.connected);
  } else if (state.connected > told_.connected) {
    spdlog::info("A copy of the log is connected; it is {} entries behind.", state.behind);
  }
  const bool far = state.behind_ms > kFarBehindMs;
  const bool was_far = told_.behind_ms > kFarBehindMs;
  if (far && !was_far) {
    spdlog::warn("The copy is {} ms and {} entries behind.", state.behind_ms, state.behind);
  } else if (was_far && !far && state.connected > 0) {
    spdlog::info("The copy has caught up.");
  }
  told_ = state;
}

}  // namespace plenum
