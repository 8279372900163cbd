// Painter: what the parts of a room's page share: words in its language, forms, items. Internal.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/basic/page.h"

namespace plenum::basic {

class Painter {
 public:
  explicit Painter(const RoomPage& its_page)
      : page(its_page), room(page.stage["room"]), now(page.stage["now"]) {
    const bool fits = now && page.person["activity"].Str() == now["activity"].Str() &&
                      page.person["generation"].Num() == now["generation"].Num();
    if (fits) mine = page.person;
  }

  std::string W(Word word, std::initializer_list<std::string> values = {}) const {
    return Say(page.language, word, values);
  }
  std::string W(Word word, int64_t number) const { return Say(page.language, word, number); }
  std::string In(Look text) const { return text.In(page.language); }
  std::string Phase() const { return now["phase"].Str(); }

  // A form of one command about the activity that is shown; `seq`: of the ballot, 0 for none.
  void BeginForm(std::string_view action, int64_t seq = 0);
  // Ends it with its button; `about`: what the button is for, where there are many.
  void EndForm(Word button, const std::string& about = {});
  void EndForm(std::string label);

  // A text box or area with its label.
  struct Box {
    std::string name, label, hint;
    int64_t most = 0;  // characters
    bool line = false;
    bool required = false;
  };
  void TextBox(const Box& box);
  void NumberBox(const std::string& name, const std::string& label, int64_t low, int64_t high,
                 int64_t value);
  // One of several, as radio buttons in a field set. `chosen`: a value, or empty.
  struct Choice {
    std::string value, label;
  };
  void Radios(const std::string& name, const std::string& legend, const std::vector<Choice>& all,
              const std::vector<std::string>& chosen, bool many = false);

  std::string TitleOf(Look item) const;
  // The items that are judged, as they stand; those that are merged into others left out.
  std::vector<Look> Judged() const;
  std::string ValueLabel(Look ballot, int64_t value) const;

  const RoomPage& page;
  Html html;
  const Look room, now;
  Look mine;            // the person view, if it is about this activity
  bool typing = false;  // something on the page would be lost by looking again
};

// Each draws what there is to do in its kind of activity.
void PaintVote(Painter& painter);                     // ballots.cc
void PaintUpvotes(Painter& painter);                  // ballots.cc
void PaintWriting(Painter& painter);                  // writing.cc
void PaintOwnTexts(Painter& painter);                 // writing.cc
void PaintDeck(Painter& painter);                     // deck.cc
void PaintTables(Painter& painter);                   // tables.cc
void PaintResult(Painter& painter);                   // results.cc
bool IsAtTables(const Painter& painter);              // tables.cc
void PaintFields(Painter& painter, Word text_label);  // writing.cc

}  // namespace plenum::basic
