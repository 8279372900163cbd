// Which pages may talk to this server from a browser. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace plenum {

class Origins {
 public:
  // `public_origin`: "https://plenum.example", as browsers write it; empty for none.
  explicit Origins(std::string public_origin) : public_origin_(std::move(public_origin)) {}

  // Exactly the public origin, or a page of the very host that the request names.
  bool Allows(std::string_view origin, std::string_view host) const;

 private:
  std::string public_origin_;
};

}  // namespace plenum
