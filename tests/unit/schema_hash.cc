// Hashes and encodings, against published vectors and against values computed with Python's
// hashlib.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "schema/event.h"
#include "schema/hash.h"

namespace plenum {
namespace {

template <class T>
T Counting(uint8_t from) {
  T id;
  for (uint8_t& byte : id.bytes) byte = from++;
  return id;
}

TEST(SchemaHash, Sha256OfKnownMessages) {
  // FIPS 180-4, and the Secure Hash Standard's examples.
  EXPECT_EQ(HashOf("").Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(HashOf("abc").Hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HashOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").Hex(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(HashOf(std::string(1'000'000, 'a')).Hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(SchemaHash, IncrementalWithTheEncodingsOfTheRules) {
  Sha256 hash;
  // hashlib.sha256(b"\x10" + pack(">IQ", ...) + lp(b"abc") + b"xyz")
  const std::string expected = "bcea2dc7021dda937f525bc727c7892d9e98fe81cde627f14bcbdbfb678b6654";
  for (int again = 0; again < 2; ++again) {
    hash.U8(0x10).U32(0x01020304).U64(0x0102030405060708).Lp("abc").Bytes("xyz");
    EXPECT_EQ(hash.Finish().Hex(), expected) << again;
  }
  EXPECT_EQ(hash.Finish(), HashOf(""));
}

TEST(SchemaHash, EachThreadHashesForItself) {
  const std::string text(10'000, 'x');
  const Digest expected = HashOf(text);
  std::vector<std::jthread> threads;
  std::vector<int> wrong(4);
  for (size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 200; ++n) wrong[i] += HashOf(text) != expected;
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(SchemaHash, HmacOfRfc4231) {
  EXPECT_EQ(HmacSha256(std::string(20, '\x0b'), "Hi There").Hex(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HmacSha256("Jefe", "what do ya want for nothing?").Hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      HmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")
          .Hex(),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  // An empty key is a key, not the one of the call before.
  EXPECT_EQ(HmacSha256("", "").Hex(),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(SchemaHash, PersonOfAgreesWithPython) {
  const auto participant = Counting<ParticipantId>(0);
  const auto key = Counting<Digest>(0);
  EXPECT_EQ(PersonOf(key.View(), participant, "confidence").Hex(),
            "debb4d5a88a9271e8411a4d21ca40145");
  EXPECT_EQ(PersonOf("", ParticipantId{}, "").Hex(), "b71ff53d8deeefe48efb065f644f7d3d");
  ParticipantId last;
  last.bytes.fill(0xFF);
  EXPECT_EQ(PersonOf(std::string(100, 'k'), last, "room").Hex(),
            "56f699926da197bf5daab4953d932ded");
  // Different in every series and room, and for every participant.
  EXPECT_NE(PersonOf(key.View(), participant, "a"), PersonOf(key.View(), participant, "b"));
  EXPECT_NE(PersonOf(key.View(), participant, "a"), PersonOf(key.View(), last, "a"));
  EXPECT_NE(PersonOf(key.View(), participant, "a"), PersonOf("k", participant, "a"));
}

// hashlib.sha256(b"plenum/paper/v1\0" + lp(serial)).hexdigest()[:32]
TEST(SchemaHash, ParticipantOfPaperAgreesWithPython) {
  EXPECT_EQ(ParticipantOfPaper("p-0417").Hex(), "e0c7995fc667e7f8bf8097bd65f7a3c1");
  EXPECT_EQ(ParticipantOfPaper("").Hex(), "60d7efea2c808d144c0dc89c575b1a19");
  EXPECT_NE(ParticipantOfPaper("p-0417"), ParticipantOfPaper("p-0418"));
}

TEST(SchemaHash, NodeEventIdAgreesWithPython) {
  EXPECT_EQ(NodeEventId(Counting<RoomId>(16), "org.plenum.timer.fired.v1", "ideas", 2, 258).Hex(),
            "f95dc705bbe71636aff8526977ea2b3b");
}

TEST(SchemaHash, Base64OfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xfb\xff", "+/8="},
  };
  for (const auto& [bytes, text] : cases) EXPECT_EQ(Base64(bytes), text);
  EXPECT_EQ(Base64Url("\xfb\xff"), "-_8");
  EXPECT_EQ(Base64Url("f"), "Zg");
}

TEST(SchemaHash, Base64UrlReadsOnlyWhatItWrites) {
  std::string bytes;
  for (int n = 0; n < 300; ++n) {
    std::string decoded = "from before";
    ASSERT_TRUE(Base64UrlDecode(Base64Url(bytes), &decoded)) << n;
    EXPECT_EQ(decoded, bytes);
    bytes += static_cast<char>(n * 37);
  }
  std::string out;
  for (const char* text :
       {"Z", "Zg==", "Zh", "Zm9", "Zm9v\n", "Zm+v", "Zm/v", "Zm 9v", "Zm9vY", "\xC3\xA9"}) {
    EXPECT_FALSE(Base64UrlDecode(text, &out)) << text;
  }
}

TEST(SchemaHash, IdsAreWrittenAndReadAsHex) {
  const auto id = Counting<EventId>(0xF8);
  EXPECT_EQ(id.Hex(), "f8f9fafbfcfdfeff0001020304050607");
  EXPECT_EQ(EventId::FromHex(id.Hex()), id);
  EXPECT_TRUE(EventId{}.IsZero());
  EXPECT_FALSE(id.IsZero());
  for (const char* text :
       {"", "f8", "F8F9FAFBFCFDFEFF0001020304050607", "f8f9fafbfcfdfeff000102030405060",
        "f8f9fafbfcfdfeff00010203040506070", "g8f9fafbfcfdfeff0001020304050607",
        "f8f9fafbfcfdfeff 001020304050607"}) {
    EXPECT_EQ(EventId::FromHex(text), std::nullopt) << text;
  }
}

TEST(SchemaHash, SlugsAreShortAndPlain) {
  for (const char* slug : {"a", "0", "-", "table-7", "f8f9fafbfcfdfeff0001020304050607"}) {
    EXPECT_TRUE(IsSlug(slug)) << slug;
  }
  EXPECT_TRUE(IsSlug(std::string(40, 'a')));
  EXPECT_FALSE(IsSlug(std::string(41, 'a')));
  for (const char* text : {"", "A", "a b", "a_b", "caf\xC3\xA9", "a/b", "a\n"}) {
    EXPECT_FALSE(IsSlug(text)) << text;
  }
}

}  // namespace
}  // namespace plenum
