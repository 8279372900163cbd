#include "ingest/backup.h"

#include <system_error>

#include "ingest/rocksdb_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

std::unexpected<std::string> Cannot(const fs::path& to, const std::string& why) {
  return std::unexpected("The copy to " + to.string() + " cannot be made (" + why + ").");
}

}  // namespace

std::expected<void, std::string> CopyLogAndVault(RocksDbLog& log, RocksDbVault& vault,
                                                 const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) return Cannot(to, "it is there already");
  const fs::path staging = to.string() + ".new";
  const fs::path parent = fs::absolute(to, error).parent_path();
  if (!error) fs::remove_all(staging, error);
  if (!error) fs::create_directories(staging, error);
  if (!error) fs::permissions(staging, fs::perms::owner_all, error);
  if (error) return Cannot(to, error.message());

  // The log first: a text is in the vault before its event is in the log, so a vault that is copied
  // later has all the texts of that log.
  if (auto copied = log.CopyTo(staging / kLogFolder); !copied) return copied;
  if (auto copied = vault.CopyTo(staging / kVaultFolder); !copied) return copied;
  error = SyncFolder(staging);
  if (!error) fs::rename(staging, to, error);
  if (!error) error = SyncFolder(parent);
  if (error) return Cannot(to, error.message());
  return {};
}

}  // namespace plenum
