#include "ingest/kafka_vault.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <utility>

#include "ingest/kafka_vault_copy.h"
#include "ingest/kafka_vault_feed.h"
#include "ingest/kafka_vault_rows.h"
#include "ingest/kafka_vault_writer.h"
#include "ingest/step_thread.h"
#include "schema/limits.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using vault_rows::Record;
using Clock = std::chrono::steady_clock;

constexpr seconds kNoProgress{15};  // at the start, without a record: then it is given up
constexpr seconds kRewriteWithin{60};
constexpr milliseconds kLook{50};
constexpr milliseconds kUpkeep{1000};
// A tombstone that is missing for so long is written by whoever sees it.
constexpr seconds kTombstoneAfter{10};

std::string RandomOrigin() {
  std::array<char, 16> bytes{};
  // Cannot fail for so few bytes once the system is up (getrandom(2)).
  while (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
  }
  return std::string(1, vault_rows::kOrigin).append(bytes.data(), bytes.size());
}

}  // namespace

struct KafkaVault::Impl {
  Impl(KafkaOptions with, KafkaVaultOptions with_more)
      : options(std::move(with)), more(with_more) {}
  ~Impl();

  std::expected<void, std::string> Open(const std::filesystem::path& folder);
  std::expected<void, std::string> ReadToEnd(uint64_t end);

  Clock::time_point Deadline() const { return Clock::now() + options.answer_within; }
  // The rest REQUIRES: write_mutex is held.
  // Whatever this node has written is in the copy; then looking there and writing are one step.
  std::expected<void, LogError> SeeOwn(Clock::time_point until);
  // When it returns without an error, the records are durable and in the copy.
  std::expected<void, LogError> Send(std::span<const Record> records, Clock::time_point until);
  bool AreThere(std::span<const Record> records) const;
  std::expected<void, LogError> SendTombstones(std::string_view prefix, Clock::time_point until);
  std::expected<std::optional<Digest>, LogError> Standing(const RoomId& room, const EventId& event);

  // Without it.
  std::expected<void, LogError> AwaitNoTraces(const std::string& prefix);
  bool Upkeep();
  void BuryTheForgotten();
  void Stir();

  const KafkaOptions options;
  const KafkaVaultOptions more;
  std::mutex write_mutex;
  std::unique_ptr<VaultCopy> copy;
  std::unique_ptr<KafkaVaultWriter> writer;
  std::unique_ptr<KafkaVaultFeed> feed;
  // The upkeep's.
  std::optional<Clock::time_point> condemned_since;
  uint64_t seen = 0;  // how far the topic had come
  Clock::time_point seen_at = Clock::now();
  std::unique_ptr<StepThread> upkeep;  // last: it uses all of the above
};

std::expected<std::unique_ptr<KafkaVault>, std::string> KafkaVault::Open(
    const KafkaOptions& options, const std::filesystem::path& folder,
    const KafkaVaultOptions& more) {
  auto impl = std::make_unique<Impl>(options, more);
  if (auto opened = impl->Open(folder); !opened) return std::unexpected(std::move(opened.error()));
  return std::unique_ptr<KafkaVault>(new KafkaVault(std::move(impl)));
}

KafkaVault::KafkaVault(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

KafkaVault::~KafkaVault() = default;

// The feed wakes the upkeep, and the upkeep asks the feed.
KafkaVault::Impl::~Impl() {
  if (upkeep != nullptr) upkeep->Stop();
  feed.reset();
}

std::expected<void, std::string> KafkaVault::Impl::Open(const std::filesystem::path& folder) {
  auto opened = VaultCopy::Open(folder);
  if (!opened) return std::unexpected(std::move(opened.error()));
  copy = *std::move(opened);
  auto made = KafkaVaultFeed::Make(options, *copy, [this] { upkeep->Wake(); });
  if (!made) return std::unexpected(std::move(made.error()));
  feed = *std::move(made);
  auto ends = feed->Check();
  if (!ends) return std::unexpected(std::move(ends.error()));
  auto connected = KafkaVaultWriter::Make(options);
  if (!connected) return std::unexpected(std::move(connected.error()));
  writer = *std::move(connected);
  if (ends->high == 0) {
    const Record origin{.key = RandomOrigin(), .value = "1"};
    if (!writer->Write({&origin, 1}, Clock::now() + kNoProgress)) {
      return std::unexpected(
          writer->Trouble().value_or("Kafka at " + options.brokers + " does not answer."));
    }
    ends->high = std::max<uint64_t>(writer->Acknowledged(), 1);
  }
  upkeep = std::make_unique<StepThread>([this] { return Upkeep(); }, kUpkeep);
  feed->Start();
  return ReadToEnd(ends->high);
}

// However many there are: only standing still is an error.
std::expected<void, std::string> KafkaVault::Impl::ReadToEnd(uint64_t end) {
  while (true) {
    const uint64_t before = copy->position();
    if (feed->Await(end, Clock::now() + kNoProgress)) return {};
    if (copy->position() == before) {
      return std::unexpected(
          feed->Trouble().value_or("Kafka at " + options.brokers + " does not answer."));
    }
  }
}

std::expected<void, LogError> KafkaVault::Impl::SeeOwn(Clock::time_point until) {
  if (feed->broken()) return std::unexpected(LogError::kFailed);
  if (feed->away()) return std::unexpected(LogError::kAway);
  if (!feed->Await(writer->Acknowledged(), until)) return std::unexpected(LogError::kAway);
  return {};
}

std::expected<void, LogError> KafkaVault::Impl::Send(std::span<const Record> records,
                                                     Clock::time_point until) {
  const uint64_t before = copy->position();
  if (auto written = writer->Write(records, until); !written) return written;
  feed->Compare(writer->first_offset().value_or(before), before);
  bool there = feed->Await(writer->Acknowledged(), until);
  while (there && writer->unplaced() && !AreThere(records)) {
    std::this_thread::sleep_for(kLook);
    there = Clock::now() < until;
  }
  if (!there) return std::unexpected(LogError::kUnknown);
  return {};
}

bool KafkaVault::Impl::AreThere(std::span<const Record> records) const {
  return std::ranges::all_of(records, [&](const Record& record) {
    const auto value = copy->Get(record.key);
    return value && *value == record.value;
  });
}

std::expected<void, LogError> KafkaVault::Impl::SendTombstones(std::string_view prefix,
                                                               Clock::time_point until) {
  const auto condemned = copy->Condemned(prefix);
  if (!condemned) return std::unexpected(condemned.error());
  if (condemned->empty()) return {};
  std::vector<Record> tombstones;
  for (const std::string& key : *condemned) tombstones.push_back({key, std::nullopt});
  return Send(tombstones, until);
}

// What a resend is told: of two nodes' records either will do, for each finds its text.
std::expected<std::optional<Digest>, LogError> KafkaVault::Impl::Standing(const RoomId& room,
                                                                          const EventId& event) {
  const std::string texts = vault_rows::TextsOf(room, event);
  const auto erased = copy->Get(vault_rows::ErasedKey(texts));
  if (!erased) return std::unexpected(erased.error());
  if (*erased) {
    const auto digest = vault_rows::ReadDigest(**erased);
    if (!digest) return std::unexpected(LogError::kCorrupt);
    return digest;
  }
  const auto rows = copy->WithPrefix(texts);
  if (!rows) return std::unexpected(rows.error());
  for (const auto& [key, value] : *rows) {
    if (vault_rows::IsTextKey(key)) return vault_rows::ReadDigest(vault_rows::DigestOf(key));
  }
  return std::nullopt;
}

std::expected<std::vector<Digest>, LogError> KafkaVault::PutTexts(
    std::span<const VaultText> texts) {
  if (impl_->copy->FreeBytes() < limits::kDiskFloorBytes) {
    return std::unexpected(LogError::kDiskFull);
  }
  const auto too_long = [](const VaultText& text) { return text.text.size() > limits::kTextBytes; };
  if (std::ranges::any_of(texts, too_long)) return std::unexpected(LogError::kTooLarge);
  std::lock_guard lock(impl_->write_mutex);
  const auto until = impl_->Deadline();
  if (auto seen = impl_->SeeOwn(until); !seen) return std::unexpected(seen.error());
  std::map<std::pair<RoomId, EventId>, Digest> added;
  std::vector<Digest> digests;
  std::vector<Record> records;
  for (const VaultText& text : texts) {
    const std::pair which(text.room, text.event);
    auto standing = impl_->Standing(text.room, text.event);
    if (!standing) return std::unexpected(standing.error());
    if (!*standing) {
      const auto [it, is_new] = added.try_emplace(which, text.TextDigest());
      *standing = it->second;
      if (is_new) {
        records.push_back(
            {vault_rows::TextKey(text.room, text.event, it->second), vault_rows::TextValue(text)});
      }
    }
    digests.push_back(**standing);
  }
  if (records.empty()) return digests;
  if (auto sent = impl_->Send(records, until); !sent) return std::unexpected(sent.error());
  return digests;
}

std::expected<std::optional<VaultText>, LogError> KafkaVault::GetText(const RoomId& room,
                                                                      const EventId& event,
                                                                      const Digest& digest) {
  const std::string key = vault_rows::TextKey(room, event, digest);
  const auto value = impl_->copy->Get(key);
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::nullopt;
  auto text = vault_rows::ReadText(key, **value);
  if (!text) return std::unexpected(LogError::kCorrupt);
  return text;
}

std::expected<void, LogError> KafkaVault::EraseText(const RoomId& room, const EventId& event) {
  const std::string texts = vault_rows::TextsOf(room, event);
  {
    std::lock_guard lock(impl_->write_mutex);
    const auto until = impl_->Deadline();
    if (auto seen = impl_->SeeOwn(until); !seen) return seen;
    const std::string key = vault_rows::ErasedKey(texts);
    const auto erased = impl_->copy->Get(key);
    if (!erased) return std::unexpected(erased.error());
    if (!*erased) {
      const auto standing = impl_->Standing(room, event);
      if (!standing) return std::unexpected(standing.error());
      if (!*standing) return {};
      const Record record{.key = key, .value = std::string((*standing)->View())};
      if (auto sent = impl_->Send({&record, 1}, until); !sent) return sent;
    }
    if (auto sent = impl_->SendTombstones(texts, until); !sent) return sent;
  }
  return impl_->AwaitNoTraces(texts);
}

std::expected<void, LogError> KafkaVault::PutKey(const RoomId& room, std::string_view name,
                                                 std::string_view sealed) {
  if (impl_->copy->FreeBytes() < limits::kDiskFloorBytes - limits::kDiskReserveBytes) {
    return std::unexpected(LogError::kDiskFull);
  }
  std::lock_guard lock(impl_->write_mutex);
  const auto until = impl_->Deadline();
  if (auto seen = impl_->SeeOwn(until); !seen) return seen;
  const Record record{.key = vault_rows::KeyKey(room, name), .value = vault_rows::KeyValue(sealed)};
  return impl_->Send({&record, 1}, until);
}

std::expected<std::optional<std::string>, LogError> KafkaVault::GetKey(const RoomId& room,
                                                                       std::string_view name) {
  const auto value = impl_->copy->Get(vault_rows::KeyKey(room, name));
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::nullopt;
  return vault_rows::ReadKey(**value);
}

std::expected<void, LogError> KafkaVault::EraseKey(const RoomId& room, std::string_view name) {
  const std::string key = vault_rows::KeyKey(room, name);
  {
    std::lock_guard lock(impl_->write_mutex);
    const auto until = impl_->Deadline();
    if (auto seen = impl_->SeeOwn(until); !seen) return seen;
    const auto value = impl_->copy->Get(key);
    if (!value) return std::unexpected(value.error());
    if (!*value) return {};
    if (vault_rows::ReadKey(**value)) {
      const Record record{.key = key, .value = vault_rows::DestroyedKeyValue()};
      if (auto sent = impl_->Send({&record, 1}, until); !sent) return sent;
    }
  }
  return impl_->AwaitNoTraces(key);
}

uint64_t KafkaVault::Revision() const { return impl_->copy->revision(); }

std::optional<std::string> KafkaVault::Trouble() const {
  if (auto trouble = impl_->feed->Trouble()) return trouble;
  if (auto trouble = impl_->copy->Trouble()) return trouble;
  return impl_->writer->Trouble();
}

std::expected<void, LogError> KafkaVault::Impl::AwaitNoTraces(const std::string& prefix) {
  const auto until = Clock::now() + kRewriteWithin;
  while (true) {
    const auto traces = copy->HasTraces(prefix);
    if (!traces) return std::unexpected(traces.error());
    if (!*traces) return {};
    if (Clock::now() >= until) return std::unexpected(LogError::kBusy);
    upkeep->Wake();
    std::this_thread::sleep_for(kLook);
  }
}

// What is not of today's callers: files that still hold what was erased, here or elsewhere;
// tombstones that a node did not come to write.
bool KafkaVault::Impl::Upkeep() {
  (void)copy->RemoveTraces();  // tried again in a second; EraseText says if it does not work
  const std::unique_lock lock(write_mutex, std::try_to_lock);
  if (!lock) return false;
  writer->Tick();
  BuryTheForgotten();
  Stir();
  return false;
}

void KafkaVault::Impl::BuryTheForgotten() {
  const auto condemned = copy->Condemned("");
  if (!condemned || condemned->empty() || feed->away()) {
    condemned_since.reset();
    return;
  }
  if (!condemned_since) condemned_since = Clock::now();
  if (Clock::now() - *condemned_since < kTombstoneAfter) return;
  condemned_since.reset();
  (void)SendTombstones("", Deadline());  // or another time
}

// A broker begins a new segment only when a record comes, and never compacts the newest segment:
// in a topic that stands still, what was erased last would stay for ever.
void KafkaVault::Impl::Stir() {
  if (copy->position() != seen) {
    seen = copy->position();
    seen_at = Clock::now();
  }
  if (Clock::now() - seen_at < more.stir_after || feed->away()) return;
  seen_at = Clock::now();
  const Record record{.key = std::string(1, vault_rows::kStir), .value = "1"};
  (void)Send({&record, 1}, Deadline());  // or another time
}

}  // namespace plenum
