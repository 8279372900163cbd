#include "gateway/basic/conversation.h"

#include <algorithm>
#include <utility>

namespace plenum::basic {
namespace {

constexpr TimeMs kForAnErrand = 6000;
constexpr TimeMs kForViews = 3000;  // after an outcome
constexpr size_t kFates = 50;
constexpr int kMostBegins = 3;
constexpr int64_t kLeaveForGood[] = {1008, 4001};

bool IsForGood(int64_t code) {
  for (int64_t one : kLeaveForGood) {
    if (one == code) return true;
  }
  return false;
}

}  // namespace

const Conversation::Fate* Conversation::FateOf(const std::string& id) const {
  auto fate = fates_.find(id);
  return fate == fates_.end() ? nullptr : &fate->second;
}

void Conversation::Do(Errand errand) {
  errands_.push_back(std::move(errand));
  if (!busy_) Next();
}

void Conversation::Next() {
  if (errands_.empty()) return;
  busy_ = true;
  said_ = false;
  down_ = false;
  begins_ = 0;
  until_ = clock_() + kForAnErrand;
  views_until_ = errands_.front().id.empty() ? clock_() + kForViews : 0;
  const std::string& id = errands_.front().id;
  if (!id.empty() && fates_.try_emplace(id).second) {
    fate_order_.push_back(id);
    if (fate_order_.size() > kFates) {
      fates_.erase(fate_order_.front());
      fate_order_.pop_front();
    }
  }
  Step();
}

bool Conversation::IsDone() const {
  const Errand& errand = errands_.front();
  const TimeMs now = clock_();
  if (closed_ != 0 || down_ || now >= until_) return true;
  if (!welcomed_ || !stage_ || !said_) return false;
  if (errand.id.empty()) return person_.has_value() || now >= views_until_;
  auto index = index_.find(errand.id);
  if (index != index_.end()) return version_ > index->second || now >= views_until_;
  return !fates_.at(errand.id).outcome.empty();
}

void Conversation::Step() {
  if (IsDone()) return Finish();
  if (poll_.empty() && ++begins_ > kMostBegins) return Finish();
  const TimeMs now = clock_();
  if (!welcomed_) {
    if (!poll_.empty()) return Poll({}, until_ - now);
    json::Writer hello;
    hello.BeginObject().Key("type").String("hello").Key("id").String(new_id_());
    hello.Key("token").String(token_).Key("version").Int(0).EndObject();
    return Poll({hello.Take()}, until_ - now);
  }
  if (!said_) {
    said_ = true;
    // What has come meanwhile is taken at once, when there is nothing to say.
    const bool looks = errands_.front().commands.empty();
    return Poll(errands_.front().commands, looks ? 0 : until_ - now);
  }
  const bool only_views = views_until_ != 0 && stage_;
  Poll({}, (only_views ? views_until_ : until_) - now);
}

void Conversation::Poll(std::vector<std::string> messages, int64_t wait_ms) {
  json::Writer body;
  body.BeginObject();
  if (!poll_.empty()) body.Key("poll").String(poll_);
  body.Key("messages").BeginArray();
  for (const std::string& message : messages) body.Raw(message);
  body.EndArray().Key("wait_ms").Int(std::max<int64_t>(0, wait_ms)).EndObject();
  HttpQuestion question;
  question.method = "POST";
  question.path = "/api/v1/poll";
  question.body = body.Take();
  ask_(std::move(question),
       [self = shared_from_this()](HttpAnswer answer) { self->OnAnswer(std::move(answer)); });
}

void Conversation::OnAnswer(HttpAnswer answer) {
  last_heard_ = clock_();
  if (answer.status == 410) {
    poll_.clear();
    welcomed_ = false;
    said_ = false;
    version_ = 0;
    return Step();
  }
  auto body = answer.body ? json::Parse(*answer.body) : json::Parse("");
  if (answer.status != 200 || !body) {
    down_ = true;
    return Step();
  }
  const Look told(&*body);
  poll_ = told["poll"].Str();
  for (Look message : told["messages"].List()) OnMessage(message);
  if (const Look closed = told["closed"]) {
    poll_.clear();
    welcomed_ = false;
    version_ = 0;
    if (IsForGood(closed["code"].Num())) {
      closed_ = closed["code"].Num();
      closed_reason_ = closed["reason"].Str();
    } else {
      down_ = true;
    }
  }
  Step();
}

void Conversation::OnMessage(Look message) {
  const std::string type = message["type"].Str();
  if (type == "welcome") welcomed_ = true;
  if (type == "view") {
    const std::string topic = message["topic"].Str();
    if (topic != "stage" && topic != "person") return;
    (topic == "stage" ? stage_ : person_) = message.Copy("data");
    // The person's own comes after the stage, and says what became of what they did.
    if (topic == "person") version_ = static_cast<uint64_t>(message["version"].Num());
  }
  auto fate = fates_.find(message["id"].Str());
  if (fate == fates_.end()) return;
  Fate& known = fate->second;
  if (type == "recorded") known.recorded = true;
  if (type == "outcome") {
    known = {true, message["outcome"].Str(), message["reason"].Str(), message["text"].Str()};
    index_[fate->first] = static_cast<uint64_t>(message["index"].Num());
    views_until_ = clock_() + kForViews;
  }
  if (type == "error") {
    const bool again = message["retry_ms"].Num() > 0;
    known = {false, "error", message["code"].Str(), message["text"].Str(), again};
  }
}

void Conversation::Finish() {
  index_.clear();
  const auto done = std::move(errands_.front().done);
  errands_.pop_front();
  busy_ = false;
  done();
  if (!busy_) Next();
}

}  // namespace plenum::basic
