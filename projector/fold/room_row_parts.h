// The rows that are of the room and of no activity: one description of each value, for writing (A =
// ByteWriter) and for reading (A = ByteReader).
#pragma once

namespace plenum {

template <class A>
void Texts(A& a, auto& text) {
  a.List(text.by_language, [](A& each, auto& pair) { each.Lp(pair.first).Lp(pair.second); });
}

template <class A>
void RoomRow(A& a, auto& state) {
  a.Int(state.rules);
  Texts(a, state.title);
  a.List(state.languages, [](A& each, auto& language) { each.Lp(language); });
  a.Int(state.expected_people).Bool(state.doors_locked).Int(state.epoch).Lp(state.current);
  a.List(state.groups, [](A& each, auto& group) {
    each.Lp(group.id);
    Texts(each, group.title);
  });
  a.Lp(state.privacy.controller).Lp(state.privacy.contact).Int(state.privacy.retention_days);
  a.Bool(state.blank).Put(state.control).Enum(state.control_role).Enum(state.join);
}

template <class A>
void MadeLinkRow(A& a, auto& link) {
  a.Int(link.index).Enum(link.role).Put(link.added_by).Put(link.text);
}

template <class A>
void DevicesRow(A& a, auto& devices) {
  a.List(devices, [](A& each, auto& device) { each.Put(device); });
}

template <class A>
void ToldGroupRow(A& a, auto& told) {
  a.Int(told.index).Put(told.added_by).Put(told.text);
  a.List(told.earlier, [](A& each, auto& id) { each.Put(id); });
}

template <class A>
void WordRow(A& a, auto& word) {
  a.Int(word.index).Put(word.added_by).Put(word.text).Put(word.person).Bool(word.heard);
}

}  // namespace plenum
