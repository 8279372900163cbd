#include "gateway/rehearse/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

namespace plenum::rehearse {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr auto kConnectTimeout = std::chrono::seconds(8);
constexpr size_t kMessageBytes = 4 * 1024 * 1024;  // a console with all results of a big room

// One connection from its opening to its end. Keeps itself alive by its pending operations; tells
// its owner nothing once it is detached.
class Socket : public std::enable_shared_from_this<Socket> {
 public:
  Socket(boost::asio::io_context& io, const Target& target, LinkEvents& events)
      : stream_(io), target_(target), events_(&events) {}

  void Open() {
    beast::get_lowest_layer(stream_).expires_after(kConnectTimeout);
    beast::get_lowest_layer(stream_).async_connect(
        target_.endpoints, [self = shared_from_this()](error_code error, const tcp::endpoint&) {
          self->OnConnect(error);
        });
  }

  void Send(std::string text) {
    if (closing_) return;
    waiting_.push_back(std::move(text));
    if (open_ && waiting_.size() == 1) Write();
  }

  void Drop() {
    events_ = nullptr;
    closing_ = true;
    beast::get_lowest_layer(stream_).close();
  }

  void Close() {
    events_ = nullptr;
    closing_ = true;
    if (!open_) {
      beast::get_lowest_layer(stream_).close();
    } else if (waiting_.empty()) {
      SayGoodbye();
    }
  }

 private:
  void OnConnect(error_code error) {
    if (error) return Fail();
    beast::get_lowest_layer(stream_).socket().set_option(tcp::no_delay(true), error);
    // The WebSocket has a time limit of its own.
    beast::get_lowest_layer(stream_).expires_never();
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::client));
    stream_.set_option(
        websocket::stream_base::decorator([&target = target_](websocket::request_type& request) {
          request.set(beast::http::field::sec_websocket_protocol, "plenum.v1");
          request.set(beast::http::field::origin, target.origin);
        }));
    stream_.read_message_max(kMessageBytes);
    stream_.async_handshake(
        target_.authority, "/ws",
        [self = shared_from_this()](error_code failed) { self->OnHandshake(failed); });
  }

  void OnHandshake(error_code error) {
    if (error) return Fail();
    open_ = true;
    stream_.text(true);
    if (events_ != nullptr) events_->OnOpen();
    Read();
  }

  void Read() {
    stream_.async_read(
        buffer_, [self = shared_from_this()](error_code error, size_t) { self->OnRead(error); });
  }

  void OnRead(error_code error) {
    if (error) return Fail();
    if (events_ != nullptr) {
      auto data = buffer_.cdata();
      events_->OnText({static_cast<const char*>(data.data()), data.size()});
    }
    buffer_.consume(buffer_.size());
    Read();
  }

  void Write() {
    stream_.async_write(
        boost::asio::buffer(waiting_.front()),
        [self = shared_from_this()](error_code error, size_t) { self->OnWritten(error); });
  }

  void OnWritten(error_code error) {
    if (error) return Fail();
    waiting_.pop_front();
    if (!waiting_.empty()) {
      Write();
    } else if (closing_) {
      SayGoodbye();
    }
  }

  void SayGoodbye() {
    stream_.async_close(websocket::close_code::normal, [self = shared_from_this()](error_code) {});
  }

  void Fail() {
    open_ = false;
    closing_ = true;
    LinkEvents* events = std::exchange(events_, nullptr);
    uint16_t code = stream_.reason().code;
    beast::get_lowest_layer(stream_).close();
    if (events != nullptr) events->OnClosed(code);
  }

  websocket::stream<beast::tcp_stream> stream_;
  const Target& target_;
  LinkEvents* events_;
  beast::flat_buffer buffer_;
  std::deque<std::string> waiting_;  // the first is being written
  bool open_ = false;
  bool closing_ = false;
};

class Connection : public Link {
 public:
  Connection(boost::asio::io_context& io, const Target& target) : io_(io), target_(target) {}
  ~Connection() override { Drop(); }

  void Open(LinkEvents& events) override {
    Drop();
    socket_ = std::make_shared<Socket>(io_, target_, events);
    socket_->Open();
  }
  void Send(std::string text) override {
    if (socket_ != nullptr) socket_->Send(std::move(text));
  }
  void Drop() override {
    if (auto socket = std::exchange(socket_, nullptr)) socket->Drop();
  }
  void Close() override {
    if (auto socket = std::exchange(socket_, nullptr)) socket->Close();
  }

 private:
  boost::asio::io_context& io_;
  const Target& target_;
  std::shared_ptr<Socket> socket_;
};

}  // namespace

std::unique_ptr<Link> MakeConnection(AsioLoop& loop, const Target& target) {
  return std::make_unique<Connection>(loop.io(), target);
}

}  // namespace plenum::rehearse
