"""How large the proofs are, and what they print: bounded by default, any size by an environment variable."""

import json
import os
import time
from pathlib import Path
from typing import Any


def size(variable: str, bounded: int) -> int:
    """How many: of the variable, else so many that all proofs together take two minutes."""
    return int(os.environ.get(variable, bounded))


SEED = size("PROOF_SEED", time.time_ns() % 10**6)
"""What chance begins with; a failure prints it."""


def seen(proof: str, **figures: Any) -> None:
    """Print a proof's figures, and keep them in the file that PROOF_LOG names."""
    line = json.dumps({"proof": proof, "seed": SEED} | figures, default=str)
    print(f"\n{line}")
    if file := os.environ.get("PROOF_LOG"):
        with Path(file).open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def done_before(proof: str, key: str) -> bool:
    """True where PROOF_LOG says that this part of a long proof has been done: it goes on where it stopped."""
    file = Path(os.environ.get("PROOF_LOG", ""))
    if not file.is_file():
        return False
    lines = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return any(line["proof"] == proof and line.get("part") == key for line in lines)
