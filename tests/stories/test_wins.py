"""Wins through the whole bot: told with a picture where the workspace wants them, and marked when undone."""

from bot.jobs import Worker
from tests.support.office import Office


def _win(office: Office, user: object, line: str, amount: str) -> object:
    office.crm(user, line)
    return office.submit(user, {"amount": amount, "closed_on": "2026-11-23"})


def test_a_win_is_told_with_a_picture_in_the_winners_language_and_marked_when_it_is_undone(
    office: Office, worker: Worker
) -> None:
    assert "told nowhere" in office.crm(office.ann, "wins").text
    assert "admin" in office.crm(office.ann, "wins here").text
    assert "with amounts" in office.crm(office.ada, "wins here").text
    office.crm(office.ada, "plan Q4 300k")
    office.crm(office.ann, "deal Acme 120k")
    _win(office, office.ann, "stage Acme won", "130k")
    undo = office.said(office.ann)
    worker.tick()
    (told,) = [each for each in office.sales.messages if "is won" in each.seen]
    assert "*Acme* is won: $130,000." in told.seen
    picture = next(block for block in told.blocks if block["type"] == "image")
    assert "$130,000" in picture["alt_text"]
    assert "Won by: Ann Lee." in picture["alt_text"]
    assert office.slack.state.files[picture["slack_file"]["id"]].content.startswith(b"\x89PNG")
    office.press(office.lilei, told, "Details")
    assert "$130,000" in office.said(office.lilei).seen
    office.press(office.ann, undo, "Undo")
    office.pass_time(seconds=30)
    worker.tick()
    assert "Taken back: *Acme* is not won." in told.seen
    assert not [block for block in told.blocks if block["type"] == "image"]
    office.press(office.ann, office.said(office.ann), "Redo")
    office.pass_time(seconds=30)
    worker.tick()
    assert "*Acme* is won: $130,000." in told.seen


def test_amounts_stay_hidden_where_the_workspace_says_so_and_its_form_keeps_what_was_typed(
    office: Office, worker: Worker
) -> None:
    office.press(office.ada, office.crm(office.ada, "settings"), "In channels")
    office.press(office.ada, office.said(office.ada), "Edit")
    typed = {"win_channel": office.sales.id, "win_shows_amount": [], "unfurls": "chosen"}
    refused = office.submit(office.ada, typed)
    assert "at least one" in refused.errors["unfurl_channels"]
    refused = office.submit(
        office.ada, typed | {"unfurl_channels": [office.sales.id], "collect_emoji": "two words"}
    )
    assert "not the name of an emoji" in refused.errors["collect_emoji"]
    office.submit(office.ada, typed | {"unfurl_channels": [office.sales.id], "collect_emoji": ":star:"})
    said = office.said(office.ada)
    assert "without amounts" in said.seen
    assert ":star:" in said.seen
    office.crm(office.lilei, "商机 华星 12万")
    _win(office, office.lilei, "阶段 华星 赢单", "13万")
    worker.tick()
    (told,) = [each for each in office.sales.messages if "赢单了" in each.seen]
    everything = str(told.blocks) + told.text
    assert "13" not in everything.replace(str(told.ts), "").replace("#1f8f69", "")
    assert "赢单：华星" in everything
    office.press(office.ada, said, "Undo")
    assert "told nowhere" in office.crm(office.ada, "wins").text
