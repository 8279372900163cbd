#include "gateway/rooms.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "schema/limits.h"
#include "schema/sheet_check.h"

namespace plenum {
namespace {

namespace net = boost::asio;

constexpr int kClaims = 30;  // codes tried before giving up
constexpr Role kLinkRoles[] = {Role::kDisplay, Role::kPresenter, Role::kModerator,
                               Role::kKeyer,   Role::kProducer,  Role::kAuditor};

// Six digits, never with a leading zero: people leave those out.
std::string RandomCode() {
  uint32_t random = 0;
  // 2^32 is so much larger that the bias is below one in a thousand.
  FillRandom({reinterpret_cast<uint8_t*>(&random), sizeof random});
  return std::to_string(100'000 + random % 900'000);
}

RoomFailure ServerFailure(std::string what) { return {false, {"", {}, std::move(what)}}; }

}  // namespace

std::string LinkOf(const std::string& base, Role role, const std::string& code,
                   const std::string& token) {
  // An auditor may watch, and reads the log by the API.
  const bool watches = role == Role::kDisplay || role == Role::kAuditor;
  return base + (watches ? "/d/" : "/f/") + code + "#t=" + token;
}

// One room on its way: key, code, events; each step begins when the one before is durable.
class Rooms::Making : public std::enable_shared_from_this<Making> {
 public:
  Making(Rooms& rooms, const TokenId& organiser, TimeMs now, Done done)
      : rooms_(rooms), organiser_(organiser), now_(now), done_(std::move(done)) {
    made_.room = RandomId<RoomId>();
  }

  void Start(const RunSheet& sheet) {
    if (auto problem = FirstTooLarge(sheet)) return Fail({true, *std::move(problem)});
    Prepare(sheet);
    net::post(rooms_.jobs_, [self = shared_from_this()] {
      auto kept = self->rooms_.keys_.Make(self->made_.room);
      net::post(self->rooms_.io_, [self, kept] {
        if (!kept) return self->Fail(ServerFailure(std::string(LogErrorText(kept.error()))));
        self->Claim(kClaims);
      });
    });
  }

 private:
  Event NewEvent(Payload payload) const {
    Event event;
    event.id = RandomId<EventId>();
    event.room = made_.room;
    event.time = now_;
    event.actor = {.role = Role::kProducer, .epoch = 0, .token = organiser_};
    event.payload = std::move(payload);
    return event;
  }

  // Makes the room's first events.
  void Prepare(const RunSheet& sheet) {
    RoomCreated created;
    created.title = sheet.title;
    created.languages = sheet.languages;
    created.expected_people = sheet.expected_people;
    created.groups = sheet.groups;
    created.privacy = sheet.privacy;
    created.join = sheet.join;
    events_.push_back(NewEvent(std::move(created)));
    for (const ActivitySpec& spec : sheet.activities) {
      ActivityAdded added;
      added.spec = spec;
      events_.push_back(NewEvent(std::move(added)));
    }
  }

  void Claim(int tries) {
    if (tries == 0) return Fail(ServerFailure("No free join code was found."));
    made_.code = RandomCode();
    RoomClaimed claim;
    claim.code = made_.code;
    claim.room = made_.room;
    rooms_.hub_.SayInDirectory(
        NewEvent(std::move(claim)),
        [self = shared_from_this(), tries](std::expected<Outcome, LogError> outcome) {
          if (!outcome) return self->FailFor(outcome.error());
          if (outcome->code == OutcomeCode::kAccepted) return self->Append();
          self->Claim(tries - 1);  // another room has it
        });
  }

  void Append() {
    missing_ = events_.size();
    for (const Event& event : std::exchange(events_, {})) {
      rooms_.hub_.Say(event, [self = shared_from_this()](std::expected<Outcome, LogError> outcome) {
        self->OnOutcome(outcome);
      });
    }
  }

  void OnOutcome(const std::expected<Outcome, LogError>& outcome) {
    if (!outcome) return FailFor(outcome.error());
    if (outcome->code != OutcomeCode::kAccepted) {
      return Fail(ServerFailure("The room's events were refused: " +
                                std::string(ReasonText(outcome->reason))));
    }
    if (--missing_ > 0 || !done_) return;
    for (Role role : kLinkRoles) {
      Claims claims;
      claims.room = made_.room;
      claims.role = role;
      claims.id = RandomId<TokenId>();
      claims.expires = now_ + kStaffTokenMs;
      made_.tokens[role] = rooms_.signer_.Sign(claims);
    }
    std::exchange(done_, {})(std::move(made_));
  }

  void FailFor(LogError error) { Fail(ServerFailure(std::string(LogErrorText(error)))); }
  void Fail(RoomFailure failure) {
    if (done_) std::exchange(done_, {})(std::unexpected(std::move(failure)));
  }

  Rooms& rooms_;
  const TokenId organiser_;
  const TimeMs now_;
  Done done_;
  NewRoom made_;
  std::vector<Event> events_;
  size_t missing_ = 0;
};

Rooms::Rooms(Hub& hub, RoomKeys& keys, const TokenSigner& signer, net::any_io_executor io,
             net::any_io_executor jobs)
    : hub_(hub), keys_(keys), signer_(signer), io_(std::move(io)), jobs_(std::move(jobs)) {}

void Rooms::Create(const RunSheet& sheet, const TokenId& organiser, TimeMs now, Done done) {
  std::make_shared<Making>(*this, organiser, now, std::move(done))->Start(sheet);
}

}  // namespace plenum
