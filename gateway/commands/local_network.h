// Where phones in the same network find this machine.
#pragma once

#include <expected>
#include <string>

namespace plenum {

// This machine's IPv4 address towards its network, "192.168.1.23", if it has one and if nobody from
// further away can reach any of its IPv4 addresses: they are all private (RFC 1918) or of the link
// (RFC 3927). The error says in one sentence why there is none. Sends nothing.
std::expected<std::string, std::string> AddressInPrivateNetwork();

}  // namespace plenum
