"""Populations of any size with any results, from ten seeds: no difference between what the screens
show, what the rehearsal counts, and what a plain recount of the export alone says."""

import concurrent.futures
import os
import unittest

from plenum import Server
from rehearse_kit import Rehearsal

FULL = os.environ.get("PLENUM_FULL")
SIZES = ([6, 9, 25, 60, 140, 250, 400, 600, 800, 1000] if FULL
         else [6, 7, 8, 11, 13, 20, 35, 60, 110, 180])
AT_A_TIME = 1 if FULL else 3  # rooms on the one server


class Populations(unittest.TestCase):
    def rehearsed(self, server, people, seed):
        rehearsal = Rehearsal(server, "--random", "--attendees", people, "--seed", seed)
        return rehearsal.finish(self, timeout=600)[0]

    def test_ten_seeds(self):
        with (Server() as server,
              concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as side_by_side):
            days = [(people, seed, side_by_side.submit(self.rehearsed, server, people, seed))
                    for seed, people in enumerate(SIZES, start=1)]
            for people, seed, day in days:
                with self.subTest(people=people, seed=seed):
                    said = day.result()
                    self.assertEqual(said["attendees"], people)
                    self.assertGreater(len(said["topics"]), 5)
                    print(f"{people} people, seed {seed}: {said['events']} events, "
                          f"{said['seconds']} s", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
