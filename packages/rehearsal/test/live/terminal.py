"""A terminal that nobody looks at: runs a command in a pseudo-terminal and tells what is on its screen.

terminal.py COLUMNS ROWS COMMAND…

Each line of standard input is a JSON object, what to do; each is answered by a line: the screen and the rest.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

import pyte

# Programs say where they begin and end a picture that must not be shown in halves: synchronized output.
PICTURE_BEGIN, PICTURE_END = b"\x1b[?2026h", b"\x1b[?2026l"

columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
screen = pyte.HistoryScreen(columns, rows, history=1000)
stream = pyte.ByteStream(screen)
written = b""
# How much of it is on the screen.
shown = 0
pictures = []
status = None

pid, terminal = pty.fork()
if pid == 0:
    # The size must be there before the command looks at it.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.execvp(command[0], command)


def read(seconds):
    """Shows what comes within a time. Returns whether more may come."""
    if terminal is None or not select.select([terminal], [], [], seconds)[0]:
        return terminal is not None
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    show(data)
    return bool(data)


def show(data):
    """Shows what was written, and keeps each picture."""
    global written, shown
    written += data
    while (end := written.find(PICTURE_END, max(0, shown - len(PICTURE_END) + 1))) >= 0:
        stream.feed(written[shown : end + len(PICTURE_END)])
        shown = end + len(PICTURE_END)
        pictures.append(lines())
    stream.feed(written[shown:])
    shown = len(written)


def is_whole():
    """Whether no picture is half drawn."""
    return written.count(PICTURE_BEGIN) == written.count(PICTURE_END)


def lines():
    return [line.rstrip() for line in screen.display]


def scrolled():
    return ["".join(line[column].data for column in range(columns)).rstrip() for line in screen.history.top]


def wait_for_end(deadline):
    global status
    while status is None and time.monotonic() < deadline:
        if not read(0.05):
            time.sleep(0.05)
        done, result = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(result)
    while status is not None and terminal is not None and select.select([terminal], [], [], 0)[0] and read(0):
        pass


for line in sys.stdin:
    request = json.loads(line)
    deadline = time.monotonic() + 60
    matched = True
    if "type" in request:
        os.write(terminal, request["type"].encode())
    if "signal" in request:
        os.kill(pid, getattr(signal, request["signal"]))
    if "resize" in request:
        columns, rows = request["resize"]
        screen.resize(rows, columns)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    if "close" in request:
        os.close(terminal)
        terminal = None
    if "see" in request:
        while True:
            matched = is_whole() and re.search(request["see"], "\n".join(lines()), re.DOTALL) is not None
            # The cursor comes back in a write of its own, after the view is gone.
            matched = matched and not (request.get("withCursor", False) and screen.cursor.hidden)
            if matched or time.monotonic() > deadline or not read(0.05):
                break
    if "end" in request:
        wait_for_end(deadline)
    answer = {
        "matched": matched,
        "screen": lines(),
        "scrolled": scrolled(),
        "showsCursor": not screen.cursor.hidden,
        "written": written.decode(errors="replace"),
        "pictures": pictures,
        "status": status,
    }
    print(json.dumps(answer), flush=True)

if status is None:
    os.kill(pid, 9)
