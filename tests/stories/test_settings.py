"""Settings, team and products through the whole bot: admins change them, everybody sees them."""

import json

from bot.domain.actors import Actor
from bot.domain.roles import Role
from bot.store import models
from bot.store.people import find_slack_person
from tests.support.office import Office


def test_only_an_admin_changes_the_settings_and_a_bad_currency_stays_in_the_form(office: Office) -> None:
    assert "Edit" not in office.crm(office.ann, "settings").text
    office.press(office.ada, office.crm(office.ada, "settings"), "Edit")
    assert "USD" in office.submit(office.ada, {"currency": "XXQ"}).errors["currency"]
    office.submit(
        office.ada,
        {"currency": "CNY", "zone": ("shanghai", "Asia/Shanghai"), "fiscal_start_month": "April"},
    )
    shown = office.crm(office.lilei, "设置").text
    assert "CNY" in shown
    assert "Asia/Shanghai" in shown
    assert "CN¥120,000" in office.crm(office.ann, "deal Acme 120k").text


def test_the_last_admin_stays_admin_and_managers_do_not_go_in_circles(office: Office) -> None:
    for person in (office.ann, office.mia):
        office.crm(person, "help")
    listing = office.crm(office.ada, "team")
    with office.store.reading(1) as session:
        ada = find_slack_person(session, office.ada.id)
    assert ada is not None
    office.press(office.ada, listing, "team.edit", json.dumps({"person": ada.id}, separators=(",", ":")))
    assert "only admin" in next(iter(office.submit(office.ada, {"role": "Rep"}).errors.values()))


def test_an_imported_person_is_linked_to_slack_and_keeps_the_book(office: Office) -> None:
    office.crm(office.ada, "help")
    with office.store.transaction(Actor(1), now=office.clock(), how="import") as session:
        moses = models.Person(name="Moses Frase", role=Role.REP)
        session.add(moses)
    office.crm(office.bo, "help")
    listing = office.crm(office.ada, "team")
    assert "not in Slack yet" in listing.text
    office.press(office.ada, listing, "team.edit", json.dumps({"person": moses.id}, separators=(",", ":")))
    office.submit(office.ada, {"slack_user": office.bo.id, "team": ("North", "New team: North")})
    assert "North" in office.said(office.ada).text
    assert "Moses Frase" in office.crm(office.bo, "deal Acme 120k").text


def test_two_books_of_one_person_become_one_when_it_is_confirmed_and_undo_parts_them(office: Office) -> None:
    office.crm(office.ada, "help")
    with office.store.transaction(Actor(1), now=office.clock(), how="import") as session:
        moses = models.Person(name="Bo Berg", role=Role.REP)
        session.add(moses)
    office.crm(office.bo, "deal Acme 120k")
    listing = office.crm(office.ada, "team berg")
    assert listing.text.count("Bo Berg") == 2
    assert "Ann" not in listing.text
    office.press(office.ada, listing, "Edit or link")
    office.submit(office.ada, {"slack_user": office.bo.id})
    question = str(office.slack.modal(office.ada).blocks)
    assert "1 opportunity" in question
    assert "1 customer" in question
    office.submit(office.ada)
    joined = office.said(office.ada)
    assert "Bo Berg is" in joined.text
    assert "2 people" in str(joined.blocks)
    office.press(office.ada, joined, "Undo")
    suggested = office.crm(office.ada, "team")
    assert "the same person as" in str(suggested.message.blocks)
    office.press(office.ada, suggested, "Yes, link")
    assert office.crm(office.bo, "deal Acme").text.count("Bo Berg") == 1
    assert "nobody" not in office.crm(office.bo, "deal Acme 5k").text
    assert "called “zzz”" in str(office.crm(office.ada, "team zzz").message.blocks)


def test_two_admins_who_edit_one_person_see_both_values(office: Office) -> None:
    office.crm(office.ada, "help")
    office.crm(office.ann, "help")
    office.press(office.ada, office.crm(office.ada, "team ada"), "Edit")
    office.submit(office.ada, {"team": ("North", "New team: North")})
    assert "team North" in office.crm(office.ann, "team north").text
    office.press(office.ada, office.crm(office.ada, "team ann"), "Edit")
    office.submit(office.ada, {"role": "Admin"})
    office.press(office.ada, office.crm(office.ada, "team ann"), "Edit")
    office.press(office.ann, office.crm(office.ann, "team ann"), "Edit")
    office.submit(office.ann, {"team": ("South", "New team: South")})
    office.submit(office.ada, {"team": ("Nor", "North")})
    assert "South" in str(office.slack.modal(office.ada).blocks)
    office.submit(office.ada)
    assert "team North" in office.crm(office.ada, "team ann").text


def test_an_admin_keeps_the_price_list_and_undo_brings_a_product_back(office: Office) -> None:
    office.press(office.ada, office.crm(office.ada, "settings"), "Products")
    office.press(office.ada, office.said(office.ada), "Add a product")
    office.submit(office.ada, {"name": "Pro", "price": "240"})
    assert "$240" in office.said(office.ada).text
    assert "$12,000" in office.crm(office.ann, "quote Acme 50 x Pro").text


def test_public_holidays_of_a_country_are_days_off_for_dates_and_digests(office: Office) -> None:
    card = office.crm(office.ada, "settings")
    office.press(office.ada, card, "Edit")
    office.submit(office.ada, {"holidays_of": "US"})
    assert "United States" in office.said(office.ada).text
    # The day after Thanksgiving is worked, Thanksgiving itself is not.
    assert "Fri, Nov 27" in office.crm(office.ann, "task in 3 working days prepare the demo").text
    digest = office.crm(office.ann, "digest forecast every working day 9:00")
    said = str(digest.message.blocks)
    assert "Nov 25" in said
    assert "Nov 26" not in said
