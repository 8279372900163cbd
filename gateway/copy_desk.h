// CopyDesk: where copies of the built-in log are served (schema/wire.md, Copies), and where it is
// known how far behind they are. I/O thread only.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/copies.h"
#include "gateway/copy_feed.h"
#include "gateway/epoch.h"
#include "gateway/http.h"
#include "gateway/keys.h"

namespace plenum {

struct CopyDeskParts {
  const Epoch& epoch;
  RocksDbLog& log;
  RocksDbVault& vault;
  const NodeKeys& keys;
  std::function<std::string()> organiser_token;
  boost::asio::any_io_executor io;
  boost::asio::any_io_executor jobs;  // for what waits for the disk
  std::function<TimeMs()> clock;
  bool plain_http = false;  // copy over lines that others may read, too
};

class CopyDesk {
 public:
  explicit CopyDesk(CopyDeskParts parts);

  // POST /api/v1/copy/WHAT. REQUIRES: the token was checked.
  void Answer(const HttpQuestion& question, std::string_view what, HttpHandler::Reply reply);
  // Every second or so: notes how the log grows, and says when a copy comes, goes or falls behind.
  void Tick();

  CopyState State() const { return copies_.State(parts_.clock()); }
  std::vector<CopyLag> List() const { return copies_.List(parts_.clock()); }
  uint64_t epoch() const { return parts_.epoch.Number(); }

 private:
  struct Waiting;

  HttpAnswer GiveKeys() const;
  void GivePage(const HttpQuestion& question, HttpHandler::Reply reply);
  void GiveNext(const HttpQuestion& question, HttpHandler::Reply reply);
  void Wait(std::shared_ptr<Waiting> waiting);
  void ReadNext(std::shared_ptr<Waiting> waiting);
  void Note(const NextQuestion& question);

  CopyDeskParts parts_;
  CopyFeed feed_;
  Copies copies_;
  CopyState told_;  // in the program's log
};

}  // namespace plenum
