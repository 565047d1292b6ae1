"""Links to opportunities and messages of deal rooms, through the whole bot."""

from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from bot.jobs import Worker
from tests.support.office import Office

LINK = "https://deals.example/o/OPP-1"


def _share(office: Office, user: Any, where: Any, text: str) -> Any:
    said = office.slack.say(user, where, text)
    office.bot.effects.settle()
    return said.message


def test_a_link_shows_name_and_stage_where_the_workspace_lets_it_and_details_to_each_by_their_rights(
    office: Office,
) -> None:
    office.crm(office.ann, "deal Acme 120k")
    assert LINK in office.crm(office.ann, "link Acme").text
    shared = _share(office, office.ann, office.sales, f"look: {LINK} and https://elsewhere.example/o/OPP-1")
    (unfurled,) = shared.attachments
    seen = str(unfurled["blocks"])
    assert "*Acme*" in seen
    assert "Qualification" in seen
    assert "120" not in seen
    office.press(office.bo, shared, "Details")
    assert "$120,000" in office.said(office.bo).seen
    assert not _share(office, office.ann, office.sales, "https://deals.example/o/OPP-99").attachments
    (chinese,) = _share(office, office.lilei, office.sales, "https://deals.example/o/1").attachments
    assert "初步接触" in str(chinese["blocks"]) or "阶段" in str(chinese["blocks"])
    form = {"unfurls": "chosen", "unfurl_channels": [office.slack.add_channel("board").id]}
    office.press(office.ada, office.crm(office.ada, "wins"), "Edit")
    office.submit(office.ada, form)
    assert not _share(office, office.ann, office.sales, LINK).attachments
    assert _share(office, office.ann, office.slack.state.channel("board"), LINK).attachments


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _leads_to(office: Office, path: str) -> str | int:
    try:
        build_opener(_Stay).open(office.server.url + path)
    except HTTPError as answer:
        return answer.headers.get("Location") or answer.code
    raise AssertionError("an opportunity's link is no page")


def test_an_opened_link_leads_to_the_card_and_marked_messages_of_its_room_are_kept_once(
    office: Office, worker: Worker
) -> None:
    office.crm(office.bo, "help")
    office.crm(office.lilei, "商机 Acme 12万")
    assert _leads_to(office, "/o/OPP-2") == 404
    office.crm(office.lilei, "作战室 Acme")
    worker.tick()
    room = office.slack.state.channel("acme")
    assert "初步接触" in room.topic or "¥" in room.topic or "12" in room.topic
    (card,) = [each for each in room.messages if each.pinned]
    assert "金额" in card.seen
    assert str(_leads_to(office, "/o/OPP-1")).endswith(f"/archives/{room.id}/p{card.ts.replace('.', '')}")
    room.members += [office.ann.id, office.bo.id]
    said = office.slack.say(office.bo, room, "They want <50> seats & a pilot").message
    reply = office.slack.say(office.bo, room, "from January", thread_ts=said.ts).message
    for who, what, emoji in (
        (office.ann, said, "pushpin"),
        (office.lilei, said, "pushpin"),
        (office.ann, reply, "pushpin"),
        (office.ann, reply, "eyes"),
    ):
        office.slack.react(who, what, emoji)
        worker.tick()
    office.pass_time(seconds=30)
    worker.tick()
    assert "white_check_mark" in said.reactions
    shown = office.crm(office.ann, "customer Acme")
    assert shown.text.count("They want &lt;50&gt; seats &amp; a pilot") == 1
    assert "from January" in shown.text
    again = office.slack.message_shortcut(office.ann, said, "activity.from_message")
    office.bot.effects.settle()
    assert again.ok
    kept = office.said(office.ann)
    assert "on the timeline already" in kept.text
    assert "Bo Berg" in kept.seen
    assert f"/archives/{room.id}/p{said.ts.replace('.', '')}" in kept.seen
    office.slack.unreact(office.lilei, said, "pushpin")
    worker.tick()
    assert "white_check_mark" in said.reactions
    office.slack.unreact(office.ann, said, "pushpin")
    office.pass_time(seconds=30)
    worker.tick()
    assert "white_check_mark" not in said.reactions
    office.slack.message_shortcut(office.ann, said, "activity.from_message")
    office.bot.effects.settle()
    assert "Acme" in str(office.slack.modal(office.ann).blocks)
