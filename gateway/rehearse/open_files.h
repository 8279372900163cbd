// OpenFiles: a process may have only so many files open; one connection is one file.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

namespace plenum::rehearse {

// Raises this process's limit so that `connections` fit. The error is one sentence.
std::expected<void, std::string> AllowOpenFiles(size_t connections);

}  // namespace plenum::rehearse
