"""Tasks through the whole bot: given in a line or a form, put off, done, taken back."""

from tests.payloads.validator import problems_of_message, problems_of_view
from tests.support.office import Office


def test_one_line_gives_a_task_with_its_customer_and_moment(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    answer = office.crm(office.ann, "task Acme demo prep Thu 3pm")
    card = str(answer.message.blocks)
    assert "demo prep" in card
    assert "Thu, Nov 26, 2026, 3:00 PM" in card
    assert "About Acme" in card
    assert problems_of_message({"text": answer.message.text, "blocks": answer.message.blocks}) == []


def test_a_task_for_somebody_else_is_named_in_chinese_too(office: Office) -> None:
    office.crm(office.lilei, "商机 华星 12万")
    answer = office.crm(office.lilei, "派 @bo 华星 周四前备好演示")
    assert "备好演示" in answer.text
    assert "Bo Berg（李雷 派）" in str(answer.message.blocks)
    assert "备好演示" in str(office.crm(office.bo, "day").message.blocks)


def test_the_form_reads_a_typed_due_and_keeps_it_when_it_cannot(office: Office) -> None:
    office.crm(office.ann, "task")
    refused = office.submit(office.ann, {"text": "send the offer", "due": "blue moon"})
    assert list(refused.errors) == ["due"]
    past = office.submit(office.ann, {"due": "2026-11-20"})
    assert "past" in past.errors["due"]
    office.submit(office.ann, {"due": "2026-12-04 15:00", "assignee": office.bo})
    assert "Fri, Dec 4, 2026, 3:00 PM" in str(office.said(office.ann).blocks)
    assert "Bo Berg" in str(office.said(office.ann).blocks)


def test_done_asks_nothing_and_undo_opens_the_task_again(office: Office) -> None:
    answer = office.crm(office.ann, "task send the offer")
    office.press(office.ann, answer, "Done")
    done = office.said(office.ann)
    assert "Done: *send the offer*" in done.text
    office.press(office.ann, done, "Undo")
    assert "send the offer" in office.crm(office.ann, "task mine").text


def test_tomorrow_keeps_the_time_of_day(office: Office) -> None:
    answer = office.crm(office.ann, "task call back 2026-11-25 15:00")
    office.press(office.ann, answer, "Tomorrow")
    assert "Tue, Nov 24, 2026, 3:00 PM" in str(office.said(office.ann).blocks)


def test_a_button_of_a_task_that_is_over_says_so(office: Office) -> None:
    first = office.crm(office.ann, "task send the offer")
    again = office.crm(office.ann, "task mine")
    office.press(office.ann, again, "Done")
    office.press(office.ann, first, "Tomorrow")
    assert "closed already" in office.said(office.ann).text
    undone = office.crm(office.ann, "task write the minutes")
    office.press(office.ann, undone, "Undo")
    list_before = office.crm(office.ann, "task mine")
    assert "Nothing to do" in list_before.text


def test_only_assignee_maker_their_managers_and_admins_finish_a_task(office: Office) -> None:
    office.crm(office.ann, "task send the offer Fri")
    answer = office.crm(office.ann, "task mine")
    office.press(office.bo, answer, "Done")
    assert "Ann Lee" in office.said(office.bo).text
    office.press(office.ada, answer, "Done")
    assert "Done" in office.said(office.ada).text


def test_two_edits_of_one_task_show_both_values(office: Office) -> None:
    answer = office.crm(office.ann, "task send the offer")
    office.press(office.ann, answer, "Edit")
    office.press(office.ada, office.crm(office.ann, "task mine"), "Edit")
    office.submit(office.ada, {"text": "send the second offer"})
    office.submit(office.ann, {"text": "send the third offer", "due": "2026-12-04 15:00"})
    conflict = office.slack.modal(office.ann)
    assert "second offer" in str(conflict.blocks)
    assert problems_of_view(conflict.body, "modal") == []
    office.submit(office.ann)
    after = office.crm(office.ann, "task mine").text
    assert "third offer" in after
    assert "Fri, Dec 4 3:00 PM" in after


def test_what_only_looks_like_a_mention_is_text(office: Office) -> None:
    made = office.crm(office.ann, "task <@U404|ghost> call them")
    assert "&lt;@U404|ghost&gt; call them" in made.text
    office.crm(office.ann, "task @ghost call them")
    assert "nobody called" in str(office.slack.modal(office.ann).blocks)
    assert "“&lt;@U404|ghost&gt;”" in office.crm(office.ann, "find <@U404|ghost>").text
