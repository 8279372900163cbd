// The HTTP interface of schema/wire.md: joining, making rooms, looking up codes, state, export and
// record of the day, and the pages. I/O thread; what the projector knows is asked of its thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/copy_desk.h"
#include "gateway/guess_limit.h"
#include "gateway/http.h"
#include "gateway/hub.h"
#include "gateway/pages.h"
#include "gateway/poll_desk.h"
#include "gateway/rehearsals.h"
#include "gateway/report_desk.h"
#include "gateway/rooms.h"
#include "gateway/token.h"
#include "projector/projector_thread.h"

namespace plenum {

struct ApiParts {
  Hub& hub;
  ProjectorThread& projector;
  Rooms& rooms;
  const TokenSigner& signer;
  const Pages& pages;
  boost::asio::any_io_executor io;
  std::function<TimeMs()> clock;
  // Why nothing can be answered yet, in one sentence; nothing when it can.
  std::function<std::optional<std::string>()> not_yet;
  // Why no commands are taken now, in one sentence; nothing when they are.
  std::function<std::optional<std::string>()> trouble;
  // More of how the node is, for /readyz: a JSON object's members, from the first comma on.
  std::function<std::string()> condition;
  std::function<std::string()> metrics;
  CopyDesk* copies = nullptr;  // of a built-in log
  PollDesk& polls;
  ReportDesk& reports;
  Rehearsals& rehearsals;
  // Pages for old browsers (gateway/basic).
  std::function<void(const HttpQuestion&, HttpHandler::Reply)> basic;
  TextSource& texts;          // read from the projector's thread
  int looks = 1;              // for a room: several where other nodes make rooms, too
  std::string public_origin;  // for links; empty: the host that the request names
  bool tls = false;
};

class Api final : public HttpHandler {
 public:
  explicit Api(ApiParts parts) : parts_(std::move(parts)) {}

  void Handle(HttpQuestion question, Reply reply) override;
  std::optional<HttpAnswer> AnswerToHead(const HttpQuestion& question) override;
  size_t BodyLimit(const HttpQuestion& question) override;

 private:
  // Answers may be given by whoever comes first: the one who knows, or the one who cannot ask.
  using SharedReply = std::shared_ptr<Reply>;
  using Info = std::shared_ptr<const RoomInfo>;

  std::optional<HttpAnswer> AnswerAtOnce(const HttpQuestion& question);
  void HandleApi(const HttpQuestion& question, std::string_view route, SharedReply reply);
  HttpAnswer Ready() const;

  // gateway/api_join.cc
  void Join(const HttpQuestion& question, SharedReply reply);
  struct JoinWish {
    std::string token;     // an older one of this room, or empty
    std::string notice;    // the version of the privacy notice that was shown, or empty
    std::string personal;  // a personal code, or empty
    std::string address;   // who asks
  };
  std::expected<Claims, HttpAnswer> ClaimsFor(const RoomId& room, const RoomInfo& info,
                                              const JoinWish& wish);
  std::expected<ParticipantId, HttpAnswer> ParticipantBy(const RoomId& room, const JoinWish& wish);
  void JoinRoom(const RoomId& room, const Info& info, const JoinWish& wish,
                const SharedReply& reply);
  void LookUpCode(std::string code, SharedReply reply);
  void GivePrivacy(std::string code, SharedReply reply);
  std::expected<Claims, HttpAnswer> CheckOrganiser(const HttpQuestion& question) const;
  void CreateRoom(const HttpQuestion& question, SharedReply reply);
  HttpAnswer RoomAnswer(const NewRoom& made, const std::string& base) const;

  // gateway/api_page.cc
  void GivePage(const HttpQuestion& question, const SharedReply& reply);
  std::optional<HttpAnswer> PageOf(const RoomId& room, const HttpQuestion& question) const;

  // gateway/api_check.cc: what is wrong with a run sheet, without making a room of it.
  HttpAnswer AnswerToCheck(const HttpQuestion& question) const;

  // gateway/api_library.cc
  std::optional<HttpAnswer> LibraryAnswer(const HttpQuestion& question,
                                          std::string_view route) const;

  // gateway/api_copies.cc
  std::expected<Claims, HttpAnswer> CheckCopier(const HttpQuestion& question) const;
  void HandleCopy(const HttpQuestion& question, std::string_view what, SharedReply reply);
  void GiveStatus(const HttpQuestion& question, SharedReply reply);

  // gateway/api_staff.cc: what is printed, and links, for who runs the day or made the room.
  bool HandleStaff(const HttpQuestion& question, const RoomId& room, std::string_view what,
                   const SharedReply& reply);
  void GivePrinted(const HttpQuestion& question, const RoomId& room, std::string what,
                   const SharedReply& reply);
  void MakeLink(const HttpQuestion& question, const RoomId& room, const Claims& by,
                const SharedReply& reply);
  void GiveLink(const Claims& claims, const std::string& base, const SharedReply& reply);
  std::string BaseFor(const HttpQuestion& question) const;

  // gateway/api_rehearsals.cc
  bool HandleRehearsals(const HttpQuestion& question, std::string_view route,
                        const SharedReply& reply);
  void WithProducer(const HttpQuestion& question, const RoomId& room, const SharedReply& reply,
                    std::move_only_function<void()> then);
  void StartRehearsal(const HttpQuestion& question, const RoomId& room, const SharedReply& reply);

  // gateway/api_rooms.cc: what one room's token opens.
  void HandleRoom(const HttpQuestion& question, std::string_view rest, SharedReply reply);
  void GiveState(const RoomId& room, SharedReply reply);
  void GiveExport(const RoomId& room, SharedReply reply);

  // gateway/api_records.cc
  void GiveReport(ReportOrder order, SharedReply reply);
  void GiveVersions(const RoomId& room, SharedReply reply);
  void EditRecord(const Claims& claims, std::string_view what, const std::string& text,
                  SharedReply reply);
  void Approve(const Claims& claims, uint32_t version, std::string figures, SharedReply reply);
  void KeepApproved(const RoomId& room, const Outcome& outcome,
                    std::shared_ptr<PreparedRecord> prepared, SharedReply reply);
  void GivePublished(std::string_view rest, SharedReply reply);
  Event EventBy(const Claims& claims, Payload payload) const;

  // The room that a code opens, then what is known of it; answers 404 and 503 itself. What another
  // node has just made is looked for `looks` times.
  void FindCode(const std::string& code, SharedReply reply,
                std::move_only_function<void(RoomId, Info)> then) {
    FindCode(code, std::move(reply), std::move(then), parts_.looks);
  }
  void FindCode(const std::string& code, SharedReply reply,
                std::move_only_function<void(RoomId, Info)> then, int looks);
  void FindRoom(const RoomId& room, SharedReply reply, std::move_only_function<void(Info)> then) {
    FindRoom(room, std::move(reply), std::move(then), parts_.looks);
  }
  void FindRoom(const RoomId& room, SharedReply reply, std::move_only_function<void(Info)> then,
                int looks);
  void Later(std::move_only_function<void()> then);

  ApiParts parts_;
  GuessLimit guesses_;
  GuessLimit wrong_pages_;  // asked for with the code of no room
};

}  // namespace plenum
