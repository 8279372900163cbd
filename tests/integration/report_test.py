"""`plenum report`: the built-in day, then its record in every format, read back by other programs."""

import base64
import csv
import hashlib
import html.parser
import http.client
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import openpyxl
from plenum import PROGRAM, Server, run
from rehearse_kit import PUBLISHED_ACTIVITIES, PUBLISHED_DOTS, PUBLISHED_TOPICS
from sheets import CHOICE, SCALE, sheet

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-pdf-header-footer"]
VOID = {"meta", "rect", "line", "circle", "br"}
ALSO = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8; header=present",
        "json": "application/json", "md": "text/markdown; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class Page(html.parser.HTMLParser):
    """What the document shows: headings in order, tables as rows of cells, and what is wrong."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.headings, self.tables, self.charts, self.wrong = [], [], [], 0, []
        self.language, self.ids, self.targets, self.text = None, set(), set(), ""
        self._cell = None
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"still open: {self.open}")

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = attributes.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
        if tag == "svg":
            self.charts += 1
            if attributes.get("role") != "img" or not attributes.get("aria-label"):
                self.wrong.append("a chart without a text")
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        if tag == "tr":
            self.tables[-1]["rows"].append([])
        if tag in ("td", "th"):
            self._cell = ""
            if tag == "th" and attributes.get("scope") not in ("row", "col"):
                self.wrong.append("a heading of a table without a scope")
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.wrong.append(f"twice: {attributes['id']}")
            self.ids.add(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.targets.add(attributes["href"][1:])
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "style") or "://" in (value or ""):
                self.wrong.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")
        if tag in ("td", "th"):
            self.tables[-1]["rows"][-1].append(" ".join(self._cell.split()))
            self._cell = None

    def handle_data(self, data):
        self.text += data
        if self.open and re.fullmatch("h[1-6]", next(
                (tag for tag in reversed(self.open) if re.fullmatch("h[1-6]", tag)), "")):
            self.headings[-1][1] += data
        if "caption" in self.open:
            self.tables[-1]["caption"] += data
        if self._cell is not None:
            self._cell += data

    def table(self, caption):
        return next(table["rows"] for table in self.tables if table["caption"] == caption)


class DayReport(unittest.TestCase):
    """One day, reported from its folder."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="plenum-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.data, cls.export = cls.folder / "data", cls.folder / "day.ndjson"
        day = subprocess.run(
            [PROGRAM, "demo", "--once", "--listen", "127.0.0.1:0", "--data", cls.data, "--export",
             cls.export, "--seed", "3", "--json"],
            capture_output=True, text=True, timeout=300, check=False)
        assert day.returncode == 0, day.stdout + day.stderr
        cls.day = json.loads(day.stdout)
        cls.room = json.loads(cls.export.read_text().splitlines()[0])["partitionkey"]
        cls.files = {}
        for name in ALSO:
            cls.files[name] = cls.folder / f"day.{name}"
            done = run("report", "--data", cls.data, "--room", cls.room, "-o", cls.files[name])
            assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def facts(self):
        with self.files["csv"].open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_csv_has_the_published_figures(self):
        facts = self.facts()
        means = {row["activity"]: row["value"] for row in facts if row["measure"] == "mean"}
        self.assertEqual(means, {"confidence-start": "3.33", "confidence-end": "4.00"})
        scores = [row["value"] for row in facts
                  if row["activity"] == "gallery" and row["measure"] == "score"]
        self.assertEqual(scores[:7], PUBLISHED_DOTS)
        ranked = [row["item"] for row in facts
                  if row["activity"] == "ideas" and row["measure"] == "score"]
        self.assertEqual(ranked[:8], PUBLISHED_TOPICS)
        entries = int(next(row["value"] for row in facts if row["measure"] == "entries"))
        self.assertEqual(entries, len(self.export.read_bytes().splitlines()))
        for row in facts:
            self.assertLess(int(row["index"]), entries, row)

    def test_csv_agrees_with_what_the_rehearsal_counted(self):
        count = {row["measure"]: int(row["value"]) for row in self.facts()
                 if row["activity"] == "" and row["measure"].startswith("ballots")}
        parts = sum(n for name, n in count.items() if name.startswith("ballots.")
                    and name != "ballots.on_paper")
        self.assertEqual(parts, count["ballots"])
        # What was sent twice reached the log twice, and was answered once.
        self.assertGreaterEqual(count["ballots.late"], self.day["late"])
        self.assertGreaterEqual(count["ballots.refused"], self.day["refused"])
        self.assertGreater(self.day["late"] * self.day["refused"], 0)

    def test_html_is_a_sound_document_with_the_published_figures(self):
        text = self.files["html"].read_text(encoding="utf-8")
        page = Page(text)
        self.assertEqual(page.wrong, [])
        self.assertEqual(page.language, "en")
        self.assertEqual(page.headings[0], [1, "To be the best at getting better"])
        for (before, _), (after, title) in zip(page.headings, page.headings[1:]):
            self.assertLessEqual(after, before + 1, title)
        self.assertLessEqual(page.targets, page.ids)
        self.assertGreaterEqual(page.charts, 6)
        dots = page.table("Dots on each idea")[1:]
        self.assertEqual([row[2] for row in dots][:7], PUBLISHED_DOTS)
        self.assertIn("* merged with A leadership charter", dots[1][1])
        cards = page.table("Cards by their total")[1:]
        self.assertEqual([row[1] for row in cards][:8], PUBLISHED_TOPICS)
        self.assertEqual([row[2] for row in cards][:8], [str(25 - place) for place in range(8)])
        both = page.table("Both polls side by side")[1:]
        self.assertEqual([row[1] for row in both], ["3.33", "4.00"])
        summary = page.table("What came of each activity")
        self.assertEqual(len(summary), 1 + len(PUBLISHED_ACTIVITIES))
        for row in dots + cards + both:
            self.assertRegex(row[-1], r"^#\d+$")

    def test_it_can_be_checked_with_what_stands_on_its_last_page(self):
        page = Page(self.files["html"].read_text(encoding="utf-8"))
        command = re.search(r"plenum audit day\.ndjson (--index \d+ --root \w+ --state \w+)",
                            page.text)
        audited = run("audit", self.export, *command.group(1).split())
        self.assertEqual(audited.returncode, 0, audited.stdout)

    def test_json_and_markdown(self):
        record = json.loads(self.files["json"].read_text(encoding="utf-8"))
        self.assertEqual([activity["activity"] for activity in record["activities"]],
                         PUBLISHED_ACTIVITIES)
        after = next(activity["comparison"] for activity in record["activities"]
                     if activity["activity"] == "confidence-end")
        self.assertEqual((after["before"]["mean"], after["after"]["mean"]), ("3.33", "4.00"))
        merges = [each for each in record["interventions"]
                  if each["what"] == "merged" and each["activity"] == "gallery"]
        self.assertEqual(len(merges), 3, "two that are published, and one that was taken back")
        text = self.files["md"].read_text(encoding="utf-8")
        places = [text.index(title) for title in PUBLISHED_TOPICS]
        self.assertEqual(places, sorted(places))
        self.assertIn("69\\*", text)

    def test_the_spreadsheet_opens_elsewhere(self):
        book = openpyxl.load_workbook(self.files["xlsx"])
        self.assertEqual(book.sheetnames[:2], ["Day", "Activities"])
        rows = list(book["gallery"].iter_rows(values_only=True))
        head = next(n for n, row in enumerate(rows) if row[0] == "Rank")
        self.assertEqual([row[2] for row in rows[head + 1:head + 8]], [73, 69, 65, 56, 51, 51, 50])
        facts = list(book["All figures"].iter_rows(min_row=2, values_only=True))
        self.assertEqual(len(facts), len(self.facts()))
        self.assertIn(("confidence-end", None, "mean", 4), [
            (row[0], row[1] or None, row[2], row[3]) for row in facts])
        self.assertFalse([cell for sheet_ in book for row in sheet_.iter_rows() for cell in row
                          if cell.data_type == "f"], "no cell is a formula")

    def test_the_same_bytes_again(self):
        again = run("report", "--data", self.data, "--room", self.room, "--format", "html")
        self.assertEqual(again.stdout, self.files["html"].read_text(encoding="utf-8"))

    def test_an_export_has_figures_and_no_texts(self):
        out = self.folder / "export.csv"
        done = run("report", self.export, "-o", out)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with out.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        scores = [row["value"] for row in rows
                  if row["activity"] == "gallery" and row["measure"] == "score"]
        self.assertEqual(scores[:7], PUBLISHED_DOTS)
        titles = {row["item"] for row in rows if row["activity"] == "ideas" and row["item"]}
        self.assertEqual(titles, {"(text not in the export)"})

    def test_it_prints(self):
        pdf, profile = self.folder / "day.pdf", self.folder / "profile"
        subprocess.run([*CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}",
                        self.files["html"].as_uri()], capture_output=True, timeout=120, check=True)
        about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        pages = int(re.search(r"^Pages: +(\d+)", about, re.MULTILINE).group(1))
        self.assertRegex(about, r"Tagged: +yes")
        self.assertGreater(pages, 8)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True,
                              check=True).stdout.split("\f")
        self.assertNotIn("Page 1 of", text[0], "the cover has no running head")
        for number in range(2, pages + 1):
            self.assertIn(f"Page {number} of {pages}", text[number - 1])
            self.assertIn("To be the best at getting better", text[number - 1])
        self.assertIn("How to check this record", text[pages - 1])
        summary = text[1]
        for figure in ("3.33", "4.00", "73", "69*", PUBLISHED_TOPICS[0]):
            self.assertIn(figure, summary)

    def test_what_is_wrong_is_said_in_one_sentence(self):
        out = self.folder / "none.html"
        for code, sentence, arguments in [
                (2, "which format", ["--data", self.data, "--room", self.room]),
                (2, "one of --url", ["--room", self.room, "-o", out]),
                (2, "needs --room", ["--data", self.data, "-o", out]),
                (2, "no --room", [self.export, "--room", self.room, "-o", out]),
                (1, "no such room", ["--data", self.data, "--room", "000000", "-o", out]),
                (1, "cannot be read", [self.folder / "none.ndjson", "-o", out]),
                (1, "not an event", [self.files["csv"], "-o", out]),
                (1, "cannot be written", [self.export, "-o", self.folder / "no" / "day.html"])]:
            done = run("report", *arguments)
            self.assertEqual(done.returncode, code, arguments)
            self.assertIn(sentence, done.stderr)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertFalse(out.exists())
        self.assertEqual(list(self.folder.glob("*.part")), [])


RECORD = pathlib.Path(__file__).resolve().parents[2] / "projector" / "record"
LITERAL = r'"(?:[^"\\\\]|\\\\.)*"'


def unquoted(literals):
    """Of adjacent literals, as the compiler joins them."""
    return "".join(part[1:-1] for part in re.findall(LITERAL, literals)).replace('\\"', '"')


class Welsh(unittest.TestCase):
    """Every fixed word of the record is there in Welsh, too."""

    def test_no_phrase_in_the_sources_is_without_its_welsh(self):
        welsh = {unquoted(english) for name in ("say_cy_document.cc", "say_cy_log.cc")
                 for english in re.findall(r"\{((?:%s\s*)+),\s*%s" % (LITERAL, LITERAL),
                                           (RECORD / name).read_text(encoding="utf-8"))}
        said = set()
        for path in RECORD.glob("*.cc"):
            text = path.read_text(encoding="utf-8")
            if path.name.startswith("say"):
                continue
            for call in (r"(?:say|words)\(((?:\s*%s)+)" % LITERAL,
                         r"\?\s*((?:\s*%s)+)\s*:\s*(?:\s*%s)+[,)]" % (LITERAL, LITERAL),
                         r"\.Count\([^;]*?(%s),\s*%s\)" % (LITERAL, LITERAL),
                         r"\.Count\([^;]*?%s,\s*(%s)\)" % (LITERAL, LITERAL)):
                said |= {unquoted(found) for found in re.findall(call, text)
                         if re.search("[A-Za-z]{2}", found) and "<" not in found}
        known = {phrase for phrase in said if phrase in welsh}
        self.assertGreater(len(known), 250)
        self.assertEqual(sorted(said - known - NOT_PHRASES), [])
        outcomes = (RECORD.parents[1] / "schema" / "outcome.cc").read_text(encoding="utf-8")
        reasons = re.findall(r'\{k\w+, "[\w-]+",\s*(%s)\}' % LITERAL, outcomes)
        self.assertGreater(len(reasons), 50)
        for reason in reasons:
            self.assertIn(unquoted(reason), welsh | {""})

    @staticmethod
    def phrases(html):
        """What the document says itself: not what people or the run sheet say."""
        html = re.sub(r"(?s)<style>.*?</style>|<(bdi|code|text|title)\b.*?</\1>", " ", html)
        return {" ".join(part.split()) for part in re.split("<[^>]*>", html)
                if re.search("[A-Za-z]{4}", part)}

    def test_a_day_in_welsh_and_in_english_share_no_phrase(self):
        with Server() as server:
            room = server.create_room({**sheet(CHOICE, SCALE), "languages": ["en", "cy"]})
            presenter, people = room.staff("presenter"), [room.attendee() for _ in range(3)]
            presenter.advance("scale", "voting")
            for person, value in zip(people, (2, 3, 9)):
                person.ask("ballot.cast", activity="scale", generation=1, seq=1,
                           ballot={"kind": "scale", "value": value})
            presenter.ask("result.look", activity="scale")
            presenter.advance("scale", "closed")
            presenter.advance("scale", "revealed")
            seen = {"generation": 1, "phase": "revealed", "round": 0}
            presenter.ask("activity.restart", activity="scale", seen=seen)
            presenter.ask("activity.skip", activity="areas", skipped=True)
            presenter.ask("control.take")
            pages = [server.request("GET", f"/api/v1/rooms/{room.id}/report.{name}",
                                    token=room.tokens["auditor"])[1].decode()
                     for name in ("en.html", "cy.html")]
        self.assertIn('<html lang="cy">', pages[1])
        english, welsh = (self.phrases(page) for page in pages)
        self.assertGreater(len(english), 100)
        self.assertEqual(english & welsh, set())


# Words for machines, and what is written in all languages alike.
NOT_PHRASES = {"redacted", "doors-locked", "doors-open", "extended", "shortened", "skipped",
               "unskipped", "held", "released", "25/10", "end", "start", "before", "after", "yes",
               "no", "items", "middle"}


class OverHttp(unittest.TestCase):
    """From a server while its room is open."""

    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        self.room = self.server.create_room(sheet(CHOICE, SCALE))

    def report(self, name="json", token="auditor"):
        return self.server.request("GET", f"/api/v1/rooms/{self.room.id}/report.{name}",
                                   token=self.room.tokens.get(token, token))

    def vote(self):
        presenter = self.room.staff("presenter")
        presenter.advance("areas", "voting")
        for option in ("north", "north", "south"):
            self.assertEqual(self.room.attendee().result_of(
                "ballot.cast", activity="areas", generation=1, seq=1,
                ballot={"kind": "choice", "options": [option]}), "counted")
        return presenter

    def test_totals_come_with_the_reveal(self):
        presenter = self.vote()
        status, record = self.report()
        self.assertEqual(status, 200)
        areas = record["activities"][0]
        self.assertEqual(areas["answered"]["value"], "3")
        self.assertNotIn("table", areas)
        self.assertIn("has not been revealed", areas["hidden"])
        for phase in ("closing", "closed", "revealed"):
            presenter.advance("areas", phase) if phase != "closed" else presenter.view(
                "console", lambda d: d["activities"][0]["phase"] == "closed")
        areas = self.report()[1]["activities"][0]
        self.assertEqual([row["values"]["count"] for row in areas["table"]["rows"]],
                         ["2", "1", "0"])

    def test_every_format_for_those_who_may_export(self):
        self.vote()
        for name, kind in ALSO.items():
            status, body = self.report(name, "producer")
            self.assertEqual(status, 200, name)
            self.assertTrue(body)
        out = pathlib.Path(self.server.data) / "day.html"
        done = run("report", "--url", self.server.url, "--token", self.room.tokens["auditor"],
                   "--room", self.room.code, "-o", out)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(Page(out.read_text(encoding="utf-8")).wrong, [])

    def test_the_style_sheet_is_allowed_by_its_hash(self):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        connection.request("GET", f"/api/v1/rooms/{self.room.id}/report.html", headers={
            "Authorization": f"Bearer {self.room.tokens['auditor']}"})
        answer = connection.getresponse()
        policy = answer.headers["Content-Security-Policy"]
        style = re.search(b"<style>(.*?)</style>", answer.read(), re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
        self.assertIn(f"style-src 'self' 'sha256-{digest}';", policy)
        self.assertEqual(answer.headers["Content-Type"], ALSO["html"])
        connection.close()

    def test_not_for_everybody(self):
        self.assertEqual(self.report(token="display")[0], 403)
        self.assertEqual(self.report(token="moderator")[0], 403)
        self.assertEqual(self.report(token=self.room.join_token())[0], 403)
        self.assertEqual(self.report(token="nonsense")[0], 401)
        self.assertEqual(self.report("pdf")[0], 404)


if __name__ == "__main__":
    unittest.main(verbosity=2)
