#include "gateway/ws_connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "schema/limits.h"

namespace plenum {

// How Beast closes what is under its stream: found by the type's namespace.
void beast_close_socket(ChannelStream& stream) { stream.channel().Close(); }

template <class Handler>
void async_teardown(boost::beast::role_type, ChannelStream& stream, Handler&& handler) {
  stream.channel().Close();
  net::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
    std::move(handler)(error_code{});
  });
}

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kGather{1};        // under load, answers leave together
constexpr milliseconds kFarewell{3'000};  // for the client's side of a close
constexpr milliseconds kStalled{30'000};  // a client that takes nothing for so long has to go
constexpr auto kToken = net::as_tuple(net::use_awaitable);

}  // namespace

class WsConnection final : public ClientPort, public std::enable_shared_from_this<WsConnection> {
 public:
  WsConnection(std::shared_ptr<Channel> channel, WebSockets& owner, UpgradeRequest request,
               std::move_only_function<void()> on_end)
      : channel_(channel),
        ws_(ChannelStream(std::move(channel))),
        owner_(owner),
        request_(std::move(request)),
        on_end_(std::move(on_end)),
        farewell_(channel_->executor()) {}
  ~WsConnection() override {
    channel_->Close();
    on_end_();
  }

  net::awaitable<void> Run();
  // Sends what waits, unless something is still on its way; then again when that is through.
  void Flush();

  void Wake() override {
    if (std::exchange(woken_, true)) return;
    owner_.Wake(shared_from_this());
  }
  bool Stalled() const override { return channel_->StalledFor() > kStalled; }

 private:
  net::awaitable<bool> Accept();
  net::awaitable<void> ReadAll();
  net::awaitable<void> Close(CloseCode code, std::string reason_text);
  void BeginClose(CloseCode code);

  std::shared_ptr<Channel> channel_;
  websocket::stream<ChannelStream, false> ws_;
  WebSockets& owner_;
  UpgradeRequest request_;
  std::move_only_function<void()> on_end_;
  net::steady_timer farewell_;
  Hub::Client* client_ = nullptr;
  bool woken_ = false;
  bool closing_ = false;
};

net::awaitable<void> WsConnection::Run() {
  auto self = shared_from_this();
  bool accepted = co_await Accept();
  if (!accepted) co_return;
  client_ = &owner_.hub().Open(*this, owner_.Now());
  channel_->SetOnIdle([weak = weak_from_this()] {
    if (auto connection = weak.lock()) connection->Flush();
  });
  co_await ReadAll();
  uint64_t connection = client_->session.connection();
  client_ = nullptr;
  owner_.hub().Closed(connection, owner_.Now());
  if (!closing_) channel_->Close();
}

net::awaitable<bool> WsConnection::Accept() {
  websocket::stream_base::timeout limits_of_time{
      .handshake_timeout = milliseconds(limits::kHeaderMs),
      .idle_timeout = milliseconds(limits::kSilenceMs),
      .keep_alive_pings = true};
  ws_.set_option(limits_of_time);
  websocket::stream_base::decorator name_protocol([](websocket::response_type& response) {
    response.set(http::field::sec_websocket_protocol, kSubprotocol);
  });
  ws_.set_option(std::move(name_protocol));
  ws_.read_message_max(limits::kAttendeeMessageBytes);
  http::request<http::empty_body> request(http::verb::get, "/ws", 11);
  request.set(http::field::host, request_.host);
  request.set(http::field::upgrade, "websocket");
  request.set(http::field::connection, "upgrade");
  request.set(http::field::sec_websocket_version, "13");
  request.set(http::field::sec_websocket_key, request_.key);
  auto [error] = co_await ws_.async_accept(request, kToken);
  co_return !error;
}

net::awaitable<void> WsConnection::ReadAll() {
  beast::flat_buffer buffer;
  for (;;) {
    auto [error, bytes] = co_await ws_.async_read(buffer, kToken);
    if (error) co_return;
    if (!ws_.got_text()) {
      client_->session.EndWith(CloseCode::kPolicy, "bad-message", "Messages must be text.");
      Wake();
      continue;
    }
    std::string_view text(static_cast<const char*>(buffer.data().data()), buffer.size());
    owner_.hub().OnText(client_->session.connection(), text, owner_.Now());
    buffer.consume(buffer.size());
    // What one big message took is not kept for an idle connection.
    if (buffer.capacity() > limits::kAttendeeMessageBytes) buffer.shrink_to_fit();
  }
}

void WsConnection::Flush() {
  woken_ = false;
  if (!client_ || closing_) return;
  ws_.read_message_max(client_->session.max_message());
  auto code = client_->session.closing();
  // Who does not read cannot be sent the rest: they are told to go without it.
  if (code == CloseCode::kSlow) return BeginClose(*code);
  if (channel_->busy()) return;
  if (!client_->outbox.empty()) channel_->Send(client_->outbox.TakeAll());
  if (code) BeginClose(*code);
}

void WsConnection::BeginClose(CloseCode code) {
  closing_ = true;
  farewell_.expires_after(kFarewell);
  farewell_.async_wait([channel = std::weak_ptr(channel_)](error_code error) {
    if (error) return;
    if (auto open = channel.lock()) open->Close();
  });
  auto run = [self = shared_from_this(), code, text = client_->session.closing_reason()] {
    return self->Close(code, text);
  };
  net::co_spawn(channel_->executor(), std::move(run), net::detached);
}

net::awaitable<void> WsConnection::Close(CloseCode code, std::string reason_text) {
  auto self = shared_from_this();
  websocket::close_reason reason(static_cast<websocket::close_code>(code), reason_text);
  co_await ws_.async_close(reason, kToken);
  channel_->Close();
}

WebSockets::WebSockets(net::io_context& io, Hub& hub, std::function<TimeMs()> clock)
    : io_(io), hub_(hub), clock_(std::move(clock)), timer_(io) {}

bool WebSockets::full() const { return hub_.connections() >= limits::kConnections; }

void WebSockets::Start(std::shared_ptr<Channel> channel, UpgradeRequest request,
                       std::move_only_function<void()> on_end) {
  auto executor = channel->executor();
  auto connection = std::make_shared<WsConnection>(std::move(channel), *this, std::move(request),
                                                   std::move(on_end));
  auto run = [connection] { return connection->Run(); };
  net::co_spawn(executor, std::move(run), net::detached);
}

void WebSockets::Wake(std::shared_ptr<WsConnection> connection) {
  waiting_.push_back(std::move(connection));
  if (std::exchange(scheduled_, true)) return;
  if (steady_clock::now() - flushed_ >= kGather) {
    // After what else is ready now: it may have more to say to the same connections.
    net::post(io_, [this] { Flush(); });
    return;
  }
  timer_.expires_at(flushed_ + kGather);
  timer_.async_wait([this](error_code error) {
    if (!error) Flush();
  });
}

void WebSockets::Flush() {
  scheduled_ = false;
  flushed_ = steady_clock::now();
  for (auto& connection : std::exchange(waiting_, {})) connection->Flush();
}

}  // namespace plenum
