"""The help of the shell in the reader's language."""

import pytest
from typer import rich_utils
from typer.main import get_command

from bot.cli import app
from bot.cli.speaking import FRAME, translate_frame, translate_help


def test_help_is_chinese_with_what_stands_around_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, english in FRAME.items():
        monkeypatch.setattr(rich_utils, name, english)
    command = get_command(app)
    translate_help(command, "zh-CN")
    translate_frame(command, "zh-CN")
    for typed in ([], ["import"]):
        command.main([*typed, "--help"], prog_name="dealdesk", standalone_mode=False)
    said = capsys.readouterr().out
    for word in ("选项", "命令", "参数", "[必填]", "显示本说明后退出", "quotas"):
        assert word in said
    for word in ("Options", "Commands", "Arguments", "[required]", "Show this message"):
        assert word not in said
