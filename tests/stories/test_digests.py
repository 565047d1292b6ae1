"""Digests through the whole bot: asked for in a line or a form, listed, paused, run, deleted, taken back."""

from bot.app.working import build_worker
from tests.payloads.validator import problems_of_message, problems_of_view
from tests.support.office import Office


def test_one_line_subscribes_the_channel_and_says_the_next_runs(office: Office) -> None:
    answer = office.crm(office.ann, "digest forecast every Monday 9:00")
    said = str(answer.message.blocks)
    assert "Forecast digest" in said
    assert "Every Monday at 9:00 AM" in said
    assert "Mon, Nov 30, 9:00 AM" in said
    assert problems_of_message({"text": answer.message.text, "blocks": answer.message.blocks}) == []


def test_a_chinese_line_subscribes_too(office: Office) -> None:
    answer = office.crm(office.lilei, "订阅 业绩 每月最后一个工作日 18:00")
    assert "业绩汇总" in answer.message.text
    assert "最后一个工作日 18:00" in answer.message.text


def test_the_list_pauses_resumes_and_deletes_and_an_undo_brings_back(office: Office) -> None:
    office.crm(office.ann, "digest forecast every Monday 9:00")
    listed = office.crm(office.ann, "digest")
    assert problems_of_message({"text": listed.message.text, "blocks": listed.message.blocks}) == []
    office.press(office.ann, listed, "Pause")
    assert "Paused" in str(office.said(office.ann).blocks)
    office.press(office.ann, office.said(office.ann), "Resume")
    assert "Next: " in str(office.said(office.ann).blocks)
    office.press(office.ann, office.said(office.ann), "Delete")
    assert "No digest comes to this channel" in office.said(office.ann).text
    office.press(office.ann, office.said(office.ann), "Undo")
    assert "Forecast digest" in str(office.crm(office.ann, "digest").message.blocks)


def test_the_form_subscribes_several_weekdays_and_asks_for_one_at_least(office: Office) -> None:
    office.crm(office.ann, "digest")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert problems_of_view(view.body, "modal") == []
    refused = office.submit(office.ann, {"weekdays": []})
    assert list(refused.errors) == ["weekdays"]
    office.submit(office.ann, {"kind": "performance", "weekdays": ["1", "4"], "at": "08:30"})
    said = str(office.said(office.ann).blocks)
    assert "Performance summary" in said
    assert "Every Monday, Thursday at 8:30 AM" in said


def test_a_line_that_is_not_understood_opens_the_form_with_what_was(office: Office) -> None:
    office.crm(office.ann, "digest performance")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert "When shall it come?" in str(view.body)
    assert "Performance summary" in str(view.body["blocks"][1]["element"]["initial_option"])
    office.crm(office.ann, "digest weather every Monday 9:00")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert "I do not know the digest “weather”" in str(view.body)


def test_a_line_names_for_whom_a_digest_is_and_whose_figures_it_tells(office: Office) -> None:
    said = office.crm(office.ann, "digest forecast to @bo every Monday 9:00").message
    assert "direct message to Bo Berg" in said.text
    assert "9:00 AM (Berlin time)" in said.text, "the reader's own clock"
    assert "Bo Berg* " not in said.text
    mine = office.crm(office.lilei, "订阅 预测 发给我 @bo 每周一9:00").message
    assert "Bo Berg" in mine.text
    assert "私信" in mine.text
    assert (
        "<#" in office.crm(office.ann, "digest performance of @bo to #sales every Friday 17:00").message.text
    )
    listed = str(office.crm(office.ann, "digest list").message.blocks)
    assert "direct message to Bo Berg" in listed
    assert "Performance summary* · Bo Berg" in listed
    assert listed.count("Nov 30") == 1
    assert "Dec 7" in listed
    assert "Dec 14" in listed

    worker = build_worker(office.bot)
    office.pass_time(days=8)
    worker.tick()
    worker.stop()
    assert any("Sales forecast" in each.seen for each in office.slack.dm(office.bo))
    assert any("销售预测" in each.seen and "Bo Berg" in each.seen for each in office.slack.dm(office.lilei))

    office.crm(office.ann, "digest forecast tomorrow of @bo")
    office.submit(
        office.ann,
        {"rhythm": "daily", "at": "08:30", "person": office.lilei.id, "about": office.bo.id},
    )
    assert "direct message to 李雷" in office.said(office.ann).text


def test_any_report_comes_to_anybody_in_a_language_and_zone_of_its_own(office: Office) -> None:
    office.crm(office.bo, "day")
    office.crm(office.ann, "deal Acme 120k close 2026-12-20")
    said = office.crm(office.ann, "digest pipeline every day 9:30 in Chinese Europe/Berlin").message
    assert "9:30 AM (Berlin time)" in said.text
    office.crm(office.lilei, "简报 漏斗变化 每周一17:00 北京时间 英文")
    for kind in ("signals", "plan", "satisfaction", "channels"):
        assert "Subscribed" in office.crm(office.ann, f"digest {kind} every Monday 9:00").message.text
    worker = build_worker(office.bot)
    office.press(office.ann, said, "Run now")
    worker.tick()
    (sent,) = office.slack.messages(office.sales)
    assert "在跟商机" in sent.text
    assert "每天 09:30" in str(sent.blocks[-1])
    assert problems_of_message({"text": sent.text, "blocks": sent.blocks}) == []
    office.pass_time(days=8)
    worker.tick()
    texts = [message.text for message in office.slack.messages(office.sales)]
    heads = {text.splitlines()[0] for text in texts}
    assert len(heads) >= 6, heads
    assert any(head.startswith("Pipeline changes since") for head in heads), heads
    worker.stop()


def test_the_form_chooses_zone_and_language(office: Office) -> None:
    office.crm(office.ann, "digest")
    view = office.slack.modal(office.ann)
    assert problems_of_view(view.body, "modal") == []
    chosen = {"kind": "plan", "rhythm": "quarter_end", "at": "17:00", "zone": "Asia/Tokyo", "locale": "zh-CN"}
    office.submit(office.ann, chosen)
    said = str(office.said(office.ann).blocks)
    assert "Sales plan" in said
    assert "Every quarter on the last working day at 5:00 PM (Tokyo time)" in said


def test_a_digest_is_changed_by_a_line_and_in_its_form_and_an_undo_takes_it_back(office: Office) -> None:
    office.crm(office.ann, "digest forecast every Monday 9:00")
    said = office.crm(office.ann, "digest change forecast to every Tuesday 10:00 in Chinese").message
    assert "Every Tuesday at 10:00 AM" in said.text
    office.press(office.ann, said, "Undo")
    assert "Every Monday at 9:00 AM" in str(office.crm(office.ann, "digest").message.blocks)

    office.press(office.lilei, office.crm(office.lilei, "简报 列表").message, "编辑")
    refused = office.submit(office.lilei, {"at": "08:15"})
    assert list(refused.errors), "only who made it, their manager or an admin changes it"
    office.press(office.ann, office.crm(office.ann, "digest").message, "Edit")
    view = office.slack.modal(office.ann)
    assert problems_of_view(view.body, "modal") == []
    assert "Edit digest" in str(view.body)
    asked = {"kind": "performance", "rhythm": "month_end", "at": "17:30", "zone": "Asia/Tokyo"}
    office.submit(office.ann, asked | {"place": office.sales, "about": office.ann.id})
    saved = office.said(office.ann)
    assert "Performance summary* · Ann Lee" in saved.text
    assert "Every month on the last working day at 5:30 PM (Tokyo time)" in saved.text
    office.press(office.ann, saved, "Edit")
    assert "last working day of the month" in str(office.slack.modal(office.ann).body["blocks"][1])
    office.submit(office.ann, {"person": office.lilei.id})
    assert "direct message to 李雷" in office.said(office.ann).text


def test_two_edits_of_a_digest_show_both_values_and_lose_none(office: Office) -> None:
    made = office.crm(office.ann, "digest forecast every other Monday 9:00").message
    office.press(office.ann, made, "Edit")
    assert "Every 2 weeks on Monday" in str(office.slack.modal(office.ann).body["blocks"][1])
    office.crm(office.ann, "digest change forecast every day 8:00")
    office.submit(office.ann, {"at": "11:00"})
    clash = str(office.slack.modal(office.ann).body)
    assert "Now: 08:00" in clash
    office.submit(office.ann, {"at": "11:00"})
    assert "Every day at 11:00 AM" in office.said(office.ann).text, "the other's rhythm stays"
    office.crm(office.ann, "digest forecast every Friday 9:00")
    several = office.crm(office.ann, "digest change forecast every Sunday 9:00").message
    assert "Press Edit beside the one" in str(several.blocks)
    again = office.crm(office.lilei, "简报 修改 满意度 每周二10:00").message
    assert "没有这份简报" in again.text


def test_whose_figures_a_digest_tells_is_never_dropped(office: Office) -> None:
    office.crm(office.bo, "help")
    said = office.crm(office.ann, "digest performance of Bo every Friday 17:00").message
    assert "Bo Berg" in str(said.blocks)
    for line in ("digest performance of @Nina every Friday 17:00", "订阅 业绩 只看张三 每周五17:00"):
        office.crm(office.ann, line)
        form = office.slack.modal(office.ann)
        assert "I know nobody called" in str(form.blocks)
        assert problems_of_view(form.body, "modal") == []
