"""Personal codes, links with names, keyers, and results by group, over real sockets."""

import json
import unittest

from plenum import Client, Closed, Server
from sheets import CHOICE, DOTS, SCALE, sheet

GROUPS = [{"id": "council", "title": "A council"}, {"id": "gp", "title": "A practice"},
          {"id": "press", "title": "The press"}]


class PeopleTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def room(self, *activities, **members):
        self.made = self.server.create_room({**sheet(*activities), **members})
        self.presenter = self.made.staff("presenter")
        return self.made

    def codes(self, count, token=None):
        status, answer = self.server.request(
            "GET", f"/api/v1/rooms/{self.made.id}/codes/1-{count}",
            token=token or self.server.organiser)
        self.assertEqual(status, 200, answer)
        return answer["codes"]

    def join(self, **body):
        return self.server.request("POST", "/api/v1/join", {"code": self.made.code, **body})

    def token_by(self, personal):
        status, answer = self.join(personal=personal)
        self.assertEqual(status, 200, answer)
        return answer["token"]

    def closing_of(self, client):
        """With what code a connection ends, and what was said before."""
        with self.assertRaises(Closed) as ended:
            client.drain(10)
        return ended.exception.code, [error["code"] for error in client.errors]

    def cast(self, client, activity, ballot, seq=1, **members):
        return client.ask("ballot.cast", activity=activity, generation=1, seq=seq, ballot=ballot,
                          **members)

    def test_another_phone_takes_the_place_of_the_first_and_stays_the_same_person(self):
        self.room(SCALE)
        code = self.codes(3)[1]
        self.presenter.advance("scale", "voting")
        first = Client(self.server, self.token_by(code))
        self.assertEqual(self.cast(first, "scale", {"kind": "scale", "value": 2})["outcome"],
                         "counted")
        second = Client(self.server, self.token_by(code.lower().replace("-", " ")))
        self.assertEqual(self.closing_of(first), (4001, ["moved"]))
        own = second.view("person", lambda d: "ballot" in d)
        self.assertEqual(own["ballot"]["ballot"], {"kind": "scale", "value": 2})
        answer = self.cast(second, "scale", {"kind": "scale", "value": 5}, seq=2)
        self.assertEqual(answer["outcome"], "counted")
        console = self.presenter.view(
            "console", lambda d: d["activities"][0]["turnout"]["answered"] == 1)
        self.assertEqual(console["room"]["joined"], 1)

        # The first phone comes back with its old link: not for the room, and not for the second.
        again = Client(self.server, first.token)
        self.assertEqual(self.closing_of(again), (1008, ["moved"]))
        status, fresh = self.join(token=first.token)
        self.assertEqual(status, 200)  # the log decides, also about what is asked for again
        self.assertEqual(self.closing_of(Client(self.server, fresh["token"]))[0], 1008)
        answer = self.cast(second, "scale", {"kind": "scale", "value": 4}, seq=3)
        self.assertEqual(answer["outcome"], "counted")
        # Whoever scans the badge once more has moved back.
        back = Client(self.server, self.token_by(code))
        self.assertEqual(self.closing_of(second), (4001, ["moved"]))
        self.assertEqual(self.cast(back, "scale", {"kind": "scale", "value": 1}, seq=4)["outcome"],
                         "counted")

    def test_the_log_holds_no_code(self):
        self.room(CHOICE)
        codes = self.codes(2)
        for code in codes:
            Client(self.server, self.token_by(code)).close()
        self.presenter.view("console", lambda d: d["room"]["joined"] == 2)
        log = json.dumps(self.made.export())
        for code in codes:
            self.assertNotIn(code, log)
            self.assertNotIn(code.replace("-", ""), log)
        self.assertNotIn(codes[0], self.server.output())
        joined = [e for e in self.made.export() if e["type"].endswith("participant.joined.v1")]
        self.assertEqual([sorted(e["data"]) for e in joined], [["device"], ["device"]])
        self.assertEqual(len({e["person"] for e in joined}), 2)

    def test_with_codes_nobody_gets_in_without_one(self):
        self.room(SCALE, join="codes")
        status, answer = self.server.request("GET", f"/api/v1/codes/{self.made.code}")
        self.assertEqual((status, answer["join"]), (200, "codes"))
        status, answer = self.join()
        self.assertEqual((status, answer["code"]), (403, "code-needed"))
        code = self.codes(1)[0]
        for wrong, text in ((code[:-1] + ("2" if code[-1] != "2" else "3"), "slip"),
                            (code[:7], "16 letters"), ("", None)):
            if text is None:
                continue
            status, answer = self.join(personal=wrong)
            self.assertEqual((status, answer["code"]), (403, "wrong-code"), wrong)
            self.assertIn(text, answer["text"])
        Client(self.server, self.token_by(code)).close()
        # A code of another room is well made, and not of this one.
        other = self.made
        self.room(SCALE)
        foreign = self.codes(30)
        self.made = other
        answers = [self.join(personal=wrong) for wrong in foreign]
        kinds = [(status, answer["code"]) for status, answer in answers]
        self.assertEqual(kinds[0], (403, "wrong-code"))
        self.assertEqual(kinds[-1], (429, "too-many-guesses"))
        self.assertIn("ask the team", answers[-1][1]["text"])
        # Who shares the address with somebody who guesses still gets in.
        Client(self.server, self.token_by(code)).close()

    def test_doors_are_for_who_was_never_in(self):
        self.room(SCALE)
        codes = self.codes(2)
        Client(self.server, self.token_by(codes[0])).close()
        self.presenter.view("console", lambda d: d["room"]["joined"] == 1)
        self.presenter.ask("doors.set", locked=True, expected_people=6)
        Client(self.server, self.token_by(codes[0])).close()
        late = Client(self.server, self.token_by(codes[1]))
        self.assertEqual(self.closing_of(late), (1008, ["doors-locked"]))

    def test_codes_are_for_who_runs_the_day(self):
        self.room(SCALE)
        path = f"/api/v1/rooms/{self.made.id}/codes/1-2"
        for role, wanted in (("presenter", 200), ("producer", 200), ("moderator", 403),
                             ("display", 403), ("keyer", 403), ("auditor", 403)):
            self.assertEqual(self.server.request("GET", path, token=self.made.tokens[role])[0],
                             wanted, role)
        self.assertEqual(self.server.request("GET", path, token=self.made.join_token())[0], 403)
        self.assertEqual(self.server.request("GET", path)[0], 401)
        elsewhere = self.server.create_room(sheet(SCALE))
        self.assertEqual(self.server.request("GET", path, token=elsewhere.tokens["producer"])[0],
                         403)
        for numbers in ("0-5", "5-4", "1-1001", "24388-24389", "x", "1"):
            where = f"/api/v1/rooms/{self.made.id}/codes/{numbers}"
            self.assertEqual(self.server.request("GET", where, token=self.server.organiser)[0],
                             400, numbers)

    def link(self, token=None, **body):
        return self.server.request("POST", f"/api/v1/rooms/{self.made.id}/links", body,
                                   token or self.made.tokens["producer"])

    def test_several_run_the_day_and_each_link_has_a_name_and_can_go_alone(self):
        self.room(SCALE)
        status, left = self.link(role="presenter", name="  Stage left ")
        self.assertEqual(status, 201, left)
        status, right = self.link(self.server.organiser, role="presenter", name="Stage right")
        self.assertEqual(status, 201, right)
        self.assertIn(f"/f/{self.made.code}#t=v1.", left["link"])
        for body in ({"role": "presenter"}, {"role": "attendee", "name": "x"}, {"name": "x"},
                     {"role": "node", "name": "x"}):
            self.assertEqual(self.link(**body)[0], 400, body)
        self.assertEqual(self.link(self.made.tokens["presenter"], role="keyer", name="x")[0], 403)

        one, two = Client(self.server, left["token"]), Client(self.server, right["token"])
        self.assertEqual(one.result_of("control.take"), "accepted")
        console = self.presenter.view("console", lambda d: "control" in d["room"])
        self.assertEqual((console["room"]["control"], console["room"]["control_role"],
                          console["room"]["control_name"]), (left["id"], "presenter", "Stage left"))
        self.assertEqual(two.result_of("control.take"), "accepted")
        one.view("console", lambda d: d["room"].get("control_name") == "Stage right")
        self.assertEqual(self.presenter.result_of("control.take"), "accepted")
        console = one.view("console", lambda d: "control_name" not in d["room"])
        self.assertEqual([(x["name"], x["role"]) for x in console["links"]],
                         [("Stage left", "presenter"), ("Stage right", "presenter")])
        # Both press at once: one step, and the other is told.
        seen = {"generation": 0, "phase": "waiting", "round": 0}
        said = sorted(client.result_of("activity.advance", activity="scale", seen=seen, to="voting")
                      for client in (one, two))
        self.assertEqual(said, ["accepted", "ignored"])

        producer = self.made.staff("producer")
        self.assertEqual(producer.result_of("link.revoke", token=left["id"]), "accepted")
        self.assertEqual(self.closing_of(one), (1008, ["not-permitted"]))
        with self.assertRaises(Closed):
            Client(self.server, left["token"])
        console = two.view("console", lambda d: d["links"][0].get("revoked"))
        self.assertNotIn("revoked", console["links"][1])
        self.assertEqual(two.result_of("control.take"), "accepted")
        log = json.dumps([self.server.request("GET", f"/api/v1/rooms/{self.made.id}/state",
                                              token=self.made.tokens["auditor"])])
        self.assertNotIn("Stage", log)

    def test_the_name_of_a_link_is_not_in_the_log(self):
        self.room(SCALE)
        self.link(role="keyer", name="Registration desk")
        self.presenter.view("console", lambda d: d.get("links"))
        log = self.made.export()
        self.assertTrue(log[-1]["type"].endswith("link.made.v1"))
        self.assertNotIn("Registration", json.dumps(log))

    def serials(self, activity, count):
        status, page = self.server.request(
            "GET", f"/api/v1/rooms/{self.made.id}/print/ballots/{activity}/1-{count}",
            token=self.made.tokens["presenter"])
        self.assertEqual(status, 200, page)
        words = page.decode().replace("<", " ").split()
        return [word for word in words if word[0].isdigit() and word.count("-") == 1
                and len(word.split("-")[1]) == 7]

    def test_a_paper_counts_once_whoever_keys_it_in(self):
        self.room(SCALE, DOTS)
        first, second = self.serials("scale", 2)
        self.presenter.advance("scale", "voting")
        desk, other = self.made.staff("keyer"), self.made.staff("keyer")
        two, five = ({"kind": "scale", "value": value} for value in (2, 5))
        answer = self.cast(desk, "scale", two, serial=first)
        self.assertEqual(answer["outcome"], "counted")
        self.assertNotIn("warning", answer)
        index = answer["index"]
        # Another keyer, not knowing: told that it is there already, and which entry counts.
        answer = self.cast(other, "scale", five, serial=first)
        self.assertEqual((answer["outcome"], answer["ref"]), ("stale", index))
        # On purpose: it takes the place of the first.
        answer = self.cast(other, "scale", five, seq=2, serial=first)
        self.assertEqual(answer["outcome"], "counted")
        self.assertEqual(self.cast(desk, "scale", two, serial=second)["outcome"], "counted")
        # What was not printed, or for another activity, counts, and somebody is to look again.
        slip = first[:-1] + ("3" if first.endswith("2") else "2")
        for serial in ("17", self.serials("dots", 1)[0], slip, "1-aaaaaaa"):
            answer = self.cast(desk, "scale", two, serial=serial)
            self.assertEqual(answer["outcome"], "counted")
            self.assertIn("was not printed for this activity", answer["warning"])
        for step in ("closed", "revealed"):
            self.presenter.advance("scale", step)
        result = self.presenter.view("stage", lambda d: "result" in d["now"])["now"]["result"]
        self.assertEqual((result["people"], result["counts"]), (6, [0, 5, 0, 0, 1]))

    def test_results_by_group_come_with_the_reveal_and_hide_the_few(self):
        self.room(SCALE, groups=GROUPS)
        display = self.made.staff("display")
        self.presenter.advance("scale", "voting")
        people = [self.made.attendee() for _ in range(14)]
        for number, person in enumerate(people):
            group = "council" if number < 6 else "gp" if number < 12 else "press"
            self.assertEqual(person.result_of("group.tell", activity="scale", group=group),
                             "accepted")
            ballot = {"kind": "scale", "value": 5 if group == "gp" else 1}
            self.assertEqual(self.cast(person, "scale", ballot)["outcome"], "counted")
        seen = [json.dumps(view) for view in display.views.values()]
        self.presenter.advance("scale", "closed")
        seen += [json.dumps(view) for view in self.presenter.views.values()]
        self.assertNotIn("by_group", "".join(seen))
        self.presenter.advance("scale", "revealed")
        now = display.view("stage", lambda d: "by_group" in d.get("now", {}))["now"]
        split = now["by_group"]
        # Two of the press: hidden, and the next smallest with them (of equal ones the first by id).
        self.assertEqual([(row["group"], row["people"], row["totals"]["counts"])
                          for row in split["rows"]], [("gp", 6, [0, 0, 0, 0, 6])])
        self.assertEqual([row["group"] for row in split["hidden"]], ["council", "press"])
        console = self.presenter.view("console", lambda d: "by_group" in d["activities"][0])
        self.assertEqual(console["activities"][0]["by_group"], split)
        # Another process shows the same.
        self.server.stop()
        self.server.start()
        again = self.made.staff("display").view("stage", lambda d: "by_group" in d.get("now", {}))
        self.assertEqual(again["now"]["by_group"], split)


if __name__ == "__main__":
    unittest.main()
