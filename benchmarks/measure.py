"""What the benchmarks share: whole processes, timed and weighed, side by side."""
import os
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
        peak, status = 0, None
        while status is None:
            peak = max(peak, own_memory(process.pid))
            if limit and time.perf_counter() - start > limit:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return None
            time.sleep(0.002)
            status = process.poll()
        seconds = time.perf_counter() - start
        output.seek(0)
        if status != 0:
            errors.seek(0)
            sys.exit(f"{command[0]}: {errors.read().decode()[-2000:]}")
        return seconds, peak, output.read().decode()


def median(values):
    return statistics.median(values)
