"""A TCP proxy before several nodes, as a load balancer is: it asks each node whether it is ready,
and gives a new connection to the next one that is. It breaks the connections of a node that does
not answer, and of one that is not ready while another is; where none is ready it keeps to those
that answer."""

import asyncio
import itertools
import threading

ASK_EVERY = 0.25  # seconds between two questions to a node
ASK_AGAIN = 2     # so many times without a yes: it is away
MOST_UNSENT = 1 << 20  # bytes towards a slow reader before the other side is made to wait


class _Side(asyncio.Protocol):
    """One of the two connections; `other` is the opposite one."""

    def __init__(self):
        self.transport = None
        self.other = None
        self.early = []  # what came before there was an other

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=MOST_UNSENT)

    def meet(self, other):
        self.other = other
        for data in self.early:
            other.transport.write(data)
        self.early = []

    def data_received(self, data):
        if self.other:
            self.other.transport.write(data)
        else:
            self.early.append(data)

    def pause_writing(self):
        if self.other and self.other.transport:
            self.other.transport.pause_reading()

    def resume_writing(self):
        if self.other and self.other.transport:
            self.other.transport.resume_reading()

    def connection_lost(self, _):
        if self.other and self.other.transport:
            self.other.transport.close()


class _Front(_Side):
    def __init__(self, proxy):
        super().__init__()
        self._proxy = proxy
        self.node = None

    def connection_made(self, transport):
        super().connection_made(transport)
        self._proxy.fronts.add(self)
        self._proxy.loop.create_task(self._join())

    async def _join(self):
        for self.node in self._proxy.choices():
            try:
                _, back = await self._proxy.loop.create_connection(_Side, *self.node.address)
            except OSError:
                continue
            back.other = self
            if self.transport.is_closing():
                back.transport.abort()
            self.meet(back)
            return
        self.transport.abort()

    def connection_lost(self, problem):
        self._proxy.fronts.discard(self)
        super().connection_lost(problem)

    def cut(self):
        if self.other:
            self.other.transport.abort()
        self.transport.abort()


class _Node:
    def __init__(self, address):
        self.address = address
        self.unready = self.silent = ASK_AGAIN  # questions without a yes, without an answer

    def heard(self, answer):
        self.silent = self.silent + 1 if answer is None else 0
        self.unready = 0 if answer else self.unready + 1

    @property
    def ready(self):
        return self.unready < ASK_AGAIN

    @property
    def alive(self):
        return self.silent < ASK_AGAIN


class Proxy:
    """On a thread of its own, until close(). `url` is for the clients."""

    def __init__(self, addresses):
        self.nodes = [_Node(address) for address in addresses]
        self.fronts = set()
        self.loop = asyncio.new_event_loop()
        self._turn = itertools.count()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(self.loop.create_server(lambda: _Front(self), "127.0.0.1", 0,
                                                        backlog=1000))
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        for node in self.nodes:
            asyncio.run_coroutine_threadsafe(self._watch(node), self.loop)

    def _do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def choices(self):
        """The nodes to try, the best first, and in turn."""
        first = next(self._turn)
        turned = [self.nodes[(first + i) % len(self.nodes)] for i in range(len(self.nodes))]
        return [node for node in turned if node.ready] or [node for node in turned if node.alive]

    def ready(self):
        """How many nodes are."""
        return sum(node.ready for node in self.nodes)

    async def _ask(self, node):
        reader, writer = await asyncio.open_connection(*node.address)
        try:
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            line = await reader.readline()
            return b" 200 " in line if line else None
        finally:
            writer.close()

    async def _watch(self, node):
        while True:
            try:
                node.heard(await asyncio.wait_for(self._ask(node), 1))
            except (OSError, asyncio.TimeoutError):
                node.heard(None)
            if not node.alive or (not node.ready and any(other.ready for other in self.nodes)):
                for front in [front for front in self.fronts if front.node is node]:
                    front.cut()
            await asyncio.sleep(ASK_EVERY)

    async def _cut_all(self):
        fronts = list(self.fronts)
        for front in fronts:
            front.cut()
        return len(fronts)

    def cut_all(self):
        """Breaks every connection; how many there were."""
        return self._do(self._cut_all())

    async def _end(self):
        self._server.close()
        await self._cut_all()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def close(self):
        self._do(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()
