// Audit: folds an export from nothing and compares everything that was said about it: every result
// that a node recorded (position, state digest, totals), and the root and digest that the auditor
// brings along. Digests that come with the export itself prove only that it agrees with itself.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projector/projector.h"
#include "schema/ids.h"
#include "schema/outcome.h"

namespace plenum {

// What the export should add up to after `index` entries; what is absent is not compared.
struct AuditExpected {
  std::optional<uint64_t> index;  // absent: at the end
  std::optional<Digest> root;
  std::optional<Digest> state;
  bool from_outside = false;  // not from beside the export
};
AuditExpected ExpectStatus(const RoomStatus& status, bool from_outside);

enum class AuditVerdict : uint8_t {
  kAgrees = 0,  // also with a root or digest from outside
  kDiffers = 1,
  kUnreadable = 2,      // not an export
  kSelfConsistent = 3,  // agrees with itself; nothing from outside was compared
};

struct AuditDifference {
  uint64_t index = 0;  // of the entry
  std::string what;    // one sentence
};

struct AuditReport {
  AuditVerdict verdict = AuditVerdict::kUnreadable;
  std::string error;  // of an unreadable export
  RoomStatus status;  // at the end
  std::map<OutcomeCode, uint64_t> outcomes;
  uint64_t results = 0;                      // recorded results that were compared
  uint64_t results_due = 0;                  // closes at the end whose result no node has recorded
  std::vector<AuditDifference> differences;  // the first kAuditDifferences of them

  int ExitStatus() const { return static_cast<int>(verdict); }
};
inline constexpr size_t kAuditDifferences = 100;

AuditReport Audit(std::istream& in, const std::vector<AuditExpected>& expected = {});

std::string DescribeAudit(const AuditReport& report);  // lines for people
std::string EncodeAudit(const AuditReport& report);    // one JSON object

}  // namespace plenum
