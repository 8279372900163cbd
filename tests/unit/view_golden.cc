// Every shape of every view, byte for byte, at the moments of a small day. The expected bytes are
// in view_golden/; PLENUM_WRITE_GOLDEN=1 writes them anew, to be read before they are committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/unit/view_walk.h"

namespace plenum::testing {
namespace {

const std::filesystem::path kGolden = std::filesystem::path(__FILE__).parent_path() / "view_golden";

void Compare(const std::string& name, const std::string& view) {
  const std::filesystem::path file = kGolden / (name + ".json");
  if (std::getenv("PLENUM_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(kGolden);
    std::ofstream(file, std::ios::binary) << view << '\n';
    return;
  }
  std::ifstream in(file, std::ios::binary);
  ASSERT_TRUE(in) << file << " is missing";
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(view + "\n", expected) << name;
}

const std::set<std::string> kStages = {
    "lobby",          "confidence-start-answered", "confidence-start-closing",
    "areas-revealed", "confidence-start-revealed", "confidence-end-revealed",
    "ideas-written",  "ideas-swapping-1",          "ideas-scoring-5",
    "gallery-voting", "gallery-revealed",          "ideas-revealed",
};
const std::set<std::string> kConsoles = {"lobby", "ideas-scoring-5", "gallery-answered",
                                         "confidence-end-revealed"};
const std::set<std::string> kPersons = {
    "lobby",         "confidence-start-answered", "areas-answered",  "gallery-answered",
    "ideas-written", "ideas-swapping-1",          "ideas-scoring-1", "ideas-answered"};

TEST(ViewGolden, EveryMomentOfASmallDay) {
  std::set<std::string> seen;
  Walk* walk = nullptr;
  WalkOptions options;
  options.look = [&](const std::string& what) {
    if (kStages.contains(what)) Compare("stage-" + what, walk->Stage());
    if (kConsoles.contains(what)) Compare("console-" + what, walk->Console());
    if (kPersons.contains(what)) Compare("person-" + what, walk->Person(2));
    seen.insert(what);
  };
  Walk day(std::move(options));
  walk = &day;
  day.Run();
  for (const auto& names : {kStages, kConsoles, kPersons}) {
    for (const std::string& name : names) EXPECT_TRUE(seen.contains(name)) << name;
  }
}

}  // namespace
}  // namespace plenum::testing
