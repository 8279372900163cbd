// The members of each payload, inside schema: the same in an event's `data` and in the command that
// asks for it.
#pragma once

#include "schema/event.h"
#include "schema/member_reader.h"

namespace plenum {

// Each adds the members of one payload to an open object.
void WriteMembers(json::Writer& writer, const RoomCreated& payload);
void WriteMembers(json::Writer& writer, const ActivityAdded& payload);
void WriteMembers(json::Writer& writer, const DoorsSet& payload);
void WriteMembers(json::Writer& writer, const ParticipantJoined& payload);
void WriteMembers(json::Writer& writer, const LinkRevoked& payload);
void WriteMembers(json::Writer& writer, const LinksRevoked& payload);
void WriteMembers(json::Writer& writer, const ActivityAdvanced& payload);
void WriteMembers(json::Writer& writer, const ActivityRestarted& payload);
void WriteMembers(json::Writer& writer, const ActivityExtended& payload);
void WriteMembers(json::Writer& writer, const TimerFired& payload);
void WriteMembers(json::Writer& writer, const ItemAdded& payload);
void WriteMembers(json::Writer& writer, const ItemsMerged& payload);
void WriteMembers(json::Writer& writer, const ItemsUnmerged& payload);
void WriteMembers(json::Writer& writer, const BallotCast& payload);
void WriteMembers(json::Writer& writer, const CardPassed& payload);
void WriteMembers(json::Writer& writer, const PresenceHere& payload);
void WriteMembers(json::Writer& writer, const PresenceAway& payload);
void WriteMembers(json::Writer& writer, const EarlyLook& payload);
void WriteMembers(json::Writer& writer, const ResultRecorded& payload);
void WriteMembers(json::Writer& writer, const RoomClaimed& payload);
void WriteMembers(json::Writer& writer, const CodePointed& payload);

// Each takes the members of one payload from an object; what is wrong is told to its context.
void ReadMembers(MemberReader& object, RoomCreated* payload);
void ReadMembers(MemberReader& object, ActivityAdded* payload);
void ReadMembers(MemberReader& object, DoorsSet* payload);
void ReadMembers(MemberReader& object, ParticipantJoined* payload);
void ReadMembers(MemberReader& object, LinkRevoked* payload);
void ReadMembers(MemberReader& object, LinksRevoked* payload);
void ReadMembers(MemberReader& object, ActivityAdvanced* payload);
void ReadMembers(MemberReader& object, ActivityRestarted* payload);
void ReadMembers(MemberReader& object, ActivityExtended* payload);
void ReadMembers(MemberReader& object, TimerFired* payload);
void ReadMembers(MemberReader& object, ItemAdded* payload);
void ReadMembers(MemberReader& object, ItemsMerged* payload);
void ReadMembers(MemberReader& object, ItemsUnmerged* payload);
void ReadMembers(MemberReader& object, BallotCast* payload);
void ReadMembers(MemberReader& object, CardPassed* payload);
void ReadMembers(MemberReader& object, PresenceHere* payload);
void ReadMembers(MemberReader& object, PresenceAway* payload);
void ReadMembers(MemberReader& object, EarlyLook* payload);
void ReadMembers(MemberReader& object, ResultRecorded* payload);
void ReadMembers(MemberReader& object, RoomClaimed* payload);
void ReadMembers(MemberReader& object, CodePointed* payload);

}  // namespace plenum
