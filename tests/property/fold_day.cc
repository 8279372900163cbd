#include "tests/property/fold_day.h"

#include "projector/fold/stage.h"

namespace plenum::fold_test {
namespace {

ActivitySpec Named(const ActivityId& id, Ballot ballot) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = English(id);
  spec.ballot = std::move(ballot);
  spec.time.vote_ms = 60'000;
  spec.time.swap_ms = 90'000;
  return spec;
}

ActivitySpec DeckNamed(const ActivityId& id, Deck deck, uint32_t rounds) {
  ActivitySpec spec = Named(id, ScaleBallot{});
  spec.collect = Collect{.who = Contributors::kEveryone, .each = deck == Deck::kPaper ? 2u : 1u};
  spec.deal = Deal{rounds, deck};
  return spec;
}

void AddJudged(std::vector<ActivitySpec>& sheet) {
  ActivitySpec questions = Named("questions", UpvoteBallot{});
  questions.collect = Collect{.each = 4, .moderation = Moderation::kApproveFirst};
  questions.reveal = Reveal::kLive;
  ActivitySpec ranked = Named("ranked", RankBallot{3});
  ranked.items = {{"a", 7, English("Seven"), {}}};
  ranked.carry = Carry{"hopes", 0};
  ActivitySpec rated = Named("rated", ScaleBallot{-1, 3, {}, {}});
  rated.items = {{"x", 1, English("X"), {}}, {"y", 2, English("Y"), {}}};
  rated.carry = Carry{"gallery", 2};
  sheet.insert(sheet.end(), {questions, ranked, rated});
}

void AddTables(std::vector<ActivitySpec>& sheet) {
  ActivitySpec cafe = Named("cafe", {});
  cafe.items = {{"food", 3, English("Food"), {}},
                {"water", 0, English("Water"), {}},
                {"air", 1, English("Air"), {}}};
  cafe.seats = Seats{.rounds = 3, .capacity = 4, .tables = 4, .planned = true};
  cafe.collect = Collect{.who = Contributors::kTableHosts, .each = 2};
  cafe.time.seat_ms = 30'000;
  ActivitySpec space = Named("space", UpvoteBallot{});
  space.carry = Carry{"questions", 0};
  space.seats = Seats{.rounds = 2, .capacity = 3, .tables = 0, .planned = true};
  space.collect = Collect{.each = 3};
  ActivitySpec notes = Named("notes", DotsBallot{4, 2});
  notes.carry = Carry{"cafe", 0};
  sheet.insert(sheet.end(), {cafe, space, notes});
}

std::vector<ActivitySpec> Sheet(bool decks) {
  std::vector<ActivitySpec> sheet;
  sheet.push_back(Named("area", ChoiceBallot{.options = {{"north", English("North")},
                                                         {"south", English("South")},
                                                         {"east", English("East")}},
                                             .min = 1,
                                             .max = 2}));
  sheet.push_back(Named("before", ScaleBallot{}));
  sheet.push_back(Named("after", ScaleBallot{-2, 2, {}, {}}));
  sheet[1].series = sheet[2].series = "confidence";
  sheet.push_back(Named("gallery", DotsBallot{5, 3}));
  sheet[3].items = {{"a", 1, English("A"), {}}, {"b", 2, English("B"), {}}};
  sheet[3].collect = Collect{.each = 2};
  sheet.push_back(Named("hopes", {}));
  sheet[4].collect = Collect{.each = 3};
  sheet[4].reveal = Reveal::kLive;
  AddJudged(sheet);
  AddTables(sheet);
  if (!decks) return sheet;
  sheet.push_back(DeckNamed("ideas", Deck::kPhones, 3));
  sheet.push_back(DeckNamed("cards", Deck::kPaper, 2));
  return sheet;
}

}  // namespace

RandomDay::RandomDay(const DayPlan& plan, uint64_t seed)
    : plan_(plan), random_(seed), room_("day-" + std::to_string(seed)) {
  for (size_t i = 0; i < plan.people; ++i) {
    people_.push_back(IdOf<PersonId>("person/" + std::to_string(i)));
  }
  Prepare();
}

void RandomDay::Prepare() {
  RoomCreated created{kRules, English("A day"), {"en", "cy"}, 14};
  created.groups = {{"staff", English("Staff")}, {"public", English("The public")}};
  created.privacy = {"The organisers", "privacy@plenum.example", 90};
  if (random_.Chance(20)) created.join = JoinBy::kCodes;
  Send(room_.Make(Role::kProducer, created));
  for (const ActivitySpec& spec : Sheet(plan_.decks)) {
    activities_.push_back(spec.id);
    Send(room_.Make(Role::kProducer, ActivityAdded{spec, {}}));
  }
}

const Activity& RandomDay::AnyActivity() {
  // Mostly the current one, so that something comes of it.
  const RoomState& state = room_.state();
  if (!state.current.empty() && random_.Chance(80)) return *state.Find(state.current);
  return room_.At(activities_[random_.Below(activities_.size())]);
}

void RandomDay::Step() {
  room_.Pass(static_cast<TimeMs>(random_.Below(5000)));
  const Activity& activity = AnyActivity();
  const uint64_t kind = random_.Below(100);
  // Nodes answer soon, before the next round or the next tables.
  const bool asked = activity.seats && activity.seats->plan_asked != 0;
  if (asked && random_.Chance(25)) return Plan(activity);
  if (kind < 5) return ByPresenter(activity);
  if (kind < 9) return ByNode(activity);
  if (kind < 12) return Merge(activity);
  if (kind < 18) return Again();
  if (kind == 19) return ChangeSheet(activity);
  if (kind < 23) return Moderate(activity);
  if (kind == 23) return SetTables(activity.spec.seats ? activity : room_.At("cafe"));
  if (kind == 18) {
    outcomes_.push_back(room_.SendBytes("{\"garbage\":" + std::to_string(random_.Below(9))));
    return;
  }
  ByPerson(activity);
}

void RandomDay::ByPresenter(const Activity& activity) {
  const ActivityId id = activity.spec.id;
  const uint64_t kind = random_.Below(20);
  Payload payload = EarlyLook{};
  if (kind == 0) {
    Event doors = room_.Make(Role::kPresenter, DoorsSet{random_.Chance(30), 14});
    return Send(doors);
  }
  if (kind == 1) payload = ActivityRestarted{activity.stage};
  if (kind == 2) payload = ActivityExtended{activity.stage, -20'000 + 10'000 * 3};
  if (kind == 3) payload = ActivityAdvanced{activity.stage, static_cast<Phase>(random_.Below(9))};
  if (kind == 4) {
    payload = ActivityAdvanced{{activity.stage.generation, Phase::kVoting, 0}, Phase::kClosed};
  }
  if (kind > 5) {
    std::vector<Phase> steps = LegalSteps(room_.room().state(), activity);
    // Nothing happens any more in what is sealed.
    if (random_.Chance(90)) std::erase(steps, Phase::kSealed);
    if (steps.empty()) return Send(room_.Make(Role::kPresenter, payload, id));
    payload = ActivityAdvanced{activity.stage, steps[random_.Below(steps.size())]};
  }
  Event event = room_.Make(random_.Chance(2) ? Role::kModerator : Role::kPresenter, payload, id);
  if (random_.Chance(3)) event.actor.token = IdOf<TokenId>("lost");
  Send(event);
  if (random_.Chance(1)) {
    Send(room_.Make(Role::kProducer, LinkRevoked{IdOf<TokenId>("lost")}));
  }
}

void RandomDay::ByNode(const Activity& activity) {
  const auto due = room_.room().DueResults();
  if (!due.empty() && random_.Chance(60)) {
    Event event = room_.ResultEvent(due[random_.Below(due.size())]);
    if (random_.Chance(10)) std::get<ResultRecorded>(event.payload).totals = "{}";
    return Send(event);
  }
  if (activity.seats && random_.Chance(60)) return Plan(activity);
  if (activity.deck && random_.Chance(50)) {
    const PersonId& person = people_[random_.Below(people_.size())];
    auto it = activity.deck->people.find(person);
    const uint64_t since = it == activity.deck->people.end() ? 0 : it->second.here_index;
    Event event = For(activity, person, PresenceAway{random_.Chance(80) ? since : 3}, false);
    event.actor.role = Role::kNode;
    return Send(event);
  }
  if (random_.Chance(70) && activity.stage.phase != Phase::kClosing) return ByPerson(activity);
  Event event = room_.Make(Role::kNode, TimerFired{activity.deadline.armed_at}, activity.spec.id);
  event.generation = activity.stage.generation;
  Send(event);
}

ItemId RandomDay::AnyItem(const Activity& activity) {
  if (!activity.former.empty() && random_.Chance(5)) return activity.former.begin()->first;
  if (activity.items.empty() || random_.Chance(5)) return "nowhere";
  return activity.items[random_.Below(activity.items.size())].id;
}

void RandomDay::Merge(const Activity& activity) {
  Payload payload = ItemsUnmerged{AnyItem(activity)};
  if (random_.Chance(70)) {
    payload = ItemsMerged{AnyItem(activity), {AnyItem(activity), AnyItem(activity)}};
  }
  Send(room_.Make(Role::kModerator, payload, activity.spec.id));
}

void RandomDay::Again() {
  const std::vector<std::string>& log = room_.log();
  const size_t back = random_.Below(std::min<size_t>(log.size(), random_.Chance(50) ? 5 : 500));
  outcomes_.push_back(room_.SendBytes(log[log.size() - 1 - back]));
}

Event RandomDay::For(const Activity& activity, const PersonId& person, Payload payload, bool seq) {
  Event event = room_.MakeFor(person, activity.spec.id, std::move(payload));
  if (seq)
    event.seq = random_.Chance(95) ? ++seq_ : 1 + static_cast<uint32_t>(random_.Below(seq_ + 1));
  const uint64_t generation = random_.Below(40);
  if (generation == 0) ++event.generation;
  if (generation == 1 && event.generation > 0) --event.generation;
  if (random_.Chance(1)) event.series = "other";
  return event;
}

ScoreCast RandomDay::RandomScore(const Activity& activity, const PersonId& person) {
  ScoreCast score;
  const uint32_t round = activity.deck ? activity.deck->bell_round : 1;
  score.round = std::max<uint32_t>(1, random_.Chance(95) ? round : round + 1);
  score.score = static_cast<int32_t>(random_.Chance(90) ? 1 + random_.Below(5) : random_.Below(9));
  if (activity.spec.deal && activity.spec.deal->deck == Deck::kPaper) {
    score.number = 1 + static_cast<uint32_t>(random_.Below(20));
    return score;
  }
  score.card = AnyItem(activity);
  if (!activity.deck || random_.Chance(10)) return score;
  auto it = activity.deck->people.find(person);
  if (it != activity.deck->people.end() && !it->second.to_score.empty()) {
    score.card = it->second.to_score;
  }
  return score;
}

BallotCast RandomDay::RandomBallot(const Activity& activity, const PersonId& person) {
  const bool wrong = random_.Chance(2);
  if (activity.spec.deal) {
    return {wrong ? decltype(BallotCast::ballot)(ScaleCast{1}) : RandomScore(activity, person)};
  }
  if (activity.spec.RatesItems() && !wrong) return {RandomRatings(activity)};
  if (std::holds_alternative<UpvoteBallot>(activity.spec.ballot) && !wrong) {
    return {RandomUpvote(activity)};
  }
  if (std::holds_alternative<RankBallot>(activity.spec.ballot) && !wrong) {
    return {RandomRank(activity)};
  }
  if (std::holds_alternative<ScaleBallot>(activity.spec.ballot) || wrong) {
    return {ScaleCast{static_cast<int32_t>(random_.Below(9)) - 3}};
  }
  if (std::holds_alternative<ChoiceBallot>(activity.spec.ballot)) {
    static const char* const kOptions[] = {"north", "south", "east", "west"};
    ChoiceCast cast;
    const uint64_t count = random_.Below(4);
    for (uint64_t i = 0; i < count; ++i) cast.options.emplace_back(kOptions[random_.Below(4)]);
    return {cast};
  }
  DotsCast cast;
  const uint64_t count = random_.Below(4);
  for (uint64_t i = 0; i < count; ++i) {
    cast.dots.push_back({AnyItem(activity), 1 + static_cast<uint32_t>(random_.Below(4))});
  }
  return {cast};
}

void RandomDay::Cast(const Activity& activity, const PersonId& person) {
  Event event = For(activity, person, RandomBallot(activity, person), true);
  if (random_.Chance(3)) event.actor.role = Role::kKeyer;
  Send(event);
}

void RandomDay::Contribute(const Activity& activity, const PersonId& person) {
  ItemAdded added{HashOf(person.View()), 0};
  if (random_.Chance(95)) added.number = 1 + static_cast<uint32_t>(random_.Below(25));
  if (random_.Chance(activity.spec.seats ? 30 : 1)) added.table = AnyTable(activity);
  if (random_.Chance(activity.spec.seats ? 20 : 1)) {
    Event event = room_.Make(Role::kPresenter, added, activity.spec.id);
    event.generation = activity.stage.generation;
    return Send(event);
  }
  Send(For(activity, person, added, false));
}

void RandomDay::ByPerson(const Activity& activity) {
  const PersonId& person = people_[random_.Below(people_.size())];
  const uint64_t kind = random_.Below(100);
  if (kind < 3) {
    ParticipantJoined joined;
    if (random_.Chance(70)) {
      joined.device = IdOf<TokenId>("phone " + std::to_string(random_.Below(people_.size())));
    }
    return Send(room_.MakeFor(person, "", joined));
  }
  if (kind < 6) return TellOrganisers(activity, person);
  const Phase phase = activity.stage.phase;
  const bool over = phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
  if (over && kind < 70) {  // impatient rooms: on with the next thing
    const ActivityId& next = activities_[random_.Below(activities_.size())];
    const std::vector<Phase> steps = LegalSteps(room_.room().state(), room_.At(next));
    if (steps.empty()) return Again();
    return Send(
        room_.Make(Role::kPresenter, ActivityAdvanced{room_.At(next).stage, steps[0]}, next));
  }
  if (activity.seats && kind < (phase == Phase::kSeated ? 90 : 30))
    return AtTable(activity, person);
  if (phase == Phase::kCollecting && kind < 65) return Contribute(activity, person);
  if (activity.spec.deal && kind < 15) return Send(For(activity, person, PresenceHere{}, false));
  const bool swapping = phase == Phase::kSwapping;
  if (activity.spec.deal && kind < (swapping ? 70 : 20)) {
    const uint32_t round = std::max<uint32_t>(1, activity.stage.round);
    return Send(For(activity, person, CardPassed{round}, true));
  }
  if (kind == 99) return Contribute(activity, person);
  Cast(activity, person);
}

}  // namespace plenum::fold_test
