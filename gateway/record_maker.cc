#include "gateway/record_maker.h"

#include <algorithm>
#include <utility>

#include "gateway/keys.h"
#include "projector/record/additions.h"
#include "schema/hash.h"
#include "schema/limits.h"

namespace plenum {
namespace {

constexpr size_t kEntriesAPiece = 256;
constexpr std::chrono::milliseconds kLook{100};  // how often a waiting desk looks whether it ends

std::unexpected<std::string> Stopping() {
  return std::unexpected(std::string("The server is stopping; it will be back in a moment."));
}

std::vector<std::string_view> Cut(std::string_view bytes) {
  std::vector<std::string_view> pieces;
  for (size_t at = 0; at < bytes.size(); at += limits::kRecordPieceBytes) {
    pieces.push_back(bytes.substr(at, limits::kRecordPieceBytes));
  }
  return pieces;
}

// From the salt, so that the same document has the same pieces again.
std::array<uint8_t, 32> NonceOf(std::string_view salt, const EventId& piece) {
  const Digest digest = HmacSha256(salt, std::string("piece") + std::string(piece.View()));
  std::array<uint8_t, 32> nonce{};
  std::ranges::copy(digest.bytes, nonce.begin());
  return nonce;
}

}  // namespace

EventId PieceId(const EventId& approved, std::string_view language, uint32_t piece) {
  constexpr std::string_view kPurpose("plenum/record/v1\0", 17);
  const Digest digest =
      Sha256().Bytes(kPurpose).Bytes(approved.View()).Lp(language).U32(piece).Finish();
  EventId id;
  std::copy_n(digest.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::vector<EventId> PiecesOf(const RecordVersion& version) {
  std::vector<EventId> pieces;
  for (const RecordDocument& document : version.documents) {
    for (uint32_t i = 0; i < document.pieces.size(); ++i) {
      pieces.push_back(PieceId(version.id, document.language, i));
    }
  }
  return pieces;
}

template <class T>
std::optional<T> RecordMaker::Await(std::future<T>& answer) const {
  while (answer.wait_for(kLook) != std::future_status::ready) {
    if (stopping_) return std::nullopt;
  }
  try {
    return answer.get();
  } catch (const std::future_error&) {
    return std::nullopt;  // the projector's thread has ended, and dropped the question
  }
}

RecordMaker::Or<RecordMaker::Extent> RecordMaker::AskExtent(const RoomId& room) {
  std::promise<Extent> promise;
  std::future<Extent> answer = promise.get_future();
  auto look = [room, promise = std::move(promise)](Projector& projector, TimeMs) mutable {
    Extent extent;
    extent.code = projector.directory().CodeOf(room).value_or("");
    if (Room* const found = projector.Find(room)) {
      const RoomState& state = found->state();
      extent.exists = true;
      extent.entries = found->size();
      extent.languages = state.languages;
      extent.versions = state.versions;
      for (const auto& [id, activity] : state.activities) {
        for (const Item& item : activity.items) extent.erased += item.state == ItemState::kErased;
        for (const auto& [name, item] : activity.former) extent.erased += item.erased;
      }
    }
    promise.set_value(std::move(extent));
  };
  if (!projector_.Post(std::move(look))) return Stopping();
  std::optional<Extent> extent = Await(answer);
  if (!extent) return Stopping();
  return *std::move(extent);
}

RecordMaker::Or<std::string> RecordMaker::Make(const RoomId& room, uint64_t entries,
                                               RecordFormat format, RecordOptions options) {
  Room folded(room);
  RecordBuilder builder(texts_, std::move(options));
  using Piece = std::expected<std::vector<std::string>, std::string>;
  for (uint64_t index = 0; index < entries;) {
    std::promise<Piece> promise;
    std::future<Piece> answer = promise.get_future();
    const size_t count = std::min<uint64_t>(kEntriesAPiece, entries - index);
    auto reply = [promise = std::move(promise)](Piece read) mutable {
      promise.set_value(std::move(read));
    };
    if (!projector_.ReadRoom(room, index, count, std::move(reply))) return Stopping();
    const std::optional<Piece> piece = Await(answer);
    if (!piece) return Stopping();
    if (!*piece) return std::unexpected(piece->error());
    if ((*piece)->empty()) {
      return std::unexpected(std::string("The room's log has ended too early."));
    }
    for (const std::string& entry : **piece) builder.Fold(entry, folded);
    index += (*piece)->size();
  }
  return WriteRecord(builder.Finish(folded), format);
}

RecordMaker::Or<std::string> RecordMaker::Draft(const ReportOrder& order) {
  const Or<Extent> extent = AskExtent(order.room);
  if (!extent) return std::unexpected(extent.error());
  return Make(order.room, extent->entries, order.format,
              {.code = extent->code, .language = order.language});
}

std::string RecordMaker::SaltOf(const RoomId& room, const EventId& approved) {
  const std::string key = texts_.RoomKey(room);
  if (key.empty()) return "";
  constexpr std::string_view kPurpose("plenum/record/salt/v1\0", 22);
  const Digest digest = HmacSha256(key, std::string(kPurpose) + std::string(approved.View()));
  return digest.Hex().substr(0, 32);
}

RecordMaker::Or<PreparedRecord> RecordMaker::Prepare(const RoomId& room, uint32_t version,
                                                     const std::string& figures) {
  PreparedRecord out{
      .id = RandomId<EventId>(), .approved = {}, .pieces = {}, .revision = vault_.Revision()};
  const Or<Extent> extent = AskExtent(room);
  if (!extent) return std::unexpected(extent.error());
  const std::string salt = SaltOf(room, out.id);
  if (salt.empty()) return std::unexpected("This room is over: its key was destroyed.");
  out.approved.version = version;
  out.approved.entries = extent->entries;
  for (const std::string& language : extent->languages) {
    Additions additions;
    if (!figures.empty()) {
      auto parsed = ParseAdditions(figures, language);
      if (!parsed) return std::unexpected(parsed.error().front().what);
      additions = *std::move(parsed);
    }
    const auto html = Make(room, extent->entries, RecordFormat::kHtml,
                           {.code = extent->code,
                            .language = language,
                            .additions = std::move(additions),
                            .version = version,
                            .salt = salt});
    if (!html) return std::unexpected(html.error());
    RecordDocument document{.language = language, .digest = HashOf(*html), .pieces = {}};
    for (const std::string_view piece : Cut(*html)) {
      const auto number = static_cast<uint32_t>(document.pieces.size());
      VaultText text{.room = room,
                     .event = PieceId(out.id, language, number),
                     .nonce = {},
                     .text = std::string(piece)};
      text.nonce = NonceOf(salt, text.event);
      document.pieces.push_back(text.TextDigest());
      out.pieces.push_back(std::move(text));
    }
    if (document.pieces.size() > limits::kRecordPieces) {
      return std::unexpected("The record is too large to be kept; give it in other formats.");
    }
    out.approved.documents.push_back(std::move(document));
  }
  if (figures.empty()) return out;
  VaultText text{.room = room, .event = out.id, .nonce = {}, .text = figures};
  FillRandom(text.nonce);
  auto put = vault_.PutTexts({&text, 1});
  if (!put) return std::unexpected(std::string(LogErrorText(put.error())));
  out.approved.figures = put->front();
  return out;
}

// A text may have been erased since the documents were made: then they must not stay.
void RecordMaker::Keep(const PreparedRecord& prepared) {
  if (vault_.Revision() != prepared.revision) return;
  if (!vault_.PutTexts(prepared.pieces)) return;  // it will be made again when it is asked for
  if (vault_.Revision() == prepared.revision) return;
  for (const VaultText& piece : prepared.pieces) {
    // Whoever erased the text erases these, too; this is only for the moment between.
    if (!vault_.EraseText(piece.room, piece.event)) return;
  }
}

std::optional<std::string> RecordMaker::Kept(const RoomId& room, const RecordVersion& version,
                                             const RecordDocument& document) {
  std::string html;
  for (uint32_t i = 0; i < document.pieces.size(); ++i) {
    const EventId id = PieceId(version.id, document.language, i);
    auto piece = vault_.GetText(room, id, document.pieces[i]);
    if (!piece || !*piece) return std::nullopt;
    html += (*piece)->text;
  }
  if (HashOf(html) != document.digest) return std::nullopt;
  return html;
}

RecordMaker::Or<std::optional<Additions>> RecordMaker::AdditionsOf(const RoomId& room,
                                                                   const RecordVersion& version,
                                                                   const std::string& language) {
  if (!version.figures) return Additions{};
  auto text = vault_.GetText(room, version.id, *version.figures);
  if (!text) return std::unexpected(std::string(LogErrorText(text.error())));
  if (!*text) return std::nullopt;
  auto additions = ParseAdditions((*text)->text, language);
  if (!additions) return std::unexpected(additions.error().front().what);
  return *std::move(additions);
}

RecordMaker::Or<std::optional<ShownRecord>> RecordMaker::Show(const RoomId& room, uint32_t number,
                                                              const std::string& language) {
  const Or<Extent> extent = AskExtent(room);
  if (!extent) return std::unexpected(extent.error());
  if (number == 0 || number > extent->versions.size()) return std::nullopt;
  const RecordVersion& version = extent->versions[number - 1];
  const auto document = std::ranges::find(version.documents, language, &RecordDocument::language);
  if (version.published == 0 || document == version.documents.end()) return std::nullopt;
  if (auto kept = Kept(room, version, *document)) return ShownRecord{*std::move(kept), true};
  auto additions = AdditionsOf(room, version, language);
  if (!additions) return std::unexpected(additions.error());
  RecordOptions options{.code = extent->code,
                        .language = language,
                        .additions = additions->value_or(Additions{}),
                        .version = number,
                        .salt = SaltOf(room, version.id)};
  auto html = Make(room, version.entries, RecordFormat::kHtml, options);
  if (!html) return std::unexpected(html.error());
  if (HashOf(*html) == document->digest) return ShownRecord{*std::move(html), true};
  // With the salt, whoever guesses what is gone could compare with the digest in the log.
  options.salt.clear();
  options.erased_since = std::max<uint64_t>(1, extent->erased);
  html = Make(room, version.entries, RecordFormat::kHtml, options);
  if (!html) return std::unexpected(html.error());
  return ShownRecord{*std::move(html), false};
}

}  // namespace plenum
