#include "projector/audit.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "projector/replay.h"
#include "projector/room_cache.h"
#include "schema/json.h"

namespace plenum {
namespace {

class Auditor {
 public:
  Auditor(const std::vector<AuditExpected>& expected, AuditReport& report)
      : expected_(expected), report_(report) {}

  void OnEntry(const ReplayedEntry& entry, Room& room) {
    const uint64_t index = room.size() - 1;
    ++report_.outcomes[entry.outcome.code];
    // A result is compared with what was due before it was folded.
    if (entry.event) {
      if (const auto* result = std::get_if<ResultRecorded>(&entry.event->payload)) {
        CompareResult(*entry.event, *result, entry.outcome, index);
      }
    }
    if (AwaitsNode(room.state())) {
      for (DueResult& due : room.DueResults()) {
        closes_.insert_or_assign(Close{due.activity, due.generation, due.index}, std::move(due));
      }
    }
    for (const AuditExpected& expected : expected_) {
      if (expected.index == room.size()) Compare(expected, room);
    }
  }

  void OnEnd(Room& room) {
    report_.status = {.room = room.id(),
                      .index = room.size(),
                      .root = room.Root(),
                      .state = room.StateDigest(),
                      .rules = room.state().rules};
    report_.results_due = room.DueResults().size();
    bool outside = false;
    for (const AuditExpected& expected : expected_) {
      if (!expected.index) Compare(expected, room);
      if (expected.index > room.size()) {
        Differ(room.size(), "the export ends here, but should have " +
                                std::to_string(*expected.index) + " entries");
      }
      outside |= expected.from_outside && (expected.root || expected.state);
    }
    report_.verdict = found_ > 0 ? AuditVerdict::kDiffers
                      : outside  ? AuditVerdict::kAgrees
                                 : AuditVerdict::kSelfConsistent;
  }

 private:
  using Close = std::tuple<ActivityId, uint32_t, uint64_t>;

  void Differ(uint64_t index, std::string what) {
    if (++found_ <= kAuditDifferences) report_.differences.push_back({index, std::move(what)});
  }

  void CompareResult(const Event& event, const ResultRecorded& result, const Outcome& outcome,
                     uint64_t index) {
    if (outcome.code == OutcomeCode::kRefused) return;  // it was not a node that said it
    ++report_.results;
    const std::string of = "the recorded result of " + event.activity + " ";
    auto close = closes_.find(Close{event.activity, event.generation, result.index});
    if (close == closes_.end()) {
      Differ(index,
             of + "names event " + std::to_string(result.index) + ", after which there was none");
      return;
    }
    const DueResult& due = close->second;
    if (due.totals != result.totals) {
      Differ(index, of + "is " + result.totals + ", but the events add up to " + due.totals);
    }
    if (due.state != result.state) {
      Differ(index, of + "has state digest " + result.state.Hex() + ", but the events give " +
                        due.state.Hex());
    }
    if (outcome.code == OutcomeCode::kDisputed && due.totals == result.totals &&
        due.state == result.state) {
      Differ(index, of + "is disputed by the fold");
    }
  }

  void Compare(const AuditExpected& expected, Room& room) {
    const auto differ = [&](const std::string& of, const Digest& want, const Digest& got) {
      Differ(room.size(), of + " after " + std::to_string(room.size()) + " entries is " +
                              got.Hex() + ", expected " + want.Hex());
    };
    if (expected.root && *expected.root != room.Root()) {
      differ("the root", *expected.root, room.Root());
    }
    if (expected.state && *expected.state != room.StateDigest()) {
      differ("the state digest", *expected.state, room.StateDigest());
    }
  }

  const std::vector<AuditExpected>& expected_;
  AuditReport& report_;
  std::map<Close, DueResult> closes_;
  size_t found_ = 0;
};

std::string_view VerdictName(AuditVerdict verdict) {
  switch (verdict) {
    case AuditVerdict::kAgrees:
      return "agrees";
    case AuditVerdict::kDiffers:
      return "differs";
    case AuditVerdict::kUnreadable:
      return "unreadable";
    case AuditVerdict::kSelfConsistent:
      return "self-consistent only";
  }
  return "";
}

}  // namespace

AuditExpected ExpectStatus(const RoomStatus& status, bool from_outside) {
  return {.index = status.index,
          .root = status.root,
          .state = status.state,
          .from_outside = from_outside};
}

AuditReport Audit(std::istream& in, const std::vector<AuditExpected>& expected) {
  AuditReport report;
  Auditor auditor(expected, report);
  auto room = Replay(
      in, {}, [&](const ReplayedEntry& entry, Room& folded) { auditor.OnEntry(entry, folded); });
  if (room) {
    auditor.OnEnd(*room);
  } else {
    report.error = room.error();
  }
  return report;
}

std::string DescribeAudit(const AuditReport& report) {
  if (report.verdict == AuditVerdict::kUnreadable) return "unreadable: " + report.error + "\n";
  std::string text = "room " + report.status.room.Hex() + ", " +
                     std::to_string(report.status.index) + " entries\nroot  " +
                     report.status.root.Hex() + "\nstate " + report.status.state.Hex() + "\n";
  for (const auto& [code, count] : report.outcomes) {
    text += std::string(OutcomeName(code)) + " " + std::to_string(count) + "\n";
  }
  text += "results compared " + std::to_string(report.results) + "\n";
  if (report.results_due > 0) {
    text += "results not recorded " + std::to_string(report.results_due) + "\n";
  }
  for (const AuditDifference& difference : report.differences) {
    text += "DIFFERS at event " + std::to_string(difference.index) + ": " + difference.what + "\n";
  }
  return text + std::string(VerdictName(report.verdict)) + "\n";
}

std::string EncodeAudit(const AuditReport& report) {
  json::Writer writer;
  writer.BeginObject().Key("verdict").String(VerdictName(report.verdict));
  if (report.verdict == AuditVerdict::kUnreadable) {
    writer.Key("error").String(report.error).EndObject();
    return writer.Take();
  }
  writer.Key("status").Raw(EncodeStatus(report.status));
  writer.Key("outcomes").BeginObject();
  for (const auto& [code, count] : report.outcomes) {
    writer.Key(OutcomeName(code)).Int(static_cast<int64_t>(count));
  }
  writer.EndObject();
  writer.Key("results").Int(static_cast<int64_t>(report.results));
  writer.Key("results_due").Int(static_cast<int64_t>(report.results_due));
  writer.Key("differences").BeginArray();
  for (const AuditDifference& difference : report.differences) {
    writer.BeginObject().Key("index").Int(static_cast<int64_t>(difference.index));
    writer.Key("text").String(difference.what).EndObject();
  }
  writer.EndArray().EndObject();
  return writer.Take();
}

}  // namespace plenum
