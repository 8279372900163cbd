"""A WebSocket client of our own, small enough to be hostile with: it sends what it is told to, also
what no browser would, and keeps every byte that it was sent."""

import base64
import hashlib
import json
import os
import socket
import struct
import time

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


class HandshakeRefused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:200]!r}")
        self.status = status
        self.body = body


class Closed(Exception):
    """The connection has ended; `code` is None if it was cut off without a close frame."""

    def __init__(self, code, reason=""):
        super().__init__(f"closed: {code} {reason}")
        self.code = code
        self.reason = reason


def new_id():
    return os.urandom(16).hex()


class WebSocket:
    def __init__(self, host, port, origin="", protocol="plenum.v1", path="/ws", headers=(),
                 timeout=10.0, receive_buffer=None):
        """`origin`: "" for the server's own, None for no such header."""
        self.received = bytearray()  # every payload byte
        self._buffer = b""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._handshake(f"{host}:{port}", origin, protocol, path, headers)

    def _handshake(self, host, origin, protocol, path, headers):
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket",
                 "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]
        if protocol is not None:
            lines.append(f"Sec-WebSocket-Protocol: {protocol}")
        if origin is not None:
            lines.append(f"Origin: {origin or 'http://' + host}")
        lines.extend(headers)
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = self._read_head()
        status = int(head.split(b" ", 2)[1])
        if status != 101:
            raise HandshakeRefused(status, self._buffer)
        expected = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest())
        # A proxy may write their names as it likes.
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        fields = {name.lower(): value for name, value in fields.items()}
        if fields.get(b"sec-websocket-accept") != expected:
            raise AssertionError("wrong Sec-WebSocket-Accept")
        if protocol and fields.get(b"sec-websocket-protocol") != b"plenum.v1":
            raise AssertionError("the server named no subprotocol")

    def _read_head(self):
        while b"\r\n\r\n" not in self._buffer:
            more = self.socket.recv(65536)
            if not more:
                raise Closed(None)
            self._buffer += more
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        return head

    def _exactly(self, size):
        while len(self._buffer) < size:
            more = self.socket.recv(65536)
            if not more:
                raise Closed(None)
            self._buffer += more
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def send_frame(self, opcode, payload=b"", final=True, mask=True, length=None):
        """`length`: what the header shall claim, if not the truth."""
        size = len(payload) if length is None else length
        head = bytes([(0x80 if final else 0) | opcode])
        bit = 0x80 if mask else 0
        if size < 126:
            head += bytes([bit | size])
        elif size < 65536:
            head += bytes([bit | 126]) + struct.pack(">H", size)
        else:
            head += bytes([bit | 127]) + struct.pack(">Q", size)
        if mask:
            key = os.urandom(4)
            pad = (key * (len(payload) // 4 + 1))[:len(payload)]
            masked = int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")
            payload = key + masked.to_bytes(len(payload), "big")
        self.socket.sendall(head + payload)

    def send_text(self, text):
        self.send_frame(TEXT, text.encode())

    def send(self, message):
        self.send_text(json.dumps(message, separators=(",", ":"), ensure_ascii=False))

    def receive_frame(self):
        head = self._exactly(2)
        assert not head[1] & 0x80, "the server masked a frame"
        size = head[1] & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._exactly(8))[0]
        payload = self._exactly(size)
        self.received += payload
        return head[0] & 0x0F, payload

    def receive(self, timeout=10.0):
        """The next message, parsed; answers pings; raises Closed at the end, TimeoutError."""
        deadline = time.monotonic() + timeout
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.socket.settimeout(left)
            try:
                opcode, payload = self.receive_frame()
            except (ConnectionError, BrokenPipeError) as error:
                raise Closed(None) from error
            except socket.timeout as error:
                raise TimeoutError from error
            if opcode == PING:
                self.send_frame(PONG, payload)
            elif opcode == CLOSE:
                code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
                raise Closed(code, payload[2:].decode())
            elif opcode == TEXT:
                return json.loads(payload)

    def close_code(self, timeout=10.0):
        """Reads to the end, and says how it ended."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                self.receive(deadline - time.monotonic())
            except Closed as closed:
                return closed.code

    def close(self):
        try:
            self.send_frame(CLOSE, struct.pack(">H", 1000))
        except OSError:
            pass
        self.socket.close()

    def drop(self):
        self.socket.close()
