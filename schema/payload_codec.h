// The members of each payload, inside schema: the same in an event's `data` and in the command that
// asks for it.
#pragma once

#include "schema/event.h"
#include "schema/member_reader.h"

namespace plenum {

// Each adds the members of one payload to an open object.
void WriteMembers(json::Writer& writer, const RoomCreated& payload);
void WriteMembers(json::Writer& writer, const ActivityAdded& payload);
void WriteMembers(json::Writer& writer, const ActivityChanged& payload);
void WriteMembers(json::Writer& writer, const ActivityMoved& payload);
void WriteMembers(json::Writer& writer, const ActivitySkipped& payload);
void WriteMembers(json::Writer& writer, const ControlTaken& payload);
void WriteMembers(json::Writer& writer, const ScreensBlanked& payload);
void WriteMembers(json::Writer& writer, const DoorsSet& payload);
void WriteMembers(json::Writer& writer, const ParticipantJoined& payload);
void WriteMembers(json::Writer& writer, const LinkMade& payload);
void WriteMembers(json::Writer& writer, const LinkRevoked& payload);
void WriteMembers(json::Writer& writer, const LinksRevoked& payload);
void WriteMembers(json::Writer& writer, const ActivityAdvanced& payload);
void WriteMembers(json::Writer& writer, const ActivityRestarted& payload);
void WriteMembers(json::Writer& writer, const ActivityExtended& payload);
void WriteMembers(json::Writer& writer, const ResultTold& payload);
void WriteMembers(json::Writer& writer, const TimerFired& payload);
void WriteMembers(json::Writer& writer, const ItemAdded& payload);
void WriteMembers(json::Writer& writer, const ItemReworded& payload);
void WriteMembers(json::Writer& writer, const ItemModerated& payload);
void WriteMembers(json::Writer& writer, const AuthorHeld& payload);
void WriteMembers(json::Writer& writer, const ItemWithdrawn& payload);
void WriteMembers(json::Writer& writer, const ItemErased& payload);
void WriteMembers(json::Writer& writer, const ItemMarked& payload);
void WriteMembers(json::Writer& writer, const ItemsMerged& payload);
void WriteMembers(json::Writer& writer, const ItemsUnmerged& payload);
void WriteMembers(json::Writer& writer, const BallotCast& payload);
void WriteMembers(json::Writer& writer, const CardPassed& payload);
void WriteMembers(json::Writer& writer, const PresenceHere& payload);
void WriteMembers(json::Writer& writer, const PresenceAway& payload);
void WriteMembers(json::Writer& writer, const TablesSet& payload);
void WriteMembers(json::Writer& writer, const SeatsPlanned& payload);
void WriteMembers(json::Writer& writer, const TableVisited& payload);
void WriteMembers(json::Writer& writer, const TableHosted& payload);
void WriteMembers(json::Writer& writer, const GroupTold& payload);
void WriteMembers(json::Writer& writer, const OrganiserTold& payload);
void WriteMembers(json::Writer& writer, const OrganiserHeard& payload);
void WriteMembers(json::Writer& writer, const RecordRedacted& payload);
void WriteMembers(json::Writer& writer, const RecordApproved& payload);
void WriteMembers(json::Writer& writer, const RecordPublished& payload);
void WriteMembers(json::Writer& writer, const EarlyLook& payload);
void WriteMembers(json::Writer& writer, const ResultRecorded& payload);
void WriteMembers(json::Writer& writer, const RoomClaimed& payload);
void WriteMembers(json::Writer& writer, const CodePointed& payload);

// Each takes the members of one payload from an object; what is wrong is told to its context.
void ReadMembers(MemberReader& object, RoomCreated* payload);
void ReadMembers(MemberReader& object, ActivityAdded* payload);
void ReadMembers(MemberReader& object, ActivityChanged* payload);
void ReadMembers(MemberReader& object, ActivityMoved* payload);
void ReadMembers(MemberReader& object, ActivitySkipped* payload);
void ReadMembers(MemberReader& object, ControlTaken* payload);
void ReadMembers(MemberReader& object, ScreensBlanked* payload);
void ReadMembers(MemberReader& object, DoorsSet* payload);
void ReadMembers(MemberReader& object, ParticipantJoined* payload);
void ReadMembers(MemberReader& object, LinkMade* payload);
void ReadMembers(MemberReader& object, LinkRevoked* payload);
void ReadMembers(MemberReader& object, LinksRevoked* payload);
void ReadMembers(MemberReader& object, ActivityAdvanced* payload);
void ReadMembers(MemberReader& object, ActivityRestarted* payload);
void ReadMembers(MemberReader& object, ActivityExtended* payload);
void ReadMembers(MemberReader& object, ResultTold* payload);
void ReadMembers(MemberReader& object, TimerFired* payload);
void ReadMembers(MemberReader& object, ItemAdded* payload);
void ReadMembers(MemberReader& object, ItemReworded* payload);
void ReadMembers(MemberReader& object, ItemModerated* payload);
void ReadMembers(MemberReader& object, AuthorHeld* payload);
void ReadMembers(MemberReader& object, ItemWithdrawn* payload);
void ReadMembers(MemberReader& object, ItemErased* payload);
void ReadMembers(MemberReader& object, ItemMarked* payload);
void ReadMembers(MemberReader& object, ItemsMerged* payload);
void ReadMembers(MemberReader& object, ItemsUnmerged* payload);
void ReadMembers(MemberReader& object, BallotCast* payload);
void ReadMembers(MemberReader& object, CardPassed* payload);
void ReadMembers(MemberReader& object, PresenceHere* payload);
void ReadMembers(MemberReader& object, PresenceAway* payload);
void ReadMembers(MemberReader& object, TablesSet* payload);
void ReadMembers(MemberReader& object, SeatsPlanned* payload);
void ReadMembers(MemberReader& object, TableVisited* payload);
void ReadMembers(MemberReader& object, TableHosted* payload);
void ReadMembers(MemberReader& object, GroupTold* payload);
void ReadMembers(MemberReader& object, OrganiserTold* payload);
void ReadMembers(MemberReader& object, OrganiserHeard* payload);
void ReadMembers(MemberReader& object, RecordRedacted* payload);
void ReadMembers(MemberReader& object, RecordApproved* payload);
void ReadMembers(MemberReader& object, RecordPublished* payload);
void ReadMembers(MemberReader& object, EarlyLook* payload);
void ReadMembers(MemberReader& object, ResultRecorded* payload);
void ReadMembers(MemberReader& object, RoomClaimed* payload);
void ReadMembers(MemberReader& object, CodePointed* payload);

}  // namespace plenum
