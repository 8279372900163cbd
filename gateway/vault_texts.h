// What views and records show that is not in the log, from the vault. Any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "gateway/keys.h"
#include "ingest/vault.h"
#include "projector/views/view_builder.h"

namespace plenum {

class VaultTexts final : public TextSource {
 public:
  VaultTexts(Vault& vault, const RoomKeys& keys) : vault_(vault), keys_(keys) {}
  std::optional<std::string> TextOf(const RoomId& room, const Item& item) override {
    auto text = vault_.GetText(room, item.added_by, item.text);
    if (!text || !*text) return std::nullopt;
    return std::move((*text)->text);
  }
  std::string RoomKey(const RoomId& room) override { return keys_.Get(room); }
  uint64_t Revision() const override { return vault_.Revision(); }

 private:
  Vault& vault_;
  const RoomKeys& keys_;
};

}  // namespace plenum
