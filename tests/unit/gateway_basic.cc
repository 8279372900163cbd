// The pages of /basic: every view becomes a page that does no harm, every form a command.
#include <gtest/gtest.h>

#include "gateway/basic/commands.h"
#include "gateway/basic/form.h"
#include "gateway/basic/page.h"
#include "tests/unit/schema_validator.h"

namespace plenum::basic {
namespace {

const std::string kHostile = "</p><script>alert(\"1\")</script>'&amp;";

std::string Rendered(const json::Value& stage, const json::Value& person,
                     const std::string& language, bool changing) {
  RoomPage page;
  page.code = "482913";
  page.language = language;
  page.key = "key";
  page.pass = kHostile;
  page.stage = Look(&stage);
  page.person = Look(&person);
  page.changing = changing;
  page.notice = {Notice::Kind::kBad, kHostile};
  page.new_id = [] { return std::string(32, 'a'); };
  return RenderRoom(page);
}

// The same value with every text in it made hostile.
json::Value Poisoned(const json::Value& value) {
  const Look look(&value);
  if (value.AsObject() != nullptr) {
    json::Object members;
    for (const auto& [name, member] : *value.AsObject()) {
      const bool speaks = name == "en" || name == "cy" || name == "text" || name == "word";
      members.emplace_back(name, speaks ? json::Value(kHostile) : Poisoned(member));
    }
    return json::Value(std::move(members));
  }
  if (value.AsArray() != nullptr) {
    json::Array array;
    for (const json::Value& one : *value.AsArray()) array.push_back(Poisoned(one));
    return json::Value(std::move(array));
  }
  return value;
}

TEST(GatewayBasic, EveryViewBecomesAPageInBothLanguages) {
  std::vector<json::Value> stages, persons;
  for (const auto& [name, text] : test::Examples("views")) {
    auto view = json::Parse(text);
    ASSERT_TRUE(view) << name;
    const Look data = Look(&*view)["data"];
    const json::Value whole = data ? Look(&*view).Copy("data") : *view;
    if (name.starts_with("stage")) stages.push_back(Poisoned(whole));
    if (name.starts_with("person")) persons.push_back(Poisoned(whole));
  }
  ASSERT_GE(stages.size(), 10u);
  ASSERT_GE(persons.size(), 8u);
  persons.emplace_back();
  for (const json::Value& stage : stages) {
    for (const json::Value& person : persons) {
      for (const char* language : {"en", "cy"}) {
        for (bool changing : {false, true}) {
          const std::string page = Rendered(stage, person, language, changing);
          EXPECT_EQ(page.find("<script"), std::string::npos);
          EXPECT_NE(page.find("<h1"), std::string::npos);
          EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
          EXPECT_EQ(page.find("http-equiv"), std::string::npos) << "who it is would be lost";
        }
      }
    }
  }
}

TEST(GatewayBasic, AReaderMaySwitchOffThatPagesRefreshByThemselves) {
  const auto stage = json::Parse(R"({"room":{"title":{"en":"A day"}},"run":[]})");
  ASSERT_TRUE(stage);
  RoomPage page;
  page.code = "482913";
  page.language = "en";
  page.stage = Look(&*stage);
  page.new_id = [] { return std::string(32, 'a'); };
  const std::string moving = RenderRoom(page);
  EXPECT_NE(moving.find("http-equiv=\"refresh\""), std::string::npos);
  EXPECT_LT(moving.find("Do not refresh by itself"), moving.find("<main"));
  page.still = true;
  const std::string still = RenderRoom(page);
  EXPECT_EQ(still.find("http-equiv"), std::string::npos);
  EXPECT_NE(still.find("Refresh by itself"), std::string::npos);
  EndPage end{.code = "482913", .language = "en", .text = "Busy", .refresh = true};
  EXPECT_NE(RenderEnd(end).find("http-equiv"), std::string::npos);
  end.still = true;
  EXPECT_EQ(RenderEnd(end).find("http-equiv"), std::string::npos);
}

std::expected<std::string, Word> CommandOf(const std::string& body) {
  auto form = ParseForm("id=" + std::string(32, 'b') + "&a=gallery&g=2&" + body);
  EXPECT_TRUE(form);
  return CommandFrom(*form);
}

TEST(GatewayBasic, FormsBecomeCommandsOfTheWire) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"do=vote&seq=1&kind=choice&o=north&o=south",
       R"("ballot":{"kind":"choice","options":["north","south"]})"},
      {"do=vote&seq=3&kind=scale&v=4", R"("seq":3,"ballot":{"kind":"scale","value":4})"},
      {"do=vote&seq=1&kind=dots&d.a=3&d.b=0&d.c=", R"("dots":[{"item":"a","dots":3}])"},
      {"do=vote&seq=1&kind=rank&r.1=b&r.2=&r.3=a", R"("items":["b","a"])"},
      {"do=vote&seq=1&kind=ratings&v.a=2&v.b=", R"("ratings":[{"item":"a","value":2}])"},
      {"do=upvote&seq=2&i=abc&up=0", R"({"kind":"upvote","item":"abc","up":false})"},
      {"do=score&seq=1&r=2&i=abc&v=5", R"({"kind":"score","round":2,"card":"abc","score":5})"},
      {"do=score&seq=1&r=2&n=17&v=5", R"({"kind":"score","round":2,"number":17,"score":5})"},
      {"do=add&t=caf%C3%A9+%26+tea", R"("text":"café & tea")"},
      {"do=add&f.what=x&f.who=", R"("fields":{"what":"x"})"},
      {"do=add&t=&n=17", R"("number":17)"},
      {"do=add&t=note&table=7", R"("table":7)"},
      {"do=withdraw&i=abc", R"("type":"item.withdraw","activity":"gallery","item":"abc")"},
      {"do=pass&seq=4&r=2", R"("type":"card.pass","activity":"gallery","generation":2,"seq":4)"},
      {"do=here", R"("type":"presence.here")"},
      {"do=visit&n=7", R"("type":"table.visit")"},
      {"do=unhost&n=7", R"("hosts":false)"},
      {"do=tell&word=cold", R"("type":"organiser.tell","text":"cold")"},
  };
  for (const auto& [body, part] : cases) {
    const auto command = CommandOf(body);
    ASSERT_TRUE(command) << body;
    EXPECT_NE(command->find(part), std::string::npos) << body << ": " << *command;
    EXPECT_TRUE(json::Parse(*command)) << *command;
  }
}

TEST(GatewayBasic, WhatIsMissingOrMadeUpIsNoCommand) {
  for (const char* body :
       {"do=vote&kind=choice&o=a", "do=vote&seq=1&kind=choice", "do=vote&seq=1&kind=scale",
        "do=vote&seq=1&kind=scale&v=x", "do=vote&seq=1&kind=dots&d.a=many",
        "do=vote&seq=1&kind=rank", "do=score&seq=1&r=1&v=3", "do=score&seq=1&i=a&v=3",
        "do=add&t=", "do=add&f.what=", "do=add&t=x&n=", "do=pass&seq=1", "do=visit",
        "do=tell&word=", "do=activity.advance", "do=result.look", ""}) {
    EXPECT_FALSE(CommandOf(body)) << body;
  }
  EXPECT_FALSE(CommandFrom(*ParseForm("do=here&g=1&a=x")));
  EXPECT_FALSE(CommandFrom(*ParseForm("do=here&g=1&a=x&id=" + std::string(32, 'G'))));
}

TEST(GatewayBasic, TheSameFormIsTheSameCommand) {
  const Form form = *ParseForm("do=vote&id=1&k=a&v=4");
  EXPECT_EQ(CommandId(form), CommandId(*ParseForm("do=vote&id=1&k=b&p=token&v=4")));
  EXPECT_NE(CommandId(form), CommandId(*ParseForm("do=vote&id=2&k=a&v=4")));
  EXPECT_NE(CommandId(form), CommandId(*ParseForm("do=vote&id=1&k=a&v=5")));
  EXPECT_TRUE(IsId(CommandId(form)));
}

TEST(GatewayBasic, FormsAndCookies) {
  EXPECT_EQ(ParseForm("a=1&a=2&b")->All("a"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(ParseForm("a=%41+%2b")->Get("a"), "A +");
  EXPECT_FALSE(ParseForm("a=%4"));
  EXPECT_FALSE(ParseForm("a=%zz"));
  EXPECT_FALSE(ParseForm([] {
    std::string many;
    for (int i = 0; i < 2000; ++i) many += "a=1&";
    return many;
  }()));
  EXPECT_EQ(CookieIn("a=1; plenum=v1.x~en~; plenum-try=1", "plenum"), "v1.x~en~");
  EXPECT_EQ(CookieIn("plenum-try=1", "plenum"), "");
  EXPECT_EQ(ReadNumber("-3"), -3);
  for (const char* text : {"", "-", "1.5", "1e3", "9999999999", " 1"})
    EXPECT_EQ(ReadNumber(text), std::nullopt) << text;
}

}  // namespace
}  // namespace plenum::basic
