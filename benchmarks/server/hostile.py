#!/usr/bin/env python3
"""Hostile load against a server of models, while a good client asks and checks every answer.

Usage: hostile.py PORT PID [--malformed N] [--slow N] [--good N]

PID is that of the server, whose memory is looked at and which is told to stop (SIGTERM) at the end, in the middle of work.
Exit code 1 if an answer was wrong, one that was begun got lost, memory grew, or the server was not healthy within a second afterwards.
"""
import argparse, asyncio, json, os, random, signal, statistics, sys, time

HOST = '127.0.0.1'
TEXTS = [f'{a} staff, {b} room and {c} breakfast.' for a in ('Friendly', 'Rude') for b in ('a spotless', 'no') for c in ('a great', 'a cold')]
MOST_GROWTH = 200  # MB of memory, to the end of all this
failures = []


def request(path, body, headers=''):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f'POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n'
    return head.encode() + body


async def response(reader):
    head = await reader.readuntil(b'\r\n\r\n')
    status = int(head.split(b' ', 2)[1])
    lower = head.lower()
    if b'content-length:' in lower:
        length = int(lower.split(b'content-length:')[1].split(b'\r\n')[0])
        return status, await reader.readexactly(length)
    return status, await reader.read()


async def ask(text, kept=None, timeout=10):
    """One question, on a connection that was kept or one of its own: status, answer, seconds."""
    began = time.perf_counter()
    reader, writer = kept or await asyncio.open_connection(HOST, options.port)
    try:
        writer.write(request('/v1/sentiment/classify', {'text': text}))
        status, body = await asyncio.wait_for(response(reader), timeout)
        return status, body, time.perf_counter() - began
    finally:
        if not kept:
            writer.close()


class Good:
    """Asks all the time, and knows the answers. Of several clients, every second keeps its connection."""

    def __init__(self, expected):
        self.expected, self.times, self.running = expected, [], True

    async def run(self, clients):
        await asyncio.gather(*[self.client(i % 2 == 1) for i in range(clients)])

    async def client(self, keeps):
        kept = None
        while self.running:
            text = random.choice(TEXTS)
            try:
                if keeps and not kept:
                    kept = await asyncio.open_connection(HOST, options.port)
                status, body, seconds = await ask(text, kept)
            except Exception as e:  # noqa: BLE001, whatever it is, it counts
                failures.append(f'good client: {type(e).__name__} {e}')
                kept = None
                continue
            self.times.append(seconds)
            if status != 200 or not same(json.loads(body), self.expected[text]):
                failures.append(f'wrong answer: {status} {body[:200]}')
            await asyncio.sleep(0.02)
        if kept:
            kept[1].close()


def same(one, other):
    return one['label'] == other['label'] and abs(one['probability'] - other['probability']) <= 1e-5


async def slow_clients(count, begin, seconds):
    """Open connections, send a beginning, and then a byte every half second until they are cut off or the time is over."""
    async def one():
        reader, writer = await asyncio.open_connection(HOST, options.port)
        writer.write(begin)
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                await asyncio.sleep(0.5)
                writer.write(b' ')
                await writer.drain()
                if reader.at_eof() or writer.is_closing():
                    return True
                try:
                    await asyncio.wait_for(reader.read(1000), 0.01)
                    return True  # it was told so
                except asyncio.TimeoutError:
                    pass
        except ConnectionError:
            return True
        finally:
            writer.close()
        return False
    return sum(await asyncio.gather(*[one() for _ in range(count)]))


async def huge_bodies(count):
    """A gigabyte each, with and without saying so."""
    async def one(said):
        reader, writer = await asyncio.open_connection(HOST, options.port)
        head = b'POST /v1/sentiment/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
        writer.write(head + (b'Content-Length: 1000000000\r\n\r\n' if said else b'Transfer-Encoding: chunked\r\n\r\n'))
        sent = 0
        piece = b'x' * 65536
        chunk = piece if said else b'10000\r\n' + piece + b'\r\n'
        try:
            while sent < 1_000_000_000:
                writer.write(chunk)
                await asyncio.wait_for(writer.drain(), 10)
                sent += len(piece)
                if reader.at_eof():
                    break
        except (ConnectionError, asyncio.TimeoutError):
            pass
        finally:
            writer.close()
        return sent
    return max(await asyncio.gather(*[one(i % 2 == 0) for i in range(count)]))


def malformed(random):
    """A request with something wrong in head, path or body."""
    good = request('/v1/sentiment/classify', {'text': 'Friendly staff'})
    kind = random.randrange(6)
    if kind == 0:  # any byte of it
        bad = bytearray(good)
        for _ in range(random.randrange(1, 6)):
            bad[random.randrange(len(bad))] = random.randrange(256)
        return bytes(bad)
    if kind == 1:
        return bytes(random.randrange(256) for _ in range(random.randrange(1, 300))) + b'\r\n\r\n'
    if kind == 2:
        path = ''.join(random.choice('/.%a0\\?;#&v1..') for _ in range(random.randrange(1, 80)))
        return f'{random.choice(["GET", "POST", "PUT", "TRACE", "X"])} /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode()
    if kind == 3:
        body = random.choice([b'{', b'[' * 5000, b'{"text":' * 500, b'\xff\xfe', b'null', b'{"text": 1e999999}', b'{"text": "\\ud800"}', b'', b'{"texts": [null, {}]}', b'"' + b'a' * 20000])
        return request('/v1/' + random.choice(['sentiment/classify', 'ner/tag', 'charlm/sample', 'embeddings/nearest', 'reload']), body)
    if kind == 4:
        return request('/v1/sentiment/classify', {'text': 'a'}, headers=f'X-{"y" * random.randrange(20000)}: z\r\n')
    return good[:random.randrange(1, len(good))]


async def malformed_requests(count, seed, workers=32):
    statuses = {}
    left = count

    async def one(seed):
        nonlocal left
        own = random.Random(seed)
        while left > 0:
            left -= 1
            reader, writer = await asyncio.open_connection(HOST, options.port)
            try:
                writer.write(malformed(own))
                writer.write_eof()
                line = await asyncio.wait_for(reader.readline(), 15)
                status = line.split(b' ')[1].decode() if line.startswith(b'HTTP') else 'closed'
            except (ConnectionError, asyncio.TimeoutError) as e:
                status = type(e).__name__
            finally:
                writer.close()
            statuses[status] = statuses.get(status, 0) + 1
    await asyncio.gather(*[one(seed * workers + i) for i in range(workers)])
    return dict(sorted(statuses.items()))


async def drop_streams(count):
    """Ask for a long text and leave after the first bytes of it."""
    async def one():
        reader, writer = await asyncio.open_connection(HOST, options.port)
        writer.write(request('/v1/charlm/sample', {'prime': '', 'length': 5000}, headers='Accept: text/event-stream\r\n'))
        line = await asyncio.wait_for(reader.readline(), 30)
        writer.transport.abort()
        return line.split(b' ')[1]
    began = time.perf_counter()
    answers = []
    for _ in range(count):
        answers.append(await one())
    while metric(await metrics(), 'unroll_writing ') > 0:
        await asyncio.sleep(0.01)
    return answers.count(b'200'), time.perf_counter() - began


async def drop_calls(count, workers=32):
    """Ask, and leave without waiting for the answer."""
    async def one():
        for _ in range(count // workers):
            reader, writer = await asyncio.open_connection(HOST, options.port)
            writer.write(request('/v1/sentiment/classify', {'text': TEXTS[0]}))
            await writer.drain()
            writer.transport.abort()
    await asyncio.gather(*[one() for _ in range(workers)])


async def metrics():
    reader, writer = await asyncio.open_connection(HOST, options.port)
    writer.write(b'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n')
    status, body = await response(reader)
    writer.close()
    return body.decode()


def metric(text, name):
    return sum(float(line.split(' ')[-1]) for line in text.splitlines() if line.startswith(name))


def memory():
    with open(f'/proc/{options.pid}/status') as status:
        return int(next(line for line in status if line.startswith('VmRSS')).split()[1]) / 1024


async def stop_in_the_middle():
    """Ask from many connections, stop the server, and see whether each question that it took was answered."""
    outcome = {'answered': 0, 'refused': 0, 'closed without a byte': 0, 'lost': 0}

    async def one():
        while True:
            try:
                reader, writer = await asyncio.open_connection(HOST, options.port)
            except ConnectionError:
                return  # nobody listens any more
            try:
                writer.write(request('/v1/sentiment/classify', {'texts': TEXTS}))
                status, body = await asyncio.wait_for(response(reader), 30)
                outcome['answered' if status == 200 else 'refused'] += 1
                if status == 200 and len(json.loads(body)) != len(TEXTS):
                    failures.append('a wrong answer while stopping')
            except asyncio.IncompleteReadError as e:
                outcome['lost' if e.partial else 'closed without a byte'] += 1
            except ConnectionError:
                outcome['closed without a byte'] += 1  # it was not taken any more
            finally:
                writer.close()
    clients = [asyncio.create_task(one()) for _ in range(32)]
    await asyncio.sleep(2)
    began = time.perf_counter()
    os.kill(options.pid, signal.SIGTERM)
    await asyncio.gather(*clients)
    while os.path.exists(f'/proc/{options.pid}'):
        await asyncio.sleep(0.02)
    if outcome['lost']:
        failures.append(f'{outcome["lost"]} accepted requests were lost')
    return outcome, time.perf_counter() - began


def say(what, good, since):
    times = sorted(good.times[since:]) or [0]
    print(f'{what}; meanwhile {len(times)} good answers, median {1000 * statistics.median(times):.0f} ms, '
          f'99 % {1000 * times[int(0.99 * (len(times) - 1))]:.0f} ms, worst {1000 * times[-1]:.0f} ms; memory {memory():.0f} MB', flush=True)
    return len(good.times)


async def main():
    expected = {}
    for text in TEXTS:
        expected[text] = json.loads((await ask(text))[1])
    good = Good(expected)
    task = asyncio.create_task(good.run(options.good))
    await asyncio.sleep(5)
    at = say('quiet', good, 0)
    before = memory()
    head = b'POST /v1/sentiment/classify HTTP/1.1\r\nHost: localhost\r\nX-Slow:'
    body = b'POST /v1/sentiment/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"text":'
    cut = await slow_clients(options.slow, head, 20)
    at = say(f'{options.slow} slow heads, {cut} cut off', good, at)
    cut = await slow_clients(options.slow, body, 20)
    at = say(f'{options.slow} slow bodies, {cut} cut off', good, at)
    sent = await huge_bodies(8)
    at = say(f'8 bodies of 1 GB, of which at most {sent / 1e6:.1f} MB were sent', good, at)
    taken, seconds = await drop_streams(100)
    at = say(f'100 clients that leave a text of 5,000 characters, {taken} begun, none running after {seconds:.1f} s in all', good, at)
    await drop_calls(3200)
    at = say('3,200 clients that do not wait for their answer', good, at)
    for part in range(4):
        statuses = await malformed_requests(options.malformed // 4, part)
        at = say(f'{options.malformed // 4} malformed requests: {statuses}', good, at)
    status, answer, seconds = await ask(TEXTS[0])
    print(f'a second after all this: {status} in {1000 * seconds:.0f} ms; errors of the server: {metric(await metrics(), "unroll_errors_total"):.0f}')
    if status != 200 or seconds > 1:
        failures.append('not healthy afterwards')
    if memory() > before + MOST_GROWTH:
        failures.append(f'memory grew from {before:.0f} to {memory():.0f} MB')
    good.running = False
    await task
    outcome, seconds = await stop_in_the_middle()
    print(f'SIGTERM in the middle: {outcome}, ended after {seconds:.1f} s')
    for failure in failures[:20]:
        print('FAILED', failure)
    sys.exit(1 if failures else 0)


parser = argparse.ArgumentParser()
parser.add_argument('port', type=int)
parser.add_argument('pid', type=int)
parser.add_argument('--malformed', type=int, default=100_000)
parser.add_argument('--slow', type=int, default=500)
parser.add_argument('--good', type=int, default=1)
options = parser.parse_args()
asyncio.run(main())
