// Records of the day from a running projector and the vault: drafts, versions that are approved,
// and those that are served for ever after. Blocking; for the report desk's thread.
//
// An approved version is the record of the room's first entries. Its documents are kept in the
// vault, in pieces, so that every node and every copy has the very bytes whose digest the log
// holds, and so that they can go: when a text of the room is erased, so are the documents that may
// hold it. Then, or if they were never kept, the version is made again from log, vault and the
// figures that it was approved with.
#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "ingest/vault.h"
#include "projector/projector_thread.h"
#include "projector/record/record_builder.h"
#include "projector/record/writers.h"
#include "projector/views/view_builder.h"

namespace plenum {

// Where the pieces of a version's documents lie in the vault.
EventId PieceId(const EventId& approved, std::string_view language, uint32_t piece);
std::vector<EventId> PiecesOf(const RecordVersion& version);

struct ReportOrder {
  RoomId room;
  RecordFormat format = RecordFormat::kHtml;
  std::string language = {};  // empty: the room's first
};

// A version that can be approved: the event's id and payload, and what is to be kept once it was.
struct PreparedRecord {
  EventId id;
  RecordApproved approved;
  std::vector<VaultText> pieces;
  uint64_t revision = 0;  // of the vault, when it was made
};

// One version's document, as it can be shown now.
struct ShownRecord {
  std::string html;
  bool exact = false;  // the bytes that were approved
};

class RecordMaker {
 public:
  template <class T>
  using Or = std::expected<T, std::string>;  // the error is one sentence

  RecordMaker(ProjectorThread& projector, TextSource& texts, Vault& vault,
              const std::atomic<bool>& stopping)
      : projector_(projector), texts_(texts), vault_(vault), stopping_(stopping) {}

  Or<std::string> Draft(const ReportOrder& order);
  // Of all entries that there are. `figures`: a file as additions.h reads it; empty for none. It is
  // in the vault when this returns.
  Or<PreparedRecord> Prepare(const RoomId& room, uint32_t version, const std::string& figures);
  // Once it was accepted: from now on these very bytes are served.
  void Keep(const PreparedRecord& prepared);
  // nullopt: there is no such version, or not in this language, or it is not published.
  Or<std::optional<ShownRecord>> Show(const RoomId& room, uint32_t version,
                                      const std::string& language);

 private:
  struct Extent {
    bool exists = false;
    uint64_t entries = 0;
    std::string code;
    std::vector<std::string> languages;
    std::vector<RecordVersion> versions;
    uint64_t erased = 0;  // texts, by now
  };
  template <class T>
  std::optional<T> Await(std::future<T>& answer) const;
  Or<Extent> AskExtent(const RoomId& room);
  Or<std::string> Make(const RoomId& room, uint64_t entries, RecordFormat format,
                       RecordOptions options);
  std::string SaltOf(const RoomId& room, const EventId& approved);
  std::optional<std::string> Kept(const RoomId& room, const RecordVersion& version,
                                  const RecordDocument& document);
  Or<std::optional<Additions>> AdditionsOf(const RoomId& room, const RecordVersion& version,
                                           const std::string& language);

  ProjectorThread& projector_;
  TextSource& texts_;
  Vault& vault_;
  const std::atomic<bool>& stopping_;
};

}  // namespace plenum
