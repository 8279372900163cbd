#include "gateway/channel.h"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace plenum {
namespace {

using net::ip::tcp;

void EndSendingOn(tcp::socket& socket) {
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void CloseSocket(tcp::socket& socket) {
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_both, ignored);
  socket.close(ignored);
}

class TcpTransport final : public Transport {
 public:
  explicit TcpTransport(tcp::socket socket) : socket_(std::move(socket)) {
    error_code ignored;  // then the first write says so again
    socket_.non_blocking(true, ignored);
  }

  void Handshake(IoDone done) override {
    net::post(socket_.get_executor(), [done = std::move(done)]() mutable { done({}, 0); });
  }
  void Read(net::mutable_buffer buffer, IoDone done) override {
    socket_.async_read_some(buffer, std::move(done));
  }
  size_t TryWrite(const std::vector<net::const_buffer>& buffers, error_code& error) override {
    return socket_.write_some(buffers, error);
  }
  void Write(const std::vector<net::const_buffer>&, IoDone done) override {
    socket_.async_wait(tcp::socket::wait_write,
                       [done = std::move(done)](error_code error) mutable { done(error, 0); });
  }
  void EndSending() override { EndSendingOn(socket_); }
  void Close() override { CloseSocket(socket_); }

 private:
  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, net::ssl::context& tls) : stream_(std::move(socket), tls) {}

  void Handshake(IoDone done) override {
    stream_.async_handshake(net::ssl::stream_base::server,
                            [done = std::move(done)](error_code error) mutable { done(error, 0); });
  }
  void Read(net::mutable_buffer buffer, IoDone done) override {
    stream_.async_read_some(buffer, std::move(done));
  }
  size_t TryWrite(const std::vector<net::const_buffer>&, error_code& error) override {
    error = net::error::would_block;
    return 0;
  }
  void Write(const std::vector<net::const_buffer>& buffers, IoDone done) override {
    stream_.async_write_some(buffers, std::move(done));
  }
  // Without TLS's own farewell: both HTTP and WebSocket say themselves where they end.
  void EndSending() override { EndSendingOn(stream_.next_layer()); }
  void Close() override { CloseSocket(stream_.next_layer()); }

 private:
  net::ssl::stream<tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Transport> MakeTcpTransport(tcp::socket socket) {
  return std::make_unique<TcpTransport>(std::move(socket));
}

std::unique_ptr<Transport> MakeTlsTransport(tcp::socket socket, net::ssl::context& tls) {
  return std::make_unique<TlsTransport>(std::move(socket), tls);
}

Channel::Channel(net::any_io_executor executor, std::unique_ptr<Transport> transport)
    : executor_(std::move(executor)), transport_(std::move(transport)) {}

void Channel::Read(net::mutable_buffer buffer, IoDone done) {
  // The channel must outlive its socket's operations.
  transport_->Read(buffer, [self = shared_from_this(), done = std::move(done)](
                               error_code error, size_t bytes) mutable { done(error, bytes); });
}

void Channel::Send(std::vector<Frame> pieces, IoDone done) {
  if (closed_) {
    if (done) Complete(std::move(done), net::error::operation_aborted, 0);
    return;
  }
  size_t bytes = 0;
  for (Frame& piece : pieces) {
    bytes += piece->size();
    if (!piece->empty()) queue_.push_back(std::move(piece));
  }
  queued_bytes_ += bytes;
  if (done) waiters_.push_back({bytes, queued_bytes_, std::move(done)});
  if (writing_) return;
  progress_ = std::chrono::steady_clock::now();
  Pump();
}

bool Channel::Gather() {
  if (done_buffers_ < buffers_.size()) return true;
  buffers_.clear();
  done_buffers_ = 0;
  sending_ = std::exchange(queue_, {});
  for (const Frame& piece : sending_) buffers_.push_back(net::buffer(*piece));
  return !buffers_.empty();
}

void Channel::Pump() {
  writing_ = false;
  while (!closed_ && Gather()) {
    buffers_.erase(buffers_.begin(), buffers_.begin() + static_cast<ptrdiff_t>(done_buffers_));
    done_buffers_ = 0;
    error_code error;
    size_t bytes = transport_->TryWrite(buffers_, error);
    if (error == net::error::would_block || error == net::error::try_again) {
      writing_ = true;
      return transport_->Write(buffers_,
                               [self = shared_from_this()](error_code failed, size_t written) {
                                 if (failed) return self->Close();
                                 self->Consume(written);
                                 self->Pump();
                                 if (!self->writing_ && !self->closed_ && self->on_idle_)
                                   self->on_idle_();
                               });
    }
    if (error) return Close();
    Consume(bytes);
  }
}

void Channel::Consume(size_t bytes) {
  sent_bytes_ += bytes;
  if (bytes > 0) progress_ = std::chrono::steady_clock::now();
  while (bytes > 0) {
    net::const_buffer& first = buffers_[done_buffers_];
    size_t part = std::min(bytes, first.size());
    first += part;
    bytes -= part;
    if (first.size() == 0) ++done_buffers_;
  }
  size_t done = 0;
  while (done < waiters_.size() && waiters_[done].end <= sent_bytes_) {
    Complete(std::move(waiters_[done].done), {}, waiters_[done].bytes);
    ++done;
  }
  waiters_.erase(waiters_.begin(), waiters_.begin() + static_cast<ptrdiff_t>(done));
}

void Channel::Complete(IoDone done, error_code error, size_t bytes) {
  net::post(executor_, [self = shared_from_this(), done = std::move(done), error, bytes]() mutable {
    done(error, bytes);
  });
}

std::chrono::steady_clock::duration Channel::StalledFor() const {
  if (!writing_) return {};
  return std::chrono::steady_clock::now() - progress_;
}

void Channel::Close() {
  if (std::exchange(closed_, true)) return;
  transport_->Close();
  queue_.clear();
  for (Waiter& waiter : waiters_) {
    Complete(std::move(waiter.done), net::error::operation_aborted, 0);
  }
  waiters_.clear();
}

}  // namespace plenum
