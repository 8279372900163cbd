"""kill -9 of the server in the middle of rehearsals, ten times at random moments: the clients come
back, the day ends, and nothing is lost, counted twice or different."""

import os
import random
import time
import unittest

from plenum import Server
from rehearse_kit import PUBLISHED_DOTS, PUBLISHED_TOPICS, Rehearsal

KILLS = 50 if os.environ.get("PLENUM_FULL") else 10
SEED = int(os.environ.get("PLENUM_SEED", random.SystemRandom().randrange(10**6)))


class Kills(unittest.TestCase):
    def test_the_day_survives_kills(self):
        print(f"seed {SEED} (set PLENUM_SEED to repeat)", flush=True)
        chance = random.Random(SEED)
        kills = reconnects = days = 0
        with Server() as server:
            while kills < KILLS:
                days += 1
                self.assertLess(days, KILLS + 3, "the days are over before the server is killed")
                rehearsal = Rehearsal(server, "--attendees", 100, "--seed", SEED + days)
                kills += self.kill_while(rehearsal, server, chance, KILLS - kills)
                said, _ = rehearsal.finish(self)
                reconnects += said["reconnects"]
                self.assertEqual(said["confidence"], {"start": 3.33, "end": 4.00})
                self.assertEqual([row["score"] for row in said["dotmocracy"]], PUBLISHED_DOTS)
                self.assertEqual([row["title"] for row in said["topics"]], PUBLISHED_TOPICS)
        print(f"{kills} kills in {days} days, {reconnects} reconnects", flush=True)
        self.assertGreater(reconnects, kills * 20)

    def kill_while(self, rehearsal, server, chance, most):
        """Kills and restarts the server at random moments of one day, up to `most` times."""
        kills = 0
        while kills < min(most, 5):
            time.sleep(chance.uniform(0.3, 5.0))
            if not rehearsal.running():
                break
            server.kill()
            time.sleep(chance.choice([0, 0, 0.5]))
            server.start()
            kills += 1
        return kills


if __name__ == "__main__":
    unittest.main(verbosity=2)
