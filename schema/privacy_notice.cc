#include "schema/privacy_notice.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "schema/hash.h"
#include "schema/json.h"
#include "schema/labels.h"

namespace plenum {
namespace {

// One sentence in both languages; "{}" is where names and numbers go.
struct Both {
  std::string_view en;
  std::string_view cy;
};

std::string Fill(std::string_view pattern, const std::vector<std::string>& names) {
  std::string text;
  size_t next = 0;
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.substr(at, 2) == "{}" && next < names.size()) {
      text += names[next++];
      ++at;
    } else {
      text += pattern[at];
    }
  }
  return text;
}

// Tells one language's notice, section by section.
class Teller {
 public:
  Teller(const RunSheet& sheet, std::string_view language)
      : sheet_(sheet), language_(language), welsh_(language == "cy"), labels_(LabelsOf(sheet)) {}

  NoticeText Tell() {
    notice_.language = language_;
    notice_.title = In({"Your data: {}", "Eich data: {}"}, {TitleOf(sheet_.title)});
    TellWhoAnswers();
    TellWhatIsStored();
    TellHowLong();
    TellLinks();
    TellNames();
    TellWhoSees();
    TellErasing();
    TellRights();
    return std::move(notice_);
  }

 private:
  using Titles = std::vector<const Text*>;

  std::string In(const Both& both, const std::vector<std::string>& names = {}) const {
    return Fill(welsh_ ? both.cy : both.en, names);
  }
  std::string TitleOf(const Text& text) const { return std::string(TextIn(text, language_)); }
  std::string Listed(const Titles& titles) const { return ListTitles(titles, language_); }
  std::string DaysOf(uint32_t days) const {
    return In({days == 1 ? "{} day" : "{} days", "{} diwrnod"}, {std::to_string(days)});
  }
  void Section(const Both& title) { notice_.sections.push_back({In(title), {}}); }
  void Line(const Both& both, const std::vector<std::string>& names = {}) {
    notice_.sections.back().lines.push_back(In(both, names));
  }

  template <class Condition>
  Titles Where(const Condition& condition) const {
    Titles titles;
    for (const ActivitySpec& spec : sheet_.activities) {
      if (condition(spec)) titles.push_back(&spec.title);
    }
    return titles;
  }
  bool IsWritten() const {
    return !Where([](const ActivitySpec& spec) { return spec.collect.has_value(); }).empty();
  }

  void TellWhoAnswers() {
    Section({"Who answers for your data", "Pwy sy’n gyfrifol am eich data"});
    const Privacy& privacy = sheet_.privacy;
    if (privacy == Privacy{}) {
      return Line(
          {"The organisers have not said who answers for your data. Ask them before you "
           "join.",
           "Nid yw’r trefnwyr wedi dweud pwy sy’n gyfrifol am eich data. Gofynnwch iddynt "
           "cyn ymuno."});
    }
    Line({"{} answers for what is stored here.", "{} sy’n gyfrifol am yr hyn a gedwir yma."},
         {privacy.controller});
    Line({"For questions, and to see or erase something: {}",
          "I holi, ac i weld neu ddileu rhywbeth: {}"},
         {privacy.contact});
  }

  void TellWhatIsStored() {
    Section({"What is stored, and where", "Beth sy’n cael ei gadw, a ble"});
    Line(
        {"You need no name, no account and no e-mail address. This program does not keep the "
         "network address of your device; the network that you use may.",
         "Nid oes angen enw, cyfrif na chyfeiriad e-bost arnoch. Nid yw’r rhaglen hon yn cadw "
         "cyfeiriad rhwydwaith eich dyfais; gall y rhwydwaith rydych yn ei ddefnyddio wneud "
         "hynny."});
    Line(
        {"In your browser: a random key, by which you are the same participant after a reload, "
         "your drafts and your latest answers. You can clear them as you clear the data of any "
         "website.",
         "Yn eich porwr: allwedd ar hap, sy’n golygu mai chi yw’r un cyfranogwr ar ôl ail-lwytho’r "
         "dudalen, eich drafftiau a’ch atebion diweddaraf. Gallwch eu clirio fel data unrhyw "
         "wefan."});
    Line(
        {"In the log, on the organisers’ servers: each answer and when it came, under a number "
         "that stands for you (a pseudonym). Nobody can change or remove what is in the log, so "
         "that the results can be checked.",
         "Yn y log, ar weinyddion y trefnwyr: pob ateb a phryd y daeth, o dan rif sy’n eich "
         "cynrychioli (ffugenw). Ni all neb newid na dileu’r hyn sydd yn y log, fel y gellir "
         "gwirio’r canlyniadau."});
    TellVault();
    Line({"If you vote on paper, somebody types it in, under the number that is printed on it.",
          "Os ydych yn pleidleisio ar bapur, bydd rhywun yn ei deipio, o dan y rhif sydd wedi’i "
          "argraffu arno."});
  }

  void TellVault() {
    if (sheet_.groups.empty()) {
      return Line(
          {"In a separate store on these servers, the vault: what you write. The log has "
           "only a fingerprint of it, from which nobody can read the text.",
           "Mewn storfa ar wahân ar y gweinyddion hyn, y gladdgell: yr hyn rydych yn ei "
           "ysgrifennu. Dim ond ôl bys ohono sydd yn y log, ac ni all neb ddarllen y "
           "testun o hwnnw."});
    }
    Line(
        {"In a separate store on these servers, the vault: what you write, and the group that "
         "you say you belong to. The log has only a fingerprint of it, from which nobody can "
         "read the text.",
         "Mewn storfa ar wahân ar y gweinyddion hyn, y gladdgell: yr hyn rydych yn ei ysgrifennu, "
         "a’r grŵp y dywedwch eich bod yn perthyn iddo. Dim ond ôl bys ohono sydd yn y log, ac ni "
         "all neb ddarllen y testun o hwnnw."});
  }

  void TellHowLong() {
    Section({"For how long", "Am ba hyd"});
    const uint32_t days = sheet_.privacy.retention_days;
    if (days == 0) {
      Line({"The organisers have not said for how long texts are kept.",
            "Nid yw’r trefnwyr wedi dweud am ba hyd y cedwir testunau."});
    } else {
      Line({"All texts, and the key that makes the pseudonyms, are destroyed by the organisers "
            "within {} of this occasion.",
            "Bydd y trefnwyr yn dinistrio pob testun, a’r allwedd sy’n creu’r ffugenwau, o fewn {} "
            "i’r achlysur hwn."},
           {DaysOf(days)});
      Line(
          {"The log stays, so that the results can be checked later. Once the key is destroyed, "
           "nobody can find out any more whose an answer was.",
           "Mae’r log yn aros, fel y gellir gwirio’r canlyniadau yn ddiweddarach. Ar ôl "
           "dinistrio’r "
           "allwedd, ni all neb ddarganfod mwyach ateb pwy oedd beth."});
    }
    ForEachNaming([this](const ActivitySpec& spec, const Field& field) {
      if (field.retention_days == 0) return;
      Line(
          {"What stands in “{}” ({}) is destroyed sooner: within {} of this occasion.",
           "Mae’r hyn sydd yn “{}” ({}) yn cael ei ddinistrio’n gynt: o fewn {} i’r achlysur hwn."},
          {TitleOf(field.title), Listed({&spec.title}), DaysOf(field.retention_days)});
    });
  }

  void TellLinks() {
    Section({"Where you are known again", "Ble rydych yn cael eich adnabod eto"});
    bool linked = false;
    for (size_t i = 0; i < labels_.size(); ++i) {
      if (labels_[i].linked_with.empty() || !IsFirstOfSeries(i)) continue;
      linked = true;
      const std::string& series = sheet_.activities[i].Series();
      Line(
          {"In {} you are the same person to the program, so that answers can be compared or go "
           "together.",
           "Yn {} rydych yr un person i’r rhaglen, fel y gellir cymharu atebion neu eu rhoi gyda’i "
           "gilydd."},
          {Listed(Where([&](const ActivitySpec& spec) { return spec.Series() == series; }))});
    }
    const std::string_view rest_en =
        linked ? "In every other activity you have another pseudonym, so that your answers there "
                 "cannot be put together."
               : "In every activity you have another pseudonym, so that your answers cannot be put "
                 "together.";
    const std::string_view rest_cy =
        linked
            ? "Ym mhob gweithgaredd arall mae gennych ffugenw gwahanol, fel na ellir rhoi eich "
              "atebion yno gyda’i gilydd."
            : "Ym mhob gweithgaredd mae gennych ffugenw gwahanol, fel na ellir rhoi eich atebion "
              "gyda’i gilydd.";
    Line({rest_en, rest_cy});
    TellPictures();
    TellCarried();
  }

  bool IsFirstOfSeries(size_t at) const {
    const auto same = [&](const ActivitySpec& spec) {
      return spec.Series() == sheet_.activities[at].Series();
    };
    return std::ranges::find_if(sheet_.activities, same) - sheet_.activities.begin() ==
           static_cast<std::ptrdiff_t>(at);
  }

  void TellPictures() {
    for (const ActivitySpec& spec : sheet_.activities) {
      if (!spec.collect || spec.collect->picture_of.empty()) continue;
      const ActivityId& id = spec.collect->picture_of;
      const Titles chosen = Where([&](const ActivitySpec& other) { return other.id == id; });
      Line({"What you write in {} shows the picture that you chose in {}.",
            "Mae’r hyn rydych yn ei ysgrifennu yn {} yn dangos y llun a ddewisoch yn {}."},
           {Listed({&spec.title}), Listed(chosen)});
    }
  }

  void TellCarried() {
    for (const ActivitySpec& from : sheet_.activities) {
      if (!from.collect) continue;
      Titles again;
      for (size_t i = 0; i < labels_.size(); ++i) {
        const std::vector<ActivityId>& texts = labels_[i].texts_from;
        if (std::ranges::find(texts, from.id) == texts.end()) continue;
        again.push_back(&sheet_.activities[i].title);
      }
      if (again.empty()) continue;
      Line({"What is written in {} is shown again in {}.",
            "Bydd yr hyn a ysgrifennir yn {} yn cael ei ddangos eto yn {}."},
           {Listed({&from.title}), Listed(again)});
    }
  }

  template <class Tell>
  void ForEachNaming(const Tell& tell) {
    for (const ActivitySpec& spec : sheet_.activities) {
      if (!spec.collect) continue;
      for (const Field& field : spec.collect->fields) {
        if (field.names_person) tell(spec, field);
      }
    }
  }

  void TellNames() {
    bool begun = false;
    ForEachNaming([&](const ActivitySpec& spec, const Field& field) {
      if (!std::exchange(begun, true)) Section({"Names", "Enwau"});
      Line({"In {}, “{}” may name a person, and is shown with the rest of the text.",
            "Yn {}, gall “{}” enwi person, ac mae’n cael ei ddangos gyda gweddill y testun."},
           {Listed({&spec.title}), TitleOf(field.title)});
    });
    if (!begun) return;
    Line({"Write a name there only if that person agrees.",
          "Ysgrifennwch enw yno dim ond os yw’r person hwnnw’n cytuno."});
  }

  void TellWhoSees() {
    Section({"Who can see what", "Pwy all weld beth"});
    const Titles live = Where(
        [](const ActivitySpec& spec) { return spec.HasBallot() && spec.reveal == Reveal::kLive; });
    Line(
        {"Your single answers: nobody in the room. The screens show totals, once they are "
         "revealed.",
         "Eich atebion unigol: neb yn yr ystafell. Mae’r sgriniau’n dangos cyfansymiau, ar ôl "
         "iddynt gael eu datgelu."});
    if (!live.empty()) {
      Line({"In {} the totals are seen while answers still come.",
            "Yn {} mae’r cyfansymiau i’w gweld tra bo atebion yn dal i ddod."},
           {Listed(live)});
    }
    Line(
        {"Whoever runs the day may look at a total before it is revealed; the log says so.",
         "Gall y sawl sy’n cynnal y diwrnod edrych ar gyfanswm cyn ei ddatgelu; mae’r log yn dweud "
         "hynny."});
    if (!sheet_.groups.empty()) {
      Line(
          {"Which group you belong to: nobody. Totals may be shown by group, and never where fewer "
           "than {} people could be told apart.",
           "I ba grŵp rydych yn perthyn: neb. Gellir dangos cyfansymiau fesul grŵp, a byth lle "
           "gellid gwahaniaethu llai na {} o bobl."},
          {std::to_string(kSmallestGroupShown)});
    }
    if (IsWritten()) TellWhoReads();
    Line({"A word to the organisers: only those who run the day.",
          "Gair i’r trefnwyr: dim ond y rhai sy’n cynnal y diwrnod."});
    Line(
        {"The record of the day has totals and texts; an export of the log has answers under "
         "pseudonyms, without texts. The organisers decide who gets them.",
         "Mae cofnod y diwrnod yn cynnwys cyfansymiau a thestunau; mae allforiad o’r log yn "
         "cynnwys "
         "atebion o dan ffugenwau, heb destunau. Y trefnwyr sy’n penderfynu pwy sy’n eu cael."});
    Line(
        {"Whoever runs the servers could, until the key is destroyed, find out which answers came "
         "from the same browser.",
         "Gallai’r sawl sy’n rhedeg y gweinyddion, nes i’r allwedd gael ei dinistrio, ddarganfod "
         "pa atebion a ddaeth o’r un porwr."});
  }

  void TellWhoReads() {
    Line(
        {"What you write: everybody in the room, and nobody is told that it is yours.",
         "Yr hyn rydych yn ei ysgrifennu: pawb yn yr ystafell, ac ni ddywedir wrth neb mai chi a’i "
         "hysgrifennodd."});
    const Titles approved = Where([](const ActivitySpec& spec) {
      return spec.collect && spec.collect->moderation == Moderation::kApproveFirst;
    });
    if (approved.empty()) return;
    Line({"In {} a moderator reads it first, and decides whether it is shown.",
          "Yn {} mae cymedrolwr yn ei ddarllen yn gyntaf, ac yn penderfynu a gaiff ei ddangos."},
         {Listed(approved)});
  }

  void TellErasing() {
    Section({"How a text is erased", "Sut mae dileu testun"});
    Line(
        {"You can withdraw what you wrote; it leaves the screens. Cards that people swap can be "
         "withdrawn until they move.",
         "Gallwch dynnu’r hyn a ysgrifennoch yn ôl; mae’n gadael y sgriniau. Gellir tynnu cardiau "
         "sy’n cael eu cyfnewid yn ôl nes iddynt symud."});
    Line(
        {"The organisers can erase any contribution for good: ask them. It leaves the vault at "
         "once; where several servers share one, all their disks within about an hour. Its "
         "fingerprint stays in the log.",
         "Gall y trefnwyr ddileu unrhyw gyfraniad am byth: gofynnwch iddynt. Mae’n gadael y "
         "gladdgell ar unwaith; lle mae sawl gweinydd yn rhannu un, mae’n gadael eu disgiau i gyd "
         "o fewn tuag awr. Mae ei ôl bys yn aros yn y log."});
    Line(
        {"What was printed, copied or exported before cannot be called back. Answers without text "
         "stay in the log; you can change yours until voting closes.",
         "Ni ellir galw yn ôl yr hyn a argraffwyd, a gopïwyd neu a allforiwyd cyn hynny. Mae "
         "atebion heb destun yn aros yn y log; gallwch newid eich ateb nes i’r pleidleisio gau."});
  }

  void TellRights() {
    Section({"Your choice, and your rights", "Eich dewis, a’ch hawliau"});
    Line(
        {"You need not answer anything. You can also take part on paper, if the organisers offer "
         "it.",
         "Nid oes rhaid i chi ateb dim. Gallwch hefyd gymryd rhan ar bapur, os yw’r trefnwyr yn "
         "cynnig hynny."});
    Line(
        {"You can complain to the authority for data protection; in the United Kingdom, that is "
         "the Information Commissioner’s Office.",
         "Gallwch gwyno wrth yr awdurdod diogelu data; yn y Deyrnas Unedig, Swyddfa’r Comisiynydd "
         "Gwybodaeth yw hwnnw."});
  }

  const RunSheet& sheet_;
  const std::string language_;
  const bool welsh_;
  const std::vector<ActivityLabel> labels_;
  NoticeText notice_;
};

std::string PlainText(const NoticeText& notice) {
  std::string text = notice.title + "\n";
  for (const NoticeSection& section : notice.sections) {
    text += "\n" + section.title + "\n";
    for (const std::string& line : section.lines) text += "- " + line + "\n";
  }
  return text;
}

bool WelshFirst(const RunSheet& sheet) {
  for (const std::string& language : sheet.languages) {
    if (language == "cy" || language == "en") return language == "cy";
  }
  return false;
}

}  // namespace

PrivacyNotice MakeNotice(const RunSheet& sheet) {
  PrivacyNotice notice;
  std::vector<std::string_view> languages = {"en", "cy"};
  if (WelshFirst(sheet)) std::ranges::reverse(languages);
  for (const std::string_view language : languages) {
    if (!notice.plain.empty()) notice.plain += "\n";
    notice.texts.push_back(Teller(sheet, language).Tell());
    notice.plain += PlainText(notice.texts.back());
  }
  notice.version = HashOf(notice.plain);
  return notice;
}

std::string EncodeNotice(const PrivacyNotice& notice, bool with_text) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("version").String(notice.version.Hex());
  writer.Key("notices").BeginArray();
  for (const NoticeText& text : notice.texts) {
    writer.BeginObject();
    writer.Key("language").String(text.language);
    writer.Key("title").String(text.title);
    writer.Key("sections").BeginArray();
    for (const NoticeSection& section : text.sections) {
      writer.BeginObject();
      writer.Key("title").String(section.title);
      writer.Key("lines").BeginArray();
      for (const std::string& line : section.lines) writer.String(line);
      writer.EndArray();
      writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
  }
  writer.EndArray();
  if (with_text) writer.Key("text").String(notice.plain);
  writer.EndObject();
  return writer.Take();
}

}  // namespace plenum
