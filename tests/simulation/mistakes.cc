#include "tests/simulation/mistakes.h"

#include <utility>
#include <variant>

namespace plenum::simulation {
namespace {

constexpr Micros kBegin = 10 * kSecond;

// `text` with the first `what` replaced; the same text if it is not there.
std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

}  // namespace

void Mistakes::Start() {
  if (parts_.kind == Mistake::kNone) return;
  parts_.timeline.At(kBegin, [this] {
    parts_.network.SetTamper([this](std::string text) { return Tamper(std::move(text)); });
    if (parts_.kind != Mistake::kForgedEvent) return;
    Event event;
    event.id = NodeEventId(parts_.room, "forged", "", 0, 0);
    event.room = parts_.room;
    event.time = parts_.timeline.now();
    event.actor.role = Role::kProducer;
    event.payload = DoorsSet{};
    parts_.append(event, [this](auto offset) {
      if (offset) parts_.trace.Count("mistake");
    });
  });
}

bool Mistakes::AfterCrash() {
  if (parts_.timeline.micros() < kBegin) return false;
  if (parts_.kind == Mistake::kLostEntry) {
    parts_.trace.Count("mistake");
    parts_.disk.LoseLastEntries();
    parts_.disk.rows.Clear();
    return true;
  }
  if (parts_.kind == Mistake::kTornCommit && parts_.disk.rows.Tear()) {
    parts_.trace.Count("mistake");
    return true;
  }
  return false;
}

std::optional<std::string> Mistakes::Tamper(std::string text) {
  auto message = ParseMessage(text);
  if (!message) return text;
  return TamperWith(*std::move(message), std::move(text));
}

std::string Mistakes::Made(const Message& message) {
  parts_.trace.Count("mistake");
  return EncodeMessage(message);
}

std::optional<std::string> Mistakes::TamperWith(Message message, std::string text) {
  if (auto* recorded = std::get_if<Recorded>(&message)) {
    if (parts_.kind != Mistake::kFalseReceipt) return text;
    recorded->offset += 1000;
    return Made(message);
  }
  if (auto* answer = std::get_if<Answer>(&message)) {
    if (parts_.kind == Mistake::kLostAnswer) {
      parts_.trace.Count("mistake");
      return std::nullopt;
    }
    if (parts_.kind != Mistake::kWrongOutcome) return text;
    const bool counted = answer->outcome.code == OutcomeCode::kCounted;
    answer->outcome.code = counted ? OutcomeCode::kLate : OutcomeCode::kIgnored;
    return Made(message);
  }
  const auto* view = std::get_if<ViewMessage>(&message);
  if (view && view->topic == Topic::kStage) return TamperWithStage(*view, std::move(text));
  return text;
}

std::optional<std::string> Mistakes::TamperWithStage(const ViewMessage& view, std::string text) {
  std::string wrong = text;
  if (parts_.kind == Mistake::kOldView) {
    if (old_view_.empty()) {
      old_view_ = text;
      old_view_at_ = parts_.timeline.micros();
    }
    if (parts_.timeline.micros() > old_view_at_ + 10 * kSecond) wrong = old_view_;
  }
  const bool open = view.data.find("\"result\":{") != std::string::npos;
  if (parts_.kind == Mistake::kWrongTurnout) {
    wrong = Replaced(text, "\"answered\":", "\"answered\":1");
  }
  if (parts_.kind == Mistake::kEarlyResult && !open) {
    wrong = Replaced(text, "\"turnout\":{", "\"result\":{\"kind\":\"scale\"},\"turnout\":{");
  }
  if (wrong != text) parts_.trace.Count("mistake");
  return wrong;
}

}  // namespace plenum::simulation
