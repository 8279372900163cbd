"""Every method over real sockets: what people do, what all may see, and what nobody may."""

import pathlib
import unittest

from plenum import Server
from sheets import sheet

LIMITS = {"grace_ms": 0}
WORDS = {"id": "words", "title": "One word", "collect": {"words": 2, "each": 3}, "reveal": "live"}
QUESTIONS = {"id": "questions", "title": "Questions to the panel", "reveal": "live",
             "collect": {"each": 5, "moderation": "approve-first"}, "ballot": {"kind": "upvote"}}
IDEAS = [{"id": "a", "number": 1, "title": "Alpha"}, {"id": "b", "number": 2, "title": "Beta"},
         {"id": "c", "number": 3, "title": "Gamma"}]
RANK = {"id": "rank", "title": "Ranking", "ballot": {"kind": "rank", "top": 2}, "items": IDEAS,
        "time": LIMITS}
POINTS = {"id": "points", "title": "100 points", "items": IDEAS, "time": LIMITS,
          "ballot": {"kind": "dots", "budget": 100, "cap": 100}}
RATING = {"id": "rating", "title": "Rating", "ballot": {"kind": "scale", "low": 1, "high": 5},
          "items": IDEAS, "time": LIMITS}
CAFE = {"id": "cafe", "title": "World cafe", "items": IDEAS, "time": LIMITS,
        "seats": {"rounds": 2, "capacity": 2},
        "collect": {"who": "table-hosts", "each": 1,
                    "fields": [{"id": "point", "title": "Key point"},
                               {"id": "who", "title": "Who", "required": False,
                                "names_person": True}]}}
GALLERY = {"id": "gallery", "title": "Gallery", "carry": {"from": "cafe"}, "time": LIMITS,
           "ballot": {"kind": "dots", "budget": 5, "cap": 5}}


class MethodsTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def room(self, *activities, people=0, **members):
        self.made = self.server.create_room({**sheet(*activities), **members})
        self.presenter = self.made.staff("presenter")
        self.people = [self.made.attendee() for _ in range(people)]
        return self.made

    def contribute(self, person, activity, **members):
        return person.result_of("item.add", activity=activity, generation=1, **members)

    def cast(self, person, activity, ballot, seq=1, **members):
        return person.result_of("ballot.cast", activity=activity, generation=1, seq=seq,
                                ballot=ballot, **members)

    def now(self, where=lambda now: True, screen=None):
        view = (screen or self.presenter).view("stage", lambda d: "now" in d and where(d["now"]))
        return view["now"]

    def result(self, activity):
        for step in ("closed", "revealed"):
            self.presenter.advance(activity, step)
        return self.now(lambda now: now["activity"] == activity and "result" in now)["result"]

    def test_words_are_counted_by_spelling_and_merged_with_undo(self):
        self.room(WORDS, people=3)
        self.presenter.advance("words", "collecting")
        for person, word in zip(self.people, ("Teamwork", "teamwork ", "team work")):
            self.assertEqual(self.contribute(person, "words", text=word), "accepted")
        self.assertEqual(self.contribute(self.people[0], "words", text="one two three"),
                         "error: bad-message")
        words = self.now(lambda now: len(now.get("result", {}).get("words", [])) == 2)
        top, other = words["result"]["words"]
        self.assertEqual((top["word"], top["count"], other["count"]), ("Teamwork", 2, 1))
        merge = {"activity": "words", "into": top["item"], "from": [other["item"]]}
        self.assertEqual(self.presenter.result_of("items.merge", **merge), "accepted")
        self.now(lambda now: [w["count"] for w in now["result"]["words"]] == [3])
        self.presenter.ask("items.unmerge", activity="words", into=top["item"])
        self.now(lambda now: [w["count"] for w in now["result"]["words"]] == [2, 1])

    def test_questions_wait_for_approval_and_are_voted_up_hidden_held_and_marked(self):
        self.room(QUESTIONS, people=3)
        asker, others = self.people[0], self.people[1:]
        self.presenter.advance("questions", "collecting")
        for text in ("Who pays?", "And when?"):
            self.assertEqual(self.contribute(asker, "questions", text=text), "accepted")
        console = self.presenter.view("console", lambda d: d["activities"][0].get("waiting") == 2)
        first, second = [item["id"] for item in console["activities"][0]["items"]]
        self.assertNotIn("items", self.now(screen=others[0]))
        moderator = self.made.staff("moderator")
        for item in (first, second):
            show = {"activity": "questions", "item": item, "show": True}
            self.assertEqual(moderator.result_of("item.moderate", **show), "accepted")
        for person in others:
            up = {"kind": "upvote", "item": second, "up": True}
            self.assertEqual(self.cast(person, "questions", up), "counted")
        rows = lambda now: now["result"]["items"]
        votes = self.now(lambda now: rows(now) and rows(now)[0]["votes"] == 2)["result"]
        self.assertEqual(votes["items"][0]["id"], second)
        back = {"kind": "upvote", "item": second, "up": False}
        self.assertEqual(self.cast(others[0], "questions", back, seq=2), "counted")
        self.now(lambda now: rows(now)[0]["votes"] == 1)
        moderator.ask("item.mark", activity="questions", item=second, mark="live")
        self.now(lambda now: any(i.get("mark") == "live" for i in now["items"]))
        moderator.ask("author.hold", activity="questions", item=first, held=True)
        self.now(lambda now: "items" not in now)
        self.assertEqual(others[0].result_of("item.moderate", activity="questions", item=first,
                                             show=False), "error: not-permitted")
        self.assertEqual(others[0].result_of("item.withdraw", activity="questions", item=first),
                         "refused: not-your-item")

    def test_ranking_points_and_ratings_need_nothing_but_a_run_sheet(self):
        self.room(RANK, POINTS, RATING, people=2)
        one, two = self.people
        self.presenter.advance("rank", "voting")
        self.assertEqual(self.cast(one, "rank", {"kind": "rank", "items": ["b", "a"]}), "counted")
        self.assertEqual(self.cast(two, "rank", {"kind": "rank", "items": ["b"]}), "counted")
        self.assertEqual(self.cast(two, "rank", {"kind": "rank", "items": ["a", "b", "c"]}, seq=2),
                         "refused: too-many-choices")
        rows = self.result("rank")["items"]
        self.assertEqual([(r["id"], r["points"], r["firsts"]) for r in rows],
                         [("b", 4, 2), ("a", 1, 0), ("c", 0, 0)])
        self.presenter.advance("points", "voting")
        dots = [{"item": "a", "dots": 70}, {"item": "c", "dots": 30}]
        self.assertEqual(self.cast(one, "points", {"kind": "dots", "dots": dots}), "counted")
        self.assertEqual([r["dots"] for r in self.result("points")["items"]], [70, 30, 0])
        self.presenter.advance("rating", "voting")
        for person, value in ((one, 5), (two, 2)):
            sheet_of = [{"item": "a", "value": value}]
            self.assertEqual(self.cast(person, "rating", {"kind": "ratings", "ratings": sheet_of}),
                             "counted")
        self.assertEqual(self.cast(one, "rating", {"kind": "scale", "value": 3}, seq=2),
                         "refused: wrong-ballot")
        best = self.result("rating")["items"][0]
        self.assertEqual((best["id"], best["mean"], best["people"]), ("a", "3.50", 2))

    def test_a_cafe_seats_people_and_its_notes_become_the_gallery(self):
        self.room(CAFE, GALLERY, people=6)
        self.presenter.advance("cafe", "collecting")
        for person in self.people:
            self.assertEqual(person.result_of("presence.here", activity="cafe", generation=1),
                             "accepted")
        host = self.people[0]
        self.assertEqual(host.result_of("table.host", activity="cafe", generation=1, table=2,
                                        hosts=True), "accepted")
        self.assertEqual(self.people[1].result_of("table.host", activity="cafe", generation=1,
                                                  table=2, hosts=True), "refused: table-hosted")
        been = [set() for _ in self.people]
        for _ in range(2):
            self.presenter.advance("cafe", "seated")
            taken = {}
            for number, person in enumerate(self.people):
                fresh = lambda d: d["table"].get("now") and (
                    d["table"]["now"] not in been[number] or d["table"].get("hosts"))
                table = person.view("person", fresh)["table"]["now"]
                been[number].add(table)
                taken[table] = taken.get(table, 0) + 1
            self.assertEqual(taken, {1: 2, 2: 2, 3: 2})
        self.assertEqual(been[0], {2}, "the host stays")
        self.assertEqual(self.contribute(self.people[1], "cafe", fields={"point": "Mine"}),
                         "refused: not-the-host")
        self.assertEqual(self.contribute(host, "cafe", fields={"who": "Ann"}), "error: bad-message")
        self.assertEqual(self.contribute(host, "cafe", fields={"point": "Ask first"}), "accepted")
        self.assertEqual(self.contribute(host, "cafe", fields={"point": "Again"}),
                         "refused: too-many-items")
        self.assertEqual(self.contribute(self.presenter, "cafe", table=3, fields={"point": "Paper"}),
                         "accepted")
        self.assertEqual(self.people[1].result_of("table.visit", activity="cafe", generation=1,
                                                  table=9), "refused: unknown-table")
        for step in ("closed", "revealed"):
            self.presenter.advance("cafe", step)
        self.presenter.advance("gallery", "voting")
        items = self.now(lambda now: now["activity"] == "gallery" and "items" in now)["items"]
        self.assertEqual([(i["number"], i["title"]["en"], i["from"]) for i in items],
                         [(2, "Ask first", "cafe"), (3, "Paper", "cafe")])
        dots = [{"item": items[1]["id"], "dots": 5}]
        self.assertEqual(self.cast(host, "gallery", {"kind": "dots", "dots": dots}), "counted")

    def test_the_run_sheet_is_changed_moved_and_skipped_while_the_day_runs(self):
        self.room(RANK, POINTS)
        ask = self.presenter.result_of
        order = lambda: [a["activity"] for a in self.presenter.view("stage")["run"]]
        self.assertEqual(ask("activity.move", activity="points", before="rank"), "accepted")
        self.presenter.view("stage", lambda d: d["run"][0]["activity"] == "points")
        self.assertEqual(order(), ["points", "rank"])
        self.assertEqual(ask("activity.skip", activity="points", skipped=True), "accepted")
        self.assertEqual(ask("activity.change", activity="rank",
                             spec={**RANK, "title": "Choose two"}), "accepted")
        self.presenter.view("stage", lambda d: d["run"][1]["title"] == {"en": "Choose two"})
        self.presenter.advance("rank", "voting")
        self.assertEqual(ask("activity.change", activity="rank", spec=RANK),
                         "refused: already-opened")
        self.assertEqual(ask("control.take"), "accepted")
        self.assertEqual(ask("screens.blank", blank=True), "accepted")
        self.presenter.view("stage", lambda d: d["room"].get("blank"))

    def test_groups_words_to_the_organisers_and_paper(self):
        self.room(RANK, people=1, groups=[{"id": "north", "title": "North"}])
        person = self.people[0]
        self.assertEqual(person.result_of("group.tell", activity="rank", group="north"), "accepted")
        self.assertEqual(person.result_of("group.tell", activity="rank", group="south"),
                         "error: bad-message")
        self.assertEqual(person.result_of("organiser.tell", text="It is cold in here"), "accepted")
        told = self.presenter.view("console", lambda d: "told" in d)["told"]
        self.assertEqual([(t["text"], t["heard"]) for t in told], [("It is cold in here", False)])
        self.assertNotIn("cold", str(person.views))
        self.assertEqual(self.presenter.result_of("organiser.hear", told=told[0]["id"]), "accepted")
        self.presenter.advance("rank", "voting")
        keyer = self.made.staff("keyer")
        paper = {"kind": "rank", "items": ["c"]}
        self.assertEqual(self.cast(keyer, "rank", paper, serial="p-0017"), "counted")
        self.assertEqual(self.cast(keyer, "rank", paper, serial="p-0017"), "stale")
        self.assertEqual(self.cast(keyer, "rank", paper), "refused: no-person")
        self.assertEqual(self.result("rank")["people"], 1)

    def test_an_erased_text_is_in_no_file_of_the_server_and_in_nothing_that_leaves_it(self):
        self.room({**WORDS, "collect": {"each": 3}}, people=1)
        self.presenter.advance("words", "collecting")
        text = "Zaphod-Beeblebrox-4711"
        self.assertEqual(self.contribute(self.people[0], "words", text=text), "accepted")
        item = self.now(lambda now: "items" in now)["items"][0]
        self.assertIn(text, str(item))
        producer = self.made.staff("producer")
        self.assertEqual(self.presenter.result_of("item.erase", activity="words", item=item["id"]),
                         "error: not-permitted")
        self.assertEqual(producer.result_of("item.erase", activity="words", item=item["id"]),
                         "accepted")
        self.now(lambda now: "items" not in now)
        self.assertNotIn(text, str(self.made.export()))
        self.assertEqual(self.server.stop(), 0)
        holding = [str(path) for path in pathlib.Path(self.server.data).rglob("*")
                   if path.is_file() and text.encode() in path.read_bytes()]
        self.assertEqual(holding, [])


if __name__ == "__main__":
    unittest.main()
