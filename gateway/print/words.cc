#include "gateway/print/words.h"

namespace plenum::print {
namespace {

constexpr Phrases kEnglish = {
    .language = "en",
    .join_title = "Join in with your phone",
    .scan = "Scan this with your camera",
    .or_open = "or open",
    .and_type = "and type this code",
    .bring_badge = "You also need the code on your badge; scanning the badge does all of it.",
    .wifi_title = "Wi-Fi",
    .wifi_scan = "Scan this to connect",
    .network = "Network",
    .password = "Password",
    .no_password = "No password is needed.",
    .table = "Table",
    .sit_here = "Sitting here? Scan this.",
    .idea = "Idea",
    .vote_here = "Scan this to find the idea on your phone",
    .card = "Card",
    .your_idea = "One bold idea",
    .first_step = "A first step",
    .round = "Round",
    .score = "Score, 1 to 5",
    .ballot = "Paper ballot",
    .hand_in = "Fill this in and hand it to the team. It counts once.",
    .serial = "Serial",
    .tick_one = "Tick one.",
    .tick_some = "Tick from {min} to {max}.",
    .tick_value = "Tick one number.",
    .dots = "You have {budget} dots. Write beside each idea how many it gets.",
    .at_most = "No more than {cap} for one idea.",
    .rank = "Write 1 beside the best, 2 beside the next, up to {top}.",
    .rate = "Tick one number in each line.",
    .upvote = "Tick all that you support.",
    .your_code = "Your own code",
    .keep_it = "This code is yours alone. Scan it to join; on another phone, scan it again.",
};

constexpr Phrases kWelsh = {
    .language = "cy",
    .join_title = "Ymunwch ar eich ffôn",
    .scan = "Sganiwch hwn â’ch camera",
    .or_open = "neu agorwch",
    .and_type = "a theipiwch y cod hwn",
    .bring_badge = "Bydd angen y cod ar eich bathodyn hefyd; mae sganio’r bathodyn yn ddigon.",
    .wifi_title = "Wi-Fi",
    .wifi_scan = "Sganiwch hwn i gysylltu",
    .network = "Rhwydwaith",
    .password = "Cyfrinair",
    .no_password = "Nid oes angen cyfrinair.",
    .table = "Bwrdd",
    .sit_here = "Yn eistedd yma? Sganiwch hwn.",
    .idea = "Syniad",
    .vote_here = "Sganiwch hwn i weld y syniad ar eich ffôn",
    .card = "Cerdyn",
    .your_idea = "Un syniad beiddgar",
    .first_step = "Cam cyntaf",
    .round = "Rownd",
    .score = "Sgôr, 1 i 5",
    .ballot = "Papur pleidleisio",
    .hand_in = "Llenwch hwn a’i roi i’r tîm. Mae’n cyfrif unwaith.",
    .serial = "Rhif",
    .tick_one = "Ticiwch un.",
    .tick_some = "Ticiwch rhwng {min} a {max}.",
    .tick_value = "Ticiwch un rhif.",
    .dots = "Mae gennych {budget} dot. Ysgrifennwch wrth bob syniad faint y mae’n ei gael.",
    .at_most = "Dim mwy na {cap} i un syniad.",
    .rank = "Ysgrifennwch 1 wrth y gorau, 2 wrth y nesaf, hyd at {top}.",
    .rate = "Ticiwch un rhif ym mhob llinell.",
    .upvote = "Ticiwch bob un yr ydych yn ei gefnogi.",
    .your_code = "Eich cod chi",
    .keep_it = "Chi yn unig biau’r cod hwn. Sganiwch ef i ymuno; ar ffôn arall, sganiwch ef eto.",
};

}  // namespace

std::vector<const Phrases*> PhrasesFor(const std::vector<std::string>& languages) {
  std::vector<const Phrases*> phrases;
  for (const std::string& language : languages) {
    const std::string_view base = std::string_view(language).substr(0, language.find('-'));
    for (const Phrases* known : {&kEnglish, &kWelsh}) {
      if (known->language == base) phrases.push_back(known);
    }
  }
  if (phrases.empty()) phrases.push_back(&kEnglish);
  return phrases;
}

std::string_view In(const Text& text, std::string_view language) {
  for (const auto& [tag, words] : text.by_language) {
    if (std::string_view(tag).substr(0, tag.find('-')) == language) return words;
  }
  return text.empty() ? std::string_view() : text.by_language.front().second;
}

std::string Filled(std::string_view phrase, std::string_view name, uint32_t number) {
  std::string filled(phrase);
  const std::string slot = "{" + std::string(name) + "}";
  if (const size_t at = filled.find(slot); at != std::string::npos) {
    filled.replace(at, slot.size(), std::to_string(number));
  }
  return filled;
}

}  // namespace plenum::print
