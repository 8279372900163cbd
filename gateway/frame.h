// Server-to-client WebSocket frames (RFC 6455, section 5.2): unmasked, never fragmented, made once
// and shared by all who receive them. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plenum {

// A whole frame, header and payload.
using Frame = std::shared_ptr<const std::string>;

Frame MakeTextFrame(std::string_view text);
// The text in such a frame.
std::string_view TextIn(const Frame& frame);

}  // namespace plenum
