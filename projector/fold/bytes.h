// The byte encoding of rows (schema/rules.md, Rows). One description of a struct serves both ways:
// a template over ByteWriter and ByteReader, whose calls have the same names.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "schema/ids.h"

namespace plenum {

class ByteWriter {
 public:
  static constexpr bool kReads = false;

  template <std::integral T>
  ByteWriter& Int(T n) {  // big-endian, two's complement
    const auto bits = static_cast<std::make_unsigned_t<T>>(n);
    for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8) {
      out_.push_back(static_cast<char>(static_cast<uint8_t>(bits >> shift)));
    }
    return *this;
  }
  ByteWriter& Bool(bool b) { return Int<uint8_t>(b ? 1 : 0); }
  template <class E>
  ByteWriter& Enum(E e) {
    return Int(static_cast<uint8_t>(e));
  }
  ByteWriter& Lp(std::string_view bytes) {
    Int(static_cast<uint32_t>(bytes.size()));
    out_.append(bytes);
    return *this;
  }
  template <class Tag, size_t kSize>
  ByteWriter& Put(const Id<Tag, kSize>& id) {
    out_.append(id.View());
    return *this;
  }
  template <class Tag, size_t kSize>
  ByteWriter& Maybe(const std::optional<Id<Tag, kSize>>& id) {
    Bool(id.has_value());
    return id ? Put(*id) : *this;
  }
  template <class T, class Each>
  ByteWriter& List(const std::vector<T>& list, Each each) {
    Int(static_cast<uint32_t>(list.size()));
    for (const T& one : list) each(*this, one);
    return *this;
  }
  ByteWriter& Raw(std::string_view bytes) {
    out_.append(bytes);
    return *this;
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

// Reads what a ByteWriter wrote. After the first mistake `ok` stays false, and zeros are read.
class ByteReader {
 public:
  static constexpr bool kReads = true;

  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <std::integral T>
  ByteReader& Int(T& n) {
    const std::string_view bytes = Cut(sizeof(T));
    std::make_unsigned_t<T> bits = 0;
    for (const char c : bytes) {
      bits =
          static_cast<decltype(bits)>((static_cast<uint64_t>(bits) << 8) | static_cast<uint8_t>(c));
    }
    n = static_cast<T>(bits);
    return *this;
  }
  ByteReader& Bool(bool& b) {
    uint8_t n = 0;
    Int(n);
    if (n > 1) ok_ = false;
    b = n == 1;
    return *this;
  }
  template <class E>
  ByteReader& Enum(E& e) {
    uint8_t n = 0;
    Int(n);
    e = static_cast<E>(n);
    return *this;
  }
  ByteReader& Lp(std::string& bytes) {
    uint32_t size = 0;
    Int(size);
    bytes = Cut(size);
    return *this;
  }
  template <class Tag, size_t kSize>
  ByteReader& Put(Id<Tag, kSize>& id) {
    const std::string_view bytes = Cut(kSize);
    if (bytes.size() == kSize) std::memcpy(id.bytes.data(), bytes.data(), kSize);
    return *this;
  }
  template <class Tag, size_t kSize>
  ByteReader& Maybe(std::optional<Id<Tag, kSize>>& id) {
    bool there = false;
    Bool(there);
    if (!there) {
      id.reset();
      return *this;
    }
    return Put(id.emplace());
  }
  template <class T, class Each>
  ByteReader& List(std::vector<T>& list, Each each) {
    uint32_t size = 0;
    Int(size);
    list.clear();
    for (uint32_t i = 0; i < size && ok_; ++i) each(*this, list.emplace_back());
    return *this;
  }
  std::string_view Rest() { return std::exchange(rest_, {}); }
  bool ok() const { return ok_; }
  bool AtEnd() const { return ok_ && rest_.empty(); }

 private:
  std::string_view Cut(size_t size) {
    if (!ok_ || rest_.size() < size) {
      ok_ = false;
      return {};
    }
    const std::string_view head = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return head;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace plenum
