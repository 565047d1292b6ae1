"""How well names of companies are matched, on the labelled pairs of the tests.

    .venv/bin/python scripts/match_names.py

Prints every pair that is judged wrongly, then precision and recall.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.pairs import judged, labelled_pairs


def main() -> None:
    """Print the figures."""
    pairs = labelled_pairs()
    score = judged(pairs)
    for pair, likeness in score.wrong:
        print(f"{pair.label:5} {likeness:3}  {pair.first}  ~  {pair.second}")
    same = sum(pair.is_same for pair in pairs)
    print(f"{len(pairs)} pairs, {same} of one company, {len(pairs) - same} of two")
    print(f"precision {score.precision:.3f}, recall {score.recall:.3f}")


if __name__ == "__main__":
    main()
