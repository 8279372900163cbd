// Validates texts against the JSON Schemas in schema/json-schema, with a library that knows nothing
// of plenum. Files are found from where this source lies.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::test {

std::filesystem::path RepositoryRoot();
std::string ReadFile(const std::filesystem::path& path);

// The files of schema/examples/FOLDER, by name, with what is in them.
std::map<std::string, std::string> Examples(std::string_view folder);

// One schema file, or one definition in it.
class SchemaValidator {
 public:
  // `name` as in "event.json" or "view.json#/definitions/stage".
  explicit SchemaValidator(std::string_view name);
  ~SchemaValidator();

  // What is wrong, empty if nothing is. A text that is no JSON is wrong.
  std::string Check(std::string_view text) const;
  bool Accepts(std::string_view text) const;  // the same, sooner said

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum::test
