#include "gateway/rehearse/their_part.h"

#include <algorithm>
#include <fstream>

#include "gateway/rehearse/follower.h"
#include "schema/json.h"

namespace plenum::rehearse {
namespace {

size_t ActivitiesOf(const PlannedPerson& person) {
  return person.votes.size() + person.texts.size() + person.upvotes.size() + person.tables.size();
}

bool IsForABrowser(const PlannedPerson& person) {
  const bool stays = person.arrives.empty() && person.leaves.empty() && !person.on_paper;
  const bool hosts =
      std::ranges::any_of(person.tables, [](const auto& table) { return table.second.hosts != 0; });
  const bool takes_back = std::ranges::any_of(person.texts, [](const auto& texts) {
    return std::ranges::any_of(texts.second, &PlannedText::withdrawn);
  });
  return stays && !hosts && !takes_back;
}

void WriteWriting(const Writing& writing, json::Writer& out) {
  out.BeginObject();
  if (writing.fields.empty()) {
    out.Key("text").String(writing.text);
  } else {
    out.Key("fields").BeginObject();
    for (const auto& [field, text] : writing.fields) out.Key(field).String(text);
    out.EndObject();
  }
  out.EndObject();
}

// The one that counts in the end, as it stands in a command.
void WriteBallot(const PlannedVote& vote, json::Writer& out) {
  const PlannedBallot* last = nullptr;
  for (const PlannedBallot& ballot : vote.ballots) {
    const bool counts = !ballot.after_close && ballot.filling != Filling::kAgainstTheRules;
    if (counts && (last == nullptr || ballot.seq > last->seq)) last = &ballot;
  }
  if (last == nullptr) return;
  out.Key("ballot");
  if (last->filling == Filling::kAny) {
    out.String("any");
    return;
  }
  Command command;
  command.request = last->cast;
  const std::expected<json::Value, json::Error> encoded = json::Parse(EncodeCommand(command));
  out.Put(*encoded->Find("ballot"));
}

void WriteTable(const PlannedTable& table, json::Writer& out) {
  out.Key("visits").BeginArray();
  auto visit = [&out](uint32_t round, uint32_t number) {
    if (number == 0) return;
    out.BeginObject().Key("round").Int(round).Key("table").Int(number).EndObject();
  };
  visit(1, table.sits);
  visit(table.moves_in, table.moves_to);
  out.EndArray();
}

void WriteUpvotes(const Population& population, const ActivityId& activity, json::Writer& out) {
  out.Key("upvotes").BeginArray();
  if (auto interest = population.interest.find(activity); interest != population.interest.end()) {
    for (const auto& [title, percent] : interest->second.by_title) out.String(title);
  }
  out.EndArray();
}

void WritePerson(const Population& population, const PlannedPerson& person, json::Writer& out) {
  std::set<ActivityId> activities = person.upvotes;
  for (const auto& [activity, vote] : person.votes) activities.insert(activity);
  for (const auto& [activity, texts] : person.texts) activities.insert(activity);
  for (const auto& [activity, table] : person.tables) activities.insert(activity);
  out.BeginObject();
  for (const ActivityId& activity : activities) {
    out.Key(activity).BeginObject();
    if (auto vote = person.votes.find(activity); vote != person.votes.end())
      WriteBallot(vote->second, out);
    if (auto texts = person.texts.find(activity); texts != person.texts.end()) {
      out.Key("texts").BeginArray();
      for (const PlannedText& text : texts->second) WriteWriting(text.writing, out);
      out.EndArray();
    }
    if (person.upvotes.contains(activity)) WriteUpvotes(population, activity, out);
    if (auto table = person.tables.find(activity); table != person.tables.end())
      WriteTable(table->second, out);
    out.EndObject();
  }
  out.EndObject();
}

void WriteScores(const Population& population, const std::map<ActivityId, CardScores>& all,
                 json::Writer& out) {
  out.BeginObject();
  for (const auto& [activity, scores] : all) {
    std::map<std::string, std::vector<int32_t>> cards;
    for (const PlannedPerson& person : population.people) {
      auto texts = person.texts.find(activity);
      if (texts == person.texts.end()) continue;
      for (const PlannedText& card : texts->second)
        cards[card.writing.text] = scores.Planned(card.writing.text);
    }
    out.Key(activity).BeginObject();
    for (const auto& [text, rounds] : cards) {
      out.Key(text).BeginArray();
      for (int32_t score : rounds) out.Int(score);
      out.EndArray();
    }
    out.EndObject();
  }
  out.EndObject();
}

// What a deed says, as a member of its object.
struct DeedWriter {
  json::Writer& out;

  void operator()(const MergeItems& deed) const {
    out.Key("merge").BeginObject().Key("into").String(deed.into).Key("from").BeginArray();
    for (const ItemName& from : deed.from) out.String(from);
    out.EndArray().EndObject();
  }
  void operator()(const UndoMerge& deed) const { out.Key("unmerge").String(deed.into); }
  void operator()(const AddTopic& deed) const { out.Key("add").String(deed.writing.text); }
  void operator()(const SetTables& deed) const {
    out.Key("tables").BeginObject().Key("tables").Int(deed.tables);
    out.Key("capacity").Int(deed.capacity).Key("topics").BeginObject();
    for (const TableTopic& table : deed.named)
      out.Key(std::to_string(table.number)).String(table.topic);
    out.EndObject().EndObject();
  }
  void operator()(const Extend& deed) const { out.Key("extend_ms").Int(deed.by_ms); }
  void operator()(const MarkLeader& deed) const {
    out.Key("mark").String(deed.mark == Mark::kLive ? "live" : "answered");
  }
  void operator()(const TypeUp&) const {}  // the follower does these
  void operator()(const EraseText&) const {}
};

void WriteLead(const Population& population, json::Writer& out) {
  out.BeginArray();
  for (const PlannedDeed& deed : population.deeds) {
    if (IsDoneByFollower(deed)) continue;
    out.BeginObject().Key("activity").String(deed.activity);
    out.Key("phase").String(PhaseName(deed.phase));
    if (deed.round != 0) out.Key("round").Int(deed.round);
    std::visit(DeedWriter{out}, deed.what);
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

std::set<uint32_t> PickElsewhere(const Population& population, uint32_t count) {
  std::vector<uint32_t> candidates;
  for (uint32_t i = 0; i < population.people.size(); ++i) {
    if (IsForABrowser(population.people[i])) candidates.push_back(i);
  }
  std::ranges::stable_sort(candidates, std::greater(),
                           [&](uint32_t i) { return ActivitiesOf(population.people[i]); });
  candidates.resize(std::min<size_t>(candidates.size(), count));
  return {candidates.begin(), candidates.end()};
}

std::string EncodeTheirPart(const Population& population,
                            const std::map<ActivityId, CardScores>& scores) {
  json::Writer out;
  out.BeginObject().Key("people").BeginArray();
  for (uint32_t who : population.elsewhere) WritePerson(population, population.people[who], out);
  out.EndArray().Key("scores");
  WriteScores(population, scores, out);
  out.Key("lead");
  WriteLead(population, out);
  out.EndObject();
  return out.Take();
}

std::expected<void, std::string> WriteTheirPart(const std::string& path, const std::string& part) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << part << "\n";
  file.close();
  if (!file) return std::unexpected("The file " + path + " cannot be written.");
  return {};
}

}  // namespace plenum::rehearse
