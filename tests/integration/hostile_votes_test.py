"""Nobody can vote twice, over budget, for a card they don't hold, before the opening or after the
close, or see a total before the reveal: tried over real sockets, by clients that obey no page."""

import threading
import unittest

from plenum import Closed, Server, new_id
from sheets import CHOICE, DECK, DOTS, SCALE, sheet


def choice(option):
    return {"kind": "choice", "options": [option]}


def dots(**on):
    return {"kind": "dots", "dots": [{"item": item, "dots": n} for item, n in on.items()]}


class RoomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def make_room(self, *activities):
        self.room = self.server.create_room(sheet(*activities))
        self.presenter = self.room.staff("presenter")
        self.addCleanup(self.presenter.ws.drop)

    def attendee(self, token=None):
        client = self.room.attendee(token)
        self.addCleanup(client.ws.drop)
        return client

    def vote(self, client, activity, ballot, seq=1, generation=1, id=None):
        return client.result_of("ballot.cast", id, activity=activity, generation=generation, seq=seq,
                                ballot=ballot)

    def close_and_reveal(self, activity):
        steps = self.presenter.view("console")
        entry = next(a for a in steps["activities"] if a["activity"] == activity)
        offered = [step["to"] for step in entry["next"]]
        self.presenter.advance(activity, "closing" if "closing" in offered else "closed")
        self.presenter.view("console", lambda d: next(
            a for a in d["activities"] if a["activity"] == activity)["phase"] == "closed")
        self.presenter.advance(activity, "revealed")
        return self.presenter.view("stage", lambda d: "result" in d.get("now", {}))["now"]["result"]


class TwoVotes(RoomTest):
    def test_the_last_ballot_counts_and_only_it(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter = self.attendee()
        self.assertEqual(self.vote(voter, "areas", choice("north"), 1), "counted")
        self.assertEqual(self.vote(voter, "areas", choice("south"), 2), "counted")
        self.assertEqual(self.vote(voter, "areas", choice("east"), 1), "superseded")
        self.assertEqual(self.vote(voter, "areas", choice("east"), 2), "stale")
        result = self.close_and_reveal("areas")
        self.assertEqual(result["people"], 1)
        self.assertEqual([o["count"] for o in result["options"]], [0, 1, 0])

    def test_a_replayed_ballot_is_the_same_ballot(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter = self.attendee()
        id = new_id()
        self.assertEqual(self.vote(voter, "areas", choice("north"), 1, id=id), "counted")
        for _ in range(5):
            voter.answers.clear()
            self.assertEqual(self.vote(voter, "areas", choice("north"), 1, id=id), "duplicate")
        self.assertEqual(self.close_and_reveal("areas")["people"], 1)

    def test_one_person_on_many_connections_at_once(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        token = self.room.join_token()

        def storm():
            for option in ("north", "south", "east") * 3:
                try:
                    client = self.room.attendee(token)
                    client.send("ballot.cast", activity="areas", generation=1, seq=1,
                                ballot=choice(option))
                    client.drain(0.05)
                    client.ws.drop()
                except (Closed, OSError, TimeoutError):
                    pass  # another of these has moved the participant

        threads = [threading.Thread(target=storm) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        result = self.close_and_reveal("areas")
        self.assertEqual(result["people"], 1)
        self.assertEqual(sum(o["count"] for o in result["options"]), 1)

    def test_more_options_than_allowed(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter = self.attendee()
        for options, said in ((["north", "south"], "refused: too-many-choices"),
                              (["north", "north"], "refused: "),
                              (["atlantis"], "refused: unknown-option"),
                              ([], "refused: too-few-choices")):
            said_now = self.vote(voter, "areas", {"kind": "choice", "options": options})
            self.assertTrue(said_now.startswith(said) or said_now == "error: bad-message",
                            (options, said_now))
        self.assertEqual(self.close_and_reveal("areas")["people"], 0)


class Dots(RoomTest):
    def test_over_the_budget_and_over_the_cap(self):
        self.make_room(DOTS)
        self.presenter.advance("dots", "voting")
        voter = self.attendee()
        self.assertEqual(self.vote(voter, "dots", dots(a=3, b=3), 1), "refused: over-budget")
        self.assertEqual(self.vote(voter, "dots", dots(a=5), 2), "refused: over-cap")
        self.assertEqual(self.vote(voter, "dots", dots(zebra=1), 3), "refused: unknown-item")
        self.assertEqual(self.vote(voter, "dots", dots(a=-4), 4), "error: bad-message")
        self.assertEqual(self.vote(voter, "dots", dots(a=4294967297), 4), "error: bad-message")
        twice = {"kind": "dots", "dots": [{"item": "a", "dots": 3}, {"item": "a", "dots": 3}]}
        self.assertNotEqual(self.vote(voter, "dots", twice, 5), "counted")
        self.assertEqual(self.vote(voter, "dots", dots(a=4, b=1), 6), "counted")
        result = self.close_and_reveal("dots")
        self.assertEqual((result["people"], result["dots"]), (1, 5))

    def test_over_the_budget_in_pieces(self):
        """A ballot is the whole allocation: the pieces do not add up."""
        self.make_room(DOTS)
        self.presenter.advance("dots", "voting")
        voter = self.attendee()
        ids = [voter.send("ballot.cast", activity="dots", generation=1, seq=seq,
                          ballot=dots(**{item: 4}))
               for seq, item in enumerate("abcabcabc", 1)]
        for id in ids:
            voter.final(id)
        result = self.close_and_reveal("dots")
        self.assertEqual((result["people"], result["dots"]), (1, 4))


class Times(RoomTest):
    def test_before_the_opening(self):
        self.make_room(CHOICE, SCALE)
        voter = self.attendee()
        self.assertEqual(self.vote(voter, "areas", choice("north")), "refused: not-open")
        self.presenter.advance("areas", "voting")
        self.assertNotEqual(self.vote(voter, "scale", {"kind": "scale", "value": 4}), "counted")
        self.assertEqual(self.close_and_reveal("areas")["people"], 0)

    def test_after_the_close(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter, late = self.attendee(), self.attendee()
        self.assertEqual(self.vote(voter, "areas", choice("north"), 1), "counted")
        self.assertEqual(self.close_and_reveal("areas")["people"], 1)
        self.assertEqual(self.vote(late, "areas", choice("south"), 1), "late")
        self.assertEqual(self.vote(voter, "areas", choice("south"), 2), "late")
        now = self.presenter.view("stage")["now"]
        self.assertEqual([o["count"] for o in now["result"]["options"]], [1, 0, 0])

    def test_for_another_generation(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter = self.attendee()
        for generation in (2, 7, 2**30):
            self.assertEqual(self.vote(voter, "areas", choice("north"), 1, generation),
                             "refused: not-open")
        self.assertEqual(self.close_and_reveal("areas")["people"], 0)
        answer = self.presenter.ask("activity.restart", activity="areas",
                                    seen={"generation": 1, "phase": "revealed", "round": 0})
        self.assertEqual(answer.get("outcome"), "accepted")
        self.presenter.view("console", lambda d: d["activities"][0]["phase"] == "waiting")
        self.presenter.advance("areas", "voting")
        self.assertEqual(self.vote(voter, "areas", choice("north"), 1, 1), "late")
        self.assertEqual(self.vote(voter, "areas", choice("south"), 1, 2), "counted")


class Cards(RoomTest):
    def test_a_card_that_is_not_held(self):
        self.make_room(DECK)
        self.presenter.advance("ideas", "collecting")
        people = [self.attendee() for _ in range(7)]
        for number, person in enumerate(people):
            said = person.result_of("item.add", activity="ideas", generation=1,
                                    text=f"An idea {number}")
            self.assertEqual(said, "accepted")
        self.presenter.advance("ideas", "swapping")
        for person in people:
            person.view("person", lambda d: d.get("deck", {}).get("holding"))
        self.presenter.advance("ideas", "scoring")
        held = {}
        for person in people:
            deck = person.view("person", lambda d: "to_score" in d.get("deck", {}))["deck"]
            held[person] = deck["to_score"]["id"]
        self.assertEqual(len(set(held.values())), len(people), "a card is in one hand")
        own = {person: person.view("person")["contributions"][0]["id"] for person in people}

        def score(person, card, value=5, seq=1):
            return self.vote(person, "ideas", {"kind": "score", "round": 1, "card": card,
                                               "score": value}, seq)
        for person in people:
            self.assertNotEqual(held[person], own[person], "nobody holds their own card")
            for card in set(held.values()) - {held[person]}:
                self.assertIn(score(person, card), ("refused: not-your-card", "refused: own-card"))
            for value in (0, 6, -1):
                self.assertNotEqual(score(person, held[person], value), "counted")
        first = people[0]
        self.assertEqual(score(first, held[first], 4, 1), "counted")
        self.assertEqual(score(first, held[first], 2, 1), "stale")


TOTALS = (b'"result"', b'"counts"', b'"count"', b'"mean"', b'"median"', b'"rank"', b'"sum"',
          b'"total"', b'"nobody"', b'"people"')


class Blindness(RoomTest):
    def watch_the_vote(self, activity, ballots):
        self.make_room(activity)
        name = activity["id"]
        voters = [self.attendee() for _ in range(5)]
        watchers = [self.presenter, *voters,
                    *(self.room.staff(role) for role in ("display", "auditor", "producer"))]
        self.presenter.advance(name, "voting")
        for voter, ballot in zip(voters, ballots):
            self.assertEqual(self.vote(voter, name, ballot), "counted")
        self.presenter.view("stage", lambda d: (
            d.get("now", {}).get("turnout", {}).get("answered") == len(ballots)))
        for phase in ("voting", "closed"):
            if phase == "closed":
                self.presenter.advance(name, "closed")
            for watcher in watchers:
                watcher.view("stage", lambda d: d.get("now", {}).get("phase") == phase)
                watcher.drain(0.2)
                for total in TOTALS:
                    self.assertNotIn(total, bytes(watcher.ws.received), (name, phase))
            for role in ("auditor", "producer"):
                status, answer = self.server.request(
                    "GET", f"/api/v1/rooms/{self.room.id}/export", token=self.room.tokens[role])
                self.assertEqual((status, answer["code"]), (409, "not-revealed"))
        self.presenter.advance(name, "revealed")
        for watcher in watchers:
            watcher.view("stage", lambda d: "result" in d.get("now", {}))
        self.assertGreater(len(self.room.export()), len(ballots))

    def test_no_byte_of_a_total_before_the_reveal(self):
        self.watch_the_vote(CHOICE, [choice("north"), choice("north"), choice("south")])
        self.watch_the_vote(SCALE, [{"kind": "scale", "value": n} for n in (1, 4, 5)])
        self.watch_the_vote(DOTS, [dots(a=4, b=1), dots(b=2), dots(c=3)])

    def test_an_early_look_is_for_those_who_may_and_is_on_record(self):
        self.make_room(CHOICE)
        self.presenter.advance("areas", "voting")
        voter = self.attendee()
        self.vote(voter, "areas", choice("north"))
        for client in (voter, self.room.staff("display"), self.room.staff("auditor")):
            answer = client.ask("result.look", activity="areas")
            self.assertEqual((answer["type"], answer.get("code")), ("error", "not-permitted"))
        answer = self.presenter.ask("result.look", activity="areas")
        self.assertEqual(answer["result"]["people"], 1)
        voter.drain(0.3)
        self.assertNotIn(b'"result"', bytes(voter.ws.received))
        self.close_and_reveal("areas")
        looks = [e for e in self.room.export() if e["type"] == "org.plenum.result.seen-early.v1"]
        self.assertEqual(len(looks), 1)


if __name__ == "__main__":
    unittest.main()
