#include "gateway/http_client.h"

#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdlib>
#include <optional>

namespace plenum {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Write = std::function<bool(std::string_view)>;

constexpr uint64_t kAnswerBytes = 64 * 1024 * 1024;  // of an answer that is kept in memory
constexpr auto kToken = net::as_tuple(net::use_awaitable);

// One exchange; `failure` stays "no answer" until it has ended.
struct Exchange {
  Url url;
  const HttpRequest& asked;
  const Write& write;  // may be empty
  HttpResponse response;
  std::string failure = "there was no answer in time";
};

http::request<http::string_body> MakeRequest(const Exchange& exchange) {
  http::request<http::string_body> request;
  request.method_string(exchange.asked.method);
  request.target(exchange.url.path);
  request.version(11);
  request.set(http::field::host, exchange.url.Authority());
  request.set(http::field::connection, "close");
  if (!exchange.asked.bearer.empty()) {
    request.set(http::field::authorization, "Bearer " + exchange.asked.bearer);
  }
  if (!exchange.asked.body.empty()) {
    request.set(http::field::content_type, "application/json");
    request.body() = exchange.asked.body;
  }
  request.prepare_payload();
  return request;
}

template <class Stream>
net::awaitable<void> Converse(Stream& stream, Exchange& exchange) {
  auto request = MakeRequest(exchange);
  auto [write_error, written] = co_await http::async_write(stream, request, kToken);
  if (write_error) {
    exchange.failure = write_error.message();
    co_return;
  }
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(exchange.write ? boost::none : boost::optional<uint64_t>(kAnswerBytes));
  while (!parser.is_done()) {
    auto [error, bytes] = co_await http::async_read_some(stream, buffer, parser, kToken);
    if (error) {
      exchange.failure = error.message();
      co_return;
    }
    std::string& body = parser.get().body();
    bool streaming = exchange.write && parser.is_header_done() && parser.get().result_int() == 200;
    if (!streaming) continue;
    bool more = exchange.write(body);
    body.clear();
    if (!more) {
      exchange.failure = "it was stopped";
      co_return;
    }
  }
  exchange.response.status = static_cast<int>(parser.get().result_int());
  exchange.response.content_type = parser.get()[http::field::content_type];
  exchange.response.body = std::move(parser.get().body());
  exchange.failure.clear();
}

net::awaitable<void> ConverseOverTls(tcp::socket& socket, Exchange& exchange) {
  net::ssl::context tls(net::ssl::context::tls_client);
  error_code error;
  tls.set_default_verify_paths(error);
  if (const char* more = std::getenv("PLENUM_CA")) tls.load_verify_file(more, error);
  net::ssl::stream<tcp::socket&> stream(socket, tls);
  stream.set_verify_mode(net::ssl::verify_peer);
  stream.set_verify_callback(net::ssl::host_name_verification(exchange.url.host));
  SSL_set_tlsext_host_name(stream.native_handle(), exchange.url.host.c_str());
  auto [failed] = co_await stream.async_handshake(net::ssl::stream_base::client, kToken);
  if (failed) {
    exchange.failure = failed.message();
    co_return;
  }
  co_await Converse(stream, exchange);
}

net::awaitable<void> Run(tcp::socket& socket, Exchange& exchange) {
  tcp::resolver resolver(socket.get_executor());
  auto [resolve_error, found] =
      co_await resolver.async_resolve(exchange.url.host, exchange.url.port, kToken);
  if (resolve_error) {
    exchange.failure = resolve_error.message();
    co_return;
  }
  auto [connect_error, endpoint] = co_await net::async_connect(socket, found, kToken);
  if (connect_error) {
    exchange.failure = connect_error.message();
    co_return;
  }
  if (exchange.url.tls) {
    co_await ConverseOverTls(socket, exchange);
  } else {
    co_await Converse(socket, exchange);
  }
}

}  // namespace

std::expected<HttpResponse, std::string> FetchTo(const HttpRequest& request, const Write& write) {
  auto url = ParseUrl(request.url);
  if (!url) return std::unexpected(url.error());
  Exchange exchange{*url, request, write, {}};
  {
    net::io_context io(1);
    tcp::socket socket(io);
    auto run = [&socket, &exchange] { return Run(socket, exchange); };
    net::co_spawn(io, std::move(run), net::detached);
    io.run_for(request.timeout);
  }
  if (!exchange.failure.empty()) {
    return std::unexpected("No answer from " + url->Origin() + ": " + exchange.failure + ".");
  }
  return std::move(exchange.response);
}

std::expected<HttpResponse, std::string> Fetch(const HttpRequest& request) {
  return FetchTo(request, {});
}

}  // namespace plenum
