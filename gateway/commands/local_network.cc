#include "gateway/commands/local_network.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace plenum {
namespace {

std::string Dotted(uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += (text.empty() ? "" : ".") + std::to_string(address >> shift & 0xff);
  }
  return text;
}

bool IsPrivate(uint32_t address) {
  return address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8 ||
         address >> 16 == 0xa9fe;
}

uint32_t HostOrder(const sockaddr_in& address) { return ntohl(address.sin_addr.s_addr); }

// Of all interfaces that are up, but the loopback.
std::vector<uint32_t> OwnAddresses() {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> list(first, freeifaddrs);
  std::vector<uint32_t> addresses;
  for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
    const bool counts = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
    if (!counts || one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    sockaddr_in address;
    std::memcpy(&address, one->ifa_addr, sizeof address);
    addresses.push_back(HostOrder(address));
  }
  return addresses;
}

// The one that the system would send from; a UDP socket that is connected sends nothing yet. 0 if
// there is no way out.
uint32_t AddressOutwards() {
  const int socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_fd < 0) return 0;
  sockaddr_in far{};
  far.sin_family = AF_INET;
  far.sin_port = htons(9);                   // discard
  far.sin_addr.s_addr = htonl(0xc0000201u);  // 192.0.2.1, of documentation: nobody's
  sockaddr_in own{};
  socklen_t size = sizeof own;
  const bool known = connect(socket_fd, reinterpret_cast<const sockaddr*>(&far), sizeof far) == 0 &&
                     getsockname(socket_fd, reinterpret_cast<sockaddr*>(&own), &size) == 0;
  close(socket_fd);
  return known ? HostOrder(own) : 0;
}

}  // namespace

std::expected<std::string, std::string> AddressInPrivateNetwork() {
  const std::vector<uint32_t> addresses = OwnAddresses();
  if (addresses.empty()) return std::unexpected("This computer is in no network.");
  const auto open = std::ranges::find_if_not(addresses, IsPrivate);
  if (open != addresses.end()) {
    return std::unexpected(
        "This computer has an address that others than its own network may reach (" +
        Dotted(*open) + ").");
  }
  const uint32_t outwards = AddressOutwards();
  return Dotted(std::ranges::find(addresses, outwards) != addresses.end() ? outwards
                                                                          : addresses.front());
}

}  // namespace plenum
