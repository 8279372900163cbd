"""The record of the day in versions: redacted, approved, published; and texts that are erased for good."""

import hashlib
import json
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

from plenum import PROGRAM, Server, run
from sheets import sheet

HOPES = {"id": "hopes", "title": {"en": "Hopes", "cy": "Gobeithion"}, "collect": {"each": 5},
         "time": {"grace_ms": 0}}
DOTS = {"id": "dots", "title": {"en": "Dots", "cy": "Dotiau"}, "carry": {"from": "hopes"},
        "ballot": {"kind": "dots", "budget": 5, "cap": 5}, "time": {"grace_ms": 0}}
FIGURES = {
    "front": [{"title": {"en": "Aims", "cy": "Nodau"}, "text": "To be the best at getting better."}],
    "figures": [{"title": "On social media", "source": "The counting service, 30 September",
                 "figures": [{"label": "Posts", "value": "560"},
                             {"label": "People reached", "value": "724,552"},
                             {"label": "Sentiment", "value": "91.38"}]}],
    "back": [{"title": "Thanks", "text": "To all who wrote."}]}
NAME = "Zaphod-Beeblebrox-4711"  # in a text that must go


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "\n", html.split("</style>")[1]))


class VersionsTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        self.room = self.server.create_room({**sheet(HOPES, DOTS), "languages": ["en", "cy"],
                                             "title": {"en": "A day", "cy": "Diwrnod"}})
        self.presenter = self.room.staff("presenter")

    def hold(self, *texts):
        person = self.room.attendee()
        self.presenter.advance("hopes", "collecting")
        ids = []
        for text in texts:
            self.assertEqual(person.result_of("item.add", activity="hopes", generation=1, text=text),
                             "accepted")
        for phase in ("closed", "revealed"):
            self.presenter.advance("hopes", phase)
        rows = self.record()["activities"][0]["table"]["rows"]
        ids = {row["title"]["text"]: row["id"] for row in rows}
        return [ids[text] for text in texts]

    def record(self, name="report.json"):
        status, body = self.ask("GET", name, role="auditor")
        self.assertEqual(status, 200, body)
        return body if name.endswith("json") else body.decode()

    def ask(self, method, what, body=None, role="producer"):
        return self.server.request(method, f"/api/v1/rooms/{self.room.id}/{what}", body,
                                   self.room.tokens.get(role, role))

    def redact(self, item, reason="personal", role="moderator"):
        return self.ask("POST", "record/redact",
                        {"activity": "hopes", "item": item, "reason": reason}, role)

    def approve(self, version, figures=None, role="presenter"):
        body = {"version": version, **({"figures": figures} if figures else {})}
        return self.ask("POST", "record/approve", body, role)

    def published(self, version, language="en"):
        return self.server.request("GET", f"/record/{self.room.id}/{version}/{language}")

    def test_a_version_is_redacted_approved_published_and_stays(self):
        first, second = self.hold("Ann said so to Zoe", "More time")
        status, answer = self.redact(first)
        self.assertEqual((status, answer["outcome"]), (200, "accepted"))
        status, made = self.approve(1, FIGURES)
        self.assertEqual((status, made["outcome"]), (200, "accepted"), made)
        self.assertEqual(self.published(1)[0], 404, "it is not published yet")
        status, answer = self.ask("POST", "record/publish", {"version": 1}, "presenter")
        self.assertEqual((status, answer["outcome"]), (200, "accepted"))

        status, english = self.published(1)
        self.assertEqual(status, 200)
        digests = {document["language"]: document["digest"] for document in made["documents"]}
        self.assertEqual(hashlib.sha256(english).hexdigest(), digests["en"])
        text = words(english.decode())
        self.assertIn("(redacted in version 1: it tells about a person)", text)
        self.assertIn("More time", text)
        self.assertNotIn("Zoe", text)
        for figure in ("560", "724,552", "91.38", "The counting service, 30 September", "Aims",
                       "Written by the organisers."):
            self.assertIn(figure, text)
        welsh = self.published(1, "cy")[1]
        self.assertEqual(hashlib.sha256(welsh).hexdigest(), digests["cy"])
        self.assertIn("Nodau", welsh.decode())

        # Two who approve at once approve different records.
        status, answer = self.approve(1)
        self.assertEqual((status, answer["reason"]), (409, "changed-meanwhile"))
        self.redact(first, "none")
        self.redact(second, "asked")
        self.assertEqual(self.approve(2)[0], 200)
        self.ask("POST", "record/publish", {"version": 2})
        later = words(self.published(2)[1].decode())
        self.assertIn("(redacted in version 2: its author asked for it)", later)
        self.assertIn("Ann said so to Zoe", later)
        self.assertIn("The versions before this one", later)
        self.assertEqual(self.published(1)[1], english, "the very same bytes")
        listed = self.ask("GET", "record", role="moderator")[1]
        self.assertEqual([v["version"] for v in listed["versions"]], [1, 2])
        self.assertEqual([v["role"] for v in listed["versions"]], ["presenter", "presenter"])
        self.assertEqual([(r["reason"], r["version"]) for r in listed["redacted"]], [("asked", 2)])

        # And after a restart; the log alone says which record it was.
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(self.published(1)[1], english)
        approved = [event["data"] for event in self.room.export()
                    if event["type"] == "org.plenum.record.approved.v1"]
        self.assertEqual(approved[0]["documents"][0]["digest"], digests["en"])

    def test_who_may_and_what_is_wrong(self):
        first, _ = self.hold("One", "Two")
        guest = self.room.join_token()
        for role, redact, approve in (("presenter", 200, 200), ("moderator", 200, 403),
                                      ("auditor", 403, 403), ("display", 403, 403),
                                      (guest, 403, 403), ("nothing", 401, 401)):
            self.assertEqual(self.redact(first, "asked", role)[0], redact, role)
            self.assertEqual(self.approve(9, role=role)[0], 409 if approve == 200 else approve, role)
        self.assertEqual(self.redact(first, "boring")[0], 400)
        self.assertEqual(self.redact("nowhere")[1]["reason"], "unknown-item")
        self.assertEqual(self.approve(0)[0], 400)
        status, answer = self.approve(1, {"figures": [{"title": "x", "figures": []}]})
        self.assertEqual(status, 400)
        self.assertIn("/figures/0", answer["text"])
        status, answer = self.ask("POST", "record/publish", {"version": 3})
        self.assertEqual((status, answer["reason"]), (409, "unknown-version"))
        for path in ("record/x/1/en", f"record/{self.room.id}/01/en", f"record/{self.room.id}/1"):
            self.assertEqual(self.server.request("GET", "/" + path)[0], 404, path)

    def test_the_command_line(self):
        first, _ = self.hold("One", "Two")
        where = ["--url", self.server.url, "--room", self.room.code, "--token",
                 self.room.tokens["producer"]]
        with tempfile.TemporaryDirectory() as folder:
            figures = pathlib.Path(folder) / "figures.json"
            figures.write_text('{"figures": [\n {"title": "Reach", "figures": []}]}')
            wrong = run("report", "approve", "--version", 1, "--figures", figures, *where)
            self.assertEqual(wrong.returncode, 1)
            self.assertRegex(wrong.stderr, r"figures\.json:2:\d+: ")
            figures.write_text(json.dumps(FIGURES))
            redacted = run("report", "redact", "--activity", "hopes", "--item", first, "--reason",
                           "hurtful", *where)
            self.assertEqual((redacted.returncode, redacted.stderr), (0, ""))
            approved = run("report", "approve", "--version", 1, "--figures", figures, *where)
            self.assertEqual((approved.returncode, approved.stderr), (0, ""))
            self.assertEqual(run("report", "publish", "--version", 1, *where).returncode, 0)
        listed = run("report", "versions", *where).stdout
        self.assertRegex(listed, r"version 1: \d+ entries, approved #\d+ by producer .*, published #")
        self.assertIn(f"redacted in version 1 (hurtful, ", listed)
        digest = hashlib.sha256(self.published(1)[1]).hexdigest()
        self.assertIn(digest, listed)

    def holding(self, folder, text):
        return sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*")
                      if path.is_file() and text.encode() in path.read_bytes())

    def erase(self, item):
        producer = self.room.staff("producer")
        self.assertEqual(producer.result_of("item.erase", activity="hopes", item=item), "accepted")

    def test_an_erased_text_leaves_published_records_files_and_exports(self):
        item, _ = self.hold(f"{NAME} told me", "More time")
        self.presenter.advance("dots", "voting")  # carried on
        self.assertEqual(self.approve(1, FIGURES)[0], 200)
        self.ask("POST", "record/publish", {"version": 1})
        before = self.published(1)[1].decode()
        self.assertIn(NAME, before)
        self.assertNotEqual(self.holding(self.server.data, NAME), [], "else nothing is proved below")
        self.erase(item)
        after = self.published(1)[1].decode()
        self.assertNotIn(NAME, after)
        self.assertIn("texts of the day were erased for good", words(after))
        
        self.assertIn("More time", after)
        salt = re.search('plenum-salt" content="([0-9a-f]{32})"', before).group(1)
        self.assertNotIn(salt, after, "what could be guessed could be compared")
        for name in ("html", "csv", "json", "md", "cy.html"):
            body = self.ask("GET", f"report.{name}")[1]
            self.assertNotIn(NAME, body.decode() if isinstance(body, bytes) else json.dumps(body))
        self.assertEqual(self.approve(2)[0], 200)
        for phase in ("closed", "revealed"):
            self.presenter.advance("dots", phase)
        self.assertNotIn(NAME, json.dumps(self.room.export()))
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.holding(self.server.data, NAME), [])
        self.server.start()
        self.assertEqual(self.published(1)[1].decode(), after)

    def test_a_text_of_a_generation_that_was_started_again_can_be_erased(self):
        item, _ = self.hold(f"{NAME} told me", "More time")
        seen = {"generation": 1, "phase": "revealed", "round": 0}
        self.assertEqual(self.presenter.result_of("activity.restart", activity="hopes", seen=seen),
                         "accepted")
        self.presenter.view("console", lambda d: d["activities"][0]["phase"] == "waiting")
        self.presenter.advance("hopes", "collecting")
        self.assertIn(NAME, self.record("report.html"), "the record keeps what was put aside")
        self.erase(item)
        self.assertNotIn(NAME, self.record("report.html"))
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.holding(self.server.data, NAME), [])

    def test_a_copy_forgets_what_was_erased(self):
        item, _ = self.hold(f"{NAME} told me", "More time")
        self.assertEqual(self.approve(1)[0], 200)
        with tempfile.TemporaryDirectory(prefix="plenum-test-") as folder:
            data = pathlib.Path(folder) / "copy"
            copy = subprocess.Popen(
                [PROGRAM, "copy", "--from", self.server.url, "--token-file",
                 self.server.data / "organiser.token", "--data", data],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            self.addCleanup(copy.wait)
            self.addCleanup(copy.kill)
            self.wait(lambda: self.holding(data, NAME), "the copy has the text")
            self.erase(item)
            self.wait(lambda: not self.holding(data, NAME), "the copy has it no more")
            copy.send_signal(signal.SIGTERM)
            self.assertEqual(copy.wait(60), 0)
            self.assertEqual(self.holding(data, NAME), [])

    def wait(self, condition, what, timeout=60):
        deadline = time.monotonic() + timeout
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.2)


if __name__ == "__main__":
    unittest.main()
