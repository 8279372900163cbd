#include "tests/simulation/network.h"

#include <algorithm>
#include <utility>

#include "tests/simulation/node.h"

namespace plenum::simulation {
namespace {

// How long a server waits for a client to take the close frame.
constexpr Micros kCloseWait = 5 * kSecond;

uint64_t BigEndian(std::string_view bytes) {
  uint64_t n = 0;
  for (char byte : bytes) n = n << 8 | static_cast<uint8_t>(byte);
  return n;
}

// Length of the frame that `bytes` begins with, and of its header; nullopt if it is none of ours.
std::optional<std::pair<size_t, size_t>> FrameLength(std::string_view bytes) {
  if (bytes.size() < 2 || static_cast<uint8_t>(bytes[0]) != 0x81) return std::nullopt;
  const auto length = static_cast<uint8_t>(bytes[1]);
  const size_t header = length == 127 ? 10 : length == 126 ? 4 : 2;
  if (length > 127 || bytes.size() < header) return std::nullopt;  // masked, or cut off
  const uint64_t payload = header == 2 ? length : BigEndian(bytes.substr(2, header - 2));
  if (payload > bytes.size() - header) return std::nullopt;
  return std::pair<size_t, size_t>(header + payload, header);
}

}  // namespace

void Connection::Establish(const std::function<Node*()>& node) {
  timeline_.After(3 * Latency(), [self = shared_from_this(), node] {
    if (!self->client_) return;
    if (!self->up_ || !self->down_ || !node() || !node()->Serving()) {
      return self->ClientLearns(std::nullopt);
    }
    self->node_ = node();
    self->hub_client_ = &self->node_->Open(*self);
    self->client_->OnOpen();
  });
}

void Connection::Send(std::string text) {
  up_free_ = std::max(up_free_, timeline_.micros() + Latency());
  timeline_.At(up_free_, [self = shared_from_this(), text = std::move(text)]() mutable {
    self->ToNode(std::move(text));
  });
}

void Connection::ToNode(std::string text) {
  if (up_ && node_) node_->OnText(hub_client_->session.connection(), text);
}

void Connection::Hangup() {
  client_ = nullptr;
  up_free_ = std::max(up_free_, timeline_.micros() + Latency());
  timeline_.At(up_free_, [self = shared_from_this()] {
    if (self->up_) self->NodeLearns();
  });
}

void Connection::Wake() {
  if (flush_planned_) return;
  flush_planned_ = true;
  timeline_.After(random_.Between(0, 1500), [self = shared_from_this()] {
    self->flush_planned_ = false;
    self->Flush();
  });
}

void Connection::Flush() {
  if (!node_) return;
  const Session& session = hub_client_->session;
  if (writing_) {
    if (session.closing()) {  // it does not read: nothing more is waited for
      timeline_.After(kCloseWait, [self = shared_from_this(), code = *session.closing()] {
        self->NodeLearns();
        self->ClientLearns(code);
      });
    }
    return;
  }
  if (!hub_client_->outbox.empty()) {
    std::string sent;
    for (const Frame& frame : hub_client_->outbox.TakeAll()) sent += *frame;
    writing_ = true;
    down_free_ = std::max(down_free_, timeline_.micros() + Latency());
    timeline_.At(down_free_,
                 [self = shared_from_this(), sent = std::move(sent)] { self->ToClient(sent); });
    return;
  }
  if (session.closing()) CloseByNode(*session.closing());
}

void Connection::ToClient(const std::string& frames) {
  for (std::string_view rest = frames; !rest.empty();) {
    auto length = FrameLength(rest);
    if (!length) {
      garbled_ = true;
      break;
    }
    std::optional<std::string> text(rest.substr(length->second, length->first - length->second));
    if (tamper_) text = tamper_(*std::move(text));
    if (text && client_ && down_) client_->OnText(*text);
    rest.remove_prefix(length->first);
  }
  const Micros reading = client_ && down_ ? client_->ReadingTime() : kCloseWait;
  timeline_.After(reading, [self = shared_from_this()] {
    self->writing_ = false;
    self->Flush();
  });
}

void Connection::CloseByNode(CloseCode code) {
  NodeLearns();
  down_free_ = std::max(down_free_, timeline_.micros() + Latency());
  timeline_.At(down_free_, [self = shared_from_this(), code] {
    if (self->down_) self->ClientLearns(code);
  });
}

void Connection::Cut() {
  // One way may break before the other.
  timeline_.After(random_.Between(0, 400) * kMs,
                  [self = shared_from_this()] { self->up_ = false; });
  timeline_.After(random_.Between(0, 400) * kMs,
                  [self = shared_from_this()] { self->down_ = false; });
  timeline_.After(random_.Between(400, 6000) * kMs,
                  [self = shared_from_this()] { self->ClientLearns(std::nullopt); });
  timeline_.After(random_.Between(400, 20000) * kMs,
                  [self = shared_from_this()] { self->NodeLearns(); });
}

void Connection::NodeDied() {
  node_ = nullptr;
  hub_client_ = nullptr;
  // What it had sent may still arrive.
  if (random_.Percent(50)) down_ = false;
  timeline_.After(random_.Between(31, 3000) * kMs,
                  [self = shared_from_this()] { self->ClientLearns(std::nullopt); });
}

void Connection::ClientLearns(std::optional<CloseCode> code) {
  down_ = false;
  if (client_) std::exchange(client_, nullptr)->OnClosed(code);
}

void Connection::NodeLearns() {
  up_ = false;
  if (!node_) return;
  const uint64_t connection = hub_client_->session.connection();
  hub_client_ = nullptr;
  std::exchange(node_, nullptr)->Closed(connection);
}

std::shared_ptr<Connection> Network::Connect(ClientEnd& client) {
  Forget();
  auto made = std::make_shared<Connection>(timeline_, random_.Fork(), weather_, tamper_, client);
  connections_.push_back(made);
  made->Establish([this] { return node_; });
  return made;
}

void Network::NodeDied() {
  node_ = nullptr;
  for (auto& connection : connections_) connection->NodeDied();
  Forget();
}

void Network::CutAll() {
  for (auto& connection : connections_) connection->Cut();
}

void Network::CutOne() {
  Forget();
  if (!connections_.empty()) random_.Pick(connections_)->Cut();
}

void Network::Forget() {
  for (const auto& connection : connections_) garbled_ |= connection->garbled();
  std::erase_if(connections_, [](const auto& connection) { return connection->dead(); });
}

}  // namespace plenum::simulation
