"""Child processes that do not outlive the test, however it ends."""

import concurrent.futures
import ctypes
import os
import signal
import subprocess

# A process that is tied so dies with the *thread* that started it: this one lives as long as the
# interpreter does.
_STARTER = concurrent.futures.ThreadPoolExecutor(max_workers=1)
_PR_SET_PDEATHSIG = 1


def start_tied(command, **options):
    """As subprocess.Popen, without a standard input."""
    libc, parent = ctypes.CDLL(None), os.getpid()

    def tie():
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    return _STARTER.submit(subprocess.Popen, command, stdin=subprocess.DEVNULL, preexec_fn=tie,
                           start_new_session=True, **options).result()
