"""Brokers and nodes in network namespaces of their own on one bridge, so that the way from one to
another can be cut, in one direction too. Nothing of it leaves the machine. Needs root; `why_not()`
says what is in the way."""

import contextlib
import os
import subprocess

SUBNET = "10.213.57"


def _ip(*words):
    subprocess.run(["ip", *map(str, words)], check=True, capture_output=True, text=True, timeout=30)


def why_not():
    """One sentence, or nothing if namespaces can be made here."""
    name = f"plenum-try-{os.getpid()}"
    try:
        _ip("netns", "add", name)
        _ip("netns", "exec", name, "ip", "link", "set", "lo", "up")
        _ip("netns", "del", name)
        bridge = f"plt{os.getpid() % 10**6}"
        _ip("link", "add", bridge, "type", "bridge")
        _ip("link", "del", bridge)
    except FileNotFoundError:
        return "there is no `ip` here"
    except subprocess.CalledProcessError as problem:
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("netns", "del", name)
        return f"network namespaces cannot be made here ({problem.stderr.strip()})"
    return None


class Net:
    """One bridge, `.1` on it is this process; a place is a namespace with an address."""

    def __init__(self, names):
        self._tag = os.getpid() % 10**6
        self._bridge = f"plb{self._tag}"
        self._places = {}
        self._cuts = []
        try:
            _ip("link", "add", self._bridge, "type", "bridge")
            _ip("addr", "add", f"{SUBNET}.1/24", "dev", self._bridge)
            _ip("link", "set", self._bridge, "up")
            for number, name in enumerate(names):
                self._add(name, number)
        except BaseException:
            self.close()
            raise

    def _add(self, name, number):
        space, mine, theirs = self._space(
            name), f"plm{self._tag}{number}", f"plt{self._tag}{number}"
        _ip("netns", "add", space)
        self._places[name] = f"{SUBNET}.{number + 10}"
        _ip("link", "add", mine, "type", "veth", "peer", "name", theirs, "netns", space)
        _ip("link", "set", mine, "master", self._bridge, "up")
        _ip("-n", space, "addr", "add", f"{self._places[name]}/24", "dev", theirs)
        _ip("-n", space, "link", "set", theirs, "up")
        _ip("-n", space, "link", "set", "lo", "up")

    def _space(self, name):
        return f"plenum-{self._tag}-{name}"

    def address(self, name):
        return self._places[name]

    def inside(self, name):
        """What goes before a command that shall run there."""
        return ["ip", "netns", "exec", self._space(name)]

    def cut(self, source, target):
        """Nothing from `source` arrives at `target` any more; the other direction stays."""
        where = (self._space(source), f"{self._places[target]}/32")
        _ip("-n", where[0], "route", "add", "blackhole", where[1])
        self._cuts.append(where)

    def cut_both(self, one, other):
        self.cut(one, other)
        self.cut(other, one)

    def heal(self):
        for space, target in self._cuts:
            _ip("-n", space, "route", "del", "blackhole", target)
        self._cuts = []

    def close(self):
        for name in self._places:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "del", self._space(name))
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("link", "del", self._bridge)
