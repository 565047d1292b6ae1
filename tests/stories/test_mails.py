"""Mails and threads through the whole bot: a file dropped, a text forwarded, replies taken along."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.app.working import build_worker
from tests.language.test_mails import FILE
from tests.support.office import Office


class Mailed:
    """An office with a worker, and what Ann hears directly."""

    def __init__(self, office: Office) -> None:
        self.office, self.worker = office, build_worker(office.bot)

    def tick(self) -> Any:
        self.office.bot.effects.settle()
        self.office.pass_time(seconds=1)
        self.worker.tick()
        return self.office.slack.dm(self.office.ann)[-1]


@pytest.fixture
def mailed(office: Office) -> Iterator[Mailed]:
    """An office in which mails are read."""
    found = Mailed(office)
    yield found
    found.worker.stop()


def test_a_dropped_mail_becomes_an_activity_of_its_sender_and_date_once(mailed: Mailed) -> None:
    office = mailed.office
    office.crm(office.ann, "customer 东湖, contact 周敏 min@donghu.cn")
    direct = office.slack.direct(office.ann)
    office.slack.say(office.ann, direct, "", files=[("quote.eml", FILE)])
    card = mailed.tick()
    assert "The mail is logged" in card.text
    for words in (
        "Fri, Nov 20, 2026, 7:04 AM",
        "周敏 &lt;min@donghu.cn&gt;",
        "SSO",
        "quote.eml",
        "They came",
    ):
        assert words in str(card.blocks)
    office.slack.say(office.ann, direct, "again", files=[("again.eml", FILE)])
    assert "logged already" in mailed.tick().text
    office.press(office.ann, card, "Undo")
    assert "50 seats" not in str(office.crm(office.ann, "customer 东湖").message.blocks)
    office.slack.say(office.ann, direct, "", files=[("x.eml", b"\x89PNG")])
    assert "it is no mail" in mailed.tick().text


def test_a_forwarded_mail_of_nobody_known_asks_whose_it_is(mailed: Mailed) -> None:
    office = mailed.office
    office.crm(office.ann, "customer Harbor")
    headers = "From: Nina Park <nina@harbor.com>\nDate: Fri, 20 Nov 2026 15:04:00 +0000\nSubject: Quote"
    text = f"{headers}\n\nWe need 50"
    office.slack.say(office.ann, office.slack.direct(office.ann), text)
    question = mailed.tick()
    assert "Nina Park &lt;nina@harbor.com&gt;" in question.text
    office.press(office.bo, question, "Choose the customer")
    office.press(office.ann, question, "Choose the customer")
    office.submit(office.ann, {"customer": "Harbor"})
    said = str(office.said(office.ann).blocks)
    for words in ("Email · Harbor", "We need 50", "Fri, Nov 20, 2026, 3:04 PM"):
        assert words in said
    before = len(office.slack.dm(office.ann))
    office.slack.say(office.ann, office.slack.direct(office.ann), "hello there")
    mailed.worker.tick()
    assert len(office.slack.dm(office.ann)) <= before + 1


def test_the_replies_of_a_logged_thread_come_along(mailed: Mailed) -> None:
    office = mailed.office
    office.crm(office.ann, "customer Acme")
    first = office.slack.say(office.bo, office.sales, "Acme wants the big plan").message
    office.slack.say(office.mia, office.sales, "price @ann?", thread_ts=first.ts)
    office.slack.say(office.bo, office.sales, "120k & up", thread_ts=first.ts)
    office.slack.message_shortcut(office.ann, first, "activity.from_message")
    office.bot.effects.settle()
    assert "Add the 2 replies" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"customer": "Acme"})
    card = office.said(office.ann)
    office.pass_time(seconds=1)
    mailed.worker.tick()
    office.press(office.ann, card, "Edit")
    text = str(office.slack.modal(office.ann).blocks)
    for words in ("Acme wants the big plan", "Mia Moss 2026-11-23 09:00: price @Ann Lee?", "120k & up"):
        assert words in text
