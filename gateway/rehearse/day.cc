#include "gateway/rehearse/day.h"

#include <algorithm>

#include "gateway/rehearse/follower.h"
#include "gateway/rehearse/presenter.h"

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kWatchEvery = milliseconds(50);
constexpr auto kServerMayBeAway = seconds(60);
// Results are recorded by the nodes a moment after each close.
constexpr auto kForResults = seconds(10);
constexpr auto kForGoodbyes = milliseconds(300);

std::map<ActivityId, PaperDeck> PaperDecks(const RunSheet& sheet, const Population& population,
                                           const Random& random) {
  std::map<ActivityId, PaperDeck> decks;
  for (const ActivitySpec& spec : sheet.activities) {
    auto cards = population.cards.find(spec.id);
    if (cards == population.cards.end()) continue;
    decks.try_emplace(spec.id, cards->second, spec.deal->rounds, random.Fork("paper-deck"));
  }
  return decks;
}

std::string Where(const ConsoleActivity& activity) {
  std::string where = activity.activity + ": " + std::string(PhaseName(activity.stage.phase));
  if (activity.stage.round > 0) where += ", round " + std::to_string(activity.stage.round);
  return where;
}

}  // namespace

std::map<ActivityId, CardScores> ScoresFor(const RunSheet& sheet, const Population& population,
                                           CardScores::Order order, uint64_t seed) {
  std::map<ActivityId, CardScores> scores;
  for (const ActivitySpec& spec : sheet.activities) {
    if (!spec.deal || spec.deal->deck == plenum::Deck::kPaper) continue;
    auto topics = population.topics.find(spec.id);
    scores.try_emplace(
        spec.id, spec,
        topics == population.topics.end() ? std::vector<std::string>{} : topics->second,
        Random(seed).Fork("card-scores"), order);
  }
  return scores;
}

// A screen that is switched on when all is over: what it is given comes from the state alone.
class Snapshot : public ClientSink {
 public:
  Snapshot(Shared& shared, std::unique_ptr<Link> link, const std::string& token, Random random)
      : client_(shared, std::move(link), kPresenter, token, random, *this) {
    client_.Connect();
  }
  const std::optional<ConsoleView>& console() const { return console_; }
  void Stop() { client_.Leave(); }

 private:
  void OnConsole(const ConsoleView& view) override { console_ = view; }
  std::optional<ConsoleView> console_;
  Client client_;
};

Day::Day(AsioLoop& loop, const Target& target, const ServerApi& api, Shared& shared,
         const RunSheet& sheet, const Population& population, uint64_t seed, bool follows)
    : loop_(loop),
      target_(target),
      api_(api),
      shared_(shared),
      sheet_(sheet),
      population_(population),
      random_(seed),
      room_{shared,
            sheet,
            population,
            ScoresFor(sheet, population,
                      follows ? CardScores::Order::kOfTheRound : CardScores::Order::kNext, seed),
            PaperDecks(sheet, population, random_),
            {},
            follows} {}

Day::~Day() = default;

std::expected<DayOutcome, std::string> Day::Run(const MadeRoom& made, uint32_t displays) {
  made_ = &made;
  if (auto joined = Join(made); !joined) return std::unexpected(joined.error());
  MakeStaff(made, displays);
  last_connected_ = loop_.Now();
  Watch();
  loop_.Run();
  if (!failure_.empty()) return std::unexpected(failure_);

  DayOutcome outcome;
  for (const auto& display : displays_) {
    outcome.on_displays.push_back(display->results());
    outcome.seen_early.insert(outcome.seen_early.end(), display->seen_early().begin(),
                              display->seen_early().end());
  }
  outcome.at_the_end = *snapshot_->console();
  for (const auto& person : people_) person->Leave();
  for (const auto& display : displays_) display->Stop();
  for (StaffMember* member : Staff()) member->Stop();
  lead_->Stop();
  snapshot_->Stop();
  loop_.io().restart();
  loop_.io().run_for(kForGoodbyes);
  return outcome;
}

std::expected<void, std::string> Day::Join(const MadeRoom& made) {
  std::expected<std::vector<std::string>, std::string> codes;
  if (sheet_.join == JoinBy::kCodes) codes = api_.PersonalCodes(made, population_.people.size());
  if (!codes) return std::unexpected(codes.error());
  for (uint32_t i = 0; i < population_.people.size(); ++i) {
    if (population_.people[i].on_paper || population_.elsewhere.contains(i)) continue;
    progress_.Status("joining: " + std::to_string(i) + " of " +
                     std::to_string(population_.people.size()));
    std::expected<std::string, std::string> token =
        api_.Join(made.room.code, codes->empty() ? "" : (*codes)[i]);
    if (!token) return std::unexpected(token.error());
    people_.push_back(std::make_unique<Person>(room_, MakeConnection(loop_, target_), i, *token,
                                               population_.people[i], random_.Fork("person", i)));
  }
  progress_.Say(std::to_string(people_.size()) + " people have joined room " + made.room.code);
  return {};
}

void Day::MakeStaff(const MadeRoom& made, uint32_t displays) {
  for (uint32_t i = 0; i < displays; ++i) {
    displays_.push_back(std::make_unique<Display>(shared_, MakeConnection(loop_, target_), i,
                                                  made.tokens.at("display"),
                                                  random_.Fork("display", i)));
    displays_.back()->Start();
  }
  auto random = [this](const char* role) { return random_.Fork(role); };
  producer_ = std::make_unique<Producer>(shared_, MakeConnection(loop_, target_),
                                         made.tokens.at("producer"), random("producer"));
  moderator_ = std::make_unique<Moderator>(shared_, sheet_, MakeConnection(loop_, target_),
                                           made.tokens.at("moderator"), random("moderator"));
  keyer_ = std::make_unique<Keyer>(shared_, sheet_, population_, MakeConnection(loop_, target_),
                                   made.tokens.at("keyer"), random("keyer"));
  for (StaffMember* member : Staff()) member->Start();
  MakeLead(made);
  lead_->Start();
}

void Day::MakeLead(const MadeRoom& made) {
  auto on_step = [this](const ConsoleActivity& activity, size_t busy) { OnStep(activity, busy); };
  auto link = MakeConnection(loop_, target_);
  if (!room_.follows) {
    lead_ = std::make_unique<Presenter>(shared_, sheet_, population_, *this, *producer_,
                                        std::move(link), made.tokens.at("presenter"),
                                        random_.Fork("presenter"), on_step);
    return;
  }
  auto on_quiet = [this](const ConsoleActivity& activity, size_t) {
    progress_.Say(Where(activity) + " - all have done what they wanted to");
  };
  lead_ = std::make_unique<Follower>(shared_, sheet_, population_, *this, *producer_,
                                     std::move(link), made.tokens.at("producer"),
                                     random_.Fork("follower"), on_step, on_quiet);
}

std::vector<StaffMember*> Day::Staff() const {
  return {producer_.get(), moderator_.get(), keyer_.get()};
}

void Day::OnNext(const ActivityId& activity) {
  const bool first = activity == sheet_.activities.front().id;
  for (const auto& person : people_) {
    const PlannedPerson& plan = person->plan();
    if (plan.arrives == activity || (first && plan.arrives.empty())) person->Arrive();
    if (plan.leaves == activity) person->Leave();
  }
}

size_t Day::Busy(const ActivityId& activity, const Stage& stage) const {
  const bool waiting = stage.phase == Phase::kWaiting;  // the stage shows another activity still
  size_t busy = 0;
  for (const auto& person : people_) {
    busy += waiting ? person->IsUnsettled() : person->IsBusy(activity, stage);
  }
  for (const auto& display : displays_) {
    busy += waiting ? !display->ready() : !display->Shows(activity, stage.phase);
  }
  for (const StaffMember* member : Staff()) busy += member->IsBusy();
  return busy;
}

bool Day::WouldVote(const ActivityId& activity) const {
  return std::ranges::any_of(people_,
                             [&](const auto& person) { return person->WouldVote(activity); });
}

void Day::OnStep(const ConsoleActivity& activity, size_t busy) {
  const std::string where = Where(activity);
  if (told_activity_ != activity.activity || told_stage_ != activity.stage) {
    told_activity_ = activity.activity;
    told_stage_ = activity.stage;
    progress_.Say(where);
  }
  progress_.Status(where + " - " + std::to_string(activity.answered) + " answered, " +
                   std::to_string(busy) + " still busy");
}

// Ends the loop when the day is over, or cannot go on.
void Day::Watch() {
  const TimePoint now = loop_.Now();
  if (shared_.connected > 0) last_connected_ = now;
  if (now - last_connected_ > kServerMayBeAway) {
    failure_ = "The server could not be reached for a minute.";
  } else if (lead_->stuck()) {
    failure_ = *lead_->stuck();
  } else if (lead_->gone()) {
    failure_ = "The server sent whoever leads the day away: " +
               (shared_.failures.empty() ? "no reason given" : shared_.failures.back());
  }
  if (failure_.empty() && lead_->done() && snapshot_ == nullptr) {
    snapshot_since_ = now;
    snapshot_ = std::make_unique<Snapshot>(shared_, MakeConnection(loop_, target_),
                                           made_->tokens.at("presenter"), random_.Fork("snapshot"));
  }
  if (!failure_.empty() || IsSnapshotComplete()) {
    loop_.Stop();
    return;
  }
  loop_.After(kWatchEvery, [this] { Watch(); });
}

bool Day::IsSnapshotComplete() const {
  if (snapshot_ == nullptr || !snapshot_->console()) return false;
  const ConsoleView& console = *snapshot_->console();
  if (console.version < lead_->console()->version) return false;
  auto is_recorded = [](const ConsoleActivity& activity) {
    return activity.skipped || (activity.result_status != "due" && !activity.result_status.empty());
  };
  return std::ranges::all_of(console.activities, is_recorded) ||
         loop_.Now() - snapshot_since_ > kForResults;
}

}  // namespace plenum::rehearse
