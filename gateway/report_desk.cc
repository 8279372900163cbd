#include "gateway/report_desk.h"

#include <chrono>
#include <utility>

#include "projector/record/record_builder.h"

namespace plenum {
namespace {

constexpr size_t kEntriesAPiece = 256;
constexpr std::chrono::milliseconds kLook{100};  // how often a waiting desk looks whether it ends

std::unexpected<std::string> Stopping() {
  return std::unexpected(std::string("The server is stopping; it will be back in a moment."));
}

}  // namespace

ReportDesk::ReportDesk(ProjectorThread& projector, TextSource& texts)
    : projector_(projector), texts_(texts), thread_([this] { Run(); }) {}

ReportDesk::~ReportDesk() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool ReportDesk::Ask(const RoomId& room, RecordFormat format, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || questions_.size() >= kReportsWaiting) return false;
    questions_.push_back({room, format, std::move(done)});
  }
  wake_.notify_one();
  return true;
}

void ReportDesk::Run() {
  while (true) {
    Question question;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !questions_.empty(); });
      if (stopping_) return;
      question = std::move(questions_.front());
      questions_.pop_front();
    }
    question.done(Make(question.room, question.format));
  }
}

template <class T>
std::optional<T> ReportDesk::Await(std::future<T>& answer) const {
  while (answer.wait_for(kLook) != std::future_status::ready) {
    if (stopping_) return std::nullopt;
  }
  try {
    return answer.get();
  } catch (const std::future_error&) {
    return std::nullopt;  // the projector's thread has ended, and dropped the question
  }
}

std::optional<ReportDesk::Extent> ReportDesk::AskExtent(const RoomId& room) {
  std::promise<Extent> promise;
  std::future<Extent> extent = promise.get_future();
  auto look = [room, promise = std::move(promise)](Projector& projector, TimeMs) mutable {
    const Room* const found = projector.Find(room);
    promise.set_value({.entries = found ? found->size() : 0,
                       .code = projector.directory().CodeOf(room).value_or("")});
  };
  if (!projector_.Post(std::move(look))) return std::nullopt;
  return Await(extent);
}

ReportDesk::Report ReportDesk::Make(const RoomId& room, RecordFormat format) {
  const std::optional<Extent> extent = AskExtent(room);
  if (!extent) return Stopping();
  Room folded(room);
  RecordBuilder builder(texts_, {.code = extent->code});
  using Piece = std::expected<std::vector<std::string>, std::string>;
  for (uint64_t index = 0; index < extent->entries;) {
    std::promise<Piece> promise;
    std::future<Piece> answer = promise.get_future();
    const size_t count = std::min<uint64_t>(kEntriesAPiece, extent->entries - index);
    auto reply = [promise = std::move(promise)](Piece read) mutable {
      promise.set_value(std::move(read));
    };
    if (!projector_.ReadRoom(room, index, count, std::move(reply))) return Stopping();
    const std::optional<Piece> piece = Await(answer);
    if (!piece) return Stopping();
    if (!*piece) return std::unexpected(piece->error());
    if ((*piece)->empty())
      return std::unexpected(std::string("The room's log has ended too early."));
    for (const std::string& entry : **piece) builder.Fold(entry, folded);
    index += (*piece)->size();
  }
  return WriteRecord(builder.Finish(folded), format);
}

}  // namespace plenum
