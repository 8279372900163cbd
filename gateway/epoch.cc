#include "gateway/epoch.h"

#include <openssl/crypto.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "gateway/secret_file.h"
#include "schema/event.h"
#include "schema/hash.h"
#include "schema/limits.h"

namespace plenum {
namespace {

constexpr TimeMs kSecond = 1000;
constexpr size_t kTakeOversKept = 100;

// How many events of each room the log holds, counted as the fold does: from the room's creation.
std::expected<std::map<RoomId, uint64_t>, std::string> CountRooms(EventLog& log) {
  std::map<RoomId, uint64_t> counts;
  for (Partition partition : log.Partitions()) {
    if (partition == kDirectoryPartition) continue;
    for (uint64_t next = 0, end = log.End(partition); next < end;) {
      auto entries = log.Read(partition, next, limits::kReadEvents);
      if (!entries) return std::unexpected(std::string(LogErrorText(entries.error())));
      if (entries->empty()) break;
      for (const LogEntry& entry : *entries) {
        const auto event = DecodeEvent(entry.bytes);
        if (!event) continue;
        const bool creates = std::holds_alternative<RoomCreated>(event->payload);
        if (creates || counts.contains(event->room)) ++counts[event->room];
      }
      next = entries->back().offset + 1;
    }
  }
  return counts;
}

std::string WhyReplaced(const std::filesystem::path& data) {
  return "A copy of " + data.string() +
         " has taken over from it, so it is not served. To serve it all the same, and lose what "
         "the "
         "copy has recorded since then, give --serve-anyway.";
}

std::string WhyNotWhole(const std::filesystem::path& data) {
  return data.string() +
         " is a copy that never had all of its server. To serve what there is, and lose the rest, "
         "give --serve-anyway.";
}

}  // namespace

Epoch::Epoch(std::string log_id, Options options)
    : log_id_(std::move(log_id)), options_(std::move(options)) {}

std::expected<std::unique_ptr<Epoch>, std::string> Epoch::Open(EventLog& log, Options options) {
  std::unique_ptr<Epoch> epoch(new Epoch(log.LogId(), std::move(options)));
  const auto& data = epoch->options_.data;
  const auto marker = ReadCopyMarker(data);
  if (!marker) return std::unexpected(marker.error());
  const auto record = ReadEpoch(data);
  if (!record) return std::unexpected(record.error());
  const auto replaced = ReadReplacement(data);
  if (!replaced) return std::unexpected(replaced.error());

  const bool never_whole = *marker && (*marker)->in_step == 0;
  if ((*replaced || never_whole) && !epoch->options_.serve_anyway) {
    return std::unexpected(*replaced ? WhyReplaced(data) : WhyNotWhole(data));
  }
  epoch->record_ = record->value_or(EpochRecord{});
  std::expected<void, std::string> taken;
  if (*replaced) {
    taken = epoch->TakeOver(log, (*replaced)->epoch, false);
    if (taken) taken = RemoveSecret(data / kReplacedFile);
  } else if (*marker) {
    const uint64_t own = epoch->record_.epoch;  // a promotion that was cut short has written it
    epoch->record_ = (*marker)->epoch;
    taken = epoch->TakeOver(log, std::max(own, epoch->record_.epoch), true);
    const TimeMs ago = epoch->options_.clock() - (*marker)->in_step;
    spdlog::warn("This copy of {} takes over, as epoch {}. It was last in step {} s ago.",
                 (*marker)->from, epoch->record_.epoch, ago / kSecond);
    if (taken) taken = RemoveSecret(data / kCopyFile);
  }
  if (!taken) return std::unexpected(taken.error());
  epoch->proof_ = epoch->ProofOf(epoch->record_.epoch, epoch->options_.keys.front());
  return epoch;
}

std::expected<void, std::string> Epoch::TakeOver(EventLog& log, uint64_t after,
                                                 bool knows_what_it_has) {
  plenum::TakeOver take_over;
  take_over.at = options_.clock();
  take_over.epoch = std::max(after + 1, static_cast<uint64_t>(take_over.at / kSecond));
  if (knows_what_it_has) {
    auto counts = CountRooms(log);
    if (!counts) return std::unexpected(counts.error());
    take_over.rooms = *std::move(counts);
  }
  record_.epoch = take_over.epoch;
  record_.take_overs.push_back(std::move(take_over));
  if (record_.take_overs.size() > kTakeOversKept) {
    record_.take_overs.erase(record_.take_overs.begin());
  }
  return WriteEpoch(options_.data, record_);
}

std::string Epoch::ProofOf(uint64_t epoch, const TokenKey& key) const {
  std::string message("plenum/epoch/v1\0", 16);
  message.append(log_id_).push_back('\0');
  message.append(std::to_string(epoch));
  return Base64Url(HmacSha256(key.secret, message).View());
}

std::optional<uint64_t> Epoch::Kept(const RoomId& room, uint64_t since) const {
  if (since >= record_.epoch) return std::nullopt;
  std::optional<uint64_t> kept;
  for (const plenum::TakeOver& take_over : record_.take_overs) {
    if (take_over.epoch <= since) continue;
    const auto had = take_over.rooms.find(room);
    const uint64_t count = had == take_over.rooms.end() ? 0 : had->second;
    kept = std::min(kept.value_or(count), count);
  }
  return kept.value_or(0);
}

void Epoch::Hear(uint64_t epoch, std::string_view proof) {
  if (replaced_ || epoch <= record_.epoch) return;
  const bool proven = std::ranges::any_of(options_.keys, [&](const TokenKey& key) {
    const std::string expected = ProofOf(epoch, key);
    return proof.size() == expected.size() &&
           CRYPTO_memcmp(proof.data(), expected.data(), proof.size()) == 0;
  });
  if (!proven) return;
  replaced_ = true;
  spdlog::error(
      "A copy of this server has taken over (epoch {}, ours is {}): nothing is taken "
      "here any more.",
      epoch, record_.epoch);
  auto written = WriteReplacement(options_.data, {epoch, options_.clock()});
  if (!written) spdlog::error("{}", written.error());
}

TimeMs Epoch::took_over_at() const {
  return record_.take_overs.empty() || record_.take_overs.back().epoch != record_.epoch
             ? 0
             : record_.take_overs.back().at;
}

}  // namespace plenum
