"""Working together through the whole bot: mentions, teams, following, sharing."""

from typing import Any

from bot.jobs import Worker
from tests.support.office import Office


def _told(office: Office, user: Any) -> list[Any]:
    return [each for each in office.slack.dm(user) if each.ephemeral_to is None]


def test_who_is_mentioned_in_a_note_hears_of_it_once(office: Office, worker: Worker) -> None:
    office.crm(office.lilei, "帮助")
    office.crm(office.bo, "help")
    logged = office.crm(office.ann, "log Acme call: @bo please check the <price>, cc me@ann.com")
    worker.tick()
    (told,) = office.slack.dm(office.bo)
    assert "Ann Lee mentioned you" in told.text
    assert "&lt;price&gt;" in told.text
    office.press(office.ann, logged, "Edit")
    office.submit(office.ann, {"text": "@Bo Berg please check the price, @李雷 too, and @ann"})
    worker.tick()
    assert len(office.slack.dm(office.bo)) == 1
    assert "Ann Lee提到了你" in office.slack.dm(office.lilei)[-1].text
    assert not office.slack.dm(office.ann)
    office.press(office.bo, told, "Card")
    assert "Acme" in office.said(office.bo).text


def test_followers_hear_what_others_changed_at_once_and_nothing_of_what_was_undone(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "deal Acme 120k")
    followed = office.crm(office.mia, "follow Acme")
    assert "You hear of what happens with *Acme*" in followed.text
    office.crm(office.ann, "stage Acme proposal")
    moved = office.crm(office.ann, "stage Acme negotiation")
    worker.tick()
    assert not office.slack.dm(office.mia)
    office.pass_time(minutes=5)
    worker.tick()
    (told,) = office.slack.dm(office.mia)
    assert "Stage: Qualification → *Negotiation*" in told.text
    assert "by Ann Lee" in told.text
    back = office.crm(office.ann, "stage Acme proposal")
    office.press(office.ann, back, "Undo")
    office.pass_time(minutes=5)
    worker.tick()
    assert len(_told(office, office.mia)) == 1
    office.press(office.mia, told, "Unfollow")
    assert "You hear no more" in office.said(office.mia).text
    office.more(office.ann, moved, "Share")
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann, {"amount": "120k", "closed_on": "2026-11-23"})
    office.pass_time(minutes=5)
    worker.tick()
    assert len(_told(office, office.mia)) == 1


def test_a_colleague_is_put_on_a_team_by_line_and_form_told_and_taken_off(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "customer Acme")
    office.crm(office.bo, "help")
    added = office.crm(office.ann, "collaborators Acme @bo presales")
    assert "Bo Berg · Pre-sales" in added.text
    worker.tick()
    assert (
        "Ann Lee put you on the team of *Acme*. Your role: Pre-sales" in office.slack.dm(office.bo)[-1].text
    )
    office.press(office.ann, added, "Add a colleague")
    refused = office.submit(office.ann, {"person": office.ann.id, "part": "service"})
    assert "owns it already" in refused.errors["person"]
    office.submit(office.ann, {"person": office.lilei.id, "part": "technical"})
    assert "李雷 · Technical" in office.said(office.ann).text
    assert "协作团队" in office.crm(office.lilei, "协作 Acme").text
    office.press(office.ann, added, "Remove")
    gone = office.said(office.ann)
    assert "Bo Berg is off the team" in gone.text
    office.press(office.ann, gone, "Undo")
    assert "Bo Berg · Pre-sales" in office.crm(office.mia, "collaborators Acme").text
    denied = office.crm(office.mia, "collaborators Acme @lilei sponsor")
    assert "Only Ann Lee" in denied.text


def test_credit_is_split_among_an_opportunitys_team_and_is_always_whole(office: Office) -> None:
    for user in (office.bo, office.mia):
        office.crm(user, "help")
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "collaborators OPP-1 @mia sponsor")
    told = office.crm(office.ann, "collaborators Acme @bo presales 30%")
    assert "Pre-sales · 30% of the credit" in told.text
    assert "Ann Lee · 70% of the credit" in told.text
    assert "must be 100" in office.crm(office.ann, "collaborators OPP-1 @mia 80%").text
    office.press(office.ann, told, "Split credit")
    refused = office.submit(office.ann, {"Mia Moss": "20"})
    assert "120 percent together" in str(refused.errors)
    office.submit(office.ann, {"Mia Moss": "20", "Ann Lee": "50"})
    split = office.said(office.ann)
    assert "Ann Lee · 50% of the credit" in split.seen
    office.press(office.ann, split, "Undo")
    assert "Ann Lee · 70% of the credit" in office.crm(office.ann, "collaborators OPP-1").text
    assert "占业绩 70%" in office.crm(office.lilei, "协作 OPP-1").text
