"""How many threads the embedding engine may use: the physical cores this process is given."""

import os
from pathlib import Path

_SIBLINGS = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
_QUOTA = Path("/sys/fs/cgroup/cpu.max")  # control groups v2: « 200000 100000 » is two cores


def physical_cores() -> int:
    """Physical cores that this process may run on, at least 1.

    Two hardware threads of one core count once, and a container's CPU quota is an upper bound.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    cores = {_siblings(processor) for processor in allowed}
    return max(1, min(len(cores), _quota() or len(cores)))


def _siblings(processor: int) -> str:
    try:
        return Path(_SIBLINGS.format(processor)).read_text(encoding="ascii").strip()
    except OSError:  # not Linux, or a sandbox without /sys: every processor is its own core
        return str(processor)


def _quota(path: Path = _QUOTA) -> int | None:
    try:
        allowed, period = path.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return None if allowed == "max" else max(1, int(allowed) // int(period))
