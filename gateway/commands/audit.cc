#include "projector/audit.h"

#include <fstream>
#include <iostream>

#include "gateway/commands/commands.h"

namespace plenum {
namespace {

struct AuditFlags {
  std::string file;
  std::string against;
  std::string root;
  std::string state;
  uint64_t index = 0;
  bool has_index = false;
  bool json = false;
};

std::expected<AuditExpected, std::string> ExpectFile(const std::string& path, bool from_outside) {
  auto text = ReadFile(path);
  if (!text) return std::unexpected(text.error());
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto status = ParseStatus(*text);
  if (!status) return std::unexpected(path + " is not a room's state: " + status.error());
  return ExpectStatus(*status, from_outside);
}

std::expected<std::vector<AuditExpected>, std::string> Expectations(const AuditFlags& flags) {
  std::vector<AuditExpected> expected;
  std::string beside = flags.file + ".state.json";
  if (flags.file != "-" && std::ifstream(beside)) {
    auto one = ExpectFile(beside, false);
    if (!one) return std::unexpected(one.error());
    expected.push_back(*one);
  }
  if (!flags.against.empty()) {
    auto one = ExpectFile(flags.against, true);
    if (!one) return std::unexpected(one.error());
    expected.push_back(*one);
  }
  if (!flags.root.empty() || !flags.state.empty()) {
    AuditExpected one;
    one.from_outside = true;
    if (flags.has_index) one.index = flags.index;
    if (!flags.root.empty()) one.root = Digest::FromHex(flags.root);
    if (!flags.state.empty()) one.state = Digest::FromHex(flags.state);
    if ((!flags.root.empty() && !one.root) || (!flags.state.empty() && !one.state)) {
      return std::unexpected("a root or state digest is 64 lower-case hex digits.");
    }
    expected.push_back(one);
  }
  return expected;
}

int RunAudit(const AuditFlags& flags) {
  constexpr int kUnreadable = static_cast<int>(AuditVerdict::kUnreadable);
  auto expected = Expectations(flags);
  if (!expected) return Fail(expected.error(), kUnreadable);
  std::ifstream file;
  if (flags.file != "-") {
    file.open(flags.file, std::ios::binary);
    if (!file) return Fail(flags.file + " cannot be read.", kUnreadable);
  }
  AuditReport report = Audit(flags.file == "-" ? std::cin : file, *expected);
  std::cout << (flags.json ? EncodeAudit(report) + "\n" : DescribeAudit(report));
  return report.ExitStatus();
}

}  // namespace

Subcommand AddAudit(CLI::App& app) {
  auto flags = std::make_shared<AuditFlags>();
  CLI::App* command = app.add_subcommand(
      "audit", "Fold an export from nothing, and compare every result, digest and root");
  command->add_option("FILE", flags->file, "An export; FILE.state.json beside it is compared too")
      ->required();
  command->add_option("--against", flags->against,
                      "A room's state from elsewhere (the body of GET .../state)");
  command->add_option("--root", flags->root, "The Merkle root that you were given");
  command->add_option("--state", flags->state, "The state digest that you were given");
  CLI::Option* index =
      command->add_option("--index", flags->index, "After how many entries; without: at the end");
  command->add_flag("--json", flags->json, "Print one JSON object");
  command->footer(
      "Ends with 0 if all agrees, also with something from outside the export; 1 if something\n"
      "differs; 2 if it is no export; 3 if it agrees with itself but nothing from outside was "
      "given.");
  return {command, [flags, index] {
            flags->has_index = index->count() > 0;
            return RunAudit(*flags);
          }};
}

}  // namespace plenum
