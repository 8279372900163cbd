#include "ingest/vault.h"

#include "schema/hash.h"

namespace plenum {

Digest VaultText::TextDigest() const {
  thread_local Sha256 hash;
  const std::string_view nonce_bytes(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  return hash.Bytes(nonce_bytes).Bytes(text).Finish();
}

}  // namespace plenum
