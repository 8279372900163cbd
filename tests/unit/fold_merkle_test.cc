// The Merkle tree and the draws against published vectors.
#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "projector/fold/deal.h"
#include "projector/fold/draw.h"
#include "projector/fold/merkle.h"
#include "projector/fold/rows.h"
#include "schema/hash.h"

namespace plenum {
namespace {

std::vector<std::string> StandardLeaves() {
  std::vector<std::string> leaves;
  for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"}) {
    std::string leaf(std::string_view(hex).size() / 2, '\0');
    EXPECT_TRUE(HexDecode(hex, reinterpret_cast<uint8_t*>(leaf.data()), leaf.size()));
    leaves.push_back(leaf);
  }
  return leaves;
}

// RFC 6962 test data (certificate-transparency), roots of sizes 0 to 8.
constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(Merkle, RootsOfTheStandardLeaves) {
  CompactRange range;
  EXPECT_EQ(range.Root().Hex(), kRoots[0]);
  size_t size = 0;
  for (const std::string& leaf : StandardLeaves()) {
    range.Append(leaf);
    EXPECT_EQ(range.Root().Hex(), kRoots[++size]);
    EXPECT_EQ(range.size(), size);
    auto again = CompactRange::Decode(range.Encode());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->Root(), range.Root());
    EXPECT_EQ(again->size(), size);
  }
}

TEST(Merkle, LeafAndNode) {
  EXPECT_EQ(MerkleLeaf("L123456").Hex(),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  EXPECT_EQ(Sha256().U8(1).Bytes("N123").Bytes("N456").Finish().Hex(),
            "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
}

TEST(Merkle, ADamagedRangeIsRefused) {
  CompactRange range;
  for (const std::string& leaf : StandardLeaves()) range.Append(leaf);
  std::string bytes = range.Encode();
  EXPECT_FALSE(CompactRange::Decode(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(CompactRange::Decode(bytes + 'x'));
  EXPECT_FALSE(CompactRange::Decode(""));
}

// The root by the recursive definition of RFC 6962, section 2.1, as a second opinion.
Digest RecursiveRoot(std::span<const std::string> leaves) {
  if (leaves.empty()) return HashOf("");
  if (leaves.size() == 1) return MerkleLeaf(leaves[0]);
  size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return MerkleNode(RecursiveRoot(leaves.subspan(0, k)), RecursiveRoot(leaves.subspan(k)));
}

TEST(Merkle, AgreesWithTheRecursiveDefinition) {
  std::vector<std::string> leaves;
  CompactRange range;
  for (int i = 0; i < 300; ++i) {
    leaves.push_back(std::to_string(i * i));
    range.Append(leaves.back());
    ASSERT_EQ(range.Root(), RecursiveRoot(leaves)) << i;
  }
}

TEST(Draws, Vector) {
  const auto root = Digest::FromHex(kRoots[8]).value();
  Draw draw(root, "ideas", "deal", 1);
  EXPECT_EQ(draw.seed().Hex(), "3b800355af9d8a71f1ed85f77a060c92aaf0957297dc4fad7f5f2fc8a858f18a");
  std::vector<int> list(10);
  std::iota(list.begin(), list.end(), 0);
  draw.Shuffle(list);
  EXPECT_EQ(list, (std::vector<int>{6, 4, 1, 5, 0, 9, 2, 3, 8, 7}));
}

TEST(Draws, BelowIsBelowAndReachesEverything) {
  Draw draw(HashOf("root"), "a", "test", 7);
  for (const uint64_t n : {1ull, 2ull, 3ull, 7ull, 1ull << 32, (1ull << 63) + 1, ~0ull}) {
    for (int i = 0; i < 50; ++i) EXPECT_LT(draw.Below(n), n);
  }
  std::set<uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(draw.Below(7));
  EXPECT_EQ(seen.size(), 7u);
}

TEST(RowSums, AddAndSubtractModuloTwoToThe256) {
  Digest all_ones;
  all_ones.bytes.fill(0xff);
  Digest one;
  one.bytes[31] = 1;
  RowSum sum;
  sum.Add(all_ones);
  EXPECT_EQ(sum.ToDigest(), all_ones);
  sum.Add(one);
  EXPECT_EQ(sum.ToDigest(), Digest{});
  sum.Subtract(one);
  EXPECT_EQ(sum.ToDigest(), all_ones);
  RowSum any;
  std::vector<Digest> hashes;
  for (int i = 0; i < 100; ++i) hashes.push_back(HashOf(std::to_string(i)));
  for (const Digest& hash : hashes) any.Add(hash);
  for (const Digest& hash : hashes) any.Subtract(hash);
  EXPECT_EQ(any.ToDigest(), Digest{});
  any.Subtract(hashes[0]);
  any.Add(hashes[0]);
  any.Add(hashes[1]);
  EXPECT_EQ(any.ToDigest(), hashes[1]);
}

TEST(Deals, FindsThePlaceThatOnlyAChainOfExchangesLeavesFree) {
  // Card 0 may go to person 0 only, card 1 to 0 or 1, card 2 to 1 or 2: whatever the draw, all go.
  const DealTable table{{{0, {1, 2}}, {0, {2}}, {0, {0}}}, {false, false, false}};
  for (uint32_t n = 0; n < 50; ++n) {
    Draw draw(HashOf("root"), "a", "deal", n);
    const auto people = DealCards(table, draw);
    EXPECT_EQ(people[0], 0u);
    EXPECT_EQ(people[1], 1u);
    EXPECT_EQ(people[2], 2u);
  }
}

TEST(Deals, NewcomersGetWhatWouldWait) {
  const DealTable table{{{0, {0}}, {0, {1}}, {0, {}}}, {false, false, true}};
  for (uint32_t n = 0; n < 50; ++n) {
    Draw draw(HashOf("root"), "a", "deal", n);
    const auto people = DealCards(table, draw);
    std::set<uint32_t> holders;
    for (const auto& person : people) holders.insert(person.value());
    EXPECT_EQ(holders.size(), 3u);
  }
  const DealTable fewer{{{0, {}}, {0, {}}}, {false, false, true}};
  Draw draw(HashOf("root"), "a", "deal", 1);
  for (const auto& person : DealCards(fewer, draw)) EXPECT_NE(person, 2u);
}

TEST(Deals, PartnersAreDrawnAtMostSixtyFourTimes) {
  int asked = 0;
  Draw draw(HashOf("root"), "a", "pass", 1);
  EXPECT_FALSE(DrawPartner(5, draw, [&](size_t) { return ++asked > 64; }));
  EXPECT_EQ(asked, 64);
  EXPECT_FALSE(DrawPartner(0, draw, [](size_t) { return true; }));
  EXPECT_EQ(DrawPartner(1, draw, [](size_t) { return true; }), 0u);
}

}  // namespace
}  // namespace plenum
