"""The library as people get it: on the command line, over HTTP, and in rooms over real sockets."""

import hashlib
import json
import unittest

from plenum import Server, run

NO_GRACE = {"grace_ms": 0}


def listed():
    return json.loads(run("library", "--json").stdout)


def ready(name):
    ended = run("library", name)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def sheet_of(name):
    """A run sheet with a ready activity in it, and what must stand before."""
    entry = ready(name)
    activities = [ready(earlier)["activity"] for earlier in entry.get("after", [])]
    return {"title": {"en": "A day", "cy": "Diwrnod"}, "languages": ["en", "cy"],
            "privacy": {"controller": "C", "contact": "c@example.org", "retention_days": 90},
            "activities": activities + [entry["activity"]]}


def check(content, *flags):
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return run("check", "-", *flags, input=text)


class CommandTest(unittest.TestCase):
    def test_every_day_passes_the_check_without_a_warning(self):
        days = listed()["days"]
        self.assertGreaterEqual(len(days), 2)
        for day in days:
            ended = check(run("library", day["name"]).stdout, "--json")
            self.assertEqual(ended.returncode, 0, (day["name"], ended.stdout))
            self.assertEqual(json.loads(ended.stdout)["warnings"], [], day["name"])

    def test_every_activity_passes_the_check_in_a_sheet_of_both_languages(self):
        activities = listed()["activities"]
        self.assertGreaterEqual(len(activities), 20)
        for entry in activities:
            self.assertEqual(set(entry["about"]), {"en", "cy"}, entry["name"])
            ended = check(sheet_of(entry["name"]), "--json")
            self.assertEqual(ended.returncode, 0, (entry["name"], ended.stdout))
            for warning in json.loads(ended.stdout)["warnings"]:
                self.assertIn("No other activity is of the series", warning["text"], entry["name"])

    def test_the_list_names_everything_and_what_is_not_there_is_said(self):
        shown = run("library").stdout
        for entry in listed()["activities"] + listed()["days"]:
            self.assertIn(f"  {entry['name']}\n", shown)
        missing = run("library", "karaoke")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("karaoke", missing.stderr)

    def test_the_schema_for_editors_is_one_file_with_a_description_on_every_member(self):
        schema = json.loads(run("library", "--schema").stdout)
        names = set(schema["definitions"])
        references, silent = set(), []

        def walk(node, path):
            if isinstance(node, list):
                for index, element in enumerate(node):
                    walk(element, f"{path}/{index}")
            elif isinstance(node, dict):
                if "$ref" in node:
                    references.add(node["$ref"])
                for name, member in node.get("properties", {}).items():
                    own = path.startswith("/definitions/common-") or "/if" in path or "/then" in path
                    if isinstance(member, dict) and "description" not in member and not own:
                        silent.append(f"{path}/{name}")
                for name, member in node.items():
                    walk(member, f"{path}/{name}")
        walk(schema, "")
        self.assertGreater(len(references), 10)
        for reference in references:
            self.assertTrue(reference.startswith("#/definitions/"), reference)
            self.assertIn(reference.removeprefix("#/definitions/"), names)
        silent = [path for path in silent if "/dependencies/" not in path]
        self.assertEqual(silent, [])

    def test_check_says_labels_fields_and_links(self):
        told = json.loads(check(sheet_of("commitments"), "--json").stdout)
        labels = {entry["activity"]: entry for entry in told["labels"]}
        self.assertEqual(labels["commitments"]["label"], "linked")
        self.assertEqual(labels["commitments"]["linked_with"], ["picture-experience", "picture-hope"])
        field = labels["commitments"]["fields"][0]
        self.assertEqual((field["field"], field["text"]["en"]),
                         ("who", "May name a person; destroyed within 60 days"))
        gallery = json.loads(check(sheet_of("gallery-dotmocracy"), "--json").stdout)
        labels = {entry["activity"]: entry for entry in gallery["labels"]}
        self.assertEqual(labels["gallery"]["label"], "anonymous")
        self.assertEqual(labels["gallery"]["texts_from"], ["templates"], "not the topics")
        self.assertEqual(labels["templates"]["texts_from"], ["sign-up", "ideas"])
        self.assertIn('What people write in "ideas" is shown again in "sign-up" and "templates".', gallery["links"])

    def test_the_privacy_notice_is_printed_and_its_digest_is_its_version(self):
        day = run("library", "community-workshop").stdout
        printed = check(day, "--privacy").stdout
        told = json.loads(check(day, "--json").stdout)
        self.assertEqual(hashlib.sha256(printed.encode()).hexdigest(), told["notice"])
        self.assertTrue(printed.startswith("Eich data: Cynllun i’n cwm"), "Welsh comes first there")
        self.assertIn("Your data: A plan for our valley", printed)
        self.assertIn("clerc@cwm.example", printed)


class WithServer(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def get(self, path):
        return self.server.request("GET", "/api/v1/" + path)


class HttpTest(WithServer):
    def test_the_same_over_http_read_only(self):
        self.assertEqual(self.get("library"), (200, listed()))
        for kind in ("days", "activities"):
            for entry in listed()[kind]:
                self.assertEqual(self.get(f"library/{kind}/{entry['name']}"),
                                 (200, ready(entry["name"])))
        self.assertEqual(self.get("library/schema")[1]["title"], "Run sheet: the day in one file")
        self.assertEqual(self.get("library/days/karaoke")[0], 404)
        self.assertEqual(self.get("library/activities/../days/september")[0], 404)
        self.assertEqual(self.server.request("POST", "/api/v1/library", {})[0], 405)
        self.assertEqual(self.server.request("PUT", "/api/v1/library/days/september", "x")[0], 405)

    def test_every_day_and_activity_becomes_a_room(self):
        for day in listed()["days"]:
            self.assertEqual(len(self.server.create_room(ready(day["name"])).code), 6)
        for entry in listed()["activities"]:
            self.assertEqual(len(self.server.create_room(sheet_of(entry["name"])).code), 6)

    def room_with(self, name, people):
        content = sheet_of(name)
        activity = content["activities"][-1]
        activity["time"] = NO_GRACE
        room = self.server.create_room(content)
        presenter = room.staff("presenter")
        presenter.advance(activity["id"], "voting")
        return activity, presenter, [room.attendee() for _ in range(people)]

    def result(self, activity, presenter):
        for step in ("closed", "revealed"):
            presenter.advance(activity["id"], step)
        view = presenter.view("stage", lambda d: "result" in d.get("now", {}))
        return view["now"]["result"]

    def cast(self, person, activity, ballot, seq=1):
        return person.result_of("ballot.cast", activity=activity["id"], generation=1, seq=seq,
                                ballot=ballot)

    def test_points_are_an_entry_of_the_library_and_nothing_else(self):
        activity, presenter, people = self.room_with("points", 3)
        ids = [item["id"] for item in activity["items"]]
        for person, shares in zip(people, ((100, 0), (60, 40), (0, 30))):
            dots = [{"item": item, "dots": n} for item, n in zip(ids, shares) if n]
            self.assertEqual(self.cast(person, activity, {"kind": "dots", "dots": dots}), "counted")
        over = [{"item": ids[0], "dots": 100}, {"item": ids[1], "dots": 1}]
        self.assertEqual(self.cast(people[2], activity, {"kind": "dots", "dots": over}, seq=2),
                         "refused: over-budget")
        rows = {row["id"]: row for row in self.result(activity, presenter)["items"]}
        self.assertEqual([rows[i]["dots"] for i in ids], [160, 70, 0, 0])
        self.assertEqual([rows[i]["people"] for i in ids[:2]], [2, 2])

    def test_rating_each_idea_is_an_entry_of_the_library_and_nothing_else(self):
        activity, presenter, people = self.room_with("idea-rating", 3)
        ids = [item["id"] for item in activity["items"]]
        for person, values in zip(people, ((5, 1), (4, 2), (4,))):
            ratings = [{"item": item, "value": value} for item, value in zip(ids, values)]
            self.assertEqual(self.cast(person, activity, {"kind": "ratings", "ratings": ratings}),
                             "counted")
        wrong = {"kind": "ratings", "ratings": [{"item": ids[0], "value": 6}]}
        self.assertEqual(self.cast(people[0], activity, wrong, seq=2), "refused: out-of-scale")
        rows = {row["id"]: row for row in self.result(activity, presenter)["items"]}
        self.assertEqual([(rows[i]["mean"], rows[i]["people"]) for i in ids[:2]],
                         [("4.33", 3), ("1.50", 2)])

    def test_ranking_is_an_entry_of_the_library_and_nothing_else(self):
        activity, presenter, people = self.room_with("ranking", 3)
        ids = [item["id"] for item in activity["items"]]
        for person, order in zip(people, ((0, 1, 2), (0, 2), (1,))):
            ballot = {"kind": "rank", "items": [ids[n] for n in order]}
            self.assertEqual(self.cast(person, activity, ballot), "counted")
        twice = {"kind": "rank", "items": [ids[0], ids[0]]}
        self.assertEqual(self.cast(people[0], activity, twice, seq=2), "refused: duplicate-choice")
        rows = {row["id"]: row for row in self.result(activity, presenter)["items"]}
        self.assertEqual([(rows[i]["points"], rows[i]["firsts"]) for i in ids],
                         [(6, 2), (5, 1), (3, 0), (0, 0)])


class PrivacyTest(WithServer):
    def setUp(self):
        super().setUp()
        self.sheet = ready("community-workshop")
        self.room = self.server.create_room(self.sheet)

    def notice(self, room=None):
        status, answer = self.get(f"rooms/{(room or self.room).code}/privacy")
        self.assertEqual(status, 200, answer)
        return answer

    def joined_events(self):
        return [event["data"] for event in self.room.export()
                if event["type"] == "org.plenum.participant.joined.v1"]

    def join(self, **body):
        return self.server.request("POST", "/api/v1/join", {"code": self.room.code, **body})

    def test_the_room_gives_the_notice_that_the_check_printed(self):
        notice = self.notice()
        self.assertEqual([n["language"] for n in notice["notices"]], ["cy", "en"])
        self.assertEqual(hashlib.sha256(notice["text"].encode()).hexdigest(), notice["version"])
        printed = check(self.sheet, "--privacy").stdout
        self.assertEqual(notice["text"], printed)
        self.assertEqual(self.get(f"codes/{self.room.code}")[1]["notice"], notice["version"])
        for told in ("clerc@cwm.example", "60 days", "60 diwrnod", "within 30 days", "“Name, if you like”",
                     "“Confidence, at the start” and “Confidence, at the end”",
                     "“Hyder, ar y dechrau” a “Hyder, ar y diwedd”"):
            self.assertIn(told, notice["text"])
        self.assertEqual(self.get("rooms/000000/privacy")[0], 404)
        self.assertEqual(self.get(f"rooms/{self.room.id}/privacy")[0], 404)

    def test_the_log_says_which_version_each_person_was_shown(self):
        version = self.notice()["version"]
        status, answer = self.join(notice=version)
        self.assertEqual(status, 200, answer)
        self.room.attendee(answer["token"]).view("stage", lambda d: d["room"]["joined"] == 1)
        self.room.attendee().view("stage", lambda d: d["room"]["joined"] == 2)
        self.assertEqual(self.joined_events(), [{"notice": version}, {}])

    def test_another_version_than_the_one_that_holds_is_refused(self):
        status, answer = self.join(notice="0" * 64)
        self.assertEqual((status, answer["code"]), (409, "notice-changed"))
        before = self.notice()["version"]
        producer = self.room.staff("producer")
        spec = {**self.sheet["activities"][0], "id": "late", "title": "Asked in the afternoon"}
        change = {"id": "late", "title": "Asked in the afternoon", "collect":
                  {"fields": [{"id": "name", "title": "Your name", "names_person": True}]}}
        self.assertEqual(producer.result_of("activity.add", spec=spec), "accepted")
        self.assertEqual(producer.result_of("activity.change", activity="late", spec=change),
                         "accepted")
        after = self.notice()
        self.assertNotEqual(after["version"], before)
        self.assertIn("“Your name”", after["text"])
        self.assertEqual(self.join(notice=before)[0], 409)
        self.assertEqual(self.join(notice=after["version"])[0], 200)

    def test_who_was_shown_it_once_stays_so_after_a_restart(self):
        version = self.notice()["version"]
        token = self.join(notice=version)[1]["token"]
        self.room.attendee(token).view("stage", lambda d: d["room"]["joined"] == 1)
        self.server.stop()
        self.server.start()
        self.assertEqual(self.notice()["version"], version)
        self.room.attendee(token).view("stage", lambda d: d["room"]["joined"] == 1)
        self.assertEqual(self.joined_events()[0], {"notice": version})


if __name__ == "__main__":
    unittest.main()
