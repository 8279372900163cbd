// What a copy asks of its server and is told, as JSON over HTTP (schema/wire.md, Copies). Keys,
// rows and entries are in base64url: they are bytes.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/copy_marker.h"
#include "gateway/keys.h"
#include "ingest/event_log.h"
#include "ingest/vault_rows.h"
#include "schema/ids.h"

namespace plenum {

// POST /api/v1/copy/keys: all that a copy needs to begin, and to serve one day.
struct CopyKeys {
  std::string log;  // its id
  EpochRecord epoch;
  NodeKeys keys;
  std::string organiser;  // token
  uint32_t partitions = 0;
};

// POST /api/v1/copy/vault: one page of the vault, to compare.
struct VaultPageQuestion {
  std::string from;   // the first key; empty: the beginning
  bool rows = false;  // send the rows too
};
struct VaultPage {
  std::string to;  // where the next page begins; empty: this was the last
  Digest digest;
  std::vector<VaultRow> rows;
};

// POST /api/v1/copy/next: what comes next. Answered once there is something, or after `wait_ms`.
struct NextQuestion {
  std::string copy;            // its name
  std::string log;             // the id of the log that it is a copy of
  std::vector<uint64_t> ends;  // what it has durably, by partition
  std::vector<Digest> last;    // SHA-256 of its last entry in each; zero: it has none
  std::string feed;            // of the vault's changes, and the position in it; empty: none yet
  uint64_t at = 0;
  uint32_t wait_ms = 0;
};
struct NextAnswer {
  uint64_t epoch = 0;
  std::vector<uint64_t> ends;  // of the server's log, by partition
  std::string feed;
  uint64_t at = 0;
  // The vault's changes are not known that far back: compare page by page, then go on from here.
  bool compare = false;
  std::vector<VaultRow> rows;  // to be written before the entries
  struct Run {
    Partition partition = 0;
    std::vector<LogEntry> entries;  // without a gap
  };
  std::vector<Run> runs;
};

std::string Encode(const CopyKeys& keys);
std::string Encode(const VaultPageQuestion& question);
std::string Encode(const VaultPage& page);
std::string Encode(const NextQuestion& question);
std::string Encode(const NextAnswer& answer);

// The error is one sentence.
std::expected<CopyKeys, std::string> ParseCopyKeys(std::string_view text);
std::expected<VaultPageQuestion, std::string> ParseVaultPageQuestion(std::string_view text);
std::expected<VaultPage, std::string> ParseVaultPage(std::string_view text);
std::expected<NextQuestion, std::string> ParseNextQuestion(std::string_view text);
std::expected<NextAnswer, std::string> ParseNextAnswer(std::string_view text);

}  // namespace plenum
