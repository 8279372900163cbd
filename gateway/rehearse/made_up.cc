#include "gateway/rehearse/made_up.h"

namespace plenum::rehearse {

const MadeUpTexts& MadeUpIn(std::string_view language) {
  static const MadeUpTexts kEnglish = {
      {"hope", "Hope", "HOPE", "trust", "Trust", "energy", "doubt", "Doubt", "joy", "team"},
      {"Ask those who are not here", "Meet in person", "Write down what we agree",
       "Share what already works", "Begin with one small trial", "Give it a budget",
       "Let people nearby decide", "Make the form shorter", "Talk to our neighbours",
       "Stop what nobody needs", "Tell people what became of it", "Keep a place open for newcomers",
       "Find somebody to look after it", "Try it for three months", "Visit each other",
       "Put it on one page"},
      {"every month", "before the summer", "with the people it is about", "together",
       "step by step", "from next week on", "in plain words", "without waiting for permission",
       "where people already are", "and see what happens"}};
  static const MadeUpTexts kWelsh = {
      {"gobaith", "Gobaith", "GOBAITH", "hyder", "Hyder", "egni", "amheuaeth", "hwyl", "cymuned"},
      {"Gofyn i'r rhai nad ydynt yma", "Cwrdd wyneb yn wyneb",
       "Ysgrifennu beth rydym wedi'i gytuno", "Rhannu beth sy'n gweithio yn barod",
       "Dechrau gydag un treial bach", "Rhoi cyllideb iddo", "Gadael i bobl leol benderfynu",
       "Gwneud y ffurflen yn fyrrach", "Siarad gyda'n cymdogion",
       "Dweud wrth bobl beth ddigwyddodd", "Ymweld gyda'n gilydd", "Ei roi ar un dudalen"},
      {"bob mis", "cyn yr haf", "gyda'r bobl dan sylw", "gyda'n gilydd", "gam wrth gam",
       "o'r wythnos nesaf ymlaen", "mewn geiriau syml", "heb aros am ganiatad"}};
  return language.substr(0, 2) == "cy" ? kWelsh : kEnglish;
}

}  // namespace plenum::rehearse
