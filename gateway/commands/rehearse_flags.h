// The flags that `rehearse` and `demo` share.
#pragma once

#include <CLI/CLI.hpp>

#include "gateway/rehearse/rehearse.h"

namespace plenum {

void AddRehearseFlags(CLI::App& command, RehearseOptions& options);

}  // namespace plenum
