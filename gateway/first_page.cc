#include "gateway/first_page.h"

#include <zlib.h>

#include "projector/directory.h"
#include "schema/json.h"
#include "schema/privacy_notice.h"

namespace plenum {
namespace {

constexpr std::string_view kPhone = "/r/";
constexpr std::string_view kEnd = "</body>";
constexpr int kGzipWindow = 15 + 16;  // 32 KiB, with a gzip head and tail
constexpr int kMemoryLevel = 8;

}  // namespace

std::string_view CodeOfPath(std::string_view path) {
  if (!path.starts_with(kPhone)) return {};
  path.remove_prefix(kPhone.size());
  return IsJoinCode(path) ? path : std::string_view();
}

std::string EncodeLookUp(const RoomId& room, const RoomInfo& info) {
  json::Writer writer;
  writer.BeginObject().Key("room").String(room.Hex()).Key("title");
  WriteText(writer, info.title);
  writer.Key("notice").String(info.notice->version.Hex());
  writer.Key("join").String(info.join == JoinBy::kCodes ? "codes" : "open");
  writer.EndObject();
  return writer.Take();
}

std::string FirstFacts(const RoomId& room, const RoomInfo& info, const Frame& stage, TimeMs now) {
  const bool open = info.join != JoinBy::kCodes && !info.doors_locked;
  std::string facts = "{\"time_ms\":" + std::to_string(now);
  facts.append(",\"code\":").append(EncodeLookUp(room, info));
  facts.append(",\"privacy\":").append(EncodeNotice(*info.notice, false));
  if (open && stage && stage->size() <= kFirstStageBytes) {
    facts.append(",\"stage\":").append(*stage);
  }
  return facts + "}";
}

std::string WithFacts(std::string_view page, std::string_view facts) {
  const size_t end = page.rfind(kEnd);
  if (end == std::string_view::npos) return std::string(page);
  std::string whole(page.substr(0, end));
  whole.append("<script type=\"application/json\" id=\"first\">");
  // Where JSON has a '<', it is within a string: so written, no text can end the element.
  for (char c : facts) {
    if (c == '<') {
      whole += "\\u003c";
    } else {
      whole += c;
    }
  }
  return whole.append("</script>\n").append(page.substr(end));
}

std::string Gzipped(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  // zlib only reads what it is given, though its type does not say so.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int done = deflate(&stream, Z_FINISH);
  packed.resize(done == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return packed;
}

}  // namespace plenum
