"""What the benchmarks share: whole processes, timed and weighed, side by side."""
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time


def own_memory(pid):
    """Megabytes of a process's own; pages of mapped files, which the system can drop at any time, apart."""
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def timed(command, limit=None):
    """Seconds, peak megabytes and output of one whole process; None where it had not answered after limit seconds."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors)
        # Wakes at the end itself: to look every so often would add up to that much to every time.
        end = select.poll()
        handle = os.pidfd_open(process.pid)
        end.register(handle, select.POLLIN)
        peak = 0
        try:
            while not end.poll(2):
                peak = max(peak, own_memory(process.pid))
                if limit and time.perf_counter() - start > limit:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    return None
            seconds = time.perf_counter() - start
        finally:
            os.close(handle)
        output.seek(0)
        if process.wait() != 0:
            errors.seek(0)
            sys.exit(f"{command[0]}: {errors.read().decode()[-2000:]}")
        return seconds, peak, output.read().decode()


def median(values):
    return statistics.median(values)
