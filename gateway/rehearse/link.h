// Link: one client's WebSocket, which may be opened again and again. The person, presenter and
// display are state machines on this border; connection.cc is the real one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plenum::rehearse {

class LinkEvents {
 public:
  virtual ~LinkEvents() = default;
  virtual void OnOpen() = 0;
  virtual void OnText(std::string_view text) = 0;
  // Could not be opened, or was lost; `close_code` is 0 without a close frame.
  virtual void OnClosed(uint16_t close_code) = 0;
};

class Link {
 public:
  virtual ~Link() = default;
  // REQUIRES: not open.
  virtual void Open(LinkEvents& events) = 0;
  // Queues one text message. Without effect when not open.
  virtual void Send(std::string text) = 0;
  // Breaks the connection as a phone in a lift does: no close frame, no more events.
  virtual void Drop() = 0;
  // Says goodbye with a close frame; no more events.
  virtual void Close() = 0;
};

}  // namespace plenum::rehearse
