"""One's tasks and meetings in other programs, through the whole bot."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import requests
import vobject
from sqlalchemy import text

from bot.app.working import build_worker
from tests.support.office import Office


def _feed(office: Office, url: str, **headers: str) -> requests.Response:
    address = url.replace("https://deals.example", office.server.url)
    return requests.get(address, headers=headers, timeout=20)


def _shown_address(office: Office, user: Any) -> str:
    (found,) = re.findall(
        r"https://deals\.example/calendar/[\w-]{32}\.ics", str(office.slack.modal(user).blocks)
    )
    return str(found)


def _events(content: bytes) -> dict[str, Any]:
    return {event.summary.value: event for event in vobject.readOne(content.decode()).contents["vevent"]}


def test_a_calendar_program_follows_ones_own_tasks_and_meetings_until_the_address_ends(
    office: Office,
) -> None:
    office.crm(office.lilei, "客户 华星光电")
    office.crm(
        office.lilei, "任务 华星光电 给采购经理演示新版本并确认年度框架协议的付款条件 2026-11-27 15:00"
    )
    office.crm(office.lilei, "任务 华星光电 寄合同 2026-11-30")
    office.crm(office.lilei, "记 华星光电 拜访采购经理 要50套")
    office.crm(office.ann, "task Secret of Ann 2026-11-30")
    said = office.crm(office.lilei, "日历")
    assert "私信" in said.text
    assert office.press(office.lilei, said, "生成订阅地址").error is None
    url = _shown_address(office, office.lilei)
    with office.store.engine.connect() as connection:
        kept = connection.execute(text("SELECT token_hash FROM calendar_feeds")).scalars().all()
        answers = connection.execute(text("SELECT CAST(answer AS text) FROM interactions")).scalars().all()
    token = url.rsplit("/", 1)[1].removesuffix(".ics")
    assert not any(token in each for each in (*kept, *answers))

    first = _feed(office, url)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in first.headers["Cache-Control"]
    assert _feed(office, url, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    events = _events(first.content)
    assert len(events) == 3
    (demo,) = (event for name, event in events.items() if name.startswith("给采购经理演示"))
    assert demo.dtstart.value == datetime(2026, 11, 27, 7, tzinfo=UTC)
    assert demo.valarm.trigger.value == timedelta()
    assert "华星光电" in demo.description.value
    assert events["寄合同"].dtstart.value == date(2026, 11, 30)
    assert any("拜访" in name and "华星光电" in name for name in events)

    tasks = office.crm(office.lilei, "周")
    office.press(office.lilei, tasks, "完成")
    second = _feed(office, url)
    assert second.headers["ETag"] != first.headers["ETag"]
    (done,) = (event for name, event in _events(second.content).items() if name.startswith("✓ "))
    (before,) = (event for event in events.values() if event.uid.value == done.uid.value)
    assert int(done.sequence.value) > int(before.sequence.value)
    assert "valarm" not in done.contents

    worker = build_worker(office.bot)
    worker.tick()
    worker.stop()
    (sent,) = [file for message in office.slack.dm(office.lilei) for file in message.files]
    assert sent.name == "dealdesk.ics"
    assert sent.content == _feed(office, url).content

    office.crm(office.lilei, "日历 链接")
    renewed = _shown_address(office, office.lilei)
    assert _feed(office, url).status_code == 404
    assert _feed(office, renewed).status_code == 200
    office.press(office.lilei, office.crm(office.lilei, "日历"), "停用地址")
    assert "已停用" in office.said(office.lilei).text
    assert _feed(office, renewed).status_code == 404
    assert _feed(office, "https://deals.example/calendar/nobody.ics").status_code == 404
    assert "还没有" in office.crm(office.lilei, "日历 停用").text


def test_without_a_public_address_the_calendar_comes_as_a_file_alone(sqlite_url: str, now: datetime) -> None:
    office = Office(sqlite_url, now, dealdesk_url=None)
    said = office.crm(office.ann, "calendar")
    assert "on its way" in said.text
    assert "DEALDESK_URL" in said.text
    assert "DEALDESK_URL" in office.crm(office.ann, "calendar link").text
    assert _feed(office, "https://deals.example/calendar/nobody.ics").status_code == 404
    office.close()
