"""A device that works only when it is waited for, with a clock of its own."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from shared.batching.batches import batch_monitor


class Device:
    """Counts seconds: of the work done, and of that which is queued.

    A clock that is read while work is queued misses it, as that of a GPU's
    host does; `unsynchronized` counts such readings.
    """

    def __init__(self):
        self.now = self.queued = 0.0
        self.readings = self.unsynchronized = 0

    def enqueue(self, seconds, value=0.0):
        """Queue work; its result, which waits for it when it is read."""
        self.queued += seconds
        return Result(self, value)

    def work(self, seconds):
        """What the host itself does, at once."""
        self.now += seconds

    def synchronize(self):
        self.now += self.queued
        self.queued = 0.0

    def clock(self):
        self.readings += 1
        self.unsynchronized += self.queued > 0.0
        return self.now

    def replace_clock(self, monkeypatch, *modules):
        """Let these modules read this clock."""
        for module in modules:
            clock = SimpleNamespace(perf_counter=self.clock)
            monkeypatch.setattr(module, "time", clock)


class Result:
    """A number or an array of the device that nobody has read."""

    def __init__(self, device, value=0.0):
        self.device, self.value = device, value

    def read(self):
        self.device.synchronize()
        return self.value

    def __float__(self):
        return float(self.read())

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.read(), dtype)

    def __add__(self, other):
        """The sum with a number, of the device too."""
        return self

    __radd__ = __truediv__ = __getitem__ = __matmul__ = __add__

    def cpu(self):
        return self

    item = __float__

    def numpy(self):
        return np.asarray(self)

    def block_until_ready(self):
        self.device.synchronize()
        return self


class Timed:
    """An implementation of which each operation takes a known time.

    What is done for the first time takes COMPILE seconds more.
    """

    COMPILE, STEP, EXAMPLE, TOKEN = 64.0, 2.0, 0.25, 0.5

    def __init__(self, device, steps=4):
        self.device, self.steps, self.known = device, steps, set()

    def compile(self, *key):
        if key not in self.known:
            self.known.add(key)
            self.device.enqueue(self.COMPILE)

    def configure(self, *arguments):
        self.device.work(1000.0)

    build_model = configure
    load_weights = configure

    def export_weights(self, model):
        return {}

    def count_parameters(self, model):
        return 1

    def describe(self, model, padded):
        self.device.work(1000.0)
        return {"device": "cpu"}

    def peak_memory(self):
        return None

    def fit(self, model, split, spec, on_epoch_end):
        """A step with lengths takes twice as long, a packed one thrice."""
        cost = self.STEP
        if split.lengths is not None:
            cost *= {"on": 3.0}.get(spec.packing, 2.0)
        self.compile("fit", id(model), id(split), spec.packing)
        for epoch in range(spec.epochs):
            for number in range(self.steps):
                loss = self.device.enqueue(cost, 1.0 / (1 + epoch))
                batch_monitor.get()(epoch, number)
            if on_epoch_end(epoch, float(loss)):
                break

    def predict(self, model, x, lengths):
        self.compile("predict", x.shape)
        work = self.device.enqueue(len(x) * self.EXAMPLE)
        return np.full((len(x), 1), float(work))

    def decode(self, model, x, lengths, options):
        """Each hypothesis takes as long as a greedy search."""
        self.compile("decode", options.beam)
        return np.asarray(self.device.enqueue(options.beam * 8.0))

    def generate(self, model, prompt, uniforms, sampling):
        """Chunks of at most four tokens."""
        length, count = uniforms.shape[:2]
        self.compile("generate", count)
        for begin in range(0, length, 4):
            size = min(4, length - begin)
            self.device.enqueue(size * self.TOKEN)
            self.device.synchronize()
            yield np.zeros((count, size), np.int32)
