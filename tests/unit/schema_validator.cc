#include "tests/unit/schema_validator.h"

#define VALIJSON_USE_EXCEPTIONS 1  // otherwise a schema that is wrong ends the program

#include <boost/json/src.hpp>  // the library's code; this file alone has it
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace plenum::test {
namespace {

using Adapter = valijson::adapters::BoostJsonAdapter;

boost::json::value LoadSchema(const std::string& name) {
  return boost::json::parse(ReadFile(RepositoryRoot() / "schema/json-schema" / name));
}

// References between the files, such as "common.json#/definitions/id".
const boost::json::value* FetchSchema(const std::string& uri) {
  return new boost::json::value(LoadSchema(uri));
}

std::string Explain(valijson::ValidationResults& results) {
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& part : error.context) text += part;
    text += ": " + error.description + "\n";
  }
  return text.empty() ? "refused" : text;
}

}  // namespace

std::filesystem::path RepositoryRoot() {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

std::map<std::string, std::string> Examples(std::string_view folder) {
  std::map<std::string, std::string> examples;
  for (const auto& entry :
       std::filesystem::directory_iterator(RepositoryRoot() / "schema/examples" / folder)) {
    examples[entry.path().filename().string()] = ReadFile(entry.path());
  }
  return examples;
}

struct SchemaValidator::Impl {
  valijson::Schema schema;
};

SchemaValidator::SchemaValidator(std::string_view name) : impl_(std::make_unique<Impl>()) {
  // A document that is nothing but a reference, so that a definition can be asked for as well.
  const boost::json::value root = {{"allOf", {{{"$ref", std::string(name)}}}}};
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(root), impl_->schema, FetchSchema,
                        [](const boost::json::value* document) { delete document; });
}

SchemaValidator::~SchemaValidator() = default;

std::string SchemaValidator::Check(std::string_view text) const {
  boost::json::error_code error;
  const boost::json::value value = boost::json::parse(text, error);
  if (error) return error.message();
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(impl_->schema, Adapter(value), &results)) return {};
  return Explain(results);
}

bool SchemaValidator::Accepts(std::string_view text) const {
  boost::json::error_code error;
  const boost::json::value value = boost::json::parse(text, error);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  return !error && validator.validate(impl_->schema, Adapter(value), nullptr);
}

}  // namespace plenum::test
