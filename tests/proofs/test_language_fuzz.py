"""Proof: no line makes the reader raise anything but its refusals, or takes it longer than 50 ms.

PROOF_LINES is how many lines are made up (default 1,000), from PROOF_SEED.
"""

import os

from tests.proofs.fuzz_language import failures, vocabulary

LINES = int(os.environ.get("PROOF_LINES", "1000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))


def test_no_line_makes_the_reader_raise_or_keeps_it_busy() -> None:
    words = vocabulary()
    list(failures(-1, SEED, words))  # warm
    assert not [each for number in range(LINES) for each in failures(number, SEED, words)]
