"""A server as a child process, and clients of it: what all integration tests begin with."""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time

from ports import free_port
from ws import Closed, WebSocket, new_id

PROGRAM = os.environ.get("PLENUM_PROGRAM", "build/dev/plenum")


def run(*arguments, timeout=120, **options):
    """One command of the program, to its end."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout, **options)


class Server:
    """`plenum serve` on a folder and a free port; use it as a context."""

    def __init__(self, data=None, flags=(), environment=None):
        self._temporary = None if data else tempfile.TemporaryDirectory(prefix="plenum-test-")
        self.data = pathlib.Path(data or self._temporary.name) / ("" if data else "data")
        self.flags = list(flags)
        self.environment = dict(os.environ, **(environment or {}))
        self.host = "127.0.0.1"
        self.port = free_port()
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        if self._temporary:
            self._temporary.cleanup()

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    def start(self):
        self.log = open(str(self.data) + ".log", "ab")
        self.process = self.launch(self.log)
        self.wait_ready()

    def launch(self, log):
        """The process, of which nothing is known yet."""
        return subprocess.Popen(
            [PROGRAM, "serve", "--data", str(self.data), "--listen", f"{self.host}:{self.port}",
             *self.flags],
            stdout=log, stderr=log, env=self.environment)

    def wait_ready(self, timeout=60):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}: "
                                     + self.output())
            try:
                if self.request("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("the server was not ready in time: " + self.output())

    def output(self):
        return pathlib.Path(str(self.data) + ".log").read_text(errors="replace")

    def stop(self, timeout=30):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout)
        self.log.close()
        return code

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process:
            self.log.close()

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def request(self, method, path, body=None, token=None, headers=None):
        """Status, and the body: parsed if it is JSON."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        if response.headers.get("Content-Type") == "application/json" and data:
            return response.status, json.loads(data)
        return response.status, data

    @property
    def organiser(self):
        return (self.data / "organiser.token").read_text().strip()

    def create_room(self, sheet):
        status, made = self.request("POST", "/api/v1/rooms", sheet, self.organiser)
        assert status == 201, (status, made)
        return Room(self, made)


class Room:
    def __init__(self, server, made):
        self.server = server
        self.id = made["room"]
        self.code = made["code"]
        self.links = made["links"]
        self.tokens = made["tokens"]

    def join_token(self, old=None):
        body = {"code": self.code}
        if old:
            body["token"] = old
        status, answer = self.server.request("POST", "/api/v1/join", body)
        assert status == 200, (status, answer)
        return answer["token"]

    def attendee(self, token=None, **options):
        return Client(self.server, token or self.join_token(), **options)

    def staff(self, role, **options):
        return Client(self.server, self.tokens[role], **options)

    def state(self):
        status, answer = self.server.request("GET", f"/api/v1/rooms/{self.id}/state",
                                             token=self.tokens["auditor"])
        assert status == 200, (status, answer)
        return answer

    def export(self):
        status, answer = self.server.request("GET", f"/api/v1/rooms/{self.id}/export",
                                             token=self.tokens["auditor"])
        assert status == 200, (status, answer)
        return [json.loads(line) for line in answer.splitlines()]


class Client:
    """A connection that has said hello; keeps the newest views and every answer by id."""

    def __init__(self, server, token, greet=True, transport=WebSocket, **options):
        self.token = token
        self.ws = transport("127.0.0.1", server.port, **options)
        self.views = {}
        self.answers = {}  # id -> messages
        self.errors = []   # without an id
        self.welcome = None
        if greet:
            self.hello()

    def hello(self):
        self.ws.send({"type": "hello", "id": new_id(), "token": self.token, "version": 0})
        self.wait(lambda: self.welcome)

    def take(self, timeout=10.0):
        message = self.ws.receive(timeout)
        kind = message["type"]
        if kind == "welcome":
            self.welcome = message
        elif kind == "view":
            old = self.views.get(message["topic"])
            assert not old or old["version"] <= message["version"], "a view's version went back"
            self.views[message["topic"]] = message
        elif kind in ("recorded", "outcome", "error"):
            if "id" in message:
                self.answers.setdefault(message["id"], []).append(message)
            else:
                self.errors.append(message)
        return message

    def wait(self, condition, timeout=10.0):
        deadline = time.monotonic() + timeout
        while not (result := condition()):
            self.take(max(0.01, deadline - time.monotonic()))
        return result

    def send(self, kind, id=None, **fields):
        id = id or new_id()
        self.ws.send({"id": id, "type": kind, **fields})
        return id

    def final(self, id, timeout=10.0):
        """The outcome of a command, or its error."""
        def found():
            return [m for m in self.answers.get(id, []) if m["type"] != "recorded"]
        return self.wait(found, timeout)[-1]

    def ask(self, kind, id=None, **fields):
        return self.final(self.send(kind, id, **fields))

    def result_of(self, kind, id=None, **fields):
        """"counted", "refused: over-budget", "error: not-permitted"."""
        answer = self.ask(kind, id, **fields)
        if answer["type"] == "error":
            return "error: " + answer["code"]
        return answer["outcome"] + (": " + answer["reason"] if "reason" in answer else "")

    def view(self, topic="stage", where=lambda data: True, timeout=10.0):
        """The newest view of the topic, once it is as `where` wants it."""
        def found():
            view = self.views.get(topic)
            return view if view and where(view["data"]) else None
        return self.wait(found, timeout)["data"]

    def drain(self, seconds):
        """Takes what comes for a while."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                self.take(left)
            except TimeoutError:
                return

    def advance(self, activity, to, seen=None):
        """What a presenter presses; `seen` is by default what the stage shows."""
        def stage(data):
            entry = next(a for a in data["activities"] if a["activity"] == activity)
            return {"generation": entry.get("generation", 0), "phase": entry["phase"],
                    "round": entry.get("round", 0)}

        if seen is None:
            seen = stage(self.view("console", lambda d: any(
                a["activity"] == activity for a in d["activities"])))
        answer = self.ask("activity.advance", activity=activity, seen=seen, to=to)
        assert answer.get("outcome") == "accepted", answer
        # The next round has the same phase: a view from before it would not do.
        return self.view("console", lambda d: stage(d)["phase"] == to and stage(d) != seen)

    def close(self):
        self.ws.close()


__all__ = ["Client", "Closed", "PROGRAM", "Room", "Server", "WebSocket", "free_port", "new_id", "run"]
