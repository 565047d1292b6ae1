"""The chart engine: another process, started late, light when idle, and no trouble when it dies."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.reports.charts.engine import FONT, ChartFailed, Engine
from tests.reports.charts.png import size_and_pixels


def writing(text: str, *, weight: str = "normal") -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"text": text}]},
        "width": 120,
        "height": 40,
        "config": {"font": FONT, "view": {"stroke": None}},
        "mark": {"type": "text", "fontSize": 24, "fontWeight": weight},
        "encoding": {"text": {"field": "text"}},
    }


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture
def machine_without_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}/none</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.usefixtures("machine_without_fonts")
def test_both_scripts_are_drawn_in_two_weights_on_a_machine_without_fonts(engine: Engine) -> None:
    def pixels(text: str, weight: str = "normal") -> bytes:
        return size_and_pixels(engine.draw(writing(text, weight=weight)))[2]

    texts = ["商机", "客户", "Won", "¥12万"]
    drawn = [pixels(text, weight) for text in texts for weight in ("normal", "bold")]
    assert len({*drawn, pixels(" ")}) == len(drawn) + 1
    # What the face lacks is all the same box.
    box = pixels("\ue000\ue001")
    assert box == pixels("\ue002\ue003")
    assert box not in [*drawn, pixels("Łş"), pixels("鈞喆")]


def test_importing_the_charts_starts_no_engine() -> None:
    check = "import sys, bot.reports.charts; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_specification_that_cannot_be_drawn_is_refused_and_the_next_is_drawn(engine: Engine) -> None:
    with pytest.raises(ChartFailed):
        engine.draw({"mark": "no such mark"})
    assert size_and_pixels(engine.draw(writing("商机")))


def test_an_engine_that_died_is_started_again(engine: Engine) -> None:
    first = engine.draw(writing("商机"))
    assert engine._process is not None
    engine._process.kill()
    assert engine.draw(writing("商机")) == first


def test_an_idle_engine_leaves_and_comes_back() -> None:
    engine = Engine(idle_seconds=0.05)
    first = engine.draw(writing("商机"))
    assert engine._process is not None
    assert engine._process.wait(timeout=20) == 0
    assert engine.draw(writing("商机")) == first
    engine.close()


def test_threads_get_their_own_pictures(engine: Engine) -> None:
    texts = ["商机", "客户", "赢单", "Won"]
    one_by_one = [engine.draw(writing(text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: engine.draw(writing(text)), texts)) == one_by_one


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="watches a process as Linux does")
def test_the_engine_does_not_outlive_a_killed_parent() -> None:
    start = (
        "from bot.reports.charts.engine import Engine; engine = Engine();"
        "engine.draw({'mark': 'point', 'data': {'values': [{}]}, 'encoding': {}});"
        "print(engine._process.pid, flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        assert select.select([watched], [], [], 20)[0]
        os.close(watched)
