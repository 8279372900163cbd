#include "gateway/keys.h"

#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <sstream>

#include "gateway/secret_file.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr TimeMs kYearMs = 365LL * 24 * 3600 * 1000;
constexpr TimeMs kOrganiserMs = 5 * kYearMs;
constexpr std::string_view kKeyName = "room";

std::string Failure(const fs::path& path, std::string_view verb) {
  std::string text = "Cannot ";
  text.append(verb).append(" ").append(path.string()).append(": ");
  return text.append(std::strerror(errno)).append(".");
}

std::string RandomHex(size_t bytes) {
  std::vector<uint8_t> random(bytes);
  FillRandom(random);
  return HexEncode(random.data(), random.size());
}

// The text of the file, made if there is none.
std::expected<std::string, std::string> ReadOrMake(const fs::path& path, std::string made) {
  auto text = ReadSecret(path);
  if (!text) return std::unexpected(text.error());
  if (*text) return **std::move(text);
  if (auto written = WriteSecret(path, made); !written) return std::unexpected(written.error());
  return made;
}

std::expected<std::vector<TokenKey>, std::string> ParseTokenKeys(const fs::path& path,
                                                                 const std::string& text) {
  std::vector<TokenKey> keys;
  std::istringstream lines(text);
  std::string id, hex;
  while (lines >> id >> hex) {
    std::array<uint8_t, 32> secret;
    if (!IsSlug(id) || !HexDecode(hex, secret.data(), secret.size())) break;
    keys.push_back({id, std::string(secret.begin(), secret.end())});
  }
  if (!lines.eof() || keys.empty() || keys.size() > 2) {
    return std::unexpected(path.string() +
                           " is damaged: it must hold one or two lines \"NAME HEX\".");
  }
  return keys;
}

}  // namespace

void FillRandom(std::span<uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

std::expected<NodeKeys, std::string> LoadOrMakeKeys(const fs::path& folder) {
  if (sodium_init() < 0) return std::unexpected("The system gives no random numbers.");
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return std::unexpected(Failure(folder, "make"));
  }
  NodeKeys keys;
  fs::path master = folder / "master.key";
  auto hex = ReadOrMake(master, RandomHex(keys.master.size()) + "\n");
  if (!hex) return std::unexpected(hex.error());
  while (!hex->empty() && hex->back() == '\n') hex->pop_back();
  if (!HexDecode(*hex, keys.master.data(), keys.master.size())) {
    return std::unexpected(master.string() + " is damaged: it must hold 64 hex digits.");
  }
  fs::path tokens = folder / "token.keys";
  auto text = ReadOrMake(tokens, "k" + RandomHex(2) + " " + RandomHex(32) + "\n");
  if (!text) return std::unexpected(text.error());
  auto parsed = ParseTokenKeys(tokens, *text);
  if (!parsed) return std::unexpected(parsed.error());
  keys.token_keys = *std::move(parsed);
  return keys;
}

std::expected<void, std::string> CheckKeys(Vault& vault, const NodeKeys& keys) {
  constexpr std::string_view kMark = "mark";
  std::string mark(crypto_generichash_BYTES, '\0');
  constexpr std::string_view kMarked = "plenum/keys/v1";
  crypto_generichash(reinterpret_cast<uint8_t*>(mark.data()), mark.size(),
                     reinterpret_cast<const uint8_t*>(kMarked.data()), kMarked.size(),
                     keys.master.data(), keys.master.size());
  auto kept = vault.GetKey({}, kMark);
  if (!kept)
    return std::unexpected("cannot be checked: " + std::string(LogErrorText(kept.error())));
  if (*kept && **kept == mark) return {};
  if (*kept) {
    return std::unexpected(
        "does not hold the keys of this log's other nodes: give all nodes the same --keys.");
  }
  if (auto put = vault.PutKey({}, kMark, mark); !put) {
    return std::unexpected("cannot be used: " + std::string(LogErrorText(put.error())));
  }
  return {};
}

std::expected<void, std::string> WriteKeys(const fs::path& folder, const NodeKeys& keys) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return std::unexpected(Failure(folder, "make"));
  }
  std::string tokens;
  for (const TokenKey& key : keys.token_keys) {
    const auto* secret = reinterpret_cast<const uint8_t*>(key.secret.data());
    tokens.append(key.id).append(" ").append(HexEncode(secret, key.secret.size())).append("\n");
  }
  std::string master = HexEncode(keys.master.data(), keys.master.size()) + "\n";
  if (auto written = WriteSecret(folder / "token.keys", tokens); !written) return written;
  return WriteSecret(folder / "master.key", master);
}

std::expected<std::string, std::string> LoadOrMakeOrganiserToken(const fs::path& data,
                                                                 const TokenSigner& signer,
                                                                 TimeMs now) {
  fs::path path = data / "organiser.token";
  auto text = ReadSecret(path);
  if (!text) return std::unexpected(text.error());
  if (*text) {
    std::string token = **std::move(text);
    while (!token.empty() && token.back() == '\n') token.pop_back();
    if (signer.Verify(token, now)) return token;
  }
  Claims claims;
  claims.role = Role::kProducer;
  claims.id = RandomId<TokenId>();
  claims.expires = now + kOrganiserMs;
  std::string token = signer.Sign(claims);
  if (auto written = WriteSecret(path, token + "\n"); !written) {
    return std::unexpected(written.error());
  }
  return token;
}

std::expected<void, LogError> RoomKeys::Make(const RoomId& room) {
  std::array<uint8_t, 32> key;
  FillRandom(key);
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + key.size(), '\0');
  auto* nonce = reinterpret_cast<uint8_t*>(sealed.data());
  FillRandom({nonce, crypto_secretbox_NONCEBYTES});
  crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, key.data(), key.size(), nonce,
                        master_.data());
  sodium_memzero(key.data(), key.size());
  return vault_.PutKey(room, kKeyName, sealed);
}

std::string RoomKeys::Get(const RoomId& room) const {
  auto sealed = vault_.GetKey(room, kKeyName);
  constexpr size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (!sealed || !*sealed || (*sealed)->size() <= kAround) return {};
  const auto* nonce = reinterpret_cast<const uint8_t*>((*sealed)->data());
  std::string key((*sealed)->size() - kAround, '\0');
  if (crypto_secretbox_open_easy(
          reinterpret_cast<uint8_t*>(key.data()), nonce + crypto_secretbox_NONCEBYTES,
          (*sealed)->size() - crypto_secretbox_NONCEBYTES, nonce, master_.data()) != 0) {
    return {};
  }
  return key;
}

}  // namespace plenum
