#include "ingest/memory_vault.h"

#include "schema/limits.h"

namespace plenum {

std::expected<std::vector<Digest>, LogError> MemoryVault::PutTexts(
    std::span<const VaultText> texts) {
  std::lock_guard lock(mutex_);
  if (write_error_) return std::unexpected(*write_error_);
  for (const VaultText& text : texts) {
    if (text.text.size() > limits::kTextBytes) return std::unexpected(LogError::kTooLarge);
  }
  std::vector<Digest> digests;
  for (const VaultText& text : texts) {
    const auto [it, added] =
        texts_.try_emplace({text.room, text.event}, Row{text, text.TextDigest()});
    digests.push_back(it->second.digest);
  }
  return digests;
}

std::expected<std::optional<VaultText>, LogError> MemoryVault::GetText(const RoomId& room,
                                                                       const EventId& event,
                                                                       const Digest& digest) {
  std::lock_guard lock(mutex_);
  const auto it = texts_.find({room, event});
  if (it == texts_.end() || it->second.digest != digest) return std::nullopt;
  return it->second.text;
}

std::expected<void, LogError> MemoryVault::EraseText(const RoomId& room, const EventId& event) {
  std::lock_guard lock(mutex_);
  if (write_error_) return std::unexpected(*write_error_);
  const auto it = texts_.find({room, event});
  if (it != texts_.end()) it->second.text.reset();
  ++revision_;
  return {};
}

std::expected<void, LogError> MemoryVault::PutKey(const RoomId& room, std::string_view name,
                                                  std::string_view sealed) {
  std::lock_guard lock(mutex_);
  if (write_error_) return std::unexpected(*write_error_);
  keys_[{room, std::string(name)}] = sealed;
  return {};
}

std::expected<std::optional<std::string>, LogError> MemoryVault::GetKey(const RoomId& room,
                                                                        std::string_view name) {
  std::lock_guard lock(mutex_);
  const auto it = keys_.find({room, std::string(name)});
  if (it == keys_.end()) return std::nullopt;
  return it->second;
}

std::expected<void, LogError> MemoryVault::EraseKey(const RoomId& room, std::string_view name) {
  std::lock_guard lock(mutex_);
  if (write_error_) return std::unexpected(*write_error_);
  keys_.erase({room, std::string(name)});
  return {};
}

uint64_t MemoryVault::Revision() const {
  std::lock_guard lock(mutex_);
  return revision_;
}

void MemoryVault::FailWrites(std::optional<LogError> error) {
  std::lock_guard lock(mutex_);
  write_error_ = error;
}

}  // namespace plenum
