"""The commands, as people type them: help, exit codes, and one clear sentence for what is wrong."""

import json
import pathlib
import shutil
import tempfile
import unittest

from plenum import Server, run
from sheets import CHOICE, DOTS, SCALE, sheet

COMMANDS = ("demo", "serve", "check", "library", "room create", "rehearse", "export", "audit", "replay", "report",
            "fsck", "copy", "topics", "project")


class Help(unittest.TestCase):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            ended = run(*command.split(), "--help")
            self.assertEqual(ended.returncode, 0, command)
            self.assertIn("Usage:", ended.stdout)
            self.assertIn("--", ended.stdout)
        every = run("--help").stdout
        for command in COMMANDS:
            self.assertIn(command.split()[0], every)
        self.assertIn("plenum", run("--version").stdout)

    def test_wrong_command_lines_end_with_2(self):
        for wrong in ([], ["nonsense"], ["serve", "--nonsense"], ["check"], ["fsck"], ["export"],
                      ["export", "--room", "123456"], ["rehearse", "--attendees", "many"]):
            self.assertEqual(run(*wrong).returncode, 2, wrong)


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="plenum-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def sheet_file(self, content):
        path = self.folder / "sheet.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1))
        return path

    def test_a_good_sheet(self):
        linked = dict(SCALE, id="again", series="scale")
        ended = run("check", self.sheet_file(sheet(SCALE, linked)))
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertIn("2 activities", ended.stdout)
        self.assertIn("again", ended.stdout, "who is known again where is told")

    def test_warnings_have_their_place_and_are_no_mistakes(self):
        path = self.sheet_file({**sheet(dict(SCALE, time={"seat_ms": 5})), "languages": ["en", "cy"]})
        ended = run("check", path)
        self.assertEqual(ended.returncode, 0)
        warnings = [line for line in ended.stdout.splitlines() if ": warning: " in line]
        self.assertEqual(len(warnings), 4, ended.stdout)
        for line in warnings:
            self.assertRegex(line, rf"^{path}:\d+:\d+: warning: .+")
        self.assertIn("no mistakes, 4 warnings", ended.stdout)
        self.assertRegex(ended.stdout, r"scale +Anonymous")
        self.assertRegex(ended.stdout, r"vault +texts")

    def test_every_mistake_with_its_place(self):
        wrong = sheet(dict(SCALE, id="Not A Slug"), dict(CHOICE, ballot={"kind": "guess"}))
        path = self.sheet_file(wrong)
        ended = run("check", path)
        self.assertEqual(ended.returncode, 1)
        lines = ended.stdout.splitlines()
        self.assertGreaterEqual(len(lines), 2)
        for line in lines:
            self.assertRegex(line, rf"^{path}:\d+:\d+: .+")
        problems = json.loads(run("check", path, "--json").stdout)["problems"]
        self.assertEqual(len(problems), len(lines))
        self.assertEqual(run("check", self.sheet_file("{")).returncode, 1)
        self.assertEqual(run("check", self.folder / "none.json").returncode, 1)

    def test_an_activity_that_fits_in_no_event(self):
        items = [{"id": f"i{n}", "title": "t", "detail": "d" * 900} for n in range(60)]
        ended = run("check", self.sheet_file(sheet(CHOICE, dict(DOTS, items=items))))
        self.assertEqual(ended.returncode, 1)
        self.assertIn("/activities/1", ended.stdout)


class WithServer(Check):
    def setUp(self):
        super().setUp()
        self.server = Server(self.folder / "data").__enter__()
        self.addCleanup(self.server.__exit__)

    def create(self, content, *flags):
        return run("room", "create", self.sheet_file(content), "--url", self.server.url,
                   "--token-file", self.server.data / "organiser.token", *flags)

    def test_room_create(self):
        shown = self.create(sheet(CHOICE))
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertRegex(shown.stdout, r"join code +\d{6}")
        self.assertIn(f"{self.server.url}/d/", shown.stdout)
        made = json.loads(self.create(sheet(CHOICE), "--json").stdout)
        self.assertEqual(len(made["room"]), 32)
        status, found = self.server.request("GET", f"/api/v1/codes/{made['code']}")
        self.assertEqual((status, found["room"]), (200, made["room"]))
        self.assertEqual(self.server.request("GET", "/api/v1/codes/000000")[0], 404)

    def test_room_create_refused(self):
        wrong = self.create(sheet(dict(CHOICE, ballot={"kind": "guess"})))
        self.assertEqual(wrong.returncode, 1)
        self.assertRegex(wrong.stderr, r"sheet\.json:\d+:\d+: ")
        path = self.sheet_file(sheet(CHOICE))
        no_token = run("room", "create", path, "--url", self.server.url, "--token", "x")
        self.assertEqual(no_token.returncode, 1)
        self.assertIn("organiser", no_token.stderr)
        no_server = run("room", "create", path, "--url", "http://127.0.0.1:9", "--token", "x")
        self.assertEqual(no_server.returncode, 1)
        self.assertIn("127.0.0.1:9", no_server.stderr)

    def play(self):
        room = self.server.create_room(sheet(CHOICE, DOTS))
        presenter = room.staff("presenter")
        presenter.advance("areas", "voting")
        for option in ("north", "north", "south"):
            voter = room.attendee()
            self.assertEqual(voter.result_of(
                "ballot.cast", activity="areas", generation=1, seq=1,
                ballot={"kind": "choice", "options": [option]}), "counted")
        presenter.advance("areas", "closing")
        presenter.view("console", lambda d: d["activities"][0]["phase"] == "closed")
        presenter.advance("areas", "revealed")
        presenter.view("console",
                       lambda d: d["activities"][0].get("result_status") == "confirmed")
        return room

    def test_export_audit_replay_and_fsck_agree(self):
        room = self.play()
        status = room.state()
        out = self.folder / "day.ndjson"
        exported = run("export", "--url", self.server.url, "--token", room.tokens["auditor"],
                       "--room", room.code, "-o", out)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        self.assertEqual(len(out.read_bytes().splitlines()), status["index"])
        audited = run("audit", out, "--json")
        self.assertEqual(audited.returncode, 3, "only self-consistent: " + audited.stdout)
        audited = run("audit", out, "--state", status["state"], "--root", status["root"])
        self.assertEqual(audited.returncode, 0, audited.stdout)
        audited = run("audit", out, "--state", "0" * 64)
        self.assertEqual(audited.returncode, 1, audited.stdout)
        replayed = json.loads(run("replay", out, "--json").stdout)
        self.assertEqual(replayed["status"], status)
        early = json.loads(run("replay", out, "--at", 3, "--json").stdout)
        self.assertEqual(early["status"]["index"], 4)
        self.assertNotIn("result", json.dumps(early["stage"]))

        self.assertEqual(run("fsck", "--data", self.server.data).returncode, 1, "it is in use")
        self.assertEqual(self.server.stop(), 0)
        checked = run("fsck", "--data", self.server.data, "--json")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        offline = self.folder / "offline.ndjson"
        exported = run("export", "--data", self.server.data, "--room", room.id, "-o", offline)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        self.assertEqual(offline.read_bytes(), out.read_bytes())
        self.assertEqual(self.server.data.stat().st_mode & 0o777, 0o700)
        shutil.rmtree(self.server.data / "read-models")
        checked = run("fsck", "--data", self.server.data)
        self.assertEqual(checked.returncode, 1, checked.stdout)
        self.assertIn("no read models", checked.stderr)

    def test_a_changed_export_is_noticed(self):
        room = self.play()
        out = self.folder / "day.ndjson"
        run("export", "--url", self.server.url, "--token", room.tokens["auditor"], "--room",
            room.id, "-o", out)
        lines = out.read_text().splitlines(keepends=True)
        changed = self.folder / "changed.ndjson"
        ballots = [n for n, line in enumerate(lines) if "ballot.cast" in line]
        for edit in ("vote", "drop", "swap"):
            now = list(lines)
            if edit == "vote":
                now[ballots[0]] = now[ballots[0]].replace("north", "south")
            elif edit == "drop":
                del now[ballots[0]]
            else:
                now[ballots[0]], now[ballots[1]] = now[ballots[1]], now[ballots[0]]
            changed.write_text("".join(now))
            shutil.copy(str(out) + ".state.json", str(changed) + ".state.json")
            self.assertEqual(run("audit", changed).returncode, 1, edit)

    def test_export_is_refused_with_a_sentence(self):
        room = self.server.create_room(sheet(CHOICE))
        for token, where in ((room.tokens["display"], room.id), (room.tokens["auditor"], "000000")):
            ended = run("export", "--url", self.server.url, "--token", token, "--room", where,
                        "-o", self.folder / "none")
            self.assertEqual(ended.returncode, 1)
            self.assertTrue(ended.stderr.startswith("plenum: "), ended.stderr)
            self.assertFalse((self.folder / "none").exists(), "no half of a file is left")


if __name__ == "__main__":
    unittest.main()
