"""The faults, one function each: done to a World at random moments, and healed again.

A function returns (began, ended) on the monotonic clock, or None if nothing happened. `ended` is
the moment from which nothing stands in the way of an answer: the end of an outage, but the
*beginning* where somebody else can serve at once. It may return before everything runs again;
World.settle does the rest."""

import dataclasses
import os
import pathlib
import signal
import subprocess
import time
import typing


def now():
    return time.monotonic()


def _instant(began):
    """Somebody else can serve at once."""
    return began, began


def _node(world, chance):
    return chance.choice(world.nodes)


# --- processes ---

def kill_node(world, room, chance):
    node, began = _node(world, chance), now()
    node.kill()
    time.sleep(chance.uniform(0, 3))
    node.start()
    return _instant(began)


def kill_only_node(world, room, chance):
    (node,), began = world.nodes, now()
    node.kill()
    time.sleep(chance.uniform(0, 2))
    node.start()
    return began, now()


def pause_node(world, room, chance):
    node, began = _node(world, chance), now()
    node.signal(signal.SIGSTOP)
    time.sleep(chance.uniform(6, 12))  # longer than the sessions of brokers and proxy
    node.signal(signal.SIGCONT)
    return _instant(began)


def kill_leader(world, room, chance):
    number, began = world.leader(room), now()
    world.cluster.kill(number)
    time.sleep(chance.uniform(1, 6))
    world.cluster.start(number)
    return _instant(began)


def kill_leader_and_node(world, room, chance):
    """First the one, and when it is back, the other."""
    began, _ = kill_leader(world, room, chance)
    world.settle()
    kill_node(world, room, chance)
    return _instant(began)


def pause_leader(world, room, chance):
    number, began = world.leader(room), now()
    world.cluster.pause(number)
    time.sleep(chance.uniform(6, 12))
    world.cluster.resume(number)
    return _instant(began)


def kill_all_brokers(world, room, chance):
    began = now()
    world.cluster.kill_all()
    time.sleep(chance.uniform(20, 30))
    world.cluster.start_all()
    return began, now()


def kill_everything(world, room, chance):
    began = now()
    for node in world.nodes:
        node.signal(signal.SIGKILL)
    world.cluster.kill_all()
    for node in world.nodes:
        node.kill()
    world.cluster.start_all()
    for node in world.nodes:
        node.start()
    return began, now()


# --- the network ---

def _for_a_while(world, chance, low, high):
    time.sleep(chance.uniform(low, high))
    world.net.heal()


def cut_node(world, room, chance):
    """A node and all brokers; the clients can still reach the node."""
    began, node = now(), f"node-{chance.randint(1, len(world.nodes))}"
    for number in world.cluster.brokers:
        world.net.cut_both(node, f"broker-{number}")
    _for_a_while(world, chance, 6, 12)
    return _instant(began)


def lose_acknowledgements(world, room, chance):
    """What the nodes send arrives and is kept; no answer of the leader comes back."""
    began, leader = now(), f"broker-{world.leader(room)}"
    for number in range(len(world.nodes)):
        world.net.cut(leader, f"node-{number + 1}")
    _for_a_while(world, chance, 12, 16)  # longer than a request may take
    return began, now()


def cut_leader(world, room, chance):
    """The leader and the other brokers."""
    began, leader = now(), world.leader(room)
    for number in world.cluster.brokers:
        if number != leader:
            world.net.cut_both(f"broker-{leader}", f"broker-{number}")
    _for_a_while(world, chance, 8, 14)
    return began, now()


def cut_leader_one_way(world, room, chance):
    """The leader hears the other brokers, and they do not hear it."""
    began, leader = now(), world.leader(room)
    for number in world.cluster.brokers:
        if number != leader:
            world.net.cut(f"broker-{leader}", f"broker-{number}")
    _for_a_while(world, chance, 8, 14)
    return began, now()


def reconnect_storm(world, room, chance):
    began = now()
    for _ in range(3):
        world.proxy.cut_all()
        time.sleep(chance.uniform(0.2, 1.0))
    return began, now()


# --- the machine ---

def fill_disk(world, room, chance):
    """The built-in log's disk, to the last byte."""
    began, rest = now(), world.nodes[0].data.parent / "rest"
    with open(rest, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            pass
    time.sleep(chance.uniform(3, 6))
    rest.unlink()
    return began, now()


def fail_fsync(world, room, chance):
    """fdatasync and fsync say EIO: the node must claim nothing from then on. Whoever supervises it
    starts it again."""
    (node,), began = world.nodes, now()
    for call in ("fdatasync", "fsync"):
        subprocess.run(
            ["fiu-ctrl", "-c", f"enable name=posix/io/sync/{call}", "-f",
             str(world.folder / "fiu"), str(node.process.pid)],
            check=True, capture_output=True, timeout=30)
    noticed = False
    while not noticed and now() < began + 10:
        noticed = not node.runs() or not world.proxy.ready()
        time.sleep(0.1)
    node.kill()
    node.start()
    return (began, now()) if noticed else None  # the day was over, and nothing was written


def jump_clock(world, room, chance):
    """The wall clock of one node, an hour ahead or back; the monotonic clock goes on."""
    began, number = now(), chance.randrange(len(world.nodes))
    set_clock(world.folder, number, chance.choice(("+3600", "-3600")))
    time.sleep(chance.uniform(4, 8))
    set_clock(world.folder, number, "+0")
    return _instant(began)


def set_clock(folder, number, offset):
    path = pathlib.Path(folder) / f"clock-{number + 1}"
    fresh = path.with_suffix(".fresh")
    fresh.write_text(offset + "\n")
    os.replace(fresh, path)


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    do: typing.Callable
    brokers: int = 3  # 0: the built-in log
    nodes: int = 2
    world: str = ""   # "net", "tmpfs", "fiu", "clock": what kind is needed beside
    bound: float = 30  # seconds until all must have their answers
    short: bool = False  # in tests/run too


FAULTS = [
    Fault("kill -9 of a node", kill_node, short=True),
    Fault("kill -9 of the partition's leader", kill_leader, short=True),
    Fault("kill -9 of the leader, and then of a node", kill_leader_and_node),
    Fault("kill -9 of all brokers, away for 20 to 30 s", kill_all_brokers),
    Fault("kill -9 of all nodes and brokers at once", kill_everything),
    Fault("SIGSTOP of a node, 6 to 12 s", pause_node),
    Fault("SIGSTOP of the leader, 6 to 12 s", pause_leader),
    Fault("node cut from all brokers", cut_node, world="net"),
    Fault("acknowledgements lost: leader to nodes cut, one way", lose_acknowledgements,
          world="net"),
    Fault("leader cut from the other brokers", cut_leader, world="net"),
    Fault("leader cut from the other brokers, one way", cut_leader_one_way, world="net"),
    Fault("reconnect storm of the whole room", reconnect_storm),
    Fault("clock of a node jumps by an hour", jump_clock, world="clock"),
    Fault("built-in log: kill -9", kill_only_node, brokers=0, nodes=1),
    Fault("built-in log: disk full", fill_disk, brokers=0, nodes=1, world="tmpfs"),
    Fault("built-in log: fsync fails", fail_fsync, brokers=0, nodes=1, world="fiu"),
]
