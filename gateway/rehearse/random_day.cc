#include "gateway/rehearse/random_day.h"

#include <algorithm>
#include <functional>

namespace plenum::rehearse {
namespace {

Text In(const std::string& text) { return {{{"en", text}}}; }

// Adds activities one by one; each may take items from those before it.
class Maker {
 public:
  explicit Maker(Random random) : random_(random) {
    sheet_.title = In("A day of chance");
    sheet_.languages = {"en"};
  }

  RunSheet Make() {
    using Add = void (Maker::*)();
    std::vector<Add> rest = {&Maker::Words,  &Maker::Questions, &Maker::Answers,  &Maker::Choice,
                             &Maker::Scales, &Maker::Ranking,   &Maker::Ratings,  &Maker::Points,
                             &Maker::Ideas,  &Maker::Cafe,      &Maker::OpenSpace};
    random_.Shuffle(rest);
    rest.resize(6 + random_.Below(4));
    rest.insert(rest.begin() + static_cast<long>(random_.Below(rest.size())), &Maker::Deck);
    if (std::ranges::count(rest, &Maker::Cafe) + std::ranges::count(rest, &Maker::OpenSpace) == 0)
      rest.back() = &Maker::Cafe;
    for (Add add : rest) (this->*add)();
    return std::move(sheet_);
  }

 private:
  ActivitySpec& New(const std::string& kind) {
    ActivitySpec spec;
    spec.id = kind + "-" + std::to_string(sheet_.activities.size() + 1);
    spec.title = In(kind + " " + std::to_string(sheet_.activities.size() + 1));
    if (random_.Chance(30)) spec.reveal = Reveal::kLive;
    return sheet_.activities.emplace_back(std::move(spec));
  }

  uint32_t UpTo(uint32_t low, uint32_t high) {
    return static_cast<uint32_t>(random_.Between(static_cast<int>(low), static_cast<int>(high)));
  }

  void GiveItems(ActivitySpec& spec, uint32_t number) {
    for (uint32_t i = 1; i <= number; ++i) {
      const std::string name = std::to_string(i);
      spec.items.push_back({"i" + name, i, In("Item " + name), {}});
    }
  }

  // Items of the sheet, of people, or of an activity before this one.
  void GiveAnyItems(ActivitySpec& spec) {
    const uint64_t how = random_.Below(3);
    if (how == 0 && !carried_from_.empty()) {
      spec.carry = Carry{random_.Pick(carried_from_), UpTo(0, 6)};
    } else if (how == 1) {
      spec.collect = Collect{.each = UpTo(1, 2), .moderation = AnyModeration()};
    } else {
      GiveItems(spec, UpTo(3, 9));
    }
  }

  Moderation AnyModeration() {
    const uint64_t how = random_.Below(3);
    return how == 0   ? Moderation::kApproveFirst
           : how == 1 ? Moderation::kHideAfter
                      : Moderation::kOff;
  }

  std::vector<Field> Fields(uint32_t number) {
    std::vector<Field> fields;
    for (uint32_t i = 1; i <= number; ++i) {
      Field field;
      field.id = "f" + std::to_string(i);
      field.title = In("Field " + std::to_string(i));
      field.required = i == 1 || random_.Chance(50);
      fields.push_back(std::move(field));
    }
    return fields;
  }

  void Words() { New("words").collect = Collect{.each = UpTo(1, 3), .words = UpTo(1, 3)}; }
  void Questions() {
    ActivitySpec& spec = New("questions");
    spec.collect = Collect{.each = UpTo(1, 3), .moderation = AnyModeration()};
    spec.ballot = UpvoteBallot{};
    carried_from_.push_back(spec.id);
  }
  void Answers() {
    New("answers").collect = Collect{.each = UpTo(1, 2), .fields = Fields(UpTo(1, 3))};
  }
  void Choice() {
    ChoiceBallot ballot;
    for (uint32_t i = 1; i <= UpTo(2, 8); ++i)
      ballot.options.push_back({"o" + std::to_string(i), In("Option " + std::to_string(i))});
    const auto options = static_cast<uint32_t>(ballot.options.size());
    ballot.max = UpTo(1, options);
    ballot.min = UpTo(1, ballot.max);
    ballot.name_unchosen = random_.Chance(50);
    New("choice").ballot = std::move(ballot);
  }
  void Scales() {
    const ScaleBallot ballot{random_.Between(0, 1), random_.Between(4, 10), {}, {}};
    for (const char* kind : {"before", "after"}) {
      ActivitySpec& spec = New(kind);
      spec.ballot = ballot;
      spec.series = "again";
    }
  }
  void Ranking() {
    ActivitySpec& spec = New("ranking");
    GiveAnyItems(spec);
    spec.ballot = RankBallot{UpTo(1, 4)};
    carried_from_.push_back(spec.id);
  }
  void Ratings() {
    ActivitySpec& spec = New("ratings");
    GiveAnyItems(spec);
    spec.ballot = ScaleBallot{1, random_.Between(3, 7), {}, {}};
  }
  void Points() {
    ActivitySpec& spec = New("points");
    GiveAnyItems(spec);
    const uint32_t budget = UpTo(3, 20);
    spec.ballot = DotsBallot{budget, UpTo(1, budget)};
    carried_from_.push_back(spec.id);
  }
  void Ideas() {
    ActivitySpec& spec = New("ideas");
    spec.collect = Collect{.each = 1, .moderation = Moderation::kHideAfter};
    carried_from_.push_back(spec.id);
  }
  void Deck() {
    ActivitySpec& spec = New("deck");
    spec.reveal = Reveal::kOnReveal;
    spec.collect = Collect{};
    spec.ballot = ScaleBallot{};
    spec.deal = Deal{UpTo(2, 5)};
    carried_from_.push_back(spec.id);
  }
  void Cafe() {
    ActivitySpec& spec = New("cafe");
    GiveItems(spec, UpTo(2, 9));
    spec.seats = Seats{UpTo(1, 4), UpTo(3, 30), 0, random_.Chance(80)};
    spec.collect = Collect{.who = Contributors::kTableHosts, .fields = Fields(UpTo(1, 3))};
    spec.time.seat_ms = random_.Chance(50) ? 600'000 : 0;
    carried_from_.push_back(spec.id);
  }
  void OpenSpace() {
    ActivitySpec& spec = New("open");
    if (!carried_from_.empty() && random_.Chance(60)) {
      spec.carry = Carry{random_.Pick(carried_from_), UpTo(1, 5)};
    } else {
      GiveItems(spec, UpTo(2, 6));
    }
    spec.seats = Seats{UpTo(1, 2), UpTo(5, 60), UpTo(3, 12), true};
    spec.collect = Collect{.who = Contributors::kTableHosts, .fields = Fields(2)};
    if (random_.Chance(50)) {
      spec.ballot = UpvoteBallot{};
    } else {
      spec.ballot = RankBallot{UpTo(1, 3)};
    }
    carried_from_.push_back(spec.id);
  }

  Random random_;
  RunSheet sheet_;
  std::vector<ActivityId> carried_from_;  // what has items to carry over
};

}  // namespace

RunSheet RandomDay(Random random) { return Maker(random).Make(); }

}  // namespace plenum::rehearse
