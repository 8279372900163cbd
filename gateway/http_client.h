// A small blocking HTTP client for commands and the rehearsal: one request, one connection.
// Any thread. Uses nothing of the server's.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum {

// "http://127.0.0.1:8080/ignored" taken apart.
struct Url {
  bool tls = false;
  std::string host;  // without brackets
  std::string port;  // "80" or "443" unless given
  std::string path;  // begins with "/"; without query and fragment

  // "host:port", the port left out where it is the scheme's own; IPv6 in brackets.
  std::string Authority() const;
  // "http://host:port": what a browser sends as Origin.
  std::string Origin() const;
};
// Only http and https. The error is one sentence.
std::expected<Url, std::string> ParseUrl(std::string_view url);

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::string bearer;  // a token; empty for none
  std::string body;    // JSON, if there is one
  std::chrono::milliseconds timeout{30'000};
};

struct HttpResponse {
  int status = 0;
  std::string content_type;
  std::string body;
};

// The error is one sentence that names the host. A status of any kind is not an error. TLS
// certificates are checked against the system's roots and, if given, the PEM file PLENUM_CA names.
std::expected<HttpResponse, std::string> Fetch(const HttpRequest& request);

// The same for a large answer: with status 200 the body goes to `write` piece by piece (false
// stops), otherwise into the response.
std::expected<HttpResponse, std::string> FetchTo(
    const HttpRequest& request, const std::function<bool(std::string_view)>& write);

}  // namespace plenum
