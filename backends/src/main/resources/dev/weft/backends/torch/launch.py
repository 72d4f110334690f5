"""Starts the ranks of a program as processes of this machine, forked from one that has torch loaded.

torchrun starts a cluster; this is for tests and for CPUs, where loading torch once for every rank
costs more than the work.
"""

import os
import signal
import socket
import sys
import traceback


def is_launched():
    """Whether a launcher started this process as one rank of several."""
    return "RANK" in os.environ


def fork(ranks, main, *arguments):
    """Runs main(*arguments) on every rank. Returns 0, or the first exit code of a rank that failed;
    the other ranks are then stopped, since they would wait for it."""
    sys.stdout.flush()
    sys.stderr.flush()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    children = {}
    for rank in range(ranks):
        child = os.fork()
        if child == 0:
            _be_rank(rank, ranks, port, main, arguments)
        children[child] = rank
    return _await(children)


def _be_rank(rank, ranks, port, main, arguments):
    os.environ.update(
        RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE=str(ranks), LOCAL_WORLD_SIZE=str(ranks),
        MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port),
    )
    code = 1
    try:
        code = main(*arguments) or 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else _complain(end.code)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _complain(message):
    if message is None:
        return 0
    print(message, file=sys.stderr)
    return 1


def _await(children):
    failure = 0
    while children:
        child, status = os.wait()
        if child not in children:
            continue
        del children[child]
        code = os.waitstatus_to_exitcode(status)
        if code and not failure:
            failure = code if code > 0 else 128 - code
            for other in children:
                os.kill(other, signal.SIGTERM)
    return failure
