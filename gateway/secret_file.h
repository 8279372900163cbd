// Small files that only their owner may read, written whole and durable, or not at all.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace plenum {

// For the owner alone from the first moment. The error is one sentence.
std::expected<void, std::string> WriteSecret(const std::filesystem::path& path,
                                             std::string_view text);

// Nothing if the file is not there. A file that others may read is closed to them.
std::expected<std::optional<std::string>, std::string> ReadSecret(
    const std::filesystem::path& path);

// Gone for good when it returns; no error if it was not there.
std::expected<void, std::string> RemoveSecret(const std::filesystem::path& path);

}  // namespace plenum
