#include "tests/unit/schema_mutations.h"

#include <functional>

#include "schema/json.h"

namespace plenum::test {
namespace {

using json::Array;
using json::Member;
using json::Object;
using json::Value;

// What a value is replaced with, by its kind.
std::vector<std::pair<std::string, Value>> Replacements(const Value& value) {
  std::vector<std::pair<std::string, Value>> others;
  const auto add = [&](const char* what, Value other) {
    others.emplace_back(what, std::move(other));
  };
  if (!value.IsNull()) add("null", Value());
  if (!value.AsBool()) add("a bool", Value(true));
  if (!value.AsArray()) add("an array", Value(Array()));
  if (!value.AsObject()) add("an object", Value(Object()));
  if (value.AsString()) {
    add("a number", Value(int64_t{1}));
    add("an empty string", Value(std::string()));
    add("another string", Value(std::string("?")));
    add("a long string", Value(std::string(5000, 'a')));
  } else if (value.AsInt()) {
    add("a string", Value(std::to_string(*value.AsInt())));
    add("a negative number", Value(int64_t{-2'000'000'000}));
    add("a huge number", Value((int64_t{1} << 53) - 1));
  } else {
    add("a number", Value(int64_t{1}));
    add("a string", Value(std::string("x")));
  }
  return others;
}

class Mutator {
 public:
  explicit Mutator(const Value& root) {
    Visit(root, "", [](Value value) { return value; });
  }
  std::vector<Mutant> Take() { return std::move(mutants_); }

 private:
  // Puts a changed value back into its document.
  using Rebuild = std::function<Value(Value)>;

  void Add(const std::string& pointer, std::string what, const Value& document) {
    mutants_.push_back({pointer, std::move(what), json::Writer().Put(document).Take()});
  }

  void Visit(const Value& value, const std::string& pointer, const Rebuild& rebuild) {
    for (auto& [what, other] : Replacements(value)) {
      Add(pointer, "replaced by " + what, rebuild(std::move(other)));
    }
    if (const Object* object = value.AsObject()) VisitObject(*object, pointer, rebuild);
    if (const Array* array = value.AsArray()) VisitArray(*array, pointer, rebuild);
  }

  void VisitObject(const Object& object, const std::string& pointer, const Rebuild& rebuild) {
    for (size_t i = 0; i < object.size(); ++i) {
      const std::string at = pointer + '/' + object[i].first;
      Object without = object;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      Add(at, "dropped", rebuild(Value(std::move(without))));
      Visit(object[i].second, at, [&](Value other) {
        Object changed = object;
        changed[i].second = std::move(other);
        return rebuild(Value(std::move(changed)));
      });
    }
    Object more = object;
    more.emplace_back("zzz", Value(int64_t{1}));
    Add(pointer + "/zzz", "added", rebuild(Value(std::move(more))));
  }

  void VisitArray(const Array& array, const std::string& pointer, const Rebuild& rebuild) {
    for (size_t i = 0; i < array.size(); ++i) {
      const std::string at = pointer + '/' + std::to_string(i);
      Array without = array;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      Add(at, "dropped", rebuild(Value(std::move(without))));
      Visit(array[i], at, [&](Value other) {
        Array changed = array;
        changed[i] = std::move(other);
        return rebuild(Value(std::move(changed)));
      });
    }
  }

  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> MutantsOf(std::string_view text) {
  const auto value = json::Parse(text);
  if (!value) return {};
  return Mutator(*value).Take();
}

}  // namespace plenum::test
