"""The print pack: made by the commands, printed by a browser, and read by a QR reader that is not
ours."""

import pathlib
import re
import subprocess
import tempfile
import unittest

from plenum import Client, Server, run
from sheets import CHOICE, DOTS, SCALE, sheet

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-pdf-header-footer"]
CAFE = {"id": "cafe", "title": "World cafe", "seats": {"rounds": 2, "capacity": 4, "tables": 3},
        "items": [{"id": "t7", "number": 7, "title": {"en": "Trust & <care>", "cy": "Ymddiriedaeth"}}]}
DECK = {"id": "ideas", "title": "25/10", "collect": {"each": 1},
        "ballot": {"kind": "scale", "low": 1, "high": 5}, "deal": {"rounds": 5, "deck": "paper"}}
ATTENDEES = ('\ufeff"Surname","First name",Organisation\r\n'
             'Llywelyn,Siân,"Health, North"\r\n'
             '\r\n'
             '"O""Brien",Ana,"two\r\nlines"\r\n'
             'Llywelyn,Siân,Other\r\n'
             ',,Nobody\r\n'
             '<b>Bold</b>,Bob\r\n')


class PrintTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        temporary = tempfile.TemporaryDirectory(prefix="plenum-print-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.made = self.server.create_room(
            {**sheet(SCALE, CHOICE, DOTS, CAFE, DECK), "languages": ["en", "cy"]})

    def command(self, *arguments, token=None):
        return run(*arguments, "--url", self.server.url, "--room", self.made.code, "--token",
                   token or self.server.organiser)

    def pages(self, name):
        """The printed pages, each as what a QR reader finds on it."""
        pdf = self.folder / f"{name}.pdf"
        subprocess.run([*CHROMIUM, f"--user-data-dir={self.folder}/browser",
                        f"--print-to-pdf={pdf}", (self.folder / f"{name}.html").as_uri()],
                       check=True, timeout=120, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, self.folder / name], check=True)
        found = []
        for page in sorted(self.folder.glob(f"{name}-*.png")):
            read = subprocess.run(["zbarimg", "-q", "--raw", page], capture_output=True, text=True)
            found.append(sorted(read.stdout.splitlines()))
        return found

    def size_of(self, name):
        said = subprocess.run(["pdfinfo", self.folder / f"{name}.pdf"], capture_output=True,
                              text=True, check=True).stdout
        return re.search(r"Page size: .*\((A\d)\)", said)[1]

    def text_of(self, name):
        return subprocess.run(["pdftotext", "-layout", self.folder / f"{name}.pdf", "-"],
                              capture_output=True, text=True, check=True).stdout

    def test_every_code_on_paper_leads_where_it_should(self):
        done = self.command("print", "-o", self.folder, "--cards", 5, "--ballots", 3, "--badges",
                            9, "--wifi-name", "Venue; Guest", "--wifi-password", r'a:b\c"d')
        self.assertEqual(done.returncode, 0, done.stderr)
        names = sorted(path.stem for path in self.folder.glob("*.html"))
        self.assertEqual(names, ["badges", "ballots-areas", "ballots-dots", "ballots-scale",
                                 "cards", "gallery", "join", "tables", "wifi"])
        base, code = self.server.url, self.made.code
        self.assertEqual(self.pages("join"), [[f"{base}/r/{code}"]])
        self.assertIn(code, self.text_of("join"))
        self.assertIn("Ymunwch ar eich ffôn", self.text_of("join"))
        self.assertEqual(self.pages("wifi"), [[r'WIFI:T:WPA;S:Venue\; Guest;P:a\:b\\c\"d;;']])
        self.assertEqual(self.pages("tables"),
                         [[f"{base}/t/{n}#r={code}"] for n in (1, 2, 7)])
        self.assertIn("Trust & <care>", self.text_of("tables"))
        self.assertIn("Ymddiriedaeth", self.text_of("tables"))
        self.assertEqual(self.pages("gallery"),
                         [[f"{base}/r/{code}#a=dots&n={n}"] for n in (1, 2, 3)])
        badges = self.pages("badges")
        self.assertEqual([len(page) for page in badges], [8, 1])
        # What the badge says opens the room.
        personal = badges[1][0].removeprefix(f"{base}/r/{code}#b=")
        status, joined = self.server.request("POST", "/api/v1/join",
                                             {"code": code, "personal": personal})
        self.assertEqual(status, 200, joined)
        Client(self.server, joined["token"]).close()
        self.assertIn(personal, self.text_of("badges"))
        self.assertEqual(len(self.pages("cards")), 3)  # two on a page
        self.assertEqual(len(self.pages("ballots-scale")), 2)
        serials = re.findall(r"\b([123]-[2-9a-y]{7})\b", self.text_of("ballots-scale"))
        self.assertEqual(len(set(serials)), 3, serials)
        self.assertEqual({self.size_of(name) for name in ("join", "tables", "badges", "cards")},
                         {"A4"})

    def test_posters_on_a3_are_the_same_pages_larger(self):
        done = self.command("print", "-o", self.folder, "--paper", "a3", "--cards", 2)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.pages("join"), [[f"{self.server.url}/r/{self.made.code}"]])
        self.assertEqual(self.size_of("join"), "A3")
        self.assertEqual(len(self.pages("tables")), 3)

    def test_names_come_from_a_list_and_stay_on_this_machine(self):
        (self.folder / "attendees.csv").write_text(ATTENDEES, encoding="utf-8", newline="")
        names = ["--names", self.folder / "attendees.csv", "--column", "First name", "--column",
                 "surname"]
        preview = run("badges", *names, "--preview")
        self.assertEqual(preview.returncode, 0, preview.stderr)
        self.assertIn('columns    1 "Surname", 2 "First name", 3 "Organisation"', preview.stderr)
        self.assertIn("people     4", preview.stderr)
        for note in ("line 3 is empty.", "line 6 has the same name as line 2; both get a badge.",
                     "line 7 has no name; left out.",
                     "line 8 has 2 fields, and the first line has 3."):
            self.assertIn(note, preview.stderr)
        done = self.command("badges", *names, "--count", 6, "-o", self.folder / "badges.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("6 badges, numbers 1 to 6", done.stdout)
        self.assertEqual([len(page) for page in self.pages("badges")], [6])
        text = self.text_of("badges")
        for name in ("Siân", "O\"Brien", "<b>Bold"):
            self.assertIn(name, text)
        page = (self.folder / "badges.html").read_text(encoding="utf-8")
        self.assertIn("<p dir=\"auto\" class=\"name\">Bob &lt;b&gt;Bold&lt;/b&gt;</p>", page)
        # Nothing of it is with the server: not in its folder, not in what it says.
        for path in self.server.data.rglob("*"):
            if path.is_file():
                self.assertNotIn("Llywelyn".encode(), path.read_bytes(), path)
        self.assertNotIn("Llywelyn", self.server.output())

    def test_a_list_that_cannot_be_read_is_told_with_its_line(self):
        for csv, said in ((b"Name\nAna\n\"Ben\nCat", "line 3: a quotation mark is opened here"),
                          (b"Name\nAna\n\xff\n", "line 3: this is not UTF-8"),
                          (b"Name\n\"Ana\"x\n", "line 2: something stands after a closing"),
                          (b"", "the list is empty")):
            (self.folder / "list.csv").write_bytes(csv)
            done = run("badges", "--names", self.folder / "list.csv", "--preview")
            self.assertEqual(done.returncode, 1)
            self.assertIn(said, done.stderr)
        (self.folder / "list.csv").write_text("Full name;Town\nAna Ö;X\n", encoding="utf-8")
        done = run("badges", "--names", self.folder / "list.csv", "--column", "Nmae", "--preview")
        self.assertIn('there is no column "Nmae"; there are "Full name", "Town".', done.stderr)
        done = run("badges", "--names", self.folder / "list.csv", "--preview")
        self.assertIn("Ana Ö", done.stderr)

    def test_who_may_print(self):
        path = f"/api/v1/rooms/{self.made.id}/print"
        for role, wanted in (("presenter", 200), ("producer", 200), ("keyer", 403),
                             ("display", 403), ("auditor", 403)):
            status, _ = self.server.request("GET", path, token=self.made.tokens[role])
            self.assertEqual(status, wanted, role)
        token = self.made.tokens["presenter"]
        status, offer = self.server.request("GET", path, token=token)
        self.assertEqual(offer["documents"], ["join", "tables", "gallery", "cards", "ballots/scale",
                                              "ballots/areas", "ballots/dots", "badges"])
        for what, wanted in (("join", 200), ("a3/join", 200), ("cards", 400), ("cards/1-2", 200),
                             ("ballots/scale/1-2", 200), ("ballots/none/1-2", 404),
                             ("ballots/ideas/1-2", 404), ("nothing", 404), ("join/1-2", 404),
                             ("cards/2-1", 400), ("badges/1-1001", 400)):
            status, _ = self.server.request("GET", f"{path}/{what}", token=token)
            self.assertEqual(status, wanted, what)
        done = self.command("print", "-o", self.folder, token="v1.no.such.token")
        self.assertEqual(done.returncode, 1)
        self.assertIn("plenum: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
