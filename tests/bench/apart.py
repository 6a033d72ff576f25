"""One import in this process alone: python -m tests.bench.apart FILE prints its seconds and this process's peak memory."""

import json
import sys
import time
from pathlib import Path

import psutil

from analytics.ingest.load import Options, load


def peak_memory() -> int:
    """The most bytes of memory this process has held at once."""
    status = Path("/proc/self/status")
    if status.exists():
        # what getrusage says is inherited from the process that started this one
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    began = time.perf_counter()
    load(Path(sys.argv[1]), Options(store="Bench"))
    print(json.dumps({"seconds": time.perf_counter() - began, "peak_memory_mb": peak_memory() / 1e6}))
