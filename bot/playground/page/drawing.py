"""Block Kit as HTML: the templates, and the filters that they use."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, pass_context
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from bot.playground.page import forms, mrkdwn
from bot.playground.page.reader import Reader

Json = dict[str, Any]
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_COLOURS = {"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Surface:
    """Where blocks stand: `key` makes their ids unique on the page, `level` is that of their headings.

    `problems` stand beside the fields of the blocks that they name.
    """

    key: str
    level: int = 2
    problems: Mapping[str, str] = field(default_factory=dict)


class Drawing:
    """The page's templates; `file_address` tells where the browser finds a Slack file that a block names."""

    def __init__(self, file_address: Callable[[Json], str]) -> None:
        self._env = _environment(file_address)

    def page(self, scene: Any) -> str:
        """The whole page."""
        return self._env.get_template("page.html").render(scene=scene, reader=scene.reader)

    def region(self, name: str, scene: Any) -> str:
        """One region of it."""
        return self._env.get_template(f"{name}.html").render(scene=scene, reader=scene.reader)

    def blocks(self, blocks: Iterable[Json], reader: Reader, surface: Surface) -> Markup:
        """Block Kit for one reader."""
        macros: Any = self._env.get_template("blocks.html").make_module({"reader": reader})
        return Markup("").join(macros.block(block, surface) for block in blocks)

    def options(self, offered: Json, reader: Reader, prefix: str) -> Markup:
        """The list items of what a bot offers in an external select: its options or option_groups."""
        macros: Any = self._env.get_template("elements.html").make_module({"reader": reader})
        groups = [
            {**g, "options": [_external(o) for o in g["options"]]} for g in offered.get("option_groups") or []
        ]
        return Markup(
            macros.option_items([_external(o) for o in offered.get("options") or []], groups, prefix)
        )


def _environment(file_address: Callable[[Json], str]) -> Environment:
    env = Environment(
        loader=PackageLoader("bot.playground.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=ChainableUndefined,
    )

    def image_address(block: Json) -> str:
        return str(block.get("image_url") or file_address(block["slack_file"]))

    env.filters.update(
        mrkdwn=pass_context(lambda context, text: mrkdwn.mrkdwn(text, _reader(context))),
        plain=mrkdwn.plain,
        emoji=lambda text: str(mrkdwn.plain(text).unescape()),
        lines=lambda text: Markup(str(escape(text)).replace("\n", "<br>")),
        complaint=pass_context(lambda context, text: forms.complaint_in(text, _reader(context))),
        colour=lambda name: _COLOURS.get(name, name if _HEX.fullmatch(name) else "inherit"),
        markdown=lambda text: Markup(_MARKDOWN.render(text)),
        uid=lambda parts: f"e{zlib.crc32('|'.join(map(str, parts)).encode()):08x}",
        field_name=lambda parts: forms.field_name(*parts),
        option_value=_held,
        options=_options,
        chosen_options=_chosen,
        local_value=_local_value,
        rich_initial=_rich_initial,
        rich_link=lambda e: mrkdwn.link(e["url"], e.get("text") or e["url"]),
        rich_date=pass_context(_rich_date),
        image_address=image_address,
        to_json=lambda value: json.dumps(value, ensure_ascii=False),
    )
    return env


def _reader(context: Context) -> Reader:
    reader: Reader = context["reader"]
    return reader


def _external(option: Json) -> Json:
    return {**option, "held": json.dumps(option, ensure_ascii=False)}


def _held(option: Json) -> str:
    return str(option["held"] if "held" in option else option.get("value", ""))


def _named(ident: str, reader: Reader) -> Json:
    name = reader.people.get(ident) or (f"#{reader.channels[ident]}" if ident in reader.channels else ident)
    return {"text": {"type": "plain_text", "text": name}, "value": ident}


def _options(element: Json, reader: Reader) -> list[Json]:
    kind = element["type"].removeprefix("multi_")
    if kind == "users_select":
        return [_named(person, reader) for person in reader.humans]
    if kind == "channels_select":
        return [_named(channel, reader) for channel in reader.channels]
    if kind == "conversations_select":
        return [_named(ident, reader) for ident in (*reader.channels, *reader.humans)]
    return list(element.get("options") or [])


_NAMED = {
    "users_select": "initial_user",
    "channels_select": "initial_channel",
    "conversations_select": "initial_conversation",
}


def _chosen(element: Json, reader: Reader) -> list[Json]:
    kind = element["type"].removeprefix("multi_")
    key = _NAMED.get(kind, "initial_option")
    if element["type"].startswith("multi_"):
        given = element.get(f"{key}s") or []
    else:
        given = [element[key]] if element.get(key) else []
    if kind in _NAMED:
        return [_named(str(ident), reader) for ident in given]
    return [_external(option) for option in given] if kind == "external_select" else list(given)


def _local_value(stamp: int | None, reader: Reader) -> str:
    return reader.local(datetime.fromtimestamp(stamp, UTC)).strftime("%Y-%m-%dT%H:%M") if stamp else ""


def _rich_initial(element: Json) -> str:
    parts = (element.get("initial_value") or {}).get("elements", [])
    return "\n".join("".join(e.get("text", "") for e in part.get("elements", [])) for part in parts)


def _rich_date(context: Context, element: Json) -> Markup:
    moment = datetime.fromtimestamp(element["timestamp"], UTC)
    return mrkdwn.date(moment, element["format"], _reader(context))
