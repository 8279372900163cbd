#include "gateway/copy_wire.h"

#include <utility>

#include "schema/hash.h"
#include "schema/json.h"
#include "schema/limits.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

constexpr size_t kNameBytes = 64;
constexpr size_t kTokenBytes = 1024;
constexpr size_t kPartitions = 1000;
constexpr size_t kMany = 100'000;
constexpr size_t kBytes = 16 * 1024 * 1024;

uint64_t Index(MemberReader& object, std::string_view key) {
  return static_cast<uint64_t>(object.Int(key, 0, kMaxIndex));
}

std::string Bytes(MemberReader& object, std::string_view key) {
  std::string bytes;
  if (!Base64UrlDecode(object.String(key, kBytes), &bytes)) object.Refuse(key, "Not base64url.");
  return bytes;
}

void WriteNumbers(json::Writer& writer, std::string_view key, const std::vector<uint64_t>& all) {
  writer.Key(key).BeginArray();
  for (uint64_t number : all) writer.Int(static_cast<int64_t>(number));
  writer.EndArray();
}

std::vector<uint64_t> ReadNumbers(MemberReader& object, std::string_view key) {
  std::vector<uint64_t> all;
  for (const json::Value& value : object.Array(key, 1, kPartitions)) {
    if (!value.AsInt() || *value.AsInt() < 0) {
      object.Refuse(key, "These must be numbers.");
      return {};
    }
    all.push_back(static_cast<uint64_t>(*value.AsInt()));
  }
  return all;
}

// [[KEY, VALUE], …]; a row that is gone has no value.
void WriteRows(json::Writer& writer, const std::vector<VaultRow>& rows) {
  writer.Key("rows").BeginArray();
  for (const VaultRow& row : rows) {
    writer.BeginArray().String(Base64Url(row.key));
    if (row.value) writer.String(Base64Url(*row.value));
    writer.EndArray();
  }
  writer.EndArray();
}

bool ReadRow(const json::Value& value, VaultRow* row) {
  const json::Array* const parts = value.AsArray();
  if (!parts || parts->empty() || parts->size() > 2) return false;
  const std::string* const key = parts->front().AsString();
  if (!key || !Base64UrlDecode(*key, &row->key) || row->key.empty()) return false;
  if (parts->size() == 1) return true;
  const std::string* const text = parts->back().AsString();
  return text && Base64UrlDecode(*text, &row->value.emplace());
}

std::vector<VaultRow> ReadRows(MemberReader& object) {
  std::vector<VaultRow> rows;
  for (const json::Value& value : object.Array("rows", 0, kMany)) {
    if (ReadRow(value, &rows.emplace_back())) continue;
    object.Refuse("rows", "These must be rows of a vault.");
    return {};
  }
  return rows;
}

void WriteRun(json::Writer& writer, const NextAnswer::Run& run) {
  writer.BeginObject();
  writer.Key("partition").Int(run.partition);
  writer.Key("from").Int(static_cast<int64_t>(run.entries.front().offset));
  writer.Key("entries").BeginArray();
  for (const LogEntry& entry : run.entries) writer.String(Base64Url(entry.bytes));
  writer.EndArray().EndObject();
}

NextAnswer::Run ReadRun(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  NextAnswer::Run run;
  run.partition = object.U32("partition", 0, kPartitions);
  uint64_t offset = Index(object, "from");
  for (const json::Value& entry : object.Array("entries", 1, kMany)) {
    std::string bytes;
    if (!entry.AsString() || !Base64UrlDecode(*entry.AsString(), &bytes)) {
      object.Refuse("entries", "Not base64url.");
      return run;
    }
    run.entries.push_back({offset++, std::move(bytes)});
  }
  return run;
}

NodeKeys ReadKeys(MemberReader& object) {
  NodeKeys keys;
  const std::string master = Bytes(object, "master");
  if (master.size() != keys.master.size()) {
    object.Refuse("master", "This must be 32 bytes.");
    return keys;
  }
  std::copy(master.begin(), master.end(), keys.master.begin());
  for (const json::Value& value : object.Array("token_keys", 1, 2)) {
    const Path path = object.path().Member("token_keys");
    MemberReader key(value, path, object.context());
    TokenKey& read = keys.token_keys.emplace_back();
    read.id = key.Slug("id");
    read.secret = Bytes(key, "secret");
  }
  return keys;
}

template <class T, class Read>
std::expected<T, std::string> Parse(std::string_view text, Read read) {
  const auto value = json::Parse(text);
  if (!value) return std::unexpected(value.error().what);
  ReadContext context{.strict = false, .language = {}, .languages = {}};
  const Path root = Path::Root("");
  MemberReader object(*value, root, context);
  T found = read(object);
  if (context.issues.empty()) return found;
  return std::unexpected(context.issues.front().Sentence());
}

}  // namespace

std::string Encode(const CopyKeys& keys) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("log").String(keys.log);
  writer.Key("epoch").Raw(EncodeEpoch(keys.epoch));
  const std::string_view master(reinterpret_cast<const char*>(keys.keys.master.data()),
                                keys.keys.master.size());
  writer.Key("master").String(Base64Url(master));
  writer.Key("token_keys").BeginArray();
  for (const TokenKey& key : keys.keys.token_keys) {
    writer.BeginObject().Key("id").String(key.id);
    writer.Key("secret").String(Base64Url(key.secret)).EndObject();
  }
  writer.EndArray();
  writer.Key("organiser").String(keys.organiser);
  writer.Key("partitions").Int(keys.partitions);
  writer.EndObject();
  return writer.Take();
}

std::expected<CopyKeys, std::string> ParseCopyKeys(std::string_view text) {
  return Parse<CopyKeys>(text, [](MemberReader& object) {
    CopyKeys keys;
    keys.log = object.String("log", kNameBytes);
    keys.keys = ReadKeys(object);
    keys.organiser = object.String("organiser", kTokenBytes);
    keys.partitions = object.U32("partitions", 2, kPartitions);
    if (const json::Value* epoch = object.Require("epoch")) {
      json::Writer writer;
      writer.Put(*epoch);
      auto record = ParseEpoch(writer.Take());
      if (record)
        keys.epoch = *std::move(record);
      else
        object.Refuse("epoch", record.error());
    }
    return keys;
  });
}

std::string Encode(const VaultPageQuestion& question) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("from").String(Base64Url(question.from));
  writer.Key("rows").Bool(question.rows);
  writer.EndObject();
  return writer.Take();
}

std::expected<VaultPageQuestion, std::string> ParseVaultPageQuestion(std::string_view text) {
  return Parse<VaultPageQuestion>(text, [](MemberReader& object) {
    return VaultPageQuestion{Bytes(object, "from"), object.BoolOr("rows", false)};
  });
}

std::string Encode(const VaultPage& page) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("to").String(Base64Url(page.to));
  writer.Key("digest").String(page.digest.Hex());
  if (!page.rows.empty()) WriteRows(writer, page.rows);
  writer.EndObject();
  return writer.Take();
}

std::expected<VaultPage, std::string> ParseVaultPage(std::string_view text) {
  return Parse<VaultPage>(text, [](MemberReader& object) {
    VaultPage page;
    page.to = Bytes(object, "to");
    page.digest = object.Hex<Digest>("digest");
    if (object.Has("rows")) page.rows = ReadRows(object);
    return page;
  });
}

std::string Encode(const NextQuestion& question) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("copy").String(question.copy);
  writer.Key("log").String(question.log);
  WriteNumbers(writer, "ends", question.ends);
  writer.Key("last").BeginArray();
  for (const Digest& digest : question.last) writer.String(digest.Hex());
  writer.EndArray();
  writer.Key("feed").String(question.feed);
  writer.Key("at").Int(static_cast<int64_t>(question.at));
  writer.Key("wait_ms").Int(question.wait_ms);
  writer.EndObject();
  return writer.Take();
}

std::expected<NextQuestion, std::string> ParseNextQuestion(std::string_view text) {
  return Parse<NextQuestion>(text, [](MemberReader& object) {
    NextQuestion question;
    question.copy = object.String("copy", kNameBytes);
    question.log = object.String("log", kNameBytes);
    question.ends = ReadNumbers(object, "ends");
    for (const json::Value& value : object.Array("last", 1, kPartitions)) {
      const auto digest = value.AsString() ? Digest::FromHex(*value.AsString()) : std::nullopt;
      if (!digest) object.Refuse("last", "These must be digests.");
      question.last.push_back(digest.value_or(Digest{}));
    }
    question.feed = object.String("feed", kNameBytes);
    question.at = Index(object, "at");
    question.wait_ms = object.U32("wait_ms", 0, kMaxCounter);
    return question;
  });
}

std::string Encode(const NextAnswer& answer) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("epoch").Int(static_cast<int64_t>(answer.epoch));
  WriteNumbers(writer, "ends", answer.ends);
  writer.Key("feed").String(answer.feed);
  writer.Key("at").Int(static_cast<int64_t>(answer.at));
  writer.Key("compare").Bool(answer.compare);
  WriteRows(writer, answer.rows);
  writer.Key("runs").BeginArray();
  for (const NextAnswer::Run& run : answer.runs) WriteRun(writer, run);
  writer.EndArray().EndObject();
  return writer.Take();
}

std::expected<NextAnswer, std::string> ParseNextAnswer(std::string_view text) {
  return Parse<NextAnswer>(text, [](MemberReader& object) {
    NextAnswer answer;
    answer.epoch = Index(object, "epoch");
    answer.ends = ReadNumbers(object, "ends");
    answer.feed = object.String("feed", kNameBytes);
    answer.at = Index(object, "at");
    answer.compare = object.Bool("compare");
    answer.rows = ReadRows(object);
    const Path path = object.path().Member("runs");
    const json::Array& runs = object.Array("runs", 0, kPartitions);
    for (size_t i = 0; i < runs.size(); ++i) {
      answer.runs.push_back(ReadRun(runs[i], path.Element(i), object.context()));
    }
    return answer;
  });
}

}  // namespace plenum
