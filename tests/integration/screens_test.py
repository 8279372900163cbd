"""Big screens over real sockets: reports, orders, a pinned activity, frames, and lost phones."""

import socket
import unittest

from plenum import Server, new_id
from poll import Polling
from sheets import CHOICE, SCALE, sheet


def screen(name, **more):
    return {"screen": new_id(), "name": name, "mode": "follow", **more}


class Screens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        self.room = self.server.create_room(sheet(CHOICE, SCALE))

    def hear(self, client, kind, condition=lambda m: True):
        """The next message of a kind that is as wanted."""
        while True:
            message = client.take()
            if message["type"] == kind and condition(message):
                return message

    def test_reports_and_orders(self):
        presenter = self.room.staff("presenter")
        self.assertEqual(self.hear(presenter, "screens")["screens"], [])
        left, right = (self.room.staff("display") for _ in range(2))
        by_polling = self.room.staff("display", transport=Polling)
        walls = [screen("Left wall", languages=["en", "cy"]), screen("Right wall", sound=True),
                 screen("Foyer", mode="monitor")]
        for display, wall in zip((left, right, by_polling), walls):
            display.send("screen.here", screen=wall)
        by_polling.ws.poll(0)
        told = self.hear(presenter, "screens", lambda m: len(m["screens"]) == 3)
        self.assertCountEqual(told["screens"], walls)
        order = {"set": {"mode": "pinned", "activity": "scale", "sound": True}}
        id = presenter.send("screen.order", screen=walls[0]["screen"], order=order)
        self.assertEqual(self.hear(presenter, "ordered"), {"type": "ordered", "id": id, "screens": 1})
        self.assertEqual(self.hear(left, "screen.order")["order"], order)
        self.assertEqual(self.hear(right, "screen.order")["order"], {"set": {"sound": False}})
        presenter.send("screen.order", order={"play": "gong"})
        self.assertEqual(self.hear(presenter, "ordered")["screens"], 3)
        for display in (left, right, by_polling):
            self.assertEqual(self.hear(display, "screen.order")["order"], {"play": "gong"})
        right.close()
        told = self.hear(presenter, "screens", lambda m: len(m["screens"]) == 2)
        self.assertCountEqual([s["name"] for s in told["screens"]], ["Left wall", "Foyer"])

    def test_a_pinned_screen_stays_while_the_room_goes_on(self):
        presenter = self.room.staff("presenter")
        display = self.room.staff("display")
        display.send("watch", activity="scale")
        coming = display.view("activity")
        self.assertEqual(coming["now"]["activity"], "scale")
        self.assertNotIn("ballot", coming["now"], "it was never opened")
        presenter.advance("scale", "voting")
        voter = self.room.attendee()
        id = voter.send("ballot.cast", activity="scale", generation=1, seq=1,
                        ballot={"kind": "scale", "value": 4})
        self.assertEqual(voter.final(id)["outcome"], "counted")
        for phase in ("closing", "closed"):
            presenter.advance("scale", phase)
        presenter.advance("areas", "voting")
        display.view("stage", lambda d: d.get("now", {}).get("activity") == "areas")
        pinned = display.view("activity", lambda d: d["now"]["phase"] == "closed")["now"]
        self.assertEqual((pinned["activity"], pinned["turnout"]["answered"]), ("scale", 1))
        self.assertNotIn("result", pinned, "it is not revealed")
        self.assertIn("ballot", pinned)
        display.send("watch", activity="areas")
        display.view("activity", lambda d: d["now"]["activity"] == "areas")
        display.send("watch")
        self.assertEqual(display.final(display.send("watch", activity="nothing"))["code"],
                         "unknown-activity")
        self.assertEqual(voter.final(voter.send("watch", activity="scale"))["code"],
                         "not-permitted")

    def test_lost_phones_are_told_to_the_console(self):
        presenter = self.room.staff("presenter")
        voters = [self.room.attendee() for _ in range(3)]
        for voter in voters[1:]:
            voter.ws.drop()
        self.hear(presenter, "beat", lambda m: m.get("dropped") == 2)
        back = self.room.attendee(voters[1].token)
        self.hear(presenter, "beat", lambda m: m.get("dropped") == 1)
        back.send("ping")
        self.assertNotIn("dropped", self.hear(back, "beat"))

    def test_only_big_screens_are_framed_and_only_the_console_frames(self):
        wanted = {"/d/482913": (["frame-ancestors 'self'"], "SAMEORIGIN"),
                  "/f/482913": (["frame-src 'self'", "frame-ancestors 'none'"], "DENY"),
                  "/": (["frame-ancestors 'none'"], "DENY"),
                  "/livez": (["frame-ancestors 'none'"], "DENY"),
                  "/d/482913/x": (["frame-ancestors 'none'"], "DENY")}
        for path, (directives, x_frame) in wanted.items():
            with socket.create_connection(("127.0.0.1", self.server.port)) as plain:
                plain.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
                head = plain.makefile("rb").read().split(b"\r\n\r\n")[0].decode()
            policy = next(line for line in head.split("\r\n")
                          if line.startswith("Content-Security-Policy: ")).split(": ", 1)[1]
            frames = [part for part in policy.split("; ") if part.startswith("frame-")]
            self.assertEqual(frames, directives, path)
            self.assertTrue(policy.startswith("default-src 'none'; script-src 'self'; "), path)
            self.assertNotIn("unsafe", policy)
            self.assertIn(f"X-Frame-Options: {x_frame}", head)


if __name__ == "__main__":
    unittest.main()
