"""Populations of any size with any results, from ten seeds: no difference between what the screens
show, what the rehearsal counts, and what a plain recount of the export alone says."""

import os
import unittest

from plenum import Server
from rehearse_kit import Rehearsal

SIZES = ([6, 9, 25, 60, 140, 250, 400, 600, 800, 1000] if os.environ.get("PLENUM_FULL")
         else [6, 7, 8, 11, 13, 20, 35, 60, 110, 180])


class Populations(unittest.TestCase):
    def test_ten_seeds(self):
        with Server() as server:
            for seed, people in enumerate(SIZES, start=1):
                with self.subTest(people=people, seed=seed):
                    said, _ = Rehearsal(server, "--random", "--attendees", people,
                                        "--seed", seed).finish(self, timeout=600)
                    self.assertEqual(said["attendees"], people)
                    self.assertGreater(len(said["topics"]), 5)
                    print(f"{people} people, seed {seed}: {said['events']} events, "
                          f"{said['seconds']} s", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
