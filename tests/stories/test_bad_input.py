"""Bad input through the whole bot: the same thing twice at once, buttons of what is gone, markup in names."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.app.working import build_worker
from tests.support.office import Office

NASTY = "<!channel> *bold* <script>alert(1)</script> & Co"


def test_two_people_who_make_one_customer_at_once_get_one_record_and_the_other_is_told(
    office: Office,
) -> None:
    for user in (office.ann, office.bo):
        office.crm(user, "help")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda user: office.crm(user, "customer Acme").text, (office.ann, office.bo)))
    made = [answer for answer in answers if "Customer created" in answer]
    assert len(made) == 1
    (told,) = set(answers) - set(made)
    assert "Acme" in told
    assert ("Ann Lee" in told) != ("Bo Berg" in told)
    assert office.crm(office.mia, "find Acme").text.count("Show") == 1


def test_buttons_of_what_is_gone_say_so_in_a_sentence(office: Office) -> None:
    made = [office.crm(office.ann, line) for line in ("customer Acme", "satisfaction Acme 4", "follow Acme")]
    opened = office.crm(office.ann, "deal Borg 10k")
    lines = ("customer Acme", "satisfaction Acme", "collaborators Acme", "deal Borg", "collaborators OPP-1")
    cards = [office.crm(office.bo, line) for line in lines]
    for said in (*reversed(made), opened):
        office.press(office.ann, said, "Undo")
    gone = [text for card in cards for text in _press_all(office, card)]
    assert len(gone) > 20
    assert {text for text in gone if "no longer here" not in text} == set()


def _press_all(office: Office, card: Any) -> Iterator[str]:
    """What Bo is told by every button of a card that is about the record itself."""
    for block in card.ack["blocks"]:
        for element in [*(block.get("elements") or []), *filter(None, [block.get("accessory")])]:
            # A form that only holds a name opens all the same.
            if element.get("type") != "button" or element["action_id"] == "opportunity.new":
                continue
            before = len(office.slack.ephemerals(office.bo))
            office.press(office.bo, card, element["action_id"])
            said = office.slack.ephemerals(office.bo)[before:]
            assert said, element["action_id"]
            yield said[-1].text


def test_markup_in_names_is_shown_as_typed_everywhere(office: Office, tmp_path: Path) -> None:
    worker = build_worker(office.bot)
    for user in (office.ada, office.bo):
        office.crm(user, "help")
    office.crm(office.ann, "customer")
    office.submit(office.ann, {"name": NASTY, "region": "<!here>", "note": f"@bo see {NASTY}"})
    card = office.said(office.ann)
    office.press(office.ann, card, "Team")
    office.press(office.ann, office.said(office.ann), "Follow")
    office.press(office.bo, card, "Full view")
    for button in ("New opportunity", "Edit", "Satisfaction", "Log"):
        office.press(office.ann, card, button)
        if button == "New opportunity":
            office.submit(office.ann, {"amount": "10k", "name": NASTY, "competitor": NASTY, "source": NASTY})
        elif button == "Satisfaction":
            office.submit(office.ann, {"score": "2", "comment": NASTY})
        elif button == "Log":
            office.submit(office.ann, {"text": f"@bo {NASTY}", "next_step": NASTY, "due": "2026-11-23 10:00"})
    for line in ("find <!channel>", "pipeline", "report satisfaction", "report by source", "day", "follow"):
        office.crm(office.ann, line)
    office.crm(office.ann, f'quote "{NASTY}" 5 x {NASTY}')
    office.crm(office.ada, "handover @ann to @bo")
    office.submit(office.ada)
    office.slack.open_home(office.bo)
    office.crm(office.ann, "digest forecast every Monday 9:00")
    for _ in range(3):
        office.pass_time(days=3)
        worker.tick()
    worker.stop()
    assert any("mentioned you" in each.text for each in office.slack.dm(office.bo))
    assert any("handed Ann Lee's book to you" in each.text for each in office.slack.dm(office.bo))
    shown = [text for line in _out(tmp_path / "journal.jsonl") for text in _mrkdwn(line)]
    assert sum("&lt;!channel&gt;" in text for text in shown) > 20
    for text in shown:
        assert "<!channel>" not in text
        assert "<!here>" not in text
        assert "<script>" not in text
        assert "*bold*" not in text.replace("\u2060*\u2060", "")


def _out(journal: Path) -> Iterator[Any]:
    """Everything that was said: calls of Slack, and acknowledgements."""
    for line in journal.read_text(encoding="utf-8").splitlines():
        crossed = json.loads(line)
        yield crossed["body"] if crossed["direction"] == "out" else crossed.get("answer")


def _mrkdwn(value: Any) -> Iterator[str]:
    """Every text that Slack reads as mrkdwn."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            yield from _mrkdwn(json.loads(value))
        except ValueError:
            yield value
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        elif value.get("type") != "plain_text":
            if isinstance(value.get("text"), str) and not value.get("blocks"):
                yield value["text"]
            for each in value.values():
                if isinstance(each, dict | list) or (isinstance(each, str) and each[:1] in "[{"):
                    yield from _mrkdwn(each)
    elif isinstance(value, list):
        for each in value:
            yield from _mrkdwn(each)
