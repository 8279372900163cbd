"""What the service manager of deploy/systemd/plenum.service hears of a running node: the real protocol,
with this test as the manager. Threads are stopped one at a time, as a debugger does."""

import contextlib
import ctypes
import os
import pathlib
import socket
import tempfile
import time
import unittest

import kit  # makes the next import possible
from plenum import Server

PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT = 17, 0x4206, 0x4207
WAIT_ALL_THREADS = 0x40000000  # __WALL
LIBC = ctypes.CDLL(None, use_errno=True)


def ptrace(request, thread):
    if LIBC.ptrace(request, thread, None, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@contextlib.contextmanager
def stopped(thread):
    """One thread of a child stands still, the others go on."""
    ptrace(PTRACE_SEIZE, thread)
    ptrace(PTRACE_INTERRUPT, thread)
    os.waitpid(thread, WAIT_ALL_THREADS)
    try:
        yield
    finally:
        ptrace(PTRACE_DETACH, thread)


class NotifyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="plenum-notify-")
        self.addCleanup(folder.cleanup)
        path = str(pathlib.Path(folder.name) / "notify")
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.bind(path)
        self.server = Server(environment={"NOTIFY_SOCKET": path}).__enter__()
        self.addCleanup(self.server.__exit__)

    def hear(self, wanted, seconds):
        """The first message with such a line, or None."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.manager.settimeout(left)
            try:
                lines = self.manager.recv(4096).decode().splitlines()
            except TimeoutError:
                return None
            for line in lines:
                if line.startswith(wanted):
                    return line
        return None

    def forget(self):
        self.manager.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            while self.manager.recv(4096):
                pass

    def test_its_life(self):
        self.assertTrue(self.hear("READY=1", 10))
        self.assertEqual(self.server.request("GET", "/readyz")[0], 200)
        self.assertTrue(self.hear("WATCHDOG=1", 5))
        self.assertTrue(self.hear("WATCHDOG=1", 5))
        began = time.monotonic()
        self.server.process.terminate()
        self.assertTrue(self.hear("STOPPING=1", 5))
        self.assertEqual(self.server.process.wait(20), 0)
        self.assertLess(time.monotonic() - began, 20, "the watchdog would have come first")

    def test_the_watchdog_hears_of_a_thread_that_hangs(self):
        self.assertTrue(self.hear("READY=1", 10))
        pid = self.server.process.pid
        own = {}
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            name = (task / "comm").read_text().strip()
            if name == "plenum":  # and not one of RocksDB's
                own[int(task.name)] = name
        silencing = set()
        for thread in own:
            with stopped(thread):
                time.sleep(2.2)  # what was under way has been said
                self.forget()
                if self.hear("WATCHDOG=1", 3) is None:
                    silencing.add(thread)
            self.assertTrue(self.hear("WATCHDOG=1", 5), "it turns again, and is alive")
        self.assertIn(pid, silencing, "the I/O loop")
        self.assertEqual(len(silencing), 2, "the I/O loop and the projector's thread")

    def test_it_says_what_it_does(self):
        self.assertTrue(self.hear("STATUS=Serving 0 connections.", 10))


if __name__ == "__main__":
    unittest.main()
