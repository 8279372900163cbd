// What one participant sees of their own, in the current activity.
#include <algorithm>
#include <string>
#include <variant>

#include "projector/views/parts.h"
#include "projector/views/tables_view.h"
#include "projector/views/view_builder.h"
#include "schema/hash.h"

namespace plenum {
namespace {

struct OwnBallotWriter {
  json::Writer& writer;

  void operator()(const ChoiceCast& cast) {
    writer.Key("kind").String("choice").Key("options").BeginArray();
    for (const OptionId& option : cast.options) writer.String(option);
    writer.EndArray();
  }
  void operator()(const ScaleCast& cast) {
    writer.Key("kind").String("scale").Key("value").Int(cast.value);
  }
  void operator()(const DotsCast& cast) {
    writer.Key("kind").String("dots").Key("dots").BeginArray();
    for (const ItemDots& dots : cast.dots) {
      writer.BeginObject().Key("item").String(dots.item).Key("dots").Int(dots.dots).EndObject();
    }
    writer.EndArray();
  }
  void operator()(const RankCast& cast) {
    writer.Key("kind").String("rank").Key("items").BeginArray();
    for (const ItemId& item : cast.items) writer.String(item);
    writer.EndArray();
  }
  void operator()(const RatingCast& cast) {
    writer.Key("kind").String("ratings").Key("ratings").BeginArray();
    for (const ItemRating& one : cast.ratings) {
      writer.BeginObject().Key("item").String(one.item).Key("value").Int(one.value).EndObject();
    }
    writer.EndArray();
  }
};

void WriteOwnUpvotes(json::Writer& writer, const Activity& activity, const PersonId& person) {
  if (activity.upvotes.empty()) return;
  writer.Key("upvotes").BeginArray();
  for (const auto& [item, votes] : activity.upvotes) {
    auto vote = votes.find(person);
    if (vote == votes.end()) continue;
    writer.BeginObject().Key("item").String(item);
    writer.Key("up").Bool(vote->second.up).Key("seq").Int(vote->second.seq).EndObject();
  }
  writer.EndArray();
}

void WriteOwnBallot(json::Writer& writer, const Activity& activity, const PersonId& person) {
  auto found = activity.ballots.find(person);
  if (found == activity.ballots.end()) return;
  const CastBallot& cast = found->second;
  writer.Key("ballot").BeginObject();
  writer.Key("seq").Int(cast.seq);
  writer.Key("index").Int(static_cast<int64_t>(cast.index));
  writer.Key("ballot").BeginObject();
  std::visit(OwnBallotWriter{writer}, cast.ballot);
  writer.EndObject().EndObject();
}

void WriteOwnText(json::Writer& writer, const ViewContext& context, const Activity& activity,
                  const Item& item) {
  const auto text = context.texts.TextOf(context.room, item);
  if (!text) return;
  const auto fields = ItemTitles(context, activity).FieldsIn(item, *text);
  if (fields.empty()) {
    writer.Key("text").String(*text);
    return;
  }
  writer.Key("fields").BeginObject();
  for (const auto& [id, value] : fields) writer.Key(id).String(value);
  writer.EndObject();
}

void WriteContributions(json::Writer& writer, const ViewContext& context, const Activity& activity,
                        const PersonId& person) {
  const auto is_own = [&](const Item& item) { return item.author == person; };
  if (std::ranges::none_of(activity.items, is_own)) return;
  writer.Key("contributions").BeginArray();
  for (const Item& item : activity.items) {
    if (!is_own(item)) continue;
    writer.BeginObject().Key("id").String(item.id);
    WriteOwnText(writer, context, activity, item);
    if (item.number != 0) writer.Key("number").Int(item.number);
    if (item.table != 0) writer.Key("table").Int(item.table);
    if (item.state != ItemState::kShown) writer.Key("state").String(StateName(item.state));
    writer.EndObject();
  }
  writer.EndArray();
}

// The score that this person gave to the card in the round of the last bell, if any.
const CardScore* OwnScore(const DeckState& deck, const ItemId& card, const PersonId& person) {
  auto scores = deck.scores.find(card);
  if (scores == deck.scores.end()) return nullptr;
  for (const CardScore& score : scores->second) {
    if (score.person == person && score.round == deck.bell_round) return &score;
  }
  return nullptr;
}

void WriteScore(json::Writer& writer, const CardScore* score) {
  if (score == nullptr) return;
  writer.Key("score").Int(score->score);
  writer.Key("seq").Int(score->seq);
}

// The card held at the last bell: its face may be seen now, by this person alone.
void WriteToScore(json::Writer& writer, const ViewContext& context, const Activity& activity,
                  const PersonId& person, const ItemId& card) {
  const DeckState& deck = *activity.deck;
  const Item* item = activity.FindItem(card);
  if (item == nullptr) return;
  writer.Key("to_score").BeginObject();
  writer.Key("id").String(card);
  writer.Key("round").Int(deck.bell_round);
  if (auto text = context.texts.TextOf(context.room, *item)) {
    writer.Key("text").String(*text);
  }
  WriteScore(writer, OwnScore(deck, card, person));
  writer.EndObject();
}

// Paper deck: which number was entered in this round.
void WriteScored(json::Writer& writer, const Activity& activity, const PersonId& person,
                 const DeckPerson& member) {
  const DeckState& deck = *activity.deck;
  auto card = member.scored.find(deck.bell_round);
  if (card == member.scored.end()) return;
  const Item* item = activity.FindItem(card->second);
  if (item == nullptr) return;
  writer.Key("scored").BeginObject();
  writer.Key("round").Int(deck.bell_round);
  writer.Key("number").Int(item->number);
  WriteScore(writer, OwnScore(deck, card->second, person));
  writer.EndObject();
}

void WriteDeck(json::Writer& writer, const ViewContext& context, const Activity& activity,
               const PersonId& person) {
  if (!activity.deck || !activity.spec.deal) return;
  auto found = activity.deck->people.find(person);
  const DeckPerson member = found == activity.deck->people.end() ? DeckPerson{} : found->second;
  const bool passed_now = member.pass_round == activity.stage.round;
  writer.Key("deck").BeginObject();
  writer.Key("present").Bool(member.present);
  writer.Key("holding").Bool(!member.hand.empty());
  writer.Key("pass_seq").Int(passed_now ? member.pass_seq : 0);
  if (MayScoreNow(activity)) {
    if (activity.spec.deal->deck == Deck::kPaper) {
      WriteScored(writer, activity, person, member);
    } else if (!member.to_score.empty()) {
      WriteToScore(writer, context, activity, person, member.to_score);
    }
  }
  writer.EndObject();
}

}  // namespace

std::string BuildPersonView(const ViewContext& context, const ParticipantId& participant) {
  json::Writer writer;
  writer.BeginObject();
  const Activity* now = context.state.Find(context.state.current);
  const std::string key = now == nullptr ? "" : context.texts.RoomKey(context.room);
  if (!key.empty()) {
    const PersonId person = PersonOf(key, participant, now->spec.Series());
    writer.Key("activity").String(now->spec.id);
    writer.Key("generation").Int(now->stage.generation);
    WriteOwnBallot(writer, *now, person);
    WriteOwnUpvotes(writer, *now, person);
    WriteOwnTable(writer, *now, person);
    WriteContributions(writer, context, *now, person);
    WriteDeck(writer, context, *now, person);
  }
  writer.EndObject();
  return writer.Take();
}

}  // namespace plenum
