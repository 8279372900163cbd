"""The room and its run sheet, groups, words to the organisers, versions of the record
(schema/rules.md, section 3).

Part of recompute.py; standard library only.
"""

from recompute_state import Activity, Said, refuse


class Sheet:
    # --- the room ---
    def on_room_created(self):
        if self.index != 0:
            refuse("room-exists")
        if self.data["rules"] not in (1, 2):
            refuse("unknown-rules")
        self.created, self.rules = True, self.data["rules"]
        self.title, self.languages = self.data["title"], self.data["languages"]
        self.expected = self.data["expected_people"]
        self.groups = self.data.get("groups", [])
        self.privacy = self.data.get("privacy", {})
        self.by_codes = self.data.get("join", "open") == "codes"
        self.dirty.add(("R",))

    def on_activity_added(self):
        spec, before = self.data["spec"], self.data.get("before")
        if spec["id"] in self.activities:
            refuse("activity-exists")
        if len(self.order) >= 200:
            refuse("too-many-items")
        if before and before not in self.order:
            refuse("unknown-activity")
        self.order.insert(self.order.index(before) if before else len(self.order), spec["id"])
        self.activities[spec["id"]] = Activity(spec, self.index)
        self.dirty |= {("O",), ("S", spec["id"])}
        self.dirty |= {("I", spec["id"], n) for n in range(len(spec.get("items", [])))}

    def on_doors_set(self):
        self.locked, self.expected = self.data["locked"], self.data["expected_people"]
        self.dirty.add(("R",))

    def on_participant_joined(self):
        if self.event["series"] != "room":
            refuse("wrong-series")
        person, device = self.event["person"], self.data.get("device")
        devices = self.devices.get(person, [])
        if person in self.joined:
            if device is None or devices[-1:] == [device]:
                raise Said("duplicate", ref=self.joined[person])
            if device in devices:
                refuse("moved")
            if len(devices) >= 50:
                refuse("too-many-items")
        else:
            if self.by_codes and device is None:
                refuse("code-needed")
            if self.locked:
                refuse("doors-locked")
            self.joined[person] = self.index
            self.dirty.add(("J", person))
        if device is not None:
            self.devices.setdefault(person, []).append(device)
            self.dirty.add(("Z", person))

    def on_link_made(self):
        token = self.data["token"]
        if token in self.links:
            raise Said("ignored")
        if len(self.links) >= 200:
            refuse("too-many-items")
        self.links[token] = {"index": self.index, "role": self.data["role"],
                             "id": self.event["id"], "text": self.data["text"]}
        self.dirty.add(("Y", token))

    def on_link_revoked(self):
        if self.data["token"] in self.revoked:
            raise Said("ignored")
        self.revoked.add(self.data["token"])
        self.dirty.add(("K", self.data["token"]))

    def on_links_revoked(self):
        self.epoch += 1
        self.dirty.add(("R",))

    # --- the run sheet, later ---
    def on_activity_changed(self):
        act, spec = self.act, self.data["spec"]
        if spec["id"] != act.id:
            refuse("unknown-activity")
        if act.generation:
            refuse("already-opened")
        if spec == act.spec:
            raise Said("ignored")
        had, has = act.spec.get("items", []), spec.get("items", [])
        self.dirty |= {("I", act.id, n) for n in range(max(len(had), len(has)))}
        self.dirty.add(("S", act.id))
        if not had or not has:
            act.added = self.index
        self.dirty |= {("F", act.id, name) for name in act.keep_former()}
        act.change(spec)
        act.begin(0)

    def on_activity_moved(self):
        name, before = self.act.id, self.data.get("before")
        if before and before not in self.order:
            refuse("unknown-activity")
        order = [other for other in self.order if other != name]
        if before != name:
            order.insert(order.index(before) if before else len(order), name)
        if before == name or order == self.order:
            raise Said("ignored")
        self.order = order
        self.dirty.add(("O",))

    def on_activity_skipped(self):
        act = self.act
        if act.skipped == self.data["skipped"]:
            raise Said("ignored")
        if self.data["skipped"] and act.phase != "waiting":
            refuse("already-opened")
        act.skipped = self.data["skipped"]
        self.dirty.add(("A", act.id))

    def on_control_taken(self):
        token = self.event["actortoken"] or "00" * 8
        if token == self.control:
            raise Said("ignored")
        self.control, self.control_role = token, self.event["actorrole"]
        self.dirty.add(("R",))

    def on_screens_blanked(self):
        if self.blank == self.data["blank"]:
            raise Said("ignored")
        self.blank = self.data["blank"]
        self.dirty.add(("R",))

    # --- beside the activities ---
    def on_group_told(self):
        key, id_ = (self.event["series"], self.event["person"]), self.event["id"]
        told = self.told.get(key, {"index": 0, "id": None, "earlier": []})
        if told["id"] == id_:
            raise Said("duplicate", ref=told["index"])
        if id_ in told["earlier"]:
            raise Said("superseded", ref=told["index"])
        if len(told["earlier"]) >= 50:
            refuse("too-many-items")
        self.told[key] = {"index": self.index, "id": id_, "text": self.data["text"],
                          "earlier": told["earlier"] + ([told["id"]] if told["id"] else [])}
        self.dirty.add(("G", *key))

    def on_organiser_told(self):
        id_, person = self.event["id"], self.event["person"]
        if self.event["series"] != "room":
            refuse("wrong-series")
        if id_ in self.words:
            if self.words[id_]["person"] != person:
                refuse("not-permitted")
            raise Said("duplicate", ref=self.words[id_]["index"])
        if sum(word["person"] == person for word in self.words.values()) >= 20:
            refuse("too-many-items")
        self.words[id_] = {"index": self.index, "text": self.data["text"], "person": person,
                           "heard": False}
        self.dirty.add(("W", id_))

    def on_organiser_heard(self):
        word = self.words.get(self.data["told"])
        if word is None:
            refuse("unknown-item")
        if word["heard"]:
            raise Said("ignored")
        word["heard"] = True
        self.dirty.add(("W", self.data["told"]))

    # --- the record of the day ---
    def on_record_redacted(self):
        act, name, reason = self.act, self.data["item"], self.data["reason"]
        if name not in act.items and name not in act.former:
            refuse("unknown-item")
        if self.redacted.get((act.id, name), (0, "none"))[1] == reason:
            raise Said("ignored")
        self.redacted[act.id, name] = (self.index, reason)
        self.dirty.add(("X", act.id, name))

    def on_record_approved(self):
        least = self.versions[-1]["entries"] if self.versions else 1
        if self.data["version"] != len(self.versions) + 1:
            refuse("changed-meanwhile")
        if not least <= self.data["entries"] <= self.index:
            refuse("changed-meanwhile")
        self.versions.append({**self.data, "index": self.index, "id": self.event["id"],
                              "published": 0})
        self.dirty.add(("V", self.data["version"]))

    def on_record_published(self):
        version = self.data["version"]
        if version > len(self.versions):
            refuse("unknown-version")
        if self.versions[version - 1]["published"]:
            raise Said("ignored")
        self.versions[version - 1]["published"] = self.index
        self.dirty.add(("V", version))
