"""Opportunities through the whole bot: from a line in Slack to a row, a card, and back."""

from tests.support.office import Office


def test_one_line_opens_an_opportunity_and_answers_with_its_card(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k 2026-12-31")
    assert answer.status == 200
    assert "$120,000" in answer.text
    assert "Thu, Dec 31, 2026" in answer.text
    shown = office.crm(office.bo, "deal Acme")
    assert "$120,000" in shown.text


def test_a_chinese_reader_is_answered_in_chinese(office: Office) -> None:
    answer = office.crm(office.lilei, "商机 华星 12万 2026-12-31")
    assert "商机" in answer.text
    assert "2026年12月31日周四" in answer.text


def test_the_bare_verb_opens_the_form_and_the_form_opens_an_opportunity(office: Office) -> None:
    assert office.crm(office.ann, "deal").body == ""
    office.submit(
        office.ann, {"customer": ("Acme", "New customer: Acme"), "amount": "50k", "close_on": "2026-12-01"}
    )
    assert office.slack.modal(office.ann) is None
    assert "$50,000" in office.said(office.ann).text


def test_a_day_that_does_not_exist_opens_the_form_which_says_why(office: Office) -> None:
    assert office.crm(office.ann, "deal Nova 120k close 31 Feb").body == ""
    form = office.slack.modal(office.ann)
    assert "the last day of that month is Sun, Feb 28, 2027" in form.text
    office.submit(office.ann, {"close_on": "2027-02-26"})
    assert "Fri, Feb 26, 2027" in office.said(office.ann).text


def test_an_amount_below_zero_is_refused_and_never_read_without_its_sign(office: Office) -> None:
    refused = office.crm(office.ann, "deal Nova -5k")
    assert "negative" in refused.text
    assert "Nova" not in office.crm(office.ann, "deal Acme 1k").text


def test_a_refused_field_keeps_the_form_and_the_corrected_form_is_accepted(office: Office) -> None:
    office.crm(office.ann, "deal")
    refused = office.submit(office.ann, {"customer": ("Acme", "New customer: Acme"), "amount": "abc"})
    assert list(refused.errors) == ["amount"]
    accepted = office.submit(office.ann, {"amount": "50k"})
    assert not accepted.errors
    assert "$50,000" in office.said(office.ann).text


def test_undo_takes_everything_back_and_redo_brings_it_again(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, answer, "Undo")
    assert "no opportunity" in office.crm(office.ann, "deal Acme").text
    office.press(office.ann, office.slack.ephemerals(office.ann)[0], "Redo")
    assert "$120,000" in office.crm(office.ann, "deal Acme").text


def test_a_command_delivered_three_times_makes_one_record_and_one_answer(office: Office) -> None:
    first = office.crm(office.ann, "deal Acme 120k")
    again = [office.slack.redeliver(first), office.slack.redeliver(first)]
    assert [each.body for each in again] == [first.body, first.body]
    assert "OPP-2" not in office.crm(office.ann, "deal Acme").text


def test_an_amount_without_end_is_told_at_its_field_and_no_name(office: Office) -> None:
    for typed in (
        "deal Acme 999999999999999",
        "deal Acme $1234567890123456",
        "deal Acme 123456789012345 EUR",
        "商机 Acme 金额 999999999999999",
        "商机 Acme 123456789012345 1月底",
    ):
        assert "too large" in office.crm(office.ann, typed).text
        assert "too large" in office.slack.modal(office.ann).text
        office.slack.close_view(office.ann)
    assert "4500012345678 renewal" in office.crm(office.ann, "deal Acme 4500012345678 renewal").text


def test_won_asks_for_amount_and_day_and_lost_for_the_reason(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann, {"amount": "130k", "closed_on": "2026-11-23"})
    assert "$130,000" in office.said(office.ann).text
    office.crm(office.ann, "deal Borg 10k")
    office.crm(office.ann, "stage Borg lost")
    assert office.submit(office.ann, {"loss_reason": "price"}).errors == {}
    assert "price" in str(office.said(office.ann).blocks)


def test_what_is_won_already_is_opened_and_closed_in_one_line(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k stage won")
    assert "Closed on" in answer.text
    assert "How much" in office.crm(office.ann, "deal Borg stage won").text


def test_only_owner_manager_and_admin_change(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k")
    office.crm(office.bo, "stage Acme negotiation")
    assert "Ann Lee" in office.crm(office.bo, "stage Acme negotiation").text
    assert "Moved" in office.crm(office.ada, "stage Acme negotiation").text
    assert "Ann Lee" in office.crm(office.bo, "lost Acme").text
    assert "Ann Lee" in office.crm(office.bo, "丢单 Acme").text
    assert "Ann Lee" in office.crm(office.lilei, "推进 Acme").text
    for button in ("Stage", ("More", "Edit")):
        card = office.crm(office.bo, "deal Acme")
        if isinstance(button, tuple):
            office.more(office.bo, card, button[1])
        else:
            office.press(office.bo, card, button)
        assert office.slack.modal(office.bo) is None or "Ann Lee" in office.slack.modal(office.bo).text
    assert answer.status == 200


def test_two_edits_of_one_version_show_both_values_and_lose_nothing(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k")
    office.more(office.ann, answer, "Edit")
    office.more(office.ada, office.crm(office.ada, "deal Acme"), "Edit")
    office.submit(office.ada, {"amount": "150k"})
    office.submit(office.ann, {"amount": "200k"})
    assert "150" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    assert "$200,000" in office.crm(office.bo, "deal Acme").text


def test_what_only_the_other_changed_survives_the_later_save(office: Office) -> None:
    answer = office.crm(office.ann, "deal Acme 120k")
    office.more(office.ann, answer, "Edit")
    office.more(office.ada, office.crm(office.ada, "deal Acme"), "Edit")
    office.submit(office.ada, {"amount": "150k", "source": "referral"})
    office.submit(office.ann, {"amount": "200k"})
    office.submit(office.ann)
    shown = office.crm(office.bo, "deal Acme")
    assert "$200,000" in shown.text
    assert "referral" in shown.text


def test_a_line_that_is_refused_opens_the_form_with_all_that_was_typed_and_the_sentence(
    office: Office,
) -> None:
    office.crm(office.ann, "deal Globex 12k pilot close yesterday @ann via referral")
    form = str(office.slack.modal(office.ann).blocks)
    assert all(typed in form for typed in ("new:Globex", "12000 USD", "pilot", "referral", office.ann.id))
    assert "is in the past" in form
    office.submit(office.ann, {"close_on": "2026-12-31"})
    assert "Dec 31" in office.crm(office.ann, "deal Globex").text
    assert "Dec 31" in office.crm(office.ann, "deal opp-1").text
    assert "no longer here" in office.crm(office.ann, "deal OPP-404").text
    office.crm(office.ann, "quote Initech 5 x Pro valid until yesterday")
    assert "is in the past" in str(office.slack.modal(office.ann).blocks)
    office.crm(office.ann, "task call Globex yesterday")
    assert "is in the past" in str(office.slack.modal(office.ann).blocks)
    assert office.slack.refusals() == []


def test_whoever_is_mentioned_owns_it_and_what_only_looks_like_a_mention_is_text(office: Office) -> None:
    assert "Bo Berg" in str(office.crm(office.ann, "deal Globex 5k @bo").message.blocks)
    assert "nobody called" in office.crm(office.ann, "deal Initech 5k @nobody").text
    made = office.crm(office.ann, f"deal <@{office.bo.id}> & Co 5k")
    assert f"&lt;@{office.bo.id}&gt; &amp; Co" in made.text
    assert "Ann Lee" in str(made.message.blocks)


def test_a_number_in_a_line_is_the_opportunity_and_what_follows_stands_in_its_form(office: Office) -> None:
    office.crm(office.ada, "deal field Round: choice A, B")
    office.crm(office.ann, "deal Acme 120k close 2026-12-20 annual licence")
    office.crm(office.ann, "deal OPP-1 130k close 2026-12-28 Round: B")
    office.submit(office.ann, {})
    card = office.said(office.ann).text + str(office.said(office.ann).blocks)
    assert [each in card for each in ("annual licence", "$130,000", "Dec 28, 2026", "B")] == [True] * 4
    office.crm(office.ann, "商机 opp-1，14万")
    office.submit(office.ann, {})
    assert "$140,000" in str(office.said(office.ann).blocks)
    assert "OPP-2" not in str(office.crm(office.ann, "pipeline").message.blocks)
    assert "OPP-1" in str(office.crm(office.ann, "deal Acme").message.blocks)
    assert "no longer here" in office.crm(office.ann, "deal OPP-99 130k").text
