"""Tones, and archives of WAV files."""

import io
import tarfile

import numpy as np
import soundfile

from shared.datasets.fsdd import RATE


def tone(hertz, seconds=0.2, rate=RATE):
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def archive(path, **sounds):
    """A tar of WAV files: name -> samples and rate, or bytes."""
    with tarfile.open(path, "w") as made:
        for name, sound in sounds.items():
            content = sound if isinstance(sound, bytes) else wav(*sound)
            entry = tarfile.TarInfo(f"recordings/{name}.wav")
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    return path


def wav(samples, rate=RATE):
    """A WAV file of samples (n,), as bytes."""
    stream = io.BytesIO()
    soundfile.write(stream, samples, rate, format="WAV")
    return stream.getvalue()
