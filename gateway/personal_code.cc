#include "gateway/personal_code.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>

#include "schema/hash.h"

namespace plenum {
namespace {

// 29 is a prime: with the weights of Check, one wrong symbol, and two that were swapped, are always
// found.
constexpr std::string_view kSymbols = "2345679ABCDEFGHJKLMNPQRTUVWXY";
constexpr uint32_t kBase = kSymbols.size();
constexpr size_t kNumberSymbols = 3;
constexpr size_t kMacSymbols = 12;
constexpr size_t kCodeSymbols = kNumberSymbols + kMacSymbols + 1;
constexpr size_t kGroup = 4;
constexpr size_t kSerialMacSymbols = 6;
static_assert(kBase == 29 && kBase * kBase * kBase == kMaxPersonalCode + 1);

// As it was probably read off the badge.
char Unmistaken(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  switch (c) {
    case '8':
      return 'B';
    case 'S':
      return '5';
    case 'Z':
      return '2';
    case '1':
    case 'I':
      return 'L';
    case '0':
    case 'O':
      return 'Q';
    default:
      return c;
  }
}

char CheckOf(std::string_view symbols) {
  size_t sum = 0;
  for (size_t i = 0; i < symbols.size(); ++i) sum += (i + 1) * kSymbols.find(symbols[i]);
  return kSymbols[sum % kBase];
}

// `count` symbols of a MAC, at most 12: these are 58.3 bits of its first 64.
std::string SymbolsOf(const Digest& mac, size_t count) {
  std::string symbols;
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof value; ++i) value = value << 8 | mac.bytes[i];
  for (size_t i = 0; i < count; ++i) {
    symbols += kSymbols[static_cast<size_t>(value % kBase)];
    value /= kBase;
  }
  return symbols;
}

Digest MacOf(std::string_view room_key, std::string_view purpose, std::string_view of,
             uint32_t number) {
  const Digest key = HmacSha256(room_key, "plenum/printed/v1");
  std::string message(purpose);
  message.append(1, '\0').append(of).append(1, '\0').append(std::to_string(number));
  return HmacSha256(key.View(), message);
}

std::string PlainCode(std::string_view room_key, uint32_t number) {
  std::string code(kNumberSymbols, ' ');
  uint32_t rest = number;
  for (size_t i = kNumberSymbols; i-- > 0; rest /= kBase) code[i] = kSymbols[rest % kBase];
  code += SymbolsOf(MacOf(room_key, "code", "", number), kMacSymbols);
  return code + CheckOf(code);
}

bool IsSame(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::unexpected<CodeFault> Fault(bool guessed, std::string what) {
  return std::unexpected(CodeFault{guessed, std::move(what)});
}

}  // namespace

std::string PersonalCodeOf(std::string_view room_key, uint32_t number) {
  const std::string plain = PlainCode(room_key, number);
  std::string code;
  for (size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += plain[i];
  }
  return code;
}

std::expected<uint32_t, CodeFault> ReadPersonalCode(std::string_view room_key,
                                                    std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    code += Unmistaken(c);
    if (!kSymbols.contains(code.back()) || code.size() > kCodeSymbols) break;
  }
  const bool spelt = std::ranges::all_of(code, [](char c) { return kSymbols.contains(c); });
  if (!spelt || code.size() != kCodeSymbols) {
    return Fault(false, "A personal code has 16 letters and digits; please look at your badge.");
  }
  if (CheckOf(code.substr(0, kCodeSymbols - 1)) != code.back()) {
    return Fault(false, "There is a slip in this code; please compare it with your badge.");
  }
  uint32_t number = 0;
  for (size_t i = 0; i < kNumberSymbols; ++i) {
    number = number * kBase + static_cast<uint32_t>(kSymbols.find(code[i]));
  }
  if (number == 0 || !IsSame(code, PlainCode(room_key, number))) {
    return Fault(true, "This personal code is not of this room.");
  }
  return number;
}

ParticipantId ParticipantOfCode(std::string_view room_key, uint32_t number) {
  const Digest mac = MacOf(room_key, "participant", "", number);
  ParticipantId participant;
  std::copy_n(mac.bytes.begin(), participant.bytes.size(), participant.bytes.begin());
  return participant;
}

std::string PaperSerialOf(std::string_view room_key, const ActivityId& activity, uint32_t number) {
  std::string symbols = SymbolsOf(MacOf(room_key, "ballot", activity, number), kSerialMacSymbols);
  symbols += CheckOf(symbols);
  std::ranges::transform(symbols, symbols.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::to_string(number) + "-" + symbols;
}

std::optional<std::string> FaultOfSerial(std::string_view room_key, const ActivityId& activity,
                                         std::string_view serial) {
  uint32_t number = 0;
  const size_t dash = serial.find('-');
  const char* end = serial.data() + std::min(dash, serial.size());
  const auto [stop, error] = std::from_chars(serial.data(), end, number);
  const bool numbered = error == std::errc() && stop == end && number > 0 &&
                        number <= kMaxPaperSerial && dash != std::string_view::npos;
  if (numbered && IsSame(serial, PaperSerialOf(room_key, activity, number))) return std::nullopt;
  return "The serial " + std::string(serial) +
         " was not printed for this activity; please compare it with the paper.";
}

}  // namespace plenum
