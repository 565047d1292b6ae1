"""Modals: what the bot is told, and what its answer does, through either door."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.slack import IncompleteForm, NotOnScreen, PretendSlack, User, View
from tests.playground.slack.conftest import Bot, button, field, modal, on_action, option, section

Json = dict[str, Any]
TEXT = {"type": "plain_text_input"}


def open_modal(slack: PretendSlack, bot: Bot, user: User, view: Json) -> View:
    """Open a modal as a shortcut would."""
    bot.app.client.views_open(trigger_id=slack._trigger(user), view=view)
    opened = slack.modal(user)
    assert opened is not None
    return opened


def on_submit(bot: Bot, answer: Any, callback_id: str = "form") -> list[Json]:
    """Answer the form with `answer`; the returned list fills with the views that came."""
    seen: list[Json] = []

    def listen(ack: Any, body: Json) -> None:
        seen.append(body)
        ack(**answer(body) if callable(answer) else answer)

    bot.app.view(callback_id)(listen)
    return seen


def test_an_accepted_form_closes(slack: PretendSlack, bot: Bot, mei: User) -> None:
    seen = on_submit(bot, {})
    view = open_modal(slack, bot, mei, modal(field("name", "Name", TEXT), private_metadata="v1"))
    delivery = slack.submit(mei, {"Name": "Acme & Co <x>"})
    assert (delivery.ok, delivery.view, slack.modal(mei)) == (True, None, None)
    came = seen[0]["view"]
    assert came["state"]["values"] == {
        "name": {"value": {"type": "plain_text_input", "value": "Acme & Co <x>"}}
    }
    assert (came["id"], came["hash"], came["private_metadata"], came["callback_id"]) == (
        view.id,
        view.hash,
        "v1",
        "form",
    )


def test_field_errors_leave_the_form_open_with_what_was_typed(
    slack: PretendSlack, bot: Bot, mei: User
) -> None:
    on_submit(bot, {"response_action": "errors", "errors": {"name": "Taken"}})
    view = open_modal(slack, bot, mei, modal(field("name", "Name", TEXT)))
    delivery = slack.submit(mei, {"Name": "Acme"})
    assert delivery.errors == view.problems == {"name": "Taken"}
    assert slack.modal(mei) is view
    assert view.values()["name"]["value"]["value"] == "Acme"


def test_errors_beside_no_field_are_refused(slack: PretendSlack, bot: Bot, mei: User) -> None:
    on_submit(bot, {"response_action": "errors", "errors": {"elsewhere": "x"}})
    open_modal(slack, bot, mei, modal(field("name", "Name", TEXT)))
    assert slack.submit(mei, {"Name": "Acme"}).refused == ["no input block is called elsewhere"]


def test_an_update_keeps_what_was_typed_where_the_ids_stay(slack: PretendSlack, bot: Bot, mei: User) -> None:
    fresh = {**TEXT, "initial_value": "from the bot"}
    wider = modal(field("name", "Name", fresh), field("note", "Note", fresh), title="Wider")
    on_submit(bot, {"response_action": "update", "view": wider})
    view = open_modal(slack, bot, mei, modal(field("name", "Name", TEXT)))
    before = view.hash
    slack.submit(mei, {"Name": "Acme"})
    assert slack.modal(mei) is view
    assert (view.title, view.labels) == ("Wider", ["Name", "Note"])
    assert view.hash != before
    assert [entry["value"]["value"] for entry in view.values().values()] == ["Acme", "from the bot"]


def test_three_modals_stand_on_one_another_and_no_fourth(slack: PretendSlack, bot: Bot, mei: User) -> None:
    on_submit(bot, lambda body: {"response_action": "push", "view": modal(title=body["view"]["id"])})
    first = open_modal(slack, bot, mei, modal())
    slack.submit(mei)
    second = slack.modal(mei)
    assert second is not None
    assert (second.previous, second.root, second.title) == (first.id, first.id, first.id)
    slack.submit(mei)
    assert slack.submit(mei).error == "push_limit_reached"
    assert len(slack.modals(mei)) == 3
    slack.close_view(mei)
    assert slack.modal(mei) is second


def test_clear_takes_every_modal_away(slack: PretendSlack, bot: Bot, mei: User) -> None:
    on_submit(bot, {"response_action": "push", "view": modal(callback_id="inner")})
    on_submit(bot, {"response_action": "clear"}, callback_id="inner")
    open_modal(slack, bot, mei, modal())
    slack.submit(mei)
    slack.submit(mei)
    assert slack.modals(mei) == []


def test_a_bad_view_in_the_answer_is_refused_and_the_form_stays(
    slack: PretendSlack, bot: Bot, mei: User
) -> None:
    on_submit(bot, {"response_action": "update", "view": modal(title="x" * 25)})
    view = open_modal(slack, bot, mei, modal())
    delivery = slack.submit(mei)
    assert (delivery.error, slack.modal(mei)) == ("invalid_arguments", view)
    assert delivery.refused == ["must be less than 25 characters [json-pointer:/view/title/text]"]


def test_closing_is_told_only_where_the_bot_asked(slack: PretendSlack, bot: Bot, mei: User) -> None:
    seen: list[Json] = []

    def listen(ack: Any, body: Json) -> None:
        seen.append(body)
        ack()

    bot.app.view_closed("form")(listen)
    open_modal(slack, bot, mei, modal())
    assert slack.close_view(mei) is None
    open_modal(slack, bot, mei, modal(notify_on_close=True))
    delivery = slack.close_view(mei, all_of_them=True)
    assert delivery is not None
    assert delivery.ok
    assert [body["is_cleared"] for body in seen] == [True]


EVERY_FIELD = [
    (TEXT, "Acme", {"value": "Acme"}),
    ({"type": "number_input", "is_decimal_allowed": True}, "12.5", {"value": "12.5"}),
    ({"type": "email_text_input"}, "a@b.com", {"value": "a@b.com"}),
    ({"type": "url_text_input"}, "https://a.b", {"value": "https://a.b"}),
    ({"type": "datepicker"}, date(2026, 12, 31), {"selected_date": "2026-12-31"}),
    ({"type": "timepicker"}, time(15, 30), {"selected_time": "15:30"}),
    (
        {"type": "datetimepicker"},
        datetime(2026, 12, 31, tzinfo=UTC),
        {"selected_date_time": 1798675200},
    ),
    (
        {"type": "static_select", "options": [option("won", "Won"), option("lost", "Lost")]},
        "Lost",
        {"selected_option": option("lost", "Lost")},
    ),
    (
        {"type": "radio_buttons", "options": [option("a", "A"), option("b", "B")]},
        "a",
        {"selected_option": option("a", "A")},
    ),
    (
        {"type": "checkboxes", "options": [option("a", "A"), option("b", "B")]},
        ["a", "B"],
        {"selected_options": [option("a", "A"), option("b", "B")]},
    ),
    (
        {"type": "multi_static_select", "options": [option("a", "A"), option("b", "B")]},
        ["b"],
        {"selected_options": [option("b", "B")]},
    ),
    ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
    ({"type": "multi_users_select"}, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
    ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
    ({"type": "multi_conversations_select"}, ["C1"], {"selected_conversations": ["C1"]}),
    ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
    ({"type": "multi_channels_select"}, ["C1"], {"selected_channels": ["C1"]}),
]


def test_every_kind_of_field_says_its_value_as_slack_does(
    slack: PretendSlack, http_bot: Bot, mei: User
) -> None:
    seen = on_submit(http_bot, {})
    fields = [field(f"b{n}", f"Field {n}", element) for n, (element, _, _) in enumerate(EVERY_FIELD)]
    open_modal(slack, http_bot, mei, modal(*fields))
    slack.submit(mei, {f"Field {n}": value for n, (_, value, _) in enumerate(EVERY_FIELD)})
    assert seen[0]["view"]["state"]["values"] == {
        f"b{n}": {"value": {"type": element["type"], **held}}
        for n, (element, _, held) in enumerate(EVERY_FIELD)
    }


def test_what_nobody_touched_is_sent_with_its_first_value_or_empty(
    slack: PretendSlack, http_bot: Bot, mei: User, tom: User
) -> None:
    seen = on_submit(http_bot, {})
    owner = {"type": "users_select", "initial_user": tom.id}
    open_modal(
        slack,
        http_bot,
        mei,
        modal(
            field("owner", "Owner", owner),
            field("note", "Note", TEXT, optional=True),
            field("tags", "Tags", {"type": "multi_users_select"}, optional=True),
        ),
    )
    slack.submit(mei)
    assert seen[0]["view"]["state"]["values"] == {
        "owner": {"value": {"type": "users_select", "selected_user": tom.id}},
        "note": {"value": {"type": "plain_text_input", "value": None}},
        "tags": {"value": {"type": "multi_users_select", "selected_users": []}},
    }


@pytest.mark.parametrize(
    ("element", "value", "says"),
    [
        (TEXT, None, "complete this required field"),
        ({**TEXT, "max_length": 3}, "four", "at most 3"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1", "at least 2"),
        ({"type": "email_text_input"}, "nobody", "valid email"),
        ({"type": "url_text_input"}, "nowhere", "valid URL"),
    ],
)
def test_slacks_client_holds_back_what_is_missing_or_malformed(
    slack: PretendSlack, http_bot: Bot, mei: User, element: Json, value: str | None, says: str
) -> None:
    seen = on_submit(http_bot, {})
    open_modal(slack, http_bot, mei, modal(field("name", "Name", element)))
    with pytest.raises(IncompleteForm, match=says):
        slack.submit(mei, {"Name": value})
    assert seen == []


def test_a_field_or_button_that_is_not_there_cannot_be_used(
    slack: PretendSlack, http_bot: Bot, mei: User
) -> None:
    with pytest.raises(NotOnScreen, match="no modal is open"):
        slack.submit(mei)
    open_modal(slack, http_bot, mei, modal(field("name", "Name", TEXT)))
    with pytest.raises(NotOnScreen, match=r"called 'Amount'; on the screen: value \('Name'\)"):
        slack.fill(mei, {"Amount": "1"})


def test_a_select_of_the_bot_is_asked_as_one_types(slack: PretendSlack, bot: Bot, mei: User) -> None:
    asked: list[Json] = []

    def suggest(ack: Any, body: Json) -> None:
        asked.append(body)
        ack(options=[option("7", "Acme"), option("8", "Acme East")])

    bot.app.options("customer")(suggest)
    seen = on_submit(bot, {})
    element = {"type": "external_select", "action_id": "customer", "min_query_length": 2}
    view = open_modal(slack, bot, mei, modal(field("customer", "Customer", element)))
    offered = slack.type_options(mei, None, "customer", "ac").options
    assert [o["text"]["text"] for o in offered] == ["Acme", "Acme East"]
    assert (asked[0]["value"], asked[0]["block_id"], asked[0]["view"]["id"]) == ("ac", "customer", view.id)
    with pytest.raises(NotOnScreen, match="only from 2"):
        slack.type_options(mei, None, "customer", "a")
    slack.submit(mei, {"Customer": "Acme East"})
    held = seen[0]["view"]["state"]["values"]["customer"]["customer"]
    assert held == {"type": "external_select", "selected_option": option("8", "Acme East")}


def test_too_many_suggestions_are_refused(slack: PretendSlack, bot: Bot, mei: User) -> None:
    bot.app.options("value")(lambda ack: ack(options=[option(str(n), "x") for n in range(101)]))
    open_modal(slack, bot, mei, modal(field("c", "C", {"type": "external_select"})))
    assert slack.type_options(mei, None, "value", "abc").error == "invalid_options"


def test_a_field_that_dispatches_tells_the_bot_before_the_submit(
    slack: PretendSlack, bot: Bot, mei: User
) -> None:
    def listen(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = body["view"]
        client.views_update(
            view_id=view["id"],
            hash=view["hash"],
            view=modal(field("kind", "Kind", kind, dispatch_action=True), field("why", "Why", TEXT)),
        )

    kind = {"type": "static_select", "options": [option("lost", "Lost")]}
    bot.app.action("value")(listen)
    on_submit(bot, {})
    open_modal(slack, bot, mei, modal(field("kind", "Kind", kind, dispatch_action=True)))
    assert slack.submit(mei, {"Kind": "Lost", "Why": "price"}).ok


def test_an_update_of_what_somebody_else_updated_first_is_a_conflict(
    slack: PretendSlack, http_bot: Bot, mei: User
) -> None:
    view = open_modal(slack, http_bot, mei, modal())
    client, old = http_bot.app.client, view.hash
    client.views_update(view_id=view.id, hash=old, view=modal(title="New"))
    for arguments, error in [
        ({"view_id": view.id, "hash": old}, "hash_conflict"),
        ({"view_id": "V0"}, "not_found"),
        ({}, "invalid_arguments"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            client.api_call("views.update", json={"view": modal(), **arguments})


def test_a_modal_is_pushed_only_from_inside_one(slack: PretendSlack, http_bot: Bot, mei: User) -> None:
    client = http_bot.app.client
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_push(trigger_id=slack._trigger(mei), view=modal())
    view = open_modal(slack, http_bot, mei, modal(section("More", button("more", "More"))))
    seen = on_action(http_bot, "more")
    slack.press(mei, None, "more")
    client.views_push(trigger_id=seen[0]["trigger_id"], view=modal(title="Second"))
    front = slack.modal(mei)
    assert front is not None
    assert (front.title, front.previous) == ("Second", view.id)
