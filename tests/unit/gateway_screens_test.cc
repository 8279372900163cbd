// Big screens: who is told what, as a table of what happens and of the letters that follow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gateway/screens.h"
#include "schema/limits.h"

namespace plenum {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TimeMs kNoon = 1'790'000'000'000;
const RoomId kRoom{{1}};
const RoomId kOther{{2}};

ScreenId Number(uint8_t n) {
  ScreenId id;
  id.bytes.fill(n);
  return id;
}
Screen Named(uint8_t n, std::string name = "wall") { return {Number(n), std::move(name)}; }
Screen Sounding(uint8_t n) {
  Screen screen = Named(n);
  screen.sound = true;
  return screen;
}

// "7: wall, foyer" is a list to connection 7; "3! {"play":"gong"}" an order.
std::vector<std::string> Said(Screens& screens, TimeMs now = kNoon) {
  std::vector<std::string> said;
  for (const Screens::Letter& letter : screens.TakeLetters(now)) {
    std::string text = std::to_string(letter.connection);
    if (const auto* list = std::get_if<ScreenList>(&letter.message)) {
      text += ":";
      for (const Screen& screen : list->screens) text += " " + screen.name;
    } else {
      json::Writer writer;
      WriteScreenOrder(writer, std::get<ToScreen>(letter.message).order);
      text += "! " + writer.Take();
    }
    said.push_back(std::move(text));
  }
  return said;
}

TEST(Screens, AConsoleHearsOfThemAtOnceAndWhenTheyChange) {
  struct Step {
    std::string what;
    TimeMs after;
    std::function<void(Screens&)> happens;
    std::vector<std::string> said;
  };
  const auto nothing = [](Screens&) {};
  const std::vector<Step> steps = {
      {"a console comes", 0, [](Screens& s) { s.AddConsole(kRoom, 7); }, {"7:"}},
      {"a screen comes at once", 0, [](Screens& s) { s.Here(kRoom, 1, Named(1)); }, {}},
      {"another one", 500, [](Screens& s) { s.Here(kRoom, 2, Named(2, "foyer")); }, {}},
      {"a second is over", 500, nothing, {"7: wall foyer"}},
      {"nothing is new", 5000, nothing, {}},
      {"the same is said again", 0, [](Screens& s) { s.Here(kRoom, 2, Named(2, "foyer")); }, {}},
      {"a console comes later", 0, [](Screens& s) { s.AddConsole(kRoom, 8); }, {"8: wall foyer"}},
      {"a name changes",
       100,
       [](Screens& s) { s.Here(kRoom, 2, Named(2, "hall")); },
       {"7: wall hall"}},
      {"the other console's second", 900, nothing, {"8: wall hall"}},
      {"a screen of another room", 0, [](Screens& s) { s.Here(kOther, 3, Named(3)); }, {}},
      {"a console goes", 0, [](Screens& s) { s.Gone(kRoom, 8); }, {}},
      {"a screen goes", 2000, [](Screens& s) { s.Gone(kRoom, 1); }, {"7: hall"}},
      {"it is not told twice", 2000, [](Screens& s) { s.Gone(kRoom, 1); }, {}},
      {"it comes back elsewhere",
       0,
       [](Screens& s) { s.Here(kRoom, 9, Named(1)); },
       {"7: hall wall"}},
      {"the clock is set back", -60'000, [](Screens& s) { s.Gone(kRoom, 2); }, {"7: wall"}},
  };
  Screens screens;
  TimeMs now = kNoon;
  for (const Step& step : steps) {
    now += step.after;
    step.happens(screens);
    EXPECT_EQ(Said(screens, now), step.said) << step.what;
  }
}

TEST(Screens, OrdersGoToOneOrToAll) {
  Screens screens;
  screens.Here(kRoom, 1, Named(1));
  screens.Here(kRoom, 2, Named(2));
  screens.Here(kOther, 3, Named(3));
  EXPECT_EQ(screens.Order(kRoom, std::nullopt, IdentifyScreen{}), 2u);
  EXPECT_THAT(Said(screens), ElementsAre(R"(1! {"identify":true})", R"(2! {"identify":true})"));
  EXPECT_EQ(screens.Order(kRoom, Number(2), ScreenSound::kGong), 1u);
  EXPECT_THAT(Said(screens), ElementsAre(R"(2! {"play":"gong"})"));
  EXPECT_EQ(screens.Order(kRoom, Number(3), ScreenSound::kGong), 0u) << "of another room";
  EXPECT_EQ(screens.Order(RoomId{{9}}, std::nullopt, ScreenSound::kGong), 0u) << "no such room";
  screens.Gone(kRoom, 2);
  EXPECT_EQ(screens.Order(kRoom, Number(2), ScreenSound::kGong), 0u) << "not told later either";
  EXPECT_THAT(Said(screens), IsEmpty());
}

TEST(Screens, SoundComesFromOneOfThem) {
  Screens screens;
  screens.Here(kRoom, 1, Sounding(1));
  screens.Here(kRoom, 2, Named(2));
  screens.Here(kRoom, 3, Named(3));
  EXPECT_THAT(Said(screens), IsEmpty());
  const std::string off = R"(1! {"set":{"sound":false}})";
  EXPECT_EQ(screens.Order(kRoom, Number(2), SetScreen{.sound = true}), 1u);
  EXPECT_THAT(Said(screens), ElementsAre(R"(2! {"set":{"sound":true}})", off));
  EXPECT_EQ(screens.Order(kRoom, Number(9), SetScreen{.sound = true}), 0u);
  EXPECT_THAT(Said(screens), IsEmpty()) << "nobody takes it, so nobody loses it";
  screens.Here(kRoom, 3, Sounding(3));
  EXPECT_THAT(Said(screens), ElementsAre(off)) << "a screen may take it, too";
  screens.Here(kRoom, 1, Named(1));
  screens.Here(kRoom, 3, Sounding(3));
  EXPECT_THAT(Said(screens), IsEmpty());
}

TEST(Screens, TheSameScreenOnAnotherConnectionIsTheSameScreen) {
  Screens screens;
  screens.AddConsole(kRoom, 7);
  screens.Here(kRoom, 1, Named(1));
  screens.Here(kRoom, 2, Named(1, "again"));
  EXPECT_THAT(Said(screens), ElementsAre("7: again"));
  screens.Gone(kRoom, 1);
  EXPECT_EQ(screens.Order(kRoom, Number(1), IdentifyScreen{}), 1u) << "it is on the newer one";
  EXPECT_THAT(Said(screens), ElementsAre(R"(2! {"identify":true})"));
  screens.Here(kRoom, 2, Named(5, "renumbered"));
  EXPECT_THAT(Said(screens, kNoon + 1000), ElementsAre("7: renumbered"))
      << "and a connection is one screen";
  screens.Here(kRoom, 3, Named(3, "third"));
  screens.Here(kRoom, 3, Named(5, "renumbered again"));
  EXPECT_THAT(Said(screens, kNoon + 2000), ElementsAre("7: renumbered again"));
}

TEST(Screens, ARoomHasSoManyAndNoMore) {
  Screens screens;
  for (uint8_t n = 1; n <= limits::kScreens; ++n) EXPECT_TRUE(screens.Here(kRoom, n, Named(n)));
  EXPECT_FALSE(screens.Here(kRoom, 99, Named(99)));
  EXPECT_TRUE(screens.Here(kRoom, 3, Named(3, "other"))) << "who is there may change";
  EXPECT_TRUE(screens.Here(kOther, 99, Named(99)));
  screens.Gone(kRoom, 5);
  EXPECT_TRUE(screens.Here(kRoom, 99, Named(99)));
}

TEST(Screens, NamesAreMadeHarmless) {
  Screens screens;
  screens.AddConsole(kRoom, 7);
  screens.Here(kRoom, 1, Named(1, " \u202Ewall\n" + std::string(100, 'x')));
  screens.Order(kRoom, std::nullopt, SetScreen{.name = "\u202Ea\x01"});
  EXPECT_THAT(Said(screens),
              ElementsAre(R"(1! {"set":{"name":"a"}})", "7: wall " + std::string(35, 'x')));
}

}  // namespace
}  // namespace plenum
