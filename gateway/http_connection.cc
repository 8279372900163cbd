#include "gateway/http_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <charconv>

#include "gateway/poll_desk.h"
#include "gateway/ws_connection.h"
#include "schema/limits.h"

namespace plenum {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

using Parser = http::request_parser<http::string_body>;
using Head = http::request_header<>;
using std::chrono::milliseconds;

constexpr uint32_t kHeaderBytes = 8 * 1024;
constexpr milliseconds kBodyTime{10'000};
constexpr milliseconds kBetweenTime{15'000};  // between two requests of one connection
constexpr milliseconds kLingerTime{1'000};
constexpr milliseconds kAnswerTime{60'000};  // for the client to take an answer, or a piece of one
constexpr auto kToken = net::as_tuple(net::use_awaitable);

size_t Count(const Head& head, http::field field) {
  auto [begin, end] = head.equal_range(field);
  return static_cast<size_t>(std::distance(begin, end));
}

// What two parsers on the way could read in two ways, Beast lets pass: it is refused here.
std::optional<HttpAnswer> RefuseHead(const Head& head) {
  if (head.version() != 11) {
    return ErrorAnswer(505, "http-version", "This server speaks HTTP/1.1 only.");
  }
  if (head.count(http::field::transfer_encoding) > 0) {
    return ErrorAnswer(400, "bad-request", "Requests with a Transfer-Encoding are not accepted.");
  }
  // Beast takes "17, 17" for 17.
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (Count(head, http::field::content_length) > 1 ||
      !std::ranges::all_of(head[http::field::content_length], is_digit)) {
    return ErrorAnswer(400, "bad-request", "The request has no clear Content-Length.");
  }
  if (Count(head, http::field::host) != 1 || !CheckHost(head[http::field::host])) {
    return ErrorAnswer(400, "bad-request", "The request must name its host, once.");
  }
  if (!head.target().starts_with('/')) {
    return ErrorAnswer(400, "bad-request", "The request must name a path.");
  }
  return std::nullopt;
}

HttpAnswer AnswerFor(error_code error) {
  if (error == http::error::header_limit) {
    return ErrorAnswer(431, "too-large", "The header of the request is too large.");
  }
  if (error == http::error::body_limit) {
    return ErrorAnswer(413, "too-large", "The body of the request is too large.");
  }
  return ErrorAnswer(400, "bad-request", "This is not a valid HTTP request.");
}

bool IsAboutHttp(error_code error) {
  return error.category() == make_error_code(http::error::bad_line_ending).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

HttpQuestion QuestionOf(const Head& head) {
  HttpQuestion question;
  question.method = head.method_string();
  std::string_view target = head.target();
  question.path = target.substr(0, target.find_first_of("?#"));
  question.host = head[http::field::host];
  question.if_none_match = head[http::field::if_none_match];
  question.accept_encoding = head[http::field::accept_encoding];
  question.accept_language = head[http::field::accept_language];
  question.content_type = head[http::field::content_type];
  question.cookie = head[http::field::cookie];
  std::string_view authorization = head[http::field::authorization];
  constexpr std::string_view kBearer = "Bearer ";
  if (authorization.starts_with(kBearer)) question.bearer = authorization.substr(kBearer.size());
  return question;
}

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(std::shared_ptr<Channel> channel, HttpContext& context, Caller caller,
                 std::move_only_function<void()> on_end)
      : stream_(channel),
        channel_(std::move(channel)),
        context_(context),
        caller_(std::move(caller)),
        on_end_(std::move(on_end)),
        timer_(channel_->executor()) {}
  ~HttpConnection() {
    if (upgraded_) return;
    channel_->Close();
    on_end_();
  }

  net::awaitable<void> Run();

 private:
  // One request and its answer; whether there may be another.
  net::awaitable<bool> ServeOne(milliseconds patience);
  net::awaitable<bool> Answer(HttpAnswer answer, bool keep_alive, bool head_only);
  net::awaitable<bool> AnswerInPieces(HttpAnswer answer);
  // Lets the client read the answer: closing with something of theirs unread would throw it away.
  net::awaitable<void> Linger();
  std::optional<HttpAnswer> RefuseUpgrade(const Head& head);
  void Upgrade(const Head& head);
  void Arm(milliseconds time);

  template <class Token>
  auto Ask(HttpQuestion question, Token&& token);
  template <class Token>
  auto NextPiece(HttpAnswer::NextPiece& next, Token&& token);

  ChannelStream stream_;
  std::shared_ptr<Channel> channel_;
  HttpContext& context_;
  const Caller caller_;
  std::move_only_function<void()> on_end_;
  net::steady_timer timer_;
  beast::flat_buffer buffer_{kHeaderBytes + 64 * 1024};
  std::string host_;
  bool upgraded_ = false;
};

// A time limit: when it is over, the channel closes, and whatever was going on ends with an error.
void HttpConnection::Arm(milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait([channel = std::weak_ptr(channel_)](error_code error) {
    if (error) return;
    if (auto open = channel.lock()) open->Close();
  });
}

template <class Token>
auto HttpConnection::Ask(HttpQuestion question, Token&& token) {
  auto start = [this](auto handler, HttpQuestion asked) {
    auto executor = channel_->executor();
    context_.handler.Handle(
        std::move(asked), [executor, handler = std::move(handler)](HttpAnswer answer) mutable {
          net::post(executor, [handler = std::move(handler), answer = std::move(answer)]() mutable {
            std::move(handler)(std::move(answer));
          });
        });
  };
  return net::async_initiate<Token, void(HttpAnswer)>(std::move(start), token, std::move(question));
}

template <class Token>
auto HttpConnection::NextPiece(HttpAnswer::NextPiece& next, Token&& token) {
  auto start = [this](auto handler, HttpAnswer::NextPiece* ask) {
    auto executor = channel_->executor();
    (*ask)([executor, handler = std::move(handler)](HttpAnswer::Piece piece) mutable {
      net::post(executor, [handler = std::move(handler), piece = std::move(piece)]() mutable {
        std::move(handler)(std::move(piece));
      });
    });
  };
  return net::async_initiate<Token, void(HttpAnswer::Piece)>(std::move(start), token, &next);
}

net::awaitable<void> HttpConnection::Run() {
  auto self = shared_from_this();
  Arm(milliseconds(limits::kHeaderMs));
  auto [error, unused] = co_await stream_.async_handshake(kToken);
  if (error) co_return;
  milliseconds patience(limits::kHeaderMs);
  for (;;) {
    bool more = co_await ServeOne(patience);
    if (!more) break;
    patience = kBetweenTime;
  }
  if (!upgraded_) co_await Linger();
  timer_.cancel();
}

net::awaitable<void> HttpConnection::Linger() {
  channel_->EndSending();
  Arm(kLingerTime);
  std::array<char, 4096> unread;
  auto buffer = net::buffer(unread);
  for (;;) {
    auto [error, bytes] = co_await stream_.async_read_some(buffer, kToken);
    if (error) co_return;
  }
}

net::awaitable<bool> HttpConnection::ServeOne(milliseconds patience) {
  Parser parser;
  parser.header_limit(kHeaderBytes);
  parser.body_limit(limits::kHttpBodyBytes);
  Arm(patience);
  auto [head_error, head_bytes] =
      co_await http::async_read_header(stream_, buffer_, parser, kToken);
  if (head_error && !IsAboutHttp(head_error)) co_return false;
  std::optional<HttpAnswer> refusal;
  if (head_error) {
    refusal = AnswerFor(head_error);
  } else {
    refusal = RefuseHead(parser.get());
  }
  if (!refusal) host_ = parser.get()[http::field::host];
  if (!refusal) refusal = RefuseUpgrade(parser.get());
  if (refusal) {
    HttpAnswer answer = *std::move(refusal);
    co_return co_await Answer(std::move(answer), false, false);
  }
  if (beast::websocket::is_upgrade(parser.get())) {
    Upgrade(parser.get());
    co_return false;
  }

  HttpQuestion question = QuestionOf(parser.get());
  question.private_line = caller_.private_line;
  question.address = caller_.address;
  // Without a Transfer-Encoding the length is known here, before anything of the body is read.
  const uint64_t length = parser.content_length_remaining().value_or(0);
  refusal = context_.handler.AnswerToHead(question);
  if (!refusal && length > context_.handler.BodyLimit(question)) {
    refusal = AnswerFor(http::error::body_limit);
  }
  if (refusal) {
    HttpAnswer answer = *std::move(refusal);
    co_return co_await Answer(std::move(answer), false, false);
  }
  Arm(kBodyTime);
  auto [body_error, body_bytes] = co_await http::async_read(stream_, buffer_, parser, kToken);
  if (body_error && !IsAboutHttp(body_error)) co_return false;
  if (body_error) {
    HttpAnswer answer = AnswerFor(body_error);
    co_return co_await Answer(std::move(answer), false, false);
  }
  question.body = std::move(parser.get().body());
  bool keep_alive = parser.get().keep_alive();
  bool head_only = question.method == "HEAD";
  if (head_only) question.method = "GET";
  Arm(kAnswerTime);
  HttpAnswer answer = co_await Ask(std::move(question), net::use_awaitable);
  co_return co_await Answer(std::move(answer), keep_alive, head_only);
}

net::awaitable<bool> HttpConnection::Answer(HttpAnswer answer, bool keep_alive, bool head_only) {
  Arm(kAnswerTime);
  std::vector<Frame> pieces;
  pieces.push_back(MakeBytes(EncodeHead(answer, host_, keep_alive)));
  if (answer.body && !head_only) pieces.push_back(answer.body);
  auto [error, bytes] = co_await stream_.async_send(std::move(pieces), kToken);
  if (error) co_return false;
  if (answer.next && !head_only) {
    bool whole = co_await AnswerInPieces(std::move(answer));
    if (!whole) co_return false;
  }
  co_return keep_alive;
}

net::awaitable<bool> HttpConnection::AnswerInPieces(HttpAnswer answer) {
  for (bool last = false; !last;) {
    Arm(kAnswerTime);
    HttpAnswer::Piece piece = co_await NextPiece(answer.next, net::use_awaitable);
    if (!piece) co_return false;  // the client sees a body without its end
    last = piece->empty();
    std::array<char, 20> size{};
    auto end = std::to_chars(size.data(), size.data() + size.size(), piece->size(), 16).ptr;
    std::string chunk(size.data(), end);
    chunk.append("\r\n").append(*piece).append("\r\n");
    std::vector<Frame> pieces;
    pieces.push_back(MakeBytes(std::move(chunk)));
    auto [error, bytes] = co_await stream_.async_send(std::move(pieces), kToken);
    if (error) co_return false;
  }
  co_return true;
}

std::optional<HttpAnswer> HttpConnection::RefuseUpgrade(const Head& head) {
  // Not only WebSockets: a page of another site must not post here either.
  std::string_view origin = head[http::field::origin];
  bool has_origin = head.count(http::field::origin) > 0;
  bool allowed = Count(head, http::field::origin) == 1 && context_.origins.Allows(origin, host_);
  if (has_origin && !allowed) {
    return ErrorAnswer(403, "wrong-origin", "Pages of another site may not use this server.");
  }
  std::string_view target = head.target();
  std::string_view path = target.substr(0, target.find_first_of("?#"));
  if (path == kPollPath && !allowed) {
    return ErrorAnswer(403, "wrong-origin", "A poll must say its origin: this very server.");
  }
  bool is_ws = path == "/ws";
  bool upgrade = beast::websocket::is_upgrade(head);
  if (upgrade && !is_ws) return ErrorAnswer(404, "not-found", "WebSockets are at /ws.");
  if (!is_ws) return std::nullopt;
  if (!upgrade || head[http::field::sec_websocket_version] != "13") {
    return ErrorAnswer(426, "websocket-only", "This address is for WebSockets, version 13.");
  }
  if (!allowed) {
    return ErrorAnswer(403, "wrong-origin", "A WebSocket must say its origin: this very server.");
  }
  http::token_list offered(head[http::field::sec_websocket_protocol]);
  if (!offered.exists(kSubprotocol)) {
    return ErrorAnswer(400, "wrong-protocol", "The subprotocol must be plenum.v1.");
  }
  if (Count(head, http::field::sec_websocket_key) != 1) {
    return ErrorAnswer(400, "bad-request", "The request must have one Sec-WebSocket-Key.");
  }
  if (context_.web_sockets.full()) {
    return ErrorAnswer(503, "busy", "Too many people are connected; try again in a moment.");
  }
  return std::nullopt;
}

void HttpConnection::Upgrade(const Head& head) {
  if (buffer_.size() > 0) return;  // a client may not speak before the answer
  upgraded_ = true;
  timer_.cancel();
  UpgradeRequest request;
  request.host = host_;
  request.key = head[http::field::sec_websocket_key];
  context_.web_sockets.Start(channel_, std::move(request), std::move(on_end_));
}

}  // namespace

void ServeHttp(std::shared_ptr<Channel> channel, HttpContext& context, Caller caller,
               std::move_only_function<void()> on_end) {
  auto executor = channel->executor();
  auto connection = std::make_shared<HttpConnection>(std::move(channel), context, std::move(caller),
                                                     std::move(on_end));
  auto run = [connection] { return connection->Run(); };
  net::co_spawn(executor, std::move(run), net::detached);
}

}  // namespace plenum
