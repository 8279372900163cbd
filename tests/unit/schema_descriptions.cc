// asyncapi.yaml and openapi.yaml describe all there is, and everything that they refer to exists.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/library/library.h"
#include "schema/privacy_notice.h"
#include "schema/sheet_check.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

std::string Description(const std::string& name) {
  return test::ReadFile(test::RepositoryRoot() / "schema" / name);
}

// The paths of all keys in a YAML file of nested mappings ("#/components/messages/hello").
std::set<std::string> KeysOf(const std::string& yaml) {
  static const std::regex key(R"(^( *)\"?([^\s"]+?)\"?:( .*)?$)");
  std::set<std::string> paths;
  std::vector<std::pair<size_t, std::string>> stack;
  std::istringstream lines(yaml);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_match(line, match, key)) continue;
    const auto indent = static_cast<size_t>(match.length(1));
    while (!stack.empty() && stack.back().first >= indent) stack.pop_back();
    const std::string path = (stack.empty() ? "#" : stack.back().second) + '/' + match.str(2);
    stack.emplace_back(indent, path);
    paths.insert(path);
  }
  return paths;
}

std::set<std::string> ReferencesOf(const std::string& yaml) {
  static const std::regex reference(R"re(\$ref: "?([^\s"]+)"?)re");
  std::set<std::string> found;
  for (std::sregex_iterator it(yaml.begin(), yaml.end(), reference), end; it != end; ++it) {
    found.insert((*it)[1]);
  }
  return found;
}

void ExpectReferencesResolve(const std::string& name) {
  const std::string yaml = Description(name);
  const std::set<std::string> keys = KeysOf(yaml);
  const std::string folder = "json-schema/";
  const auto references = ReferencesOf(yaml);
  EXPECT_GT(references.size(), 8u);
  for (const std::string& reference : references) {
    if (reference.starts_with(folder)) {
      EXPECT_NO_THROW(test::SchemaValidator{reference.substr(folder.size())}) << reference;
    } else {
      EXPECT_TRUE(keys.contains(reference)) << name << " has no " << reference;
    }
  }
}

TEST(SchemaDescriptions, ReferToWhatExists) {
  ExpectReferencesResolve("asyncapi.yaml");
  ExpectReferencesResolve("openapi.yaml");
  EXPECT_ANY_THROW(test::SchemaValidator{"http.json#/definitions/nothing"});
}

TEST(SchemaDescriptions, EveryCommandAndMessageIsDescribed) {
  const std::string yaml = Description("asyncapi.yaml");
  const std::set<std::string> keys = KeysOf(yaml);
  const std::set<std::string> references = ReferencesOf(yaml);
  size_t described = 0;
  for (const std::string_view folder : {"commands", "messages"}) {
    for (const auto& [name, text] : test::Examples(folder)) {
      const std::string type = name.substr(0, std::min(name.find('-'), name.rfind(".json")));
      EXPECT_TRUE(keys.contains("#/components/messages/" + type)) << type;
      EXPECT_TRUE(references.contains("#/channels/room/messages/" + type)) << type;
      ++described;
    }
  }
  EXPECT_GE(described, 22u);
}

TEST(SchemaDescriptions, EveryAddressOfTheWireIsDescribed) {
  const std::set<std::string> keys = KeysOf(Description("openapi.yaml"));
  const std::string wire = Description("wire.md");
  static const std::regex address(R"re((?:GET|POST) (/api/v1/[^`]+)`)re");
  size_t addresses = 0;
  for (std::sregex_iterator it(wire.begin(), wire.end(), address), end; it != end; ++it) {
    std::string path = std::regex_replace((*it)[1].str(), std::regex("CODE"), "{code}");
    path = std::regex_replace(path, std::regex("HEX"), "{room}");
    path = std::regex_replace(path, std::regex("NAME"), "{name}");
    EXPECT_TRUE(keys.contains("#/paths/" + path)) << path;
    ++addresses;
  }
  EXPECT_GE(addresses, 5u);
}

// The bodies of schema/wire.md, HTTP.
TEST(SchemaDescriptions, BodiesOverHttp) {
  const std::string room(32, 'a');
  const std::string digest(64, 'b');
  const std::vector<std::tuple<std::string, std::string, bool>> cases = {
      {"join", R"({"code":"482913"})", true},
      {"join", R"({"code":"482913","token":"v1.a.b.c"})", true},
      {"join", R"({"code":"48291"})", false},
      {"join", R"({"code":"482913","personal":"k3mv 7qxb pa2d tr9h"})", true},
      {"personal-codes", R"({"codes":["K3MV-7QXB-PA2D-TR9H"]})", true},
      {"personal-codes", R"({"codes":["K3MV-7QXB-PA2D-TR90"]})", false},
      {"link-wanted", R"({"role":"keyer","name":"Desk 2"})", true},
      {"link-wanted", R"({"role":"attendee","name":"Desk 2"})", false},
      {"joined", R"({"token":"v1","room":")" + room + R"(","role":"attendee"})", true},
      {"joined", R"({"token":"v1","room":")" + room + R"(","role":"boss"})", false},
      {"created",
       R"({"room":")" + room + R"(","code":"482913","links":{"display":"u"},"tokens":{}})", true},
      {"created", R"({"room":")" + room + R"(","code":"482913","links":{"boss":"u"},"tokens":{}})",
       false},
      {"problems", R"({"problems":[{"pointer":"/a","line":1,"column":2,"text":"No."}]})", true},
      {"problems", R"({"problems":[]})", false},
      {"sheet-check", EncodeSheetCheck(CheckSheet(*FindLibraryDay("september"))), true},
      {"sheet-check", EncodeSheetCheck(CheckSheet(R"({"title":1})")), true},
      {"sheet-check", R"({"problems":[]})", false},
      {"code",
       R"({"room":")" + room + R"(","title":{"en":"T"},"notice":")" + digest +
           R"(","join":"open"})",
       true},
      {"code", R"({"room":")" + room + R"(","title":{"en":"T"}})", false},
      {"join", R"({"code":"482913","notice":")" + digest + R"("})", true},
      {"join", R"({"code":"482913","notice":"1"})", false},
      {"library", EncodeLibraryList(), true},
      {"library", R"({"days":[{"name":"x"}],"activities":[]})", false},
      {"privacy", EncodeNotice(MakeNotice({})), true},
      {"privacy", R"({"version":"1","notices":[],"text":""})", false},
      {"state",
       R"({"room":")" + room + R"(","index":3,"root":")" + digest + R"(","state":")" + digest +
           R"(","rules":1})",
       true},
      {"rehearsal-wanted", R"({"people":6,"speed":0})", true},
      {"rehearsal-wanted", R"({"people":5})", false},
      {"rehearsal-begun",
       R"({"rehearsal":")" + room + R"(","room":")" + room +
           R"(","code":"482913","links":{"display":"u"}})",
       true},
      {"rehearsal-begun",
       R"({"rehearsal":"1","room":")" + room + R"(","code":"482913","links":{}})", false},
      {"rehearsal",
       R"({"rehearsal":")" + room +
           R"(","state":"done","people":6,"speed":0,"seed":1,"lines":["a"],"room":")" + room +
           R"(","code":"482913","links":{},"summary":{"lost":0}})",
       true},
      {"rehearsal", R"({"rehearsal":")" + room + R"(","state":"lost"})", false},
      {"poll", R"({"messages":[{"id":")" + room + R"(","type":"ping"}],"wait_ms":0})", true},
      {"poll", R"({"poll":")" + room + R"(","messages":[]})", true},
      {"poll", R"({"messages":[]})", false},
      {"poll", R"({"messages":[{"id":")" + room + R"(","type":"pong"}]})", false},
      {"polled", R"({"poll":")" + room + R"(","messages":[{"type":"beat","time_ms":1}]})", true},
      {"polled", R"({"poll":")" + room + R"(","messages":[],"closed":{"code":1008}})", true},
      {"polled", R"({"poll":")" + room + R"(","messages":[{"type":"beat"}]})", false},
      {"failure", R"({"code":"busy","text":"Later."})", true},
      {"failure", R"({"code":"busy"})", false},
  };
  for (const auto& [definition, text, valid] : cases) {
    const test::SchemaValidator schema("http.json#/definitions/" + definition);
    EXPECT_EQ(schema.Accepts(text), valid) << definition << ": " << schema.Check(text);
  }
}

}  // namespace
}  // namespace plenum
