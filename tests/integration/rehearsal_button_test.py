"""The rehearse button: a copy of a room, played by simulated people as a child of the server."""

import json
import os
import pathlib
import time
import unittest

from plenum import Server, run


def ready(name):
    return json.loads(run("library", name).stdout)


def children_of(pid):
    """Their command lines, by process id."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
            parent = int(stat.rsplit(")", 1)[1].split()[1])
            if parent == pid:
                found[int(entry.name)] = (entry / "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            continue
    return found


def alive(pid):
    try:
        return "Z" not in pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def wait_until(condition, timeout=120.0):
    deadline = time.monotonic() + timeout
    while not (result := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return result


class RehearsalTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def begin(self, room, order=None, token=None):
        return self.server.request("POST", f"/api/v1/rooms/{room.id}/rehearsals", order or {},
                                   token or room.tokens["producer"])

    def look(self, room, rehearsal, token=None):
        return self.server.request("GET", f"/api/v1/rehearsals/{rehearsal}",
                                   token=token or room.tokens["producer"])

    def stop(self, room, rehearsal):
        return self.server.request("POST", f"/api/v1/rehearsals/{rehearsal}/stop", {},
                                   room.tokens["producer"])

    def ended(self, room, rehearsal, timeout=240.0):
        def over():
            status, told = self.look(room, rehearsal)
            self.assertEqual(status, 200, told)
            return told if told["state"] != "running" else None
        return wait_until(over, timeout)

    def all_well(self, told):
        self.assertEqual(told["state"], "done", told["lines"][-5:])
        summary = told["summary"]
        self.assertEqual((summary["lost"], summary["duplicated"], summary["mismatches"]), (0, 0, 0))
        self.assertEqual(summary["differences"], [])
        self.assertGreater(summary["counted"], 0)

    def test_a_library_day_is_played_in_a_copy_and_the_room_stays_as_it_was(self):
        sheet = ready("staff-town-hall")
        room = self.server.create_room(sheet)
        before = room.state()
        producer = room.staff("producer")
        # What was changed during the day is in the copy, too: one activity less, another one more.
        skipped = sheet["activities"][1]["id"]
        self.assertEqual(producer.result_of("activity.skip", activity=skipped, skipped=True),
                         "accepted")
        added = {"id": "one-more", "title": "One more", "ballot": {"kind": "scale"}}
        self.assertEqual(producer.result_of("activity.add", spec=added), "accepted")
        changed = room.state()
        self.assertNotEqual(changed["root"], before["root"])

        status, made = self.begin(room, {"people": 12, "speed": 0, "seed": 7})
        self.assertEqual(status, 201, made)
        self.assertNotEqual(made["code"], room.code)
        self.assertEqual(set(made["links"]), set(room.links))
        self.assertTrue(made["links"]["display"].startswith(f"{self.server.url}/d/{made['code']}#t="))
        self.assertEqual(self.begin(room, {"people": 6})[0], 409, "one at a time")

        told = self.ended(room, made["rehearsal"])
        self.all_well(told)
        self.assertEqual(told["summary"]["attendees"], 12)
        self.assertEqual(told["summary"]["code"], made["code"])
        played = [line["activity"] for line in told["summary"]["activities"]]
        wanted = [a["id"] for a in sheet["activities"] if a["id"] != skipped] + ["one-more"]
        self.assertEqual(played, wanted)
        self.assertIn("one-more: sealed", told["lines"])
        title = self.server.request("GET", f"/api/v1/codes/{made['code']}")[1]["title"]
        self.assertEqual(title["en"], "Rehearsal: " + sheet["title"]["en"])
        self.assertEqual(room.state(), changed, "the real room has no new event")
        self.assertEqual(children_of(self.server.process.pid), {})

    def test_cards_on_paper_and_personal_codes_are_rehearsed_too(self):
        sheet = ready("community-workshop")
        sheet["join"] = "codes"
        room = self.server.create_room(sheet)
        status, made = self.begin(room, {"people": 16, "speed": 0})
        self.assertEqual(status, 201, made)
        told = self.ended(room, made["rehearsal"])
        self.all_well(told)
        self.assertGreater(told["summary"]["topics"][0]["scores"], 3)

    def test_a_day_that_cannot_go_on_says_why(self):
        sheet = ready("staff-town-hall")
        first = {"id": "first", "title": "First", "collect": {"who": "staff"},
                 "ballot": {"kind": "scale"}, "deal": {"rounds": 3}}
        sheet["activities"] = [first]
        room = self.server.create_room(sheet)
        status, made = self.begin(room, {"people": 6, "speed": 0})
        self.assertEqual(status, 201, made)
        told = self.ended(room, made["rehearsal"])
        self.assertEqual(told["state"], "failed")
        self.assertIn("The day cannot go on: first did not get to", told["lines"][-1])

    def test_stopped_in_the_middle(self):
        room = self.server.create_room(ready("community-workshop"))
        status, made = self.begin(room, {"people": 20, "speed": 1})
        self.assertEqual(status, 201, made)
        [(pid, command)] = children_of(self.server.process.pid).items()
        self.assertNotIn(self.server.organiser.encode(), b" ".join(command))
        self.assertGreater(os.getpriority(os.PRIO_PROCESS, pid),
                           os.getpriority(os.PRIO_PROCESS, self.server.process.pid))
        wait_until(lambda: any("joined" in line for line in
                               self.look(room, made["rehearsal"])[1]["lines"]))
        self.assertEqual(self.stop(room, made["rehearsal"])[0], 200)
        told = self.ended(room, made["rehearsal"])
        self.assertEqual(told["state"], "stopped")
        self.assertNotIn("summary", told)
        self.assertFalse(alive(pid))
        # The next one may begin.
        status, made = self.begin(room, {"people": 6, "speed": 1})
        self.assertEqual(status, 201, made)
        self.stop(room, made["rehearsal"])

    def test_a_server_that_stops_or_dies_leaves_no_child(self):
        room = self.server.create_room(ready("staff-town-hall"))
        for end in (self.server.stop, self.server.kill):
            status, made = self.begin(room, {"people": 6, "speed": 1})
            self.assertEqual(status, 201, made)
            [pid] = children_of(self.server.process.pid)
            end()
            wait_until(lambda: not alive(pid), 20)
            self.server.start()
            self.assertEqual(self.look(room, made["rehearsal"])[0], 404, "forgotten with the server")

    def test_who_may_and_with_what(self):
        room = self.server.create_room(ready("staff-town-hall"))
        other = self.server.create_room(ready("staff-town-hall"))
        for token in (room.tokens["presenter"], room.tokens["auditor"], room.join_token(),
                      other.tokens["producer"]):
            self.assertEqual(self.begin(room, {"people": 6}, token)[0], 403)
        self.assertEqual(self.begin(room, {"people": 6}, "v1.nobody")[0], 401)
        for order in ({"people": 5}, {"people": 1001}, {"people": "many"}, {"speed": -1},
                      {"speed": 601}, {"day": "mine.json"}):
            status, told = self.begin(room, order)
            self.assertEqual(status, 400, order)
            self.assertIn(next(iter(order)), told["text"])
        self.assertEqual(self.server.request("GET", f"/api/v1/rooms/{room.id}/rehearsals")[0], 405)
        self.assertEqual(self.look(room, "0" * 32)[0], 404)
        status, made = self.begin(room, {"people": 6, "speed": 1}, self.server.organiser)
        self.assertEqual(status, 201, made)
        self.assertEqual(self.look(room, made["rehearsal"], room.tokens["presenter"])[0], 403)
        self.assertEqual(self.look(room, made["rehearsal"], other.tokens["producer"])[0], 403)
        self.assertEqual(self.look(room, made["rehearsal"], self.server.organiser)[0], 200)
        self.stop(room, made["rehearsal"])


if __name__ == "__main__":
    unittest.main()
