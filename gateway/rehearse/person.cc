#include "gateway/rehearse/person.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// How long people take, in the room.
constexpr milliseconds kToJoin = seconds(20);
constexpr milliseconds kToVote = seconds(40);
constexpr milliseconds kToThinkAgain = seconds(8);
constexpr milliseconds kToWrite = seconds(120);
constexpr milliseconds kToPass = seconds(12);
constexpr milliseconds kToRead = seconds(25);
constexpr milliseconds kToComeBack = seconds(20);
constexpr milliseconds kLateBy = seconds(6);
constexpr milliseconds kOffline = seconds(15);

constexpr int kSilentPercent = 15;    // phones in pockets, each round of 25/10
constexpr size_t kNobodySilent = 12;  // in a smaller room than this
constexpr uint32_t kMostPasses = 3;

}  // namespace

Person::Person(Room& room, std::unique_ptr<Link> link, uint32_t number, std::string token,
               const PlannedPerson& plan, Random random)
    : room_(room),
      number_(number),
      plan_(plan),
      random_(random),
      client_(room.shared, std::move(link), number, std::move(token), random.Fork("client"),
              *this) {}

void Person::Arrive() {
  if (arrived_) return;
  arrived_ = true;
  room_.shared.loop.After(Within(kToJoin), [this] { client_.Connect(); });
}

void Person::Leave() {
  if (here()) client_.Leave();
}

bool Person::IsBusy(const ActivityId& activity, const Stage& stage) const {
  if (!here()) return false;
  return IsUnsettled() || activity != activity_ || stage != stage_ || pending_ > 0;
}

bool Person::IsUnsettled() const {
  return here() && (client_.unanswered() > 0 || !client_.ready());
}

bool Person::WouldVote(const ActivityId& activity) const {
  auto vote = plan_.votes.find(activity);
  if (!here() || vote == plan_.votes.end()) return false;
  auto sent = next_ballot_.find(activity);
  size_t next = sent == next_ballot_.end() ? 0 : sent->second;
  const std::vector<PlannedBallot>& ballots = vote->second.ballots;
  return next < ballots.size() && !ballots[next].after_close;
}

const ActivitySpec* Person::Spec() const {
  auto spec = std::ranges::find(room_.sheet.activities, activity_, &ActivitySpec::id);
  return spec == room_.sheet.activities.end() ? nullptr : &*spec;
}

Duration Person::Within(milliseconds in_the_room) {
  return std::chrono::duration_cast<Duration>(room_.shared.pace.Of(in_the_room) * random_.Unit());
}

void Person::Later(Duration wait, std::function<void()> then) {
  ++pending_;
  room_.shared.loop.After(wait, [this, then = std::move(then), count = stage_count_] {
    if (count != stage_count_ || client_.gone()) return;
    --pending_;
    then();
  });
}

Command Person::Say(Request request, uint32_t seq) {
  Command command;
  command.id = MakeEventId();
  command.activity = activity_;
  command.generation = stage_.generation;
  command.seq = seq;
  command.request = std::move(request);
  return command;
}

void Person::OnStage(const StageView& view) {
  if (view.activity == activity_ && view.stage == stage_) return;
  activity_ = view.activity;
  stage_ = view.stage;
  ++stage_count_;
  pending_ = 0;
  EnterStage();
}

void Person::EnterStage() {
  const ActivitySpec* spec = Spec();
  if (spec == nullptr) return;
  switch (stage_.phase) {
    case Phase::kCollecting:
      WriteCards();
      break;
    case Phase::kVoting:
    case Phase::kClosing:
      SendEvery(false);
      break;
    case Phase::kClosed:
      SendEvery(true);
      break;
    case Phase::kSwapping:
      passes_left_ = IsSilentIn(stage_.round) ? 0 : random_.Below(kMostPasses + 1);
      pass_seq_ = 0;
      Pass();
      break;
    case Phase::kScoring:
      scoring_ = false;
      ComeBack();
      Score();
      break;
    default:
      break;
  }
  if (random_.Chance(room_.loses_connection_percent)) {
    Later(Within(kToVote), [this] { client_.Drop(Within(kOffline)); });
  }
}

void Person::OnPerson(const PersonView& view) {
  view_ = view;
  if (stage_.phase == Phase::kSwapping) Pass();
  if (stage_.phase == Phase::kScoring) Score();
}

// --- polls ---

void Person::SendEvery(bool after_close) {
  // In the seconds of grace people hurry.
  SendNext(after_close, stage_.phase == Phase::kVoting ? Within(kToVote) : Within(kLateBy));
}

void Person::SendNext(bool after_close, Duration wait) {
  auto vote = plan_.votes.find(activity_);
  if (vote == plan_.votes.end()) return;
  const std::vector<PlannedBallot>& ballots = vote->second.ballots;
  size_t next = next_ballot_[activity_];
  if (next >= ballots.size() || ballots[next].after_close != after_close) return;
  Later(wait, [this, after_close, next, &vote = vote->second] {
    const PlannedBallot& planned = vote.ballots[next];
    const EventId id = client_.Say(Say(planned.cast, planned.seq), planned.times);
    if (!after_close) in_time_[id] = next;
    next_ballot_[activity_] = next + 1;
    if (next + 1 == vote.ballots.size() && vote.drops_connection) client_.Drop(Within(kOffline));
    SendNext(after_close, Within(kToThinkAgain));
  });
}

// A ballot that was meant to be in time: if it came too late because a timer had closed voting
// while the server was away, it is cast again once the presenter opens again.
void Person::OnBallotDone(const Command& command, const Outcome* outcome) {
  auto ballot = in_time_.extract(command.id);
  if (!ballot || outcome == nullptr || outcome->code != OutcomeCode::kLate) return;
  size_t& next = next_ballot_[command.activity];
  next = std::min(next, ballot.mapped());
}

// --- contributions ---

void Person::WriteCards() {
  auto cards = plan_.cards.find(activity_);
  size_t next = next_card_[activity_];
  if (cards == plan_.cards.end() || next >= cards->second.size()) {
    if (Spec()->deal && !IsSilentIn(1)) ComeBack();
    return;
  }
  Later(Within(kToWrite), [this, &text = cards->second[next]] {
    client_.Say(Say(AddItem{{text}, 0, 0}), random_.Chance(4) ? 2 : 1);
    ++next_card_[activity_];
    if (random_.Chance(4)) client_.Drop(Within(kOffline));
    WriteCards();
  });
}

// --- 25/10 ---

bool Person::IsSilentIn(uint32_t round) const {
  if (room_.sheet.expected_people < kNobodySilent) return false;
  return random_.Fork("silent", number_ * 1000 + round).Chance(kSilentPercent);
}

void Person::ComeBack() {
  if (IsSilentIn(stage_.round + 1)) return;
  Later(room_.shared.pace.Of(kToComeBack / 2) + Within(kToComeBack / 2), [this] {
    bool has_card = view_.to_score && view_.to_score->round == stage_.round;
    bool will_score = has_card && !IsSilentIn(stage_.round);
    if (view_.present || scoring_ || will_score) return;
    client_.Say(Say(PresenceHere{}));
  });
}

void Person::Pass() {
  bool waits = client_.unanswered() > 0 || pending_ > 0;
  if (passes_left_ == 0 || waits || !view_.holding || view_.activity != activity_) return;
  --passes_left_;
  Later(Within(kToPass), [this] {
    pass_seq_ = std::max(pass_seq_, view_.pass_seq) + 1;
    client_.Say(Say(CardPassed{stage_.round}, pass_seq_), random_.Chance(4) ? 2 : 1);
  });
}

void Person::Score() {
  bool for_this_round = view_.to_score && view_.to_score->round == stage_.round;
  if (scoring_ || !for_this_round || view_.activity != activity_) return;
  if (IsSilentIn(stage_.round)) return;
  scoring_ = true;
  Later(Within(kToRead), [this, card = *view_.to_score] { GiveScore(card); });
}

void Person::GiveScore(const CardToScore& card) {
  int32_t score = room_.card_scores.at(activity_).ScoreOf(number_, card.id, card.text);
  const auto& scale = std::get<ScaleBallot>(Spec()->ballot);
  auto cast = [&](int32_t value, uint32_t seq) {
    return Say(BallotCast{ScoreCast{card.round, card.id, 0, value}}, seq);
  };
  auto other = [&] { return random_.Between(scale.low, scale.high); };
  auto keep = [&](const Command& command) { given_[command.id] = card.id; };
  const uint64_t how = random_.Below(100);
  if (how < 6) {  // a changed mind
    client_.Say(cast(other(), 1));
    Command last = cast(score, 2);
    keep(last);
    Later(Within(kToThinkAgain), [this, last] { client_.Say(last); });
    return;
  }
  if (how < 8) client_.Say(cast(scale.high + 1, 1));  // refused
  Command last = cast(score, how < 8 ? 2 : 1);
  keep(last);
  client_.Say(last, how >= 8 && how < 12 ? 2 : 1);           // pressed twice
  if (how >= 12 && how < 14) client_.Say(cast(other(), 1));  // from a second tab: stale
  if (how >= 14 && how < 17) client_.Drop(Within(kOffline));
}

void Person::OnDone(const Command& command, const Outcome* outcome) {
  if (std::holds_alternative<CardPassed>(command.request)) {
    if (stage_.phase == Phase::kSwapping) Pass();
    return;
  }
  OnBallotDone(command, outcome);
  auto given = given_.find(command.id);
  if (given == given_.end()) return;
  bool counts = outcome != nullptr && (outcome->code == OutcomeCode::kCounted ||
                                       outcome->code == OutcomeCode::kDuplicate);
  if (!counts) room_.card_scores.at(command.activity).GiveBack(number_, given->second);
  given_.erase(given);
}

}  // namespace plenum::rehearse
