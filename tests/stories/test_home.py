"""The Home tab and the day through the whole bot: what one sees first, and what one does there."""

from typing import Any

from tests.payloads.validator import problems_of_message, problems_of_view
from tests.support.office import Office


def test_a_newcomer_learns_the_first_commands(office: Office) -> None:
    office.slack.open_home(office.ann)
    office.bot.effects.settle()
    home = office.slack.home(office.ann)
    assert "/crm deal Acme 120k" in str(home.blocks)
    assert problems_of_view(home.body, "home") == []
    assert "欢迎" in office.crm(office.lilei, "").message.blocks[1]["text"]["text"]


def test_the_home_tab_shows_what_presses_and_is_worked_on_in_place(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k 2026-12-31")
    office.crm(office.ann, "task Acme demo prep Thu 3pm")
    home = _home(office)
    assert "$120K" in str(home.blocks)
    assert "Next: demo prep, Thu, Nov 26 3:00 PM" in str(home.blocks)
    assert problems_of_view(home.body, "home") == []
    office.press(office.ann, home, "task.done")
    done = office.slack.home(office.ann)
    assert "Done: *demo prep*" in str(done.blocks)
    assert "No next step planned" in str(done.blocks)
    office.press(office.ann, done, "Undo")
    assert "Next: demo prep" in str(office.slack.home(office.ann).blocks)
    assert office.slack.dm(office.ann) == []


def test_a_form_opened_on_the_home_tab_answers_there(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, _home(office), "activity.new", "{}")
    office.submit(office.ann, {"customer": "Acme", "text": "wants 50 seats"})
    assert "wants 50 seats" in str(office.slack.home(office.ann).blocks)
    assert office.slack.dm(office.ann) == []


def test_many_tasks_come_in_pages_that_stay_while_one_works(office: Office) -> None:
    for number in range(10):
        office.crm(office.ann, f"task errand{number} 2026-12-{10 + number}")
    day = office.crm(office.ann, "day").message
    assert problems_of_message({"text": day.text, "blocks": day.blocks}) == []
    assert "errand7" in day.text
    assert "errand8" not in day.text
    office.press(office.ann, day, "Show more")
    more = office.said(office.ann)
    assert "errand8" in more.text
    office.press(office.ann, more, "task.done", _value(more, "task.done"))
    after = office.said(office.ann)
    assert "errand9" in after.text
    assert "Done: *errand8*" in after.text


def test_the_week_ends_on_sunday_and_names_its_days(office: Office) -> None:
    office.crm(office.ann, "task call back Thu")
    office.crm(office.ann, "task write the review 2026-11-30")
    week = office.crm(office.ann, "week").message
    assert problems_of_message({"text": week.text, "blocks": week.blocks}) == []
    assert "call back" in week.text
    assert "Thu, Nov 26" in str(week.blocks)
    assert "review" not in week.text


def test_what_is_over_is_said_to_be_overdue(office: Office) -> None:
    office.crm(office.ann, "task call back 2026-11-23 15:00")
    assert "Today 3:00 PM" in office.crm(office.ann, "day").text
    office.pass_time(hours=7)
    assert "Overdue: Today 3:00 PM" in office.crm(office.ann, "day").text
    office.pass_time(days=2)
    assert "⚠️ Overdue" in str(office.crm(office.ann, "day").message.blocks)


def _home(office: Office) -> Any:
    office.slack.open_home(office.ann)
    office.bot.effects.settle()
    return office.slack.home(office.ann)


def _value(message: Any, action: str) -> Any:
    return next(
        element["value"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == action
    )
