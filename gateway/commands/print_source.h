// What badges and print have in common: the server, and what it offers to be printed.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <string>

#include "gateway/commands/room_source.h"
#include "gateway/print/print_pack.h"

namespace plenum {

struct PrintFlags {
  RoomSourceFlags source;
  std::string paper = "a4";
  Paper Size() const { return paper == "a3" ? Paper::kA3 : Paper::kA4; }
};

// --url, --room, --token, --token-file, --paper.
void AddPrintFlags(CLI::App& command, PrintFlags& flags);

// A room on a server, as who may print sees it.
class PrintRoom {
 public:
  // The errors of all of these are sentences.
  static std::expected<PrintRoom, std::string> Open(const PrintFlags& flags);
  const PrintOffer& offer() const { return offer_; }
  // One document ("cards/1-60"), as the server makes it.
  std::expected<std::string, std::string> Document(const std::string& name, Paper paper) const;
  std::expected<std::vector<std::string>, std::string> Codes(uint32_t first, uint32_t last) const;

 private:
  explicit PrintRoom(HttpRequest room) : room_(std::move(room)) {}
  std::expected<std::string, std::string> Get(const std::string& path) const;

  HttpRequest room_;  // "…/api/v1/rooms/ROOM"
  PrintOffer offer_;
};

}  // namespace plenum
