#include "gateway/basic/words.h"

#include <map>

namespace plenum::basic {
namespace {

struct Both {
  Word word;
  const char* english;
  const char* welsh;
};

constexpr Both kWords[] = {
    {Word::kLangName, "English", "Cymraeg"},
    {Word::kJoinTitle, "Join the room", "Ymuno â’r ystafell"},
    {Word::kCodeLabel, "The six digits on the big screen", "Y chwe digid ar y sgrin fawr"},
    {Word::kJoin, "Join", "Ymuno"},
    {Word::kPersonalLabel, "The code on your badge", "Y cod ar eich bathodyn"},
    {Word::kPrivacyTitle, "Before you start", "Cyn i chi ddechrau"},
    {Word::kUnderstand, "I understand, go on", "Rwy’n deall, ymlaen"},
    {Word::kGroupTitle, "Where do you belong?", "I ble rydych chi’n perthyn?"},
    {Word::kGroupWhy, "So that results can be read by group. You may leave it out.",
     "Er mwyn gallu darllen y canlyniadau fesul grŵp. Cewch ei adael allan."},
    {Word::kGroupNone, "I’d rather not say", "Gwell gen i beidio â dweud"},
    {Word::kGoOn, "Go on", "Ymlaen"},
    {Word::kLanguage, "Language", "Iaith"},
    {Word::kNothingNow, "Nothing to answer just now.", "Dim i’w ateb ar hyn o bryd."},
    {Word::kNext, "Next", "Nesaf"},
    {Word::kChangesItself, "This page refreshes by itself, every few seconds.",
     "Mae’r dudalen hon yn adnewyddu ar ei phen ei hun, bob ychydig eiliadau."},
    {Word::kLookAgain, "Look again", "Edrych eto"},
    {Word::kLookAgainWhy, "This page does not change by itself while you write.",
     "Nid yw’r dudalen hon yn newid ar ei phen ei hun tra byddwch yn ysgrifennu."},
    {Word::kIsStill, "This page does not refresh by itself.",
     "Nid yw’r dudalen hon yn adnewyddu ar ei phen ei hun."},
    {Word::kRefresh, "Refresh by itself", "Adnewyddu ar ei phen ei hun"},
    {Word::kDoNotRefresh, "Do not refresh by itself", "Peidio ag adnewyddu ar ei phen ei hun"},
    {Word::kNoRefresh, "Pages must not refresh by themselves. I press “Look again”.",
     "Ni ddylai tudalennau adnewyddu ar eu pen eu hunain. Byddaf yn pwyso “Edrych eto”."},
    {Word::kThanks, "That was everything. Thank you.", "Dyna’r cyfan. Diolch."},
    {Word::kCounted, "Counted.", "Cyfrifwyd."},
    {Word::kHandedIn, "Handed in.", "Cyflwynwyd."},
    {Word::kSuperseded, "A newer answer of yours counts.",
     "Ateb mwy diweddar gennych sy’n cyfrif."},
    {Word::kStale, "Another answer of yours counts.", "Ateb arall gennych sy’n cyfrif."},
    {Word::kLate, "Voting had closed before this arrived, so it is not counted.",
     "Roedd y bleidlais wedi cau cyn i hwn gyrraedd, felly nid yw’n cyfrif."},
    {Word::kNotAccepted, "This was not accepted.", "Ni dderbyniwyd hwn."},
    {Word::kNotRecorded,
     "The server has not said that it has this. Send it again: it counts only once.",
     "Nid yw’r gweinydd wedi dweud bod hwn ganddo. Anfonwch ef eto: dim ond unwaith y bydd yn "
     "cyfrif."},
    {Word::kSendAgain, "Send it again", "Ei anfon eto"},
    {Word::kSent, "Recorded. Whether it counts is said in a moment.",
     "Wedi’i gofnodi. Dywedir mewn eiliad a yw’n cyfrif."},
    {Word::kIncomplete, "Please choose or write something first.",
     "Dewiswch neu ysgrifennwch rywbeth yn gyntaf."},
    {Word::kStrangeForm, "This did not come from this page, so nothing was sent.",
     "Ni ddaeth hwn o’r dudalen hon, felly nid anfonwyd dim."},
    {Word::kYouSaid, "Your answer: {}", "Eich ateb: {}"},
    {Word::kSend, "Send my answer", "Anfon fy ateb"},
    {Word::kChange, "Change my answer", "Newid fy ateb"},
    {Word::kChangeIt, "Change", "Newid"},
    {Word::kBack, "Back", "Yn ôl"},
    {Word::kChooseOne, "Choose one", "Dewiswch un"},
    {Word::kChooseUpTo, "Choose up to {}", "Dewiswch hyd at {}"},
    {Word::kChooseBetween, "Choose {} to {}", "Dewiswch {} i {}"},
    {Word::kScaleFrom, "Your answer, from {} to {}", "Eich ateb, o {} i {}"},
    {Word::kDotsHow, "You have {} in all, at most {} on one.",
     "Mae gennych {} i gyd, dim mwy na {} ar un."},
    {Word::kDotsOn, "Dots on {}", "Dotiau ar {}"},
    {Word::kRankHow, "Choose up to {}, the best first", "Dewiswch hyd at {}, y gorau’n gyntaf"},
    {Word::kPlace, "Place {}", "Lle {}"},
    {Word::kNoAnswer, "no answer", "dim ateb"},
    {Word::kMeToo, "Me too", "Finnau hefyd"},
    {Word::kMeTooFor, "Me too: {}", "Finnau hefyd: {}"},
    {Word::kTakeBackVote, "Take my vote back: {}", "Tynnu fy mhleidlais yn ôl: {}"},
    {Word::kYoursToo, "yours too", "chithau hefyd"},
    {Word::kNoQuestions, "Nothing yet. Yours could be the first.",
     "Dim eto. Gallai eich un chi fod y cyntaf."},
    {Word::kYourText, "Your words", "Eich geiriau"},
    {Word::kYourWords, "At most {} words", "Dim mwy na {} gair"},
    {Word::kYourQuestion, "Your question", "Eich cwestiwn"},
    {Word::kYourIdea, "One bold idea, and its first step", "Un syniad beiddgar, a’i gam cyntaf"},
    {Word::kUpToLetters, "Up to {} characters", "Hyd at {} nod"},
    {Word::kOptional, "optional", "dewisol"},
    {Word::kNamesPerson, "This may name somebody. It is kept separately, and deleted first.",
     "Gall hwn enwi rhywun. Fe’i cedwir ar wahân, a’i ddileu’n gyntaf."},
    {Word::kHandIn, "Hand it in", "Ei gyflwyno"},
    {Word::kWhatYouWrote, "What you wrote", "Yr hyn a ysgrifennoch"},
    {Word::kTakeBack, "Take back", "Tynnu’n ôl"},
    {Word::kPending, "being read by the team", "y tîm yn ei ddarllen"},
    {Word::kHidden, "not shown", "heb ei ddangos"},
    {Word::kWithdrawn, "taken back", "tynnwyd yn ôl"},
    {Word::kErased, "erased", "dilëwyd"},
    {Word::kModerated, "The team reads it before everybody sees it.",
     "Mae’r tîm yn ei ddarllen cyn i bawb ei weld."},
    {Word::kOthersWrite, "Others are writing. Your turn comes after that.",
     "Mae eraill yn ysgrifennu. Daw eich tro wedyn."},
    {Word::kCardsGoRound, "Soon the cards go round. Keep this page open.",
     "Bydd y cardiau’n symud cyn hir. Cadwch y dudalen hon ar agor."},
    {Word::kPrintedNumber, "Number printed on your card", "Y rhif a argraffwyd ar eich cerdyn"},
    {Word::kMyCard, "This is my card", "Dyma fy ngherdyn"},
    {Word::kImHere, "I’m here", "Rwyf yma"},
    {Word::kHereIn, "You are counted in.", "Rydych chi wedi’ch cyfrif i mewn."},
    {Word::kWalkPass, "Walk about, and pass it on", "Cerddwch o gwmpas, a’i basio ymlaen"},
    {Word::kPassOn, "Pass it on", "Ei basio ymlaen"},
    {Word::kFaceDown, "You hold a card, face down. Pass it on as often as you like until the bell.",
     "Mae cerdyn wyneb i lawr yn eich llaw. Pasiwch ef mor aml ag y mynnwch tan y gloch."},
    {Word::kNoCard, "You have no card now. Say that you are here, and one comes when there is one.",
     "Nid oes gennych gerdyn nawr. Dywedwch eich bod yma, a daw un pan fydd un."},
    {Word::kWalkSwap, "Walk about, and swap cards. Do not read until the bell.",
     "Cerddwch o gwmpas, a chyfnewid cardiau. Peidiwch â darllen tan y gloch."},
    {Word::kReadScore, "Read it, and score it alone",
     "Darllenwch ef, a’i sgorio ar eich pen eich hun"},
    {Word::kLateScore, "Your card of round {} may still be scored",
     "Gallwch sgorio’ch cerdyn o rownd {} o hyd"},
    {Word::kNumberInHand, "Number on the card in your hand", "Y rhif ar y cerdyn yn eich llaw"},
    {Word::kNextCard, "A card comes with the next round.", "Daw cerdyn gyda’r rownd nesaf."},
    {Word::kRoundOf, "Round {} of {}", "Rownd {} o {}"},
    {Word::kExtraRound, "Extra round {}", "Rownd ychwanegol {}"},
    {Word::kScoreCard, "Score this card", "Sgorio’r cerdyn hwn"},
    {Word::kGoToTable, "Go to table {}", "Ewch i fwrdd {}"},
    {Word::kThenTable, "Then table {}", "Wedyn bwrdd {}"},
    {Word::kPlanComing, "Your table comes here as soon as the plan is made.",
     "Daw eich bwrdd yma cyn gynted ag y bydd y cynllun yn barod."},
    {Word::kTables, "Tables", "Byrddau"},
    {Word::kPlacesTaken, "{} of {} places taken", "{} o {} lle wedi’u llenwi"},
    {Word::kSitHere, "Sit at table {}", "Eistedd wrth fwrdd {}"},
    {Word::kHostThis, "Host table {}", "Croesawu wrth fwrdd {}"},
    {Word::kHandOver, "Hand over hosting table {}", "Trosglwyddo croesawu bwrdd {}"},
    {Word::kHostWhy, "The host stays, welcomes people, and notes what matters.",
     "Mae’r gwesteiwr yn aros, yn croesawu pobl, ac yn nodi’r hyn sy’n bwysig."},
    {Word::kFreeToMove, "You may move at any time: learn or contribute, or go where you can.",
     "Cewch symud unrhyw bryd: dysgwch neu gyfrannwch, neu ewch lle gallwch."},
    {Word::kWriteNote, "Write a note for this table", "Ysgrifennu nodyn i’r bwrdd hwn"},
    {Word::kNotes, "Notes of this table", "Nodiadau’r bwrdd hwn"},
    {Word::kTable, "Table {}", "Bwrdd {}"},
    {Word::kOpenTable, "Open table", "Bwrdd agored"},
    {Word::kClosedNow, "It has closed.", "Mae wedi cau."},
    {Word::kTookPart, "{} of {} took part", "Cymerodd {} o {} ran"},
    {Word::kResultComes, "The result comes to this page when it is revealed.",
     "Daw’r canlyniad i’r dudalen hon pan gaiff ei ddatgelu."},
    {Word::kResult, "Result", "Canlyniad"},
    {Word::kSoFar, "So far", "Hyd yn hyn"},
    {Word::kAnonymous, "Anonymous", "Dienw"},
    {Word::kNamed, "Shows a name", "Yn dangos enw"},
    {Word::kLinked, "Linked to your other answers", "Cysylltir â’ch atebion eraill"},
    {Word::kLinkedTo, "Linked to your answer in {}", "Cysylltir â’ch ateb yn {}"},
    {Word::kTimeLeft, "{} left when this page was made", "{} ar ôl pan wnaed y dudalen hon"},
    {Word::kTell, "Tell the organisers something", "Dweud rhywbeth wrth y trefnwyr"},
    {Word::kTellLabel, "Only the team reads this. It is not shown in the room.",
     "Dim ond y tîm sy’n darllen hwn. Ni chaiff ei ddangos yn yr ystafell."},
    {Word::kLeave, "Leave this room", "Gadael yr ystafell hon"},
    {Word::kLeft, "You have left the room. Your answers stay.",
     "Rydych wedi gadael yr ystafell. Mae’ch atebion yn aros."},
    {Word::kJoinAgain, "Join again", "Ymuno eto"},
    {Word::kElsewhere, "You have opened this room somewhere else. It goes on there.",
     "Rydych wedi agor yr ystafell hon yn rhywle arall. Mae’n parhau yno."},
    {Word::kUseHere, "Use it here", "Ei defnyddio yma"},
    {Word::kBusy, "The server cannot be reached just now. This page tries again.",
     "Ni ellir cyrraedd y gweinydd ar hyn o bryd. Mae’r dudalen hon yn ceisio eto."},
    {Word::kAnswer, "Answer", "Ateb"},
    {Word::kPeople, "People", "Pobl"},
    {Word::kDots, "Dots", "Dotiau"},
    {Word::kVotes, "Votes", "Pleidleisiau"},
    {Word::kPoints, "Points", "Pwyntiau"},
    {Word::kFirsts, "First places", "Yn gyntaf"},
    {Word::kMean, "Mean", "Cymedr"},
    {Word::kMedian, "Median", "Canolrif"},
    {Word::kRank, "Rank", "Safle"},
    {Word::kTotal, "Total", "Cyfanswm"},
    {Word::kScores, "Scores", "Sgorau"},
    {Word::kTimes, "Times", "Tro"},
    {Word::kNobodyFrom, "Nobody yet from {}", "Neb eto o {}"},
    {Word::kBefore, "Before", "Cynt"},
    {Word::kNow, "Now", "Nawr"},
    {Word::kChangeOf,
     "Of the {} who answered both times, {} went up, {} stayed, {} went down. Mean change {}.",
     "O’r {} a atebodd y ddau dro, aeth {} i fyny, arhosodd {}, aeth {} i lawr. Newid cymedrig "
     "{}."},
    {Word::kGroupsDiffer,
     "More than a fifth of the people differ between the two times: compare with care.",
     "Mae mwy nag un o bob pump o’r bobl yn wahanol rhwng y ddau dro: cymharwch yn ofalus."},
    {Word::kMerged, "* merged", "* wedi’u cyfuno"},
    {Word::kMore, "and {} more", "a {} arall"},
    {Word::kRemoved, "(text removed)", "(tynnwyd y testun)"},
    {Word::kPartOf, "now part of “{}”", "bellach yn rhan o “{}”"},
    {Word::kAnswering, "being answered now", "yn cael ei ateb nawr"},
    {Word::kAnswered, "answered", "atebwyd"},
    {Word::kNumber, "No. {}", "Rhif {}"},
    {Word::kWord, "Word", "Gair"},
    {Word::kIdea, "Idea", "Syniad"},
    {Word::kCards, "Cards", "Cardiau"},
    {Word::kContributions, "Contributions", "Cyfraniadau"},
    {Word::kByGroup, "By group", "Fesul grŵp"},
    {Word::kNoGroup, "No group told", "Heb nodi grŵp"},
    {Word::kTooFew, "Too few to be shown alone: {}", "Rhy ychydig i’w dangos ar wahân: {}"},
    {Word::kFullPage, "To the page for newer browsers", "I’r dudalen ar gyfer porwyr mwy newydd"},
};
static_assert(std::size(kWords) == static_cast<size_t>(Word::kCount));

const std::map<std::string, const char*>& WelshReasons() {
  static const std::map<std::string, const char*> kReasons = {
      {"not-open", "Nid yw hwn ar agor ar hyn o bryd."},
      {"over-budget", "Rydych wedi gosod mwy o ddotiau nag sydd gennych."},
      {"over-cap", "Mae hynny’n fwy o ddotiau nag y gall un syniad eu cael gennych chi."},
      {"too-many-items", "Rydych wedi cyflwyno cymaint ag a ganiateir."},
      {"too-many-choices", "Rydych wedi dewis mwy nag a ganiateir."},
      {"too-few-choices", "Dewiswch ragor, os gwelwch yn dda."},
      {"deck-frozen", "Mae’r cardiau’n symud eisoes; ni ellir ychwanegu rhai newydd."},
      {"number-taken", "Mae cerdyn â’r rhif hwn eisoes."},
      {"no-number", "Rhowch rif y cerdyn, os gwelwch yn dda."},
      {"own-card", "Eich cerdyn chi yw hwn; cyfnewidiwch eto."},
      {"already-scored", "Rydych wedi sgorio’r cerdyn hwn o’r blaen; cyfnewidiwch eto."},
      {"card-taken", "Mae rhywun arall wedi sgorio’r cerdyn hwn yn y rownd hon; cyfnewidiwch eto."},
      {"wrong-round", "Mae’r rownd hon ar ben."},
      {"no-card", "Nid oes cerdyn gennych ar hyn o bryd."},
      {"no-partner", "Ni allai neb gyfnewid â chi nawr; rhowch gynnig arall arni."},
      {"unknown-item", "Nid yw’r syniad hwn yn bod yma."},
      {"unknown-table", "Nid oes bwrdd â’r rhif hwn."},
      {"table-hosted", "Mae rhywun arall yn croesawu wrth y bwrdd hwn."},
      {"not-the-host", "Dim ond gwesteiwr y bwrdd all wneud hyn."},
      {"doors-locked", "Mae’r drysau ar gau; gofynnwch i’r tîm eich gadael i mewn."}};
  return kReasons;
}

}  // namespace

std::string Say(std::string_view language, Word word, std::initializer_list<std::string> values) {
  const Both& both = kWords[static_cast<size_t>(word)];
  std::string_view text = language == "cy" ? both.welsh : both.english;
  std::string out;
  auto value = values.begin();
  for (size_t hole; (hole = text.find("{}")) != std::string_view::npos;) {
    out.append(text.substr(0, hole));
    if (value != values.end()) out += *value++;
    text.remove_prefix(hole + 2);
  }
  return out.append(text);
}

std::string Say(std::string_view language, Word word, int64_t number) {
  return Say(language, word, {std::to_string(number)});
}

std::string ReasonIn(std::string_view language, const std::string& reason,
                     const std::string& sentence) {
  const auto welsh = language == "cy" ? WelshReasons().find(reason) : WelshReasons().end();
  if (welsh != WelshReasons().end()) return welsh->second;
  return sentence.empty() ? Say(language, Word::kNotAccepted) : sentence;
}

}  // namespace plenum::basic
