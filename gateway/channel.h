// Channel: the bytes of one connection, TCP or TLS over TCP. Its write side is one queue, so that
// whole frames of ours and whole control frames of Beast's leave in order, never interleaved, and
// everything that waits leaves in one send. I/O thread only.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/frame.h"

namespace boost::asio::ssl {
class context;
}

namespace plenum {

namespace net = boost::asio;
using boost::system::error_code;
using IoDone = std::move_only_function<void(error_code, size_t)>;

// What is under a channel.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual void Handshake(IoDone done) = 0;
  virtual void Read(net::mutable_buffer buffer, IoDone done) = 0;
  // Writes what can be written at once; would_block if nothing.
  virtual size_t TryWrite(const std::vector<net::const_buffer>& buffers, error_code& error) = 0;
  // Writes some, or waits until TryWrite may (then done has 0 bytes). The bytes must stay.
  virtual void Write(const std::vector<net::const_buffer>& buffers, IoDone done) = 0;
  virtual void EndSending() = 0;
  virtual void Close() = 0;
};
std::unique_ptr<Transport> MakeTcpTransport(net::ip::tcp::socket socket);
std::unique_ptr<Transport> MakeTlsTransport(net::ip::tcp::socket socket, net::ssl::context& tls);

class Channel : public std::enable_shared_from_this<Channel> {
 public:
  Channel(net::any_io_executor executor, std::unique_ptr<Transport> transport);

  void Handshake(IoDone done) { transport_->Handshake(std::move(done)); }
  void Read(net::mutable_buffer buffer, IoDone done);
  // Queues whole pieces, and sends at once what the socket takes. `done`, if any, comes later,
  // never from inside the call: once they are written, or the channel is closed.
  void Send(std::vector<Frame> pieces, IoDone done = {});
  // Something that was sent has not reached the socket yet.
  bool busy() const { return writing_; }
  // When `busy` ends; from the event loop only.
  void SetOnIdle(std::function<void()> on_idle) { on_idle_ = std::move(on_idle); }
  // For how long the socket has taken nothing of what waits; 0 when nothing waits.
  std::chrono::steady_clock::duration StalledFor() const;
  // The other side sees the end; reading goes on. REQUIRES: not busy.
  void EndSending() {
    if (!closed_) transport_->EndSending();
  }
  // At once; what waits is lost. Idempotent.
  void Close();
  bool closed() const { return closed_; }
  const net::any_io_executor& executor() const { return executor_; }

 private:
  struct Waiter {
    size_t bytes = 0;
    uint64_t end = 0;  // position in the stream of bytes at which it is done
    IoDone done;
  };

  void Pump();
  bool Gather();
  void Consume(size_t bytes);
  void Complete(IoDone done, error_code error, size_t bytes);

  const net::any_io_executor executor_;
  const std::unique_ptr<Transport> transport_;
  std::function<void()> on_idle_;
  std::vector<Frame> queue_;
  std::vector<Frame> sending_;
  std::vector<net::const_buffer> buffers_;  // the rest of `sending_`
  size_t done_buffers_ = 0;                 // written whole, at the front of `buffers_`
  std::vector<Waiter> waiters_;
  uint64_t queued_bytes_ = 0;
  uint64_t sent_bytes_ = 0;
  std::chrono::steady_clock::time_point progress_;
  bool writing_ = false;
  bool closed_ = false;
};

// A channel as the stream that Beast's layers stand on.
class ChannelStream {
 public:
  using executor_type = net::any_io_executor;

  explicit ChannelStream(std::shared_ptr<Channel> channel) : channel_(std::move(channel)) {}
  executor_type get_executor() const { return channel_->executor(); }
  Channel& channel() { return *channel_; }

  template <class Token>
  auto async_handshake(Token&& token) {
    auto start = [channel = channel_](auto handler) {
      channel->Handshake(Wrap(std::move(handler)));
    };
    return net::async_initiate<Token, void(error_code, size_t)>(std::move(start), token);
  }

  template <class Token>
  auto async_send(std::vector<Frame> pieces, Token&& token) {
    auto start = [channel = channel_](auto handler, std::vector<Frame> taken) {
      channel->Send(std::move(taken), Wrap(std::move(handler)));
    };
    return net::async_initiate<Token, void(error_code, size_t)>(std::move(start), token,
                                                                std::move(pieces));
  }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    auto start = [channel = channel_](auto handler, net::mutable_buffer buffer) {
      channel->Read(buffer, Wrap(std::move(handler)));
    };
    return net::async_initiate<Token, void(error_code, size_t)>(std::move(start), token,
                                                                FirstOf(buffers));
  }

  // Takes all, so that what Beast writes in one piece is one piece.
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    auto start = [channel = channel_](auto handler, Frame piece) {
      std::vector<Frame> pieces{std::move(piece)};
      channel->Send(std::move(pieces), Wrap(std::move(handler)));
    };
    auto piece = std::make_shared<std::string>(net::buffer_size(buffers), '\0');
    net::buffer_copy(net::buffer(*piece), buffers);
    return net::async_initiate<Token, void(error_code, size_t)>(std::move(start), token,
                                                                Frame(std::move(piece)));
  }

 private:
  template <class Handler>
  static IoDone Wrap(Handler handler) {
    return [handler = std::move(handler)](error_code error, size_t bytes) mutable {
      std::move(handler)(error, bytes);
    };
  }
  template <class Buffers>
  static net::mutable_buffer FirstOf(const Buffers& buffers) {
    auto end = net::buffer_sequence_end(buffers);
    for (auto it = net::buffer_sequence_begin(buffers); it != end; ++it) {
      net::mutable_buffer buffer = *it;
      if (buffer.size() > 0) return buffer;
    }
    return {};
  }

  std::shared_ptr<Channel> channel_;
};

}  // namespace plenum
