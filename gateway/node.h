// Node: everything that serves, put together over its storage: read models, projector, hub and
// server. Beside what gateway/storage.h keeps in the data folder:
//
//   DATA/read-models          rebuilt from the log whenever they do not fit it
//   DATA/organiser.token      who has it may make rooms
#pragma once

#include <atomic>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "gateway/server.h"
#include "gateway/storage.h"
#include "schema/limits.h"

namespace plenum {

// Of the built-in log: see gateway/epoch.h and gateway/copy_desk.h.
struct CopyOptions {
  bool serve_anyway = false;  // although a copy has taken over, or the folder is half a copy
  bool over_http = false;     // copies may go over plain http, where others may read the keys
  int gather_ms = limits::kGatherMs;  // after a take-over, before stages change
};

struct NodeOptions {
  StorageOptions storage;
  ServerOptions listen;
  std::string public_url;       // how browsers reach this server; empty: as they name it
  std::filesystem::path pages;  // serve the pages from this folder; empty: the embedded ones
  CopyOptions copies;
};

class Node {
 public:
  // Opens the data folder and begins to listen and to fold; commands are taken once the log is
  // folded. The error is one sentence, and nothing was changed that was there before.
  static std::expected<std::unique_ptr<Node>, std::string> Start(const NodeOptions& options);
  ~Node();

  // "http://127.0.0.1:8080"
  std::string url() const;
  const std::string& organiser_token() const;
  // The log is on one disk, unless it is copied.
  bool has_own_log() const;

  // Serves until Stop, SIGTERM or SIGINT (after CatchStopSignals, one that came before); then takes
  // no more commands, makes durable and answers what was taken, and closes every connection as
  // going away. The error is one sentence: why it had to stop by itself.
  std::expected<void, std::string> Run();
  // Any thread.
  void Stop();

 private:
  struct Impl;
  explicit Node(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
