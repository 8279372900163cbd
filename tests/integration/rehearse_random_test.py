"""Populations of any size with any results, in the September day and in days that are made up of every
method: no difference between what the screens show, what the rehearsal counts, and what a plain
recount of the export alone says."""

import concurrent.futures
import os
import unittest

from plenum import Server
from rehearse_kit import Rehearsal

FULL = os.environ.get("PLENUM_FULL")
SIZES = ([6, 9, 25, 60, 140, 250, 400, 600, 800, 1000] if FULL
         else [6, 9, 25, 60, 180])
DAYS = 40 if FULL else 6  # that are made up
AT_A_TIME = 1 if FULL else 3  # rooms on the one server


class Populations(unittest.TestCase):
    def rehearsed(self, server, flag, people, seed):
        rehearsal = Rehearsal(server, flag, "--attendees", people, "--seed", seed)
        return rehearsal.finish(self, timeout=900)[0]

    def all_of(self, flag, sizes):
        """Each size with a seed of its own, some at a time; what they said."""
        with (Server() as server,
              concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as side_by_side):
            days = [(people, seed, side_by_side.submit(self.rehearsed, server, flag, people, seed))
                    for seed, people in sizes]
            for people, seed, day in days:
                with self.subTest(people=people, seed=seed):
                    said = day.result()
                    self.assertEqual(said["attendees"], people)
                    print(f"{flag}: {people} people, seed {seed}: {said['events']} events, "
                          f"{said['seconds']} s", flush=True)
                    yield said

    def test_the_september_day_with_any_results(self):
        for said in self.all_of("--random", enumerate(SIZES, start=1)):
            self.assertGreater(len(said["topics"]), 5)
            kinds = [activity.get("kind") for activity in said["activities"]]
            self.assertEqual(kinds.count("tables"), 3)

    def test_days_that_are_made_up(self):
        kinds = set()
        sizes = [6, 12, 20, 33, 48, 90]
        for said in self.all_of("--random-day", enumerate((sizes * 7)[:DAYS], start=101)):
            kinds |= {activity.get("kind") for activity in said["activities"]}
        self.assertLessEqual({"words", "upvote", "rank", "ratings", "dots", "tables", "deck"}, kinds)


if __name__ == "__main__":
    unittest.main(verbosity=2)
