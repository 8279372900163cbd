// The record of the day: what is redacted in it, and its versions.
#include <algorithm>

#include "projector/fold/context.h"
#include "schema/limits.h"

namespace plenum {

Outcome FoldRecordRedacted(FoldContext& context, const RecordRedacted& redacted) {
  const Activity& activity = context.activity();
  if (!activity.FindItem(redacted.item) && !activity.former.contains(redacted.item)) {
    return Refused(Reason::kUnknownItem);
  }
  auto& all = context.state.redacted;
  const std::pair key{context.event.activity, redacted.item};
  auto it = all.find(key);
  const Redaction now = it == all.end() ? Redaction::kNone : it->second.reason;
  if (now == redacted.reason) return Ignored();
  if (redacted.reason == Redaction::kNone) {
    all.erase(it);
  } else {
    all[key] = {context.index, redacted.reason};
  }
  context.rows.Touch(row_key::RedactedOf(key.first, key.second));
  return Accepted();
}

// Two who approve at once approve different records: the second is to look again.
Outcome FoldRecordApproved(FoldContext& context, const RecordApproved& approved) {
  std::vector<RecordVersion>& versions = context.state.versions;
  const uint64_t least = versions.empty() ? 1 : versions.back().entries;
  const bool fits = approved.version == versions.size() + 1 && approved.entries >= least &&
                    approved.entries <= context.index;
  if (!fits) return Refused(Reason::kChangedMeanwhile);
  versions.push_back({.index = context.index,
                      .id = context.event.id,
                      .entries = approved.entries,
                      .documents = approved.documents,
                      .figures = approved.figures,
                      .published = 0});
  context.rows.Touch(row_key::VersionOf(approved.version));
  return Accepted();
}

Outcome FoldRecordPublished(FoldContext& context, const RecordPublished& published) {
  std::vector<RecordVersion>& versions = context.state.versions;
  if (published.version == 0 || published.version > versions.size()) {
    return Refused(Reason::kUnknownVersion);
  }
  RecordVersion& version = versions[published.version - 1];
  if (version.published != 0) return Ignored();
  version.published = context.index;
  context.rows.Touch(row_key::VersionOf(published.version));
  return Accepted();
}

}  // namespace plenum
