// Rooms, doors, links, and who may say what: as tables.
#include "tests/property/fold_room.h"

#include <gtest/gtest.h>

#include "schema/limits.h"
#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

// Until a program that knows the rules folds it: the same rules again do not make it one of ours.
TEST(FoldRoom, NothingHappensInARoomOfUnknownRules) {
  TestRoom room;
  const auto create = [&room](uint32_t rules) {
    return room.Send(room.Make(Role::kProducer, RoomCreated{rules, English("x"), {"en"}, 1}));
  };
  EXPECT_EQ(create(kRules + 1).reason, Reason::kUnknownRules);
  EXPECT_EQ(create(kRules).reason, Reason::kRoomExists);
  EXPECT_FALSE(room.state().created);
  Event joined = room.MakeFor(IdOf<PersonId>("ana"), "", ParticipantJoined{});
  EXPECT_EQ(room.Send(joined), (Outcome{OutcomeCode::kRefused, Reason::kNoRoom, 2, 0}));
}

// What a program of that time said of it, since it did not know the type.
TEST(FoldRoom, ARoomOfOldRulesDoesNotKnowWhatCameLater) {
  TestRoom room;
  room.Send(room.Make(Role::kProducer, RoomCreated{1, English("x"), {"en"}, 1}));
  EXPECT_TRUE(room.state().created);
  const Event told = room.Make(Role::kPresenter, ResultTold{{}, 3}, "dots");
  EXPECT_EQ(room.Send(told), (Outcome{OutcomeCode::kMalformed, Reason::kNone, 1, 0}));
  EXPECT_TRUE(room.state().staff_events.size() == 1) << "only the room's own beginning";
}

TEST(FoldRoom, EventsOfAnotherRoomAreLeavesAndNothingElse) {
  TestRoom room;
  room.Create();
  const Digest root = room.room().Root();
  Event event = room.Make(Role::kPresenter, DoorsSet{true, 1});
  event.room = IdOf<RoomId>("another");
  EXPECT_EQ(room.Send(event).reason, Reason::kWrongRoom);
  EXPECT_FALSE(room.state().doors_locked);
  EXPECT_NE(room.room().Root(), root);
}

TEST(FoldRoom, OnceOnly) {
  RunTable(R"(
    producer create         -> refused room-exists
    raw                     -> malformed
    node claim              -> refused wrong-room
  )");
}

TEST(FoldRoom, Doors) {
  RunTable(R"(
    ana join                           -> accepted
    again                              -> duplicate ref=ana-join
    presenter doors locked of=200      -> accepted
    again                              -> duplicate
    ben join                           -> refused doors-locked
    ana join                           -> duplicate
    presenter doors open of=200
    ben join                           -> accepted
    show joined 2
    cat join series=confidence         -> refused wrong-series
    dan join person=none               -> refused no-person
    presenter join person=eve          -> accepted
    display join person=eve            -> refused not-permitted
    moderator doors locked             -> refused not-permitted
    display doors locked               -> refused not-permitted
    ana doors locked                   -> refused not-permitted
  )");
}

// Who comes by a personal code has one phone at a time.
TEST(FoldRoom, AnotherPhoneTakesThePlaceOfTheFirst) {
  RunTable(R"(
    ana join phone=old label=first     -> accepted
    ana join phone=old                 -> duplicate ref=first
    ana join                           -> duplicate ref=first
    ana join phone=new                 -> accepted
    ana join phone=new                 -> duplicate
    ana join phone=old                 -> refused moved
    presenter doors locked of=200
    ana join phone=third               -> accepted
    ben join phone=his                 -> refused doors-locked
    ben join phone=third               -> refused doors-locked
    ana join phone=new                 -> refused moved
    show joined 1
  )");
}

TEST(FoldRoom, APersonHasManyPhonesButNotAnyNumber) {
  TestRoom room;
  room.Create();
  const auto join = [&room](size_t phone) {
    ParticipantJoined joined;
    joined.device = IdOf<TokenId>("phone " + std::to_string(phone));
    return room.Send(room.MakeFor(IdOf<PersonId>("ana"), "", joined));
  };
  for (size_t phone = 0; phone < limits::kDevices; ++phone) {
    EXPECT_EQ(join(phone).code, OutcomeCode::kAccepted) << phone;
  }
  EXPECT_EQ(join(limits::kDevices).reason, Reason::kTooManyItems);
  EXPECT_EQ(join(limits::kDevices - 1).code, OutcomeCode::kDuplicate);
}

TEST(FoldRoom, JoinedByCodesNobodyGetsInWithoutOne) {
  TestRoom room;
  RoomCreated created{kRules, English("x"), {"en"}, 1};
  created.join = JoinBy::kCodes;
  ASSERT_EQ(room.Send(room.Make(Role::kProducer, created)).code, OutcomeCode::kAccepted);
  Event join = room.MakeFor(IdOf<PersonId>("ana"), "", ParticipantJoined{});
  EXPECT_EQ(room.Send(join).reason, Reason::kCodeNeeded);
  join =
      room.MakeFor(IdOf<PersonId>("ana"), "", ParticipantJoined{.device = IdOf<TokenId>("phone")});
  EXPECT_EQ(room.Send(join).code, OutcomeCode::kAccepted);
  join = room.MakeFor(IdOf<PersonId>("ana"), "", ParticipantJoined{});
  EXPECT_EQ(room.Send(join).code, OutcomeCode::kDuplicate);
}

TEST(FoldRoom, LinksAreMadeOnce) {
  RunTable(R"(
    producer link desk-2               -> accepted
    again                              -> duplicate
    producer link desk-2               -> ignored
    presenter link desk-3              -> refused not-permitted
    producer revoke desk-2             -> accepted
  )");
}

TEST(FoldRoom, LinksAreRevokedOneByOneAndAllTogether) {
  RunTable(R"(
    activity mood scale
    presenter to voting token=stolen              -> accepted
    producer revoke stolen                        -> accepted
    producer revoke stolen                        -> ignored
    presenter to closing token=stolen             -> refused revoked
    presenter to closing token=mine               -> accepted
    presenter revoke mine                         -> refused not-permitted
    producer revoke-all                           -> accepted
    again                                         -> duplicate
    show epoch 1
    presenter to closed token=mine                -> refused revoked
    ana scale 3                                   -> counted
    presenter to closed token=new epoch=1         -> accepted
  )");
}

TEST(FoldRoom, RunSheet) {
  RunTable(R"(
    activity one scale                  -> accepted
    again                               -> duplicate
    activity two choice options=a,b     -> accepted
    activity one dots items=a           -> refused activity-exists
    activity zero scale before=one      -> accepted
    activity nine scale before=nowhere  -> refused unknown-activity
    show order zero,one,two
    presenter to voting activity=nine   -> refused unknown-activity
    ana scale 3 activity=nine           -> refused unknown-activity
  )");
}

TEST(FoldRoom, OnlyThoseWhoMay) {
  RunTable(R"(
    activity gallery dots items=a,b
    ana to voting                  -> refused not-permitted
    moderator to voting            -> refused not-permitted
    auditor look                   -> refused not-permitted
    node to voting                 -> refused not-permitted
    presenter to voting
    presenter dots a=1             -> refused no-person
    display dots a=1 person=ana    -> refused not-permitted
    moderator merge a b            -> accepted
    ana merge a b                  -> refused not-permitted
    presenter timer                -> refused not-permitted
    presenter result               -> refused not-permitted
    presenter away ana             -> refused not-permitted
    keyer/17 dots a=2              -> counted
    ana look                       -> refused not-permitted
    moderator extend 5000          -> refused not-permitted
    moderator restart              -> refused not-permitted
  )");
}

}  // namespace
}  // namespace plenum::fold_test
