#include "gateway/commands/report_edit.h"

#include <iostream>

#include "gateway/commands/commands.h"
#include "projector/record/additions.h"
#include "schema/json.h"

namespace plenum {
namespace {

std::string Shown(const json::Value& object, std::string_view key) {
  const json::Value* const value = object.Find(key);
  if (!value) return "-";
  if (const std::string* text = value->AsString()) return *text;
  if (const int64_t* number = value->AsInt()) return std::to_string(*number);
  return "-";
}

void PrintDocuments(const json::Value& of) {
  const json::Value* const documents = of.Find("documents");
  if (!documents || !documents->AsArray()) return;
  for (const json::Value& document : *documents->AsArray()) {
    std::cout << "  " << Shown(document, "language") << "  sha256 " << Shown(document, "digest")
              << "  " << Shown(document, "address") << "\n";
  }
}

void PrintVersions(const json::Value& all) {
  const json::Value* const versions = all.Find("versions");
  const json::Value* const redacted = all.Find("redacted");
  if (versions && versions->AsArray()) {
    for (const json::Value& version : *versions->AsArray()) {
      const bool published = version.Find("published") != nullptr;
      std::cout << "version " << Shown(version, "version") << ": " << Shown(version, "entries")
                << " entries, approved #" << Shown(version, "index") << " by "
                << Shown(version, "role") << " at " << Shown(version, "time")
                << (published ? ", published #" + Shown(version, "published") : "") << "\n";
      PrintDocuments(version);
    }
  }
  if (!redacted || !redacted->AsArray()) return;
  for (const json::Value& one : *redacted->AsArray()) {
    std::cout << "redacted in version " << Shown(one, "version") << " (" << Shown(one, "reason")
              << ", #" << Shown(one, "index") << "): " << Shown(one, "activity") << " "
              << Shown(one, "item") << "\n";
  }
}

std::expected<std::string, std::string> BodyOf(const RecordEdit& edit, const std::string& figures) {
  json::Writer writer;
  writer.BeginObject();
  if (edit.redact->parsed()) {
    writer.Key("activity").String(edit.activity).Key("item").String(edit.item);
    writer.Key("reason").String(edit.reason);
  } else {
    writer.Key("version").Int(edit.version);
  }
  if (edit.approve->parsed() && !figures.empty()) {
    const auto text = ReadFile(figures);
    if (!text) return std::unexpected(text.error());
    if (auto read = ParseAdditions(*text, "en"); !read) {
      return std::unexpected(ProblemsIn(figures, read.error()));
    }
    writer.Key("figures").Put(*json::Parse(*text));
  }
  writer.EndObject();
  return writer.Take();
}

}  // namespace

bool RecordEdit::IsAsked() const {
  return versions &&
         (versions->parsed() || redact->parsed() || approve->parsed() || publish->parsed());
}

void AddRecordEdits(CLI::App& report, RecordEdit& edit) {
  edit.versions = report.add_subcommand("versions", "Which versions there are, and their digests");
  edit.redact = report.add_subcommand("redact", "Do not show a text from the next version on");
  edit.redact->add_option("--activity", edit.activity, "Where it stands")->required();
  edit.redact->add_option("--item", edit.item, "Its id, as in the record's JSON")->required();
  edit.redact->add_option("--reason", edit.reason, "none: it is shown again")
      ->required()
      ->check(CLI::IsMember({"none", "personal", "hurtful", "confidential", "asked", "other"}));
  edit.approve = report.add_subcommand("approve", "Approve the record as it is now, as a version");
  edit.approve->add_option("--version", edit.version, "Its number, from 1 on")->required();
  edit.publish = report.add_subcommand("publish", "Let everybody read a version");
  edit.publish->add_option("--version", edit.version, "Its number")->required();
  for (CLI::App* each : {edit.versions, edit.redact, edit.approve, edit.publish}) {
    each->fallthrough();
  }
}

int EditRecord(const RecordEdit& edit, const RoomSourceFlags& source, const std::string& figures) {
  if (source.url.empty() || source.room.empty()) {
    return Fail("versions of the record are made on a server: give --url and --room.", kExitUsage);
  }
  auto request = RequestOfRoom(source);
  if (!request) return Fail(request.error());
  request->url += "/record";
  if (!edit.versions->parsed()) {
    const auto body = BodyOf(edit, figures);
    if (!body) return Fail(body.error());
    request->method = "POST";
    request->body = *body;
    request->url += edit.redact->parsed()    ? "/redact"
                    : edit.approve->parsed() ? "/approve"
                                             : "/publish";
  }
  auto answer = Ask(*request, {});
  if (!answer) return Fail(answer.error());
  const auto body = json::Parse(answer->body);
  if (!body) return Fail("The server's answer is not valid.");
  if (edit.versions->parsed()) {
    PrintVersions(*body);
    return kExitOk;
  }
  std::cout << Shown(*body, "outcome") << " #" << Shown(*body, "index") << "\n";
  PrintDocuments(*body);
  return kExitOk;
}

std::string ProblemsIn(const std::string& file, const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += file + ":" + std::to_string(problem.place.line) + ":" +
            std::to_string(problem.place.column) + ": " + problem.what;
  }
  return text;
}

}  // namespace plenum
