"""/basic: a whole short day with forms only, beside phones; and what does no harm there."""

import re
import time
import unittest
import urllib.parse

from browser import Browser
from plenum import Server

HOSTILE = "<script>alert(1)</script> \"'&amp; \u202egnp.exe 👩‍👩‍👧 شكرا e" + "\u0301" * 40


def text(en, cy):
    return {"en": en, "cy": cy}


def sheet(*activities, **more):
    for activity in activities:
        activity.setdefault("title", text(activity["id"].title(), "Cymraeg " + activity["id"]))
        activity.setdefault("time", {"grace_ms": 0})
    return {"title": text("A day", "Diwrnod"), "languages": ["en", "cy"],
            "privacy": {"controller": "The council", "contact": "c@example.org",
                        "retention_days": 90},
            "activities": list(activities), **more}


ITEMS = [{"id": "park", "number": 1, "title": text("A park", "Parc")},
         {"id": "hall", "number": 2, "title": text("A hall", "Neuadd")},
         {"id": "bus", "number": 3, "title": text("A bus", "Bws")}]
PLACES = {"kind": "choice", "min": 1, "max": 2,
          "options": [{"id": "north", "title": text("North", "Gogledd")},
                      {"id": "south", "title": text("South", "De")},
                      {"id": "east", "title": text("East", "Dwyrain")}]}
SCALE = {"kind": "scale", "low": 1, "high": 5, "low_label": text("not at all", "dim o gwbl"),
         "high_label": text("very", "iawn")}


class BasicTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def room(self, *activities, **more):
        self.room = self.server.create_room(sheet(*activities, **more))
        self.presenter = self.room.staff("presenter")
        return self.room

    def joined(self, cookies=True, language="en"):
        browser = Browser(self.server, cookies)
        page = browser.open(f"/basic/{self.room.code}")
        self.assertIn("The council", page.text)
        browser.do("join", where={"l": language})
        if not browser.page.has("look"):  # the language was changed, not joined yet
            browser.do("join", where={"l": language})
        self.check(browser.page)
        return browser

    def check(self, page):
        """What holds for every page."""
        self.assertNotRegex(page.source, r"<script|<style|style=|\son\w+=|javascript:")
        self.assertIn("style-src 'self'", page.headers["Content-Security-Policy"])
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(sum(tag == "h1" for tag, _ in page.tags), 1, page.text)
        self.assertTrue(dict(page.tags)["html"]["lang"])
        self.assertEqual([i for i in page.inputs if i not in page.labels], [], "each has its label")
        ids = [found["id"] for _, found in page.tags if "id" in found]
        self.assertEqual(len(ids), len(set(ids)), "ids are unique")

    def said(self, browser):
        self.check(browser.page)
        return browser.page.text

    def go(self, activity, *phases):
        for phase in phases:
            self.presenter.advance(activity, phase)

    def result(self):
        return self.presenter.view(where=lambda d: "result" in d.get("now", {}))["now"]["result"]

    def table(self, page):
        return {row[0]: row[1:] for row in page.rows if row}

    def fresh(self, browser, wanted, timeout=20):
        """Looks again until `wanted(page)`."""
        deadline = time.monotonic() + timeout
        while True:
            page = browser.open(f"/basic/{self.room.code}")
            if wanted(page):
                self.check(page)
                return page
            self.assertLess(time.monotonic(), deadline, page.text)
            time.sleep(0.1)

    def cast(self, phone, activity, ballot, seq=1):
        self.assertEqual(phone.result_of("ballot.cast", activity=activity, generation=1, seq=seq,
                                         ballot=ballot), "counted")

    # --- getting in ---
    def test_joining_by_code_in_two_languages(self):
        self.room({"id": "areas", "ballot": PLACES})
        browser = Browser(self.server)
        page = browser.open("/basic")
        self.assertIn("Ymuno", page.text)
        self.check(page)
        wrong = browser.submit(page.forms[0], code="999999" if self.room.code != "999999" else "1")
        self.assertIn("no room with this code", wrong.text)
        spaced = self.room.code[:3] + " " + self.room.code[3:]
        page = browser.submit(browser.page.forms[0], code=spaced)
        self.assertIn("Your data", page.text)
        self.assertIn("90 days", page.text)
        page = browser.do("join", where={"l": "cy"})
        self.assertIn("Eich data", page.text)
        self.assertEqual(self.presenter.view()["room"].get("joined", 0), 0)
        page = browser.do("join", where={"l": "cy"})
        self.check(page)
        self.assertEqual(dict(page.tags)["html"]["lang"], "cy")
        self.presenter.view(where=lambda d: d["room"]["joined"] == 1)
        kept = [cookie for cookie in browser.set_cookies if cookie.startswith("plenum=v1.")]
        self.assertTrue(kept)
        for cookie in browser.set_cookies:
            self.assertIn("HttpOnly", cookie)
            self.assertIn("SameSite=Strict", cookie)
        self.go("areas", "voting")
        page = self.fresh(browser, lambda p: p.has("vote"))
        self.assertIn("Gogledd", page.text)
        self.assertIn("Dienw", page.text)
        page = browser.do("language", where={"v": "en"})
        self.assertIn("North", page.text)
        self.assertIn("Anonymous", page.text)

    def test_the_notice_that_was_shown_is_in_the_log_and_pressing_twice_is_one_person(self):
        self.room({"id": "areas", "ballot": PLACES})
        browser = Browser(self.server)
        form = browser.open(f"/basic/{self.room.code}").form("join", l="en")
        for _ in range(2):
            browser.submit(form)
        self.presenter.view(where=lambda d: d["room"]["joined"] == 1)
        joined = [e for e in self.room.export() if e["type"].endswith("participant.joined.v1")]
        self.assertEqual([e["data"]["notice"] for e in joined], [form.get("notice")])

    def test_without_cookies_every_form_says_who_it_is(self):
        self.room({"id": "areas", "ballot": PLACES})
        self.go("areas", "voting")
        browser = self.joined(cookies=False)
        self.assertIsNone(browser.page.refresh, "it would lose who it is")
        browser.do("vote", o=["north"])
        self.assertIn("Counted.", self.said(browser))
        self.assertIn("Your answer: North", self.said(browser))
        self.presenter.view(where=lambda d: d["now"]["turnout"]["answered"] == 1)
        self.assertNotIn("v1.", browser.page.headers.get("Location", ""))

    def test_refreshing_by_itself_is_switched_off_and_on(self):
        groups = [{"id": "council", "title": text("The council", "Y cyngor")}]
        self.room({"id": "areas", "ballot": PLACES}, groups=groups)
        browser = self.joined(language="cy")
        browser.do("group", v="council")
        self.assertIsNotNone(browser.page.refresh, self.said(browser))
        browser.do("still", where={"v": "1"})
        self.assertIn("Nid yw’r dudalen hon yn adnewyddu", self.said(browser))
        browser.do("language", where={"v": "en"})
        for page in (browser.page, browser.open(f"/basic/{self.room.code}"), browser.do("look")):
            self.assertEqual((page.refresh, page.has("group")), (None, False), "all is kept")
        self.assertIsNotNone(browser.do("still", where={"v": "0"}).refresh)
        early = Browser(self.server)  # it can be said before there is a page that does it
        early.open(f"/basic/{self.room.code}")
        early.do("join", where={"l": "en"}, still="1")
        self.assertIsNone(early.do("group", v="").refresh)

    def test_personal_codes(self):
        self.room({"id": "areas", "ballot": PLACES}, join="codes")
        status, told = self.server.request("GET", f"/api/v1/rooms/{self.room.id}/codes/1-1",
                                           token=self.room.tokens["producer"])
        self.assertEqual(status, 200)
        browser = Browser(self.server)
        browser.open(f"/basic/{self.room.code}")
        page = browser.do("join", where={"l": "en"}, personal="")
        self.assertNotIn("Nothing to answer", page.text)
        page = browser.do("join", where={"l": "en"}, personal="K3MV-7QXB-PA2D-TR9H")
        self.assertFalse(page.has("look"), page.text)
        page = browser.do("join", where={"l": "en"}, personal=told["codes"][0].lower())
        self.assertTrue(page.has("look"), page.text)
        # The same person on a phone takes its place.
        status, token = self.server.request("POST", "/api/v1/join", {
            "code": self.room.code, "personal": told["codes"][0]})
        self.room.attendee(token["token"]).view()
        self.fresh(browser, lambda p: "somewhere else" in p.text or "no longer" in p.text)

    # --- the day ---
    def test_polls_dots_ranks_and_ratings_beside_phones(self):
        rank = {"kind": "rank", "top": 2}
        dots = {"kind": "dots", "budget": 5, "cap": 3}
        self.room({"id": "areas", "ballot": PLACES},
                  {"id": "before", "ballot": SCALE, "series": "mood"},
                  {"id": "gallery", "ballot": dots, "items": ITEMS},
                  {"id": "order", "ballot": rank, "items": ITEMS},
                  {"id": "rate", "ballot": SCALE, "items": ITEMS},
                  {"id": "after", "ballot": SCALE, "series": "mood"})
        phone, browser = self.room.attendee(), self.joined()

        self.go("areas", "voting")
        self.cast(phone, "areas", {"kind": "choice", "options": ["north"]})
        self.fresh(browser, lambda p: p.has("vote"))
        self.assertIn("Please choose", browser.do("vote").text)
        stale = browser.page.form("vote")
        browser.do("vote", o=["north", "south"])
        self.assertIn("Counted.", self.said(browser))
        again = browser.submit(stale, o=["east"])
        self.assertIn("Another answer of yours counts", again.text, "an old page says what counts")
        browser.do("change")
        browser.do("vote", o=["south"])
        self.assertIn("Your answer: South", self.said(browser))
        self.go("areas", "closed")
        late = browser.submit(browser.page.form("change"))
        self.assertIn("It has closed", late.text)
        self.assertNotIn("North", [row[0] for row in late.rows if row], "no total before the reveal")
        self.go("areas", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        self.assertEqual({r["id"]: r["count"] for r in self.result()["options"]},
                         {"north": 1, "south": 1, "east": 0})
        self.assertEqual(self.table(page)["North"], ["1"])
        self.assertEqual(self.table(page)["East"], ["0"])
        self.go("areas", "sealed")

        for activity, mine, theirs in (("before", 2, 4), ("after", 4, 4)):
            self.go(activity, "voting")
            self.cast(phone, activity, {"kind": "scale", "value": theirs})
            page = self.fresh(browser, lambda p: p.has("vote"))
            if activity == "after":
                self.assertIn("Linked to your answer in Before", page.text)
            browser.do("vote", v=mine)
            self.assertIn("Counted.", self.said(browser))
            self.go(activity, "closed", "revealed")
            page = self.fresh(browser, lambda p: p.rows)
            self.assertIn("Mean " + self.result()["mean"], page.text)
            if activity == "after":
                self.assertEqual(self.result()["comparison"]["paired"], 2)
                self.assertIn("1 went up, 1 stayed", page.text)
            else:
                self.judge_items(phone, browser)
            self.go(activity, "sealed")

    def judge_items(self, phone, browser):
        self.go("gallery", "voting")
        self.cast(phone, "gallery", {"kind": "dots", "dots": [{"item": "hall", "dots": 2}]})
        self.fresh(browser, lambda p: p.has("vote"))
        browser.do("vote", {"d.park": 3, "d.hall": 3, "d.bus": 3})
        self.assertIn("more dots than", self.said(browser))
        browser.do("vote", {"d.park": 3, "d.hall": 1})
        self.assertIn("1. A park: 3", self.said(browser))
        self.go("gallery", "closed", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        rows = {row["id"]: row for row in self.result()["items"]}
        self.assertEqual([rows[i]["dots"] for i in ("park", "hall", "bus")], [3, 3, 0])
        self.assertEqual(self.table(page)["2. A hall"], ["1", "3", "2"])

        self.go("order", "voting")
        self.cast(phone, "order", {"kind": "rank", "items": ["bus", "hall"]})
        self.fresh(browser, lambda p: p.has("vote"))
        browser.do("vote", {"r.1": "bus", "r.2": "bus"})
        self.assertNotIn("Counted.", self.said(browser))
        browser.do("vote", {"r.1": "bus", "r.2": "park"})
        self.assertIn("1. 3. A bus; 2. 1. A park", self.said(browser))
        self.go("order", "closed", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        self.assertEqual(self.table(page)["3. A bus"], ["1", "4", "2", "2"])

        self.go("rate", "voting")
        self.cast(phone, "rate", {"kind": "ratings", "ratings": [{"item": "park", "value": 5}]})
        self.fresh(browser, lambda p: p.has("vote"))
        browser.do("vote", {"v.park": 2, "v.bus": 4})
        self.assertIn("Counted.", self.said(browser))
        self.go("rate", "closed", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        self.assertEqual(self.table(page)["1. A park"][1:], ["3.50", "2"])

    def test_words_questions_fields_and_taking_back(self):
        fields = [{"id": "what", "title": text("What", "Beth")},
                  {"id": "who", "title": text("Who", "Pwy"), "required": False,
                   "names_person": True}]
        self.room({"id": "word", "collect": {"each": 2, "words": 2, "max_graphemes": 40}},
                  {"id": "questions", "collect": {"each": 1}, "ballot": {"kind": "upvote"}},
                  {"id": "promise", "collect": {"fields": fields}})
        phone, browser = self.room.attendee(), self.joined()
        self.go("word", "collecting")
        phone.ask("item.add", activity="word", generation=1, text="hope")
        self.fresh(browser, lambda p: p.has("add"))
        browser.do("add", t="far too many words")
        self.assertNotIn("Handed in.", self.said(browser))
        form = browser.page.form("add")
        for _ in range(2):
            browser.submit(form, t="Hope")
        self.assertIn("Handed in.", self.said(browser))
        browser.do("add", t="trust")
        self.fresh(browser, lambda p: not p.has("add"))
        self.go("word", "closed", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        self.assertEqual({w["word"].lower(): w["count"] for w in self.result()["words"]},
                         {"hope": 2, "trust": 1})
        self.assertIn(["2"], self.table(page).values())

        self.go("questions", "collecting")
        theirs = phone.send("item.add", activity="questions", generation=1, text="Why not more?")
        phone.final(theirs)
        page = self.fresh(browser, lambda p: p.has("upvote"))
        browser.do("upvote", where={"i": theirs})
        self.assertIn("yours too", self.said(browser))
        browser.do("upvote", where={"i": theirs, "up": 0})
        browser.do("upvote", where={"i": theirs, "up": 1})
        browser.do("add", t=HOSTILE)
        self.assertIn("Handed in.", self.said(browser))
        [mine] = self.presenter.view(where=lambda d: len(d["now"].get("items", [])) == 2)["now"]["items"][1:]
        self.assertIn("<script>", mine["title"]["en"])
        self.cast(phone, "questions", {"kind": "upvote", "item": mine["id"], "up": True})
        self.go("questions", "voting", "closed", "revealed")
        page = self.fresh(browser, lambda p: p.rows)
        self.assertEqual({r["votes"] for r in self.result()["items"]}, {1})
        self.assertIn("&lt;script&gt;", page.source)

        self.go("promise", "collecting")
        page = self.fresh(browser, lambda p: p.has("add"))
        self.assertIn("This may name somebody", page.text)
        browser.do("add", {"f.what": "A bench", "f.who": "Me"})
        self.assertIn("A bench · Me", self.said(browser))
        browser.do("withdraw")
        self.assertIn("taken back", self.said(browser))
        self.go("promise", "closed", "revealed")
        items = self.presenter.view(where=lambda d: d["now"]["phase"] == "revealed")["now"]
        self.assertEqual(items.get("items", []), [])

    def test_twenty_five_ten(self):
        self.room({"id": "ideas", "collect": {}, "ballot": SCALE, "deal": {"rounds": 3}})
        phones = [self.room.attendee() for _ in range(5)]
        browsers = [self.joined(), self.joined(cookies=False)]
        self.go("ideas", "collecting")
        for n, phone in enumerate(phones):
            phone.ask("item.add", activity="ideas", generation=1, text=f"Idea {n}")
        for n, browser in enumerate(browsers):
            browser.do("look")
            browser.do("add", t=f"Plain idea {n}")
            self.assertIn("Soon the cards go round", self.said(browser))
        for number in range(1, 4):
            self.go("ideas", "swapping")
            browsers[0].do("look")
            form = browsers[0].page.form("pass")
            browsers[0].submit(form)
            browsers[0].submit(form)
            self.assertIn(f"Round {number} of 3", self.said(browsers[0]))
            self.go("ideas", "scoring")
            for n, browser in enumerate(browsers):
                page = browser.do("look")
                while not page.has("score"):
                    page = browser.do("look")
                self.assertIn("Read it, and score it alone", page.text)
                self.assertNotIn(f"Plain idea {n} ", re.sub("What you wrote.*", "", page.text))
                browser.do("score", v=5)
                self.assertIn("Counted.", self.said(browser))
            for phone in phones:
                card = phone.view("person", lambda d: d.get("deck", {}).get("to_score", {}).get("round") == number)
                card = card["deck"]["to_score"]
                self.cast(phone, "ideas", {"kind": "score", "round": number, "card": card["id"],
                                           "score": 2})
        self.go("ideas", "closed", "revealed")
        result = self.result()
        self.assertEqual((result["cards"], result["complete"], result["scorers"]), (7, 7, 7))
        self.assertEqual(sum(row["sum"] for row in result["items"]), 3 * (2 * 5 + 5 * 2))
        page = browsers[0].do("look")
        best = result["items"][0]
        self.assertEqual(self.table(page)[best["title"]][1], best["total"])

    def test_cards_on_paper(self):
        self.room({"id": "ideas", "collect": {}, "ballot": SCALE,
                   "deal": {"rounds": 2, "deck": "paper"}})
        browsers = [self.joined() for _ in range(6)]
        self.go("ideas", "collecting")
        for n, browser in enumerate(browsers):
            browser.open(f"/basic/{self.room.code}")
            browser.do("add", n=n + 1, t=f"Card {n + 1}")
            self.assertIn("Handed in.", self.said(browser))
        for number in (1, 2):
            self.go("ideas", "swapping", "scoring")
            for n, browser in enumerate(browsers):
                browser.open(f"/basic/{self.room.code}")
                if n == 0:
                    browser.do("score", n=1, v=5)
                    self.assertIn("your own card", self.said(browser))
                browser.do("score", n=(n + number) % 6 + 1, v=3)
                self.assertIn("Counted.", self.said(browser))
        self.go("ideas", "closed", "revealed")
        self.assertEqual([row["total"] for row in self.result()["items"]], ["6"] * 6)

    def test_tables(self):
        self.room({"id": "cafe", "items": ITEMS, "seats": {"rounds": 1, "planned": False},
                   "collect": {"who": "table-hosts"}})
        browser = self.joined()
        self.go("cafe", "seated")
        page = self.fresh(browser, lambda p: p.has("visit"))
        self.assertIn("A park", page.text)
        browser.do("visit", where={"n": 2})
        self.assertIn("Go to table 2", self.said(browser))
        self.assertFalse(browser.page.has("add"))
        browser.do("host", where={"n": 2})
        browser.do("add", t="We talked about chairs.")
        self.assertIn("We talked about chairs.", self.said(browser))
        [cafe] = self.presenter.view("console", lambda d: any(
            i.get("table") == 2 for i in d["activities"][0]["items"]))["activities"]
        [note] = [i for i in cafe["items"] if i.get("table") == 2]
        self.assertEqual(note["title"]["en"], "We talked about chairs.")
        browser.do("unhost", where={"n": 2})
        self.assertFalse(browser.page.has("add"))
        browser.do("visit", where={"n": 3})
        self.assertIn("Go to table 3", self.said(browser))

    def test_groups_and_a_word_to_the_organisers(self):
        groups = [{"id": "council", "title": text("The council", "Y cyngor")},
                  {"id": "guests", "title": text("Guests", "Gwesteion")}]
        self.room({"id": "areas", "ballot": PLACES}, groups=groups)
        self.go("areas", "voting")
        browser = self.joined()
        self.assertIn("Where do you belong?", browser.page.text)
        browser.do("group", v="council")
        browser.do("vote", o=["north"])
        self.assertIn("Counted.", self.said(browser))
        told = [e for e in self.staff_view() if e]
        self.assertEqual(told, [])
        browser.do("tell", word="It is cold " + HOSTILE[:30])
        self.assertIn("Handed in.", self.said(browser))
        self.assertIn("It is cold", self.staff_view()[0]["text"])
        self.go("areas", "closed", "revealed")
        kinds = [e["type"].split(".")[-2] for e in self.room.export()]
        self.assertEqual(kinds.count("told"), 2, "the group, and the word")

    def staff_view(self):
        console = self.presenter.view("console", lambda d: True)
        self.presenter.drain(0.5)
        return self.presenter.views["console"]["data"].get("told", []) or console.get("told", [])

    # --- what must do no harm ---
    def test_what_a_form_of_another_site_or_a_made_up_one_does(self):
        self.room({"id": "areas", "ballot": PLACES})
        self.go("areas", "voting")
        browser = self.joined()
        form = browser.page.form("vote")
        path = f"/basic/{self.room.code}"
        good = [(k, v) for k, v in form.fields] + [("o", "north")]
        foreign = browser.request("POST", path, urllib.parse.urlencode(good),
                                  {"Origin": "https://evil.example"})
        self.assertEqual(foreign.status, 403)
        guessed = [(k, "0" * 32 if k == "k" else v) for k, v in good]
        page = browser.request("POST", path, urllib.parse.urlencode(guessed))
        self.assertIn("nothing was sent", page.text)
        for bad in ("%", "%zz=1", "a" * 40_000):
            self.assertIn(browser.request("POST", path, bad).status, (400, 413), bad[:10])
        json = browser.request("POST", path, "{}", {"Content-Type": "application/json"})
        self.assertEqual(json.status, 400)
        for odd in ({"o": "<b>"}, {"seq": "-1"}, {"seq": "9" * 30}, {"g": ""}, {"id": "x"},
                    {"do": "result.look"}, {"do": "activity.advance"}, {"a": HOSTILE},
                    {"kind": "dots"}, {"kind": "\"}"}):
            fields = [(k, v) for k, v in good if k not in odd] + list(odd.items())
            page = browser.request("POST", path, urllib.parse.urlencode(fields))
            self.assertEqual(page.status, 200, odd)
            self.assertNotIn("Counted.", page.text, odd)
            self.check(page)
        self.assertEqual(self.presenter.view()["now"]["turnout"]["answered"], 0)
        browser.open(path)
        browser.do("vote", o=["north"])
        self.assertIn("Counted.", self.said(browser))
        for path in ("/basic/", "/basic/abc", "/basic/482913/x", "/basic/../api"):
            self.assertIn(browser.open(path).status, (200, 404), path)
        self.assertEqual(browser.request("PUT", "/basic").status, 405)

    def test_a_token_that_is_no_good_and_leaving(self):
        self.room({"id": "areas", "ballot": PLACES})
        path = f"/basic/{self.room.code}"
        browser = Browser(self.server)
        browser.cookies[("plenum", path)] = "v1.a.b.c~en~"
        page = browser.open(path)
        self.assertTrue(page.has("again"), page.text)
        self.assertTrue(browser.submit(page.form("again")).has("join"))
        browser = self.joined()
        self.assertIn("You have left", browser.do("leave").text)
        self.assertTrue(browser.open(path).has("join"))

    def test_a_server_that_comes_back_and_an_answer_that_is_sent_again(self):
        self.room({"id": "areas", "ballot": PLACES})
        self.go("areas", "voting")
        browser = self.joined()
        form = browser.page.form("vote")
        self.server.kill()
        self.server.start()
        browser.submit(form, o=["east"])
        self.assertIn("Counted.", self.said(browser))
        browser.submit(form, o=["east"])
        self.assertIn("Counted.", self.said(browser), "the same answer, once")
        presenter = self.room.staff("presenter")
        presenter.view(where=lambda d: d["now"]["turnout"]["answered"] == 1)


if __name__ == "__main__":
    unittest.main()
