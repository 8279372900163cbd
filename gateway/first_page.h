// The phone's page with what a phone must know first written into it (schema/wire.md, The first
// page): on a slow network each question that it need not ask saves a round trip. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "gateway/frame.h"
#include "projector/projector.h"
#include "schema/ids.h"

namespace plenum {

// Larger stages come by WebSocket alone: here they would hold up the page.
inline constexpr size_t kFirstStageBytes = 16 * 1024;

// "482913" of "/r/482913"; empty for any other path.
std::string_view CodeOfPath(std::string_view path);

// {"room":HEX,"title":TEXT,"notice":VERSION,"join":"open"|"codes"}: what a code tells.
std::string EncodeLookUp(const RoomId& room, const RoomInfo& info);

// What a code tells, the privacy notice, and `stage`, the view as attendees get it: this only where
// anybody may join (no personal codes, doors not locked), and not if it is null or too large.
std::string FirstFacts(const RoomId& room, const RoomInfo& info, const Frame& stage, TimeMs now);

// The page with `facts` (JSON) as data, which no browser runs, before the end of its body.
std::string WithFacts(std::string_view page, std::string_view facts);

// As gzip; empty if that fails.
std::string Gzipped(std::string_view bytes);

}  // namespace plenum
