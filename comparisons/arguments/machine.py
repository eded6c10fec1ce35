"""What this machine has, found without a framework."""

import os
import resource
import sys
from argparse import Namespace
from pathlib import Path

from comparisons.frameworks import SINGLE
from shared.errors import DeviceError

DEVICES = Path("/dev")
GPU_FILES = ("nvidia*", "nvhost*", "nvgpu*", "kfd", "dxg")
"""Of CUDA's drivers, on boards and under Windows too, and of ROCm's."""

CGROUP_LIMITS = ("memory.max", "memory/memory.limit_in_bytes")
"""In /sys/fs/cgroup: a container's memory, by version 2 and 1."""


def check_device(options: Namespace) -> None:
    """DeviceError for a GPU, or what only GPUs compute, where there is none."""
    device = getattr(options, "device", "auto")
    precision = getattr(options, "precision", "")
    tf32 = precision == "tf32"
    if device in SINGLE and precision in ("float64", "bf16"):
        raise DeviceError(
            f"precision {precision} needs another device than {device}"
        )
    if device == "mps" and sys.platform != "darwin":
        raise DeviceError(
            "device mps needs a Mac: there is none on this machine"
        )
    if tf32 and device in ("cpu", "mps"):
        raise DeviceError(f"precision tf32 needs a GPU, not device {device}")
    if (tf32 or device == "gpu") and not may_have_gpu():
        what = "precision tf32" if tf32 else "device gpu"
        raise DeviceError(f"{what} needs a GPU: there is none on this machine")


def may_have_gpu() -> bool:
    """Whether a framework could find a GPU; only it knows that it does."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1"):
        return False
    if sys.platform != "linux":
        return True
    return any(any(DEVICES.glob(name)) for name in GPU_FILES)


def memory_limit() -> int:
    """Bytes of the machine, or fewer that this process is limited to."""
    sizes = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for name in CGROUP_LIMITS:
        path = Path("/sys/fs/cgroup") / name
        text = path.read_text().strip() if path.is_file() else ""
        sizes += [int(text)] if text.isdigit() else []
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    sizes += [soft] if soft != resource.RLIM_INFINITY else []
    return min(sizes)
