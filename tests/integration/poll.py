"""The conversation of `ws.py` by polling: what a browser does where no WebSocket gets through."""

import http.client
import json
import time

from ws import Closed


class Refused(Exception):
    """A poll that was not taken."""

    def __init__(self, status, answer):
        super().__init__(f"{status}: {answer}")
        self.status = status
        self.code = answer.get("code") if isinstance(answer, dict) else None


class Polling:
    def __init__(self, host, port, origin="", timeout=10.0):
        """`origin`: "" for the server's own, None for no such header."""
        self.host, self.port, self.timeout = host, port, timeout
        self.origin = f"http://{host}:{port}" if origin == "" else origin
        self.id = None
        self.polls = 0
        self.unsent, self.heard = [], []
        self.closed = None
        self.connection = None

    def post(self, body, token=None):
        """One request; the parsed answer."""
        headers = {"Origin": self.origin} if self.origin else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=40)
        try:
            self.connection.request("POST", "/api/v1/poll", body, headers)
            response = self.connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException):
            self.drop()
            raise
        if response.status != 200:
            self.drop()  # the server may have ended the connection
            raise Refused(response.status, answer)
        return answer

    def poll(self, wait_ms, token=None):
        """Says what is unsent, and keeps what is heard."""
        body = {"messages": self.unsent, "wait_ms": wait_ms}
        if self.id:
            body["poll"] = self.id
        self.polls += 1
        answer = self.post(body, token)
        assert self.id in (None, answer["poll"]), "the conversation has another name"
        self.id, self.unsent = answer["poll"], []
        self.heard += answer["messages"]
        self.closed = answer.get("closed")

    def send(self, message):
        self.unsent.append(message)

    def receive(self, timeout=10.0):
        """As WebSocket.receive."""
        deadline = time.monotonic() + timeout
        while not self.heard:
            if self.closed:
                raise Closed(self.closed["code"], self.closed.get("reason", ""))
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                self.poll(min(20_000, int(left * 1000)))
            except (OSError, http.client.HTTPException) as error:
                raise Closed(None) from error
        return self.heard.pop(0)

    def close_code(self, timeout=10.0):
        """Reads to the end, and says how it ended."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                self.receive(deadline - time.monotonic())
            except Closed as closed:
                return closed.code

    def drop(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    close = drop
