#include "gateway/rehearse/open_files.h"

#include <sys/resource.h>

namespace plenum::rehearse {
namespace {

constexpr size_t kOthers = 200;  // logs, libraries, the server itself in a demo

}  // namespace

std::expected<void, std::string> AllowOpenFiles(size_t connections) {
  // In a demo the server's ends of the connections are in this process too.
  const rlim_t needed = 2 * connections + kOthers;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return {};
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < connections + kOthers)
    return std::unexpected("This machine allows a process only " + std::to_string(limit.rlim_max) +
                           " open files, too few for " + std::to_string(connections) +
                           " connections.");
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? needed : std::min(needed, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
    return std::unexpected("The limit of open files could not be raised.");
  return {};
}

}  // namespace plenum::rehearse
