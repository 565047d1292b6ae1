"""Cards that are shared into channels: posted, kept true, and copied where the bot is not."""

from typing import Any

from bot.domain.actors import Actor
from bot.domain.names import name_key
from bot.jobs import Worker
from bot.store.models import Product
from tests.support.office import Office


def _later(office: Office, worker: Worker) -> None:
    office.pass_time(seconds=20)
    worker.tick()


def _shared(office: Office, where: Any | None = None) -> Any:
    """The last message in a channel that everybody sees and that is no reply."""
    seen = office.slack.messages(where or office.sales)
    return [each for each in seen if not each.is_reply and each.ephemeral_to is None][-1]


def test_a_share_delivered_three_times_is_one_card_that_shows_whatever_changes_around_the_customer(
    office: Office, worker: Worker
) -> None:
    card = office.crm(office.ann, "customer Acme")
    pressed = office.press(office.ann, card, "Share")
    for _ in range(2):
        office.slack.redeliver(pressed)
    assert "The card of *Acme* goes to" in office.said(office.ann).text
    worker.tick()
    (shared,) = [each for each in office.slack.messages(office.sales) if "shared this" in each.text]
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "contact Acme Li Na role: decision maker")
    office.crm(office.bo, "task Acme demo prep 2026-11-25 15:00")
    office.crm(office.bo, "log Acme call: wants 50 seats")
    _later(office, worker)
    for part in ("Ann Lee shared this", "$120,000", "Li Na", "demo prep", "wants 50 seats"):
        assert part in shared.seen
    moved = office.crm(office.ann, "stage Acme negotiation")
    _later(office, worker)
    assert "Negotiation" in shared.seen
    office.press(office.ann, moved, "Undo")
    _later(office, worker)
    assert "Qualification" in shared.seen
    assert len([each for each in office.slack.messages(office.sales) if "Acme" in each.text]) == 1


def test_a_leads_shared_card_tells_who_took_it_and_one_that_was_undone_says_so(
    office: Office, worker: Worker
) -> None:
    kept = office.crm(office.ann, "lead Blue Ocean via website")
    office.press(office.ann, kept, "Share")
    worker.tick()
    shared = _shared(office)
    office.press(office.ann, kept, "To the pool")
    _later(office, worker)
    assert "in the pool" in shared.seen
    office.press(office.bo, shared, "Claim")
    _later(office, worker)
    assert "Bo Berg" in shared.seen
    office.press(office.bo, office.crm(office.bo, "lead Blue Ocean"), "Convert")
    _later(office, worker)
    assert "Converted" in shared.seen
    again = office.crm(office.ann, "lead Red Sea")
    office.crm(office.ann, "share lead Red Sea")
    worker.tick()
    undone = _shared(office)
    office.press(office.ann, again, "Undo")
    _later(office, worker)
    assert "This lead is no longer here" in undone.seen
    assert "Red Sea" not in undone.seen


def test_a_line_shares_an_opportunity_or_quote_into_the_channel_that_it_names_in_both_languages(
    office: Office, worker: Worker
) -> None:
    board = office.slack.add_channel("board")
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "share OPP-1 to #board who knows *them*?")
    worker.tick()
    shared = _shared(office, board)
    assert "who knows" in shared.seen
    office.crm(office.ann, "stage Acme proposal")
    _later(office, worker)
    assert "Proposal" in shared.seen
    office.crm(office.lilei, "分享 Acme 到 #board 大家看看")
    worker.tick()
    in_chinese = _shared(office, board)
    assert "李雷分享" in in_chinese.seen
    assert "大家看看" in in_chinese.seen
    with office.store.transaction(Actor(1), now=office.clock(), how="test") as session:
        session.add(Product(name="Pro", name_key=name_key("Pro"), price_minor=24_000, currency="USD"))
    office.crm(office.ann, "quote Acme 50 x Pro")
    office.crm(office.ann, "share Q-2026-0001 here")
    worker.tick()
    office.press(office.ann, _shared(office), "Mark as sent")
    _later(office, worker)
    assert "Sent" in _shared(office).seen
    assert "no customer or opportunity called “Nobody Ltd”" in office.crm(office.ann, "share Nobody Ltd").text
    assert "分享哪张卡片" in office.crm(office.lilei, "分享").text


def test_a_form_shares_into_any_channel_with_a_word_to_it(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, office.crm(office.ann, "customer Acme"), "Team")
    office.press(office.ann, office.said(office.ann), "Share into a channel")
    office.submit(office.ann, {"share_into": office.sales.id, "words": "who knows *them*?"})
    worker.tick()
    shared = _shared(office)
    assert "Ann Lee shared this" in shared.text
    office.press(office.bo, shared, "Log")
    assert "Acme" in str(office.slack.modal(office.bo).blocks)


def test_where_the_bot_is_not_a_copy_goes_that_says_so_and_else_the_sharer_hears_why(
    office: Office, worker: Worker
) -> None:
    secret = office.slack.add_channel("secret", [office.ann], private=True, with_bot=False)
    office.crm(office.ann, "customer Acme")
    card = office.slack.command(office.ann, secret, "/crm", "customer Acme")
    office.press(office.ann, card, "Share")
    worker.tick()
    copy = _shared(office, secret)
    assert "Acme" in copy.text
    assert "I am not in this channel. Invite me with /invite" in copy.seen
    office.press(office.ann, office.crm(office.ann, "customer Acme"), "Team")
    office.press(office.ann, office.said(office.ann), "Share into a channel")
    office.submit(office.ann, {"share_into": secret.id, "words": "by form"})
    worker.tick()
    assert "by form" in _shared(office, secret).seen
    office.crm(office.ann, f"share Acme <#{secret.id}|secret>")
    worker.tick()
    told = office.slack.dm(office.ann)[-1]
    assert "the card that you shared into" in told.text
    assert "/invite" in told.text
