// Texts: what people write, in one field or several: from the facts' banks, or made up.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/made_up.h"
#include "gateway/rehearse/random.h"
#include "schema/command.h"

namespace plenum::rehearse {

class TextSource {
 public:
  // `facts` may be null: everything is made up, in `language` if there is a bank of it (made_up.h).
  TextSource(const Facts* facts, std::string_view language)
      : facts_(facts), made_up_(MadeUpIn(language)) {}

  // Of a deck: distinct, so that a card is known by its text.
  std::string Card(const ActivitySpec& spec, uint32_t number, Random& random) const;
  // What somebody contributes. `given`: texts of some fields, which stand already.
  Writing Any(const ActivitySpec& spec, Random& random,
              const std::map<std::string, std::string>& given = {}) const;
  // How many of a hundred write something.
  int PercentOf(const ActivityId& activity) const;

 private:
  std::string One(const ActivitySpec& spec, const std::string& field, Random& random) const;

  std::string MadeUp(Random& random) const;

  const Facts* facts_;
  const MadeUpTexts& made_up_;
};

}  // namespace plenum::rehearse
