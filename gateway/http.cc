#include "gateway/http.h"

#include <algorithm>
#include <utility>

#include "schema/json.h"

namespace plenum {
namespace {

std::string_view StatusText(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Answer";
  }
}

void AppendHeader(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

// Scripts and styles only from our own files, nothing inline, and nobody frames us; but a console
// shows a big screen in a frame. Older browsers do not count WebSockets to 'self', so the host is
// named.
void AppendSecurity(std::string& head, std::string_view host, const HttpAnswer& answer) {
  std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
  if (!answer.inline_style.empty()) policy.append(" '").append(answer.inline_style).append("'");
  policy += "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'";
  if (answer.frames) policy += "; frame-src 'self'";
  policy += answer.framed ? "; frame-ancestors 'self'" : "; frame-ancestors 'none'";
  policy += "; connect-src 'self'";
  if (!host.empty()) {
    policy.append(" ws://").append(host).append(" wss://").append(host);
  }
  AppendHeader(head, "Content-Security-Policy", policy);
  AppendHeader(head, "X-Content-Type-Options", "nosniff");
  AppendHeader(head, "X-Frame-Options", answer.framed ? "SAMEORIGIN" : "DENY");
  // Without a referrer, the Origin of a form would be "null".
  AppendHeader(head, "Referrer-Policy", answer.sends_forms ? "same-origin" : "no-referrer");
  AppendHeader(head, "Cross-Origin-Opener-Policy", "same-origin");
  AppendHeader(head, "Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace

Bytes MakeBytes(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

HttpAnswer JsonAnswer(int status, std::string body) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = MakeBytes(std::move(body));
  return answer;
}

HttpAnswer ErrorAnswer(int status, std::string_view code, std::string_view text) {
  json::Writer writer;
  writer.BeginObject().Key("code").String(code).Key("text").String(text).EndObject();
  return JsonAnswer(status, writer.Take());
}

std::string EncodeHead(const HttpAnswer& answer, std::string_view host, bool keep_alive) {
  std::string head = "HTTP/1.1 ";
  head.append(std::to_string(answer.status)).append(" ").append(StatusText(answer.status));
  head.append("\r\n");
  if (answer.status != 304) {
    AppendHeader(head, "Content-Type", answer.content_type);
    if (answer.next) {
      AppendHeader(head, "Transfer-Encoding", "chunked");
    } else {
      AppendHeader(head, "Content-Length", std::to_string(answer.body ? answer.body->size() : 0));
    }
  }
  AppendHeader(head, "Cache-Control", answer.cache_control);
  if (!answer.etag.empty()) AppendHeader(head, "ETag", answer.etag);
  if (!answer.varies.empty()) AppendHeader(head, "Vary", answer.varies);
  if (answer.status != 304 && !answer.content_encoding.empty()) {
    AppendHeader(head, "Content-Encoding", answer.content_encoding);
  }
  if (!answer.allow.empty()) AppendHeader(head, "Allow", answer.allow);
  if (!answer.location.empty()) AppendHeader(head, "Location", answer.location);
  for (const std::string& cookie : answer.cookies) AppendHeader(head, "Set-Cookie", cookie);
  if (answer.status == 503) AppendHeader(head, "Retry-After", "1");
  AppendSecurity(head, host, answer);
  if (!keep_alive) AppendHeader(head, "Connection", "close");
  head.append("\r\n");
  return head;
}

bool CheckHost(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".:-[]_").contains(c);
  });
}

}  // namespace plenum
