"""What of a sound a network reads: energies of bands, frame by frame."""

from __future__ import annotations

import numpy as np

SHIFT, LENGTH = 10.0, 25.0
"""Milliseconds from frame to frame, and of a frame."""


def log_mel(samples: np.ndarray, rate: int, bands: int) -> np.ndarray:
    """Samples (n,) -> log mel energies (T, D), as computed by Kaldi."""
    import kaldi_native_fbank

    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.samp_freq = rate
    options.frame_opts.frame_shift_ms = SHIFT
    options.frame_opts.frame_length_ms = LENGTH
    options.frame_opts.dither = 0.0  # random otherwise
    options.frame_opts.snip_edges = False  # the shortest sound has a frame
    options.mel_opts.num_bins = bands
    bank = kaldi_native_fbank.OnlineFbank(options)
    bank.accept_waveform(rate, samples.tolist())
    bank.input_finished()
    frames = [bank.get_frame(n) for n in range(bank.num_frames_ready)]
    return np.array(frames, np.float32)


def centred(energies: np.ndarray) -> np.ndarray:
    """Log energies (T, D) with mean 0 per band and overall deviation 1.

    Removes the speaker's and the microphone's constant effect on each band, and
    the loudness (cepstral mean subtraction: Atal 1974).
    """
    less = energies - energies.mean(axis=0)
    found: np.ndarray = less / (less.std() or 1.0)
    return found
