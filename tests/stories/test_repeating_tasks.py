"""Tasks that come again through the whole bot: typed in a line or a form, done, skipped, taken back."""

from tests.support.office import Office


def test_a_task_comes_again_when_it_is_done_until_its_end(office: Office) -> None:
    made = office.crm(office.ann, "task weekly report every Friday until 5 Dec")
    assert "*weekly report*" in str(made.message.blocks)
    assert "Due Fri, Nov 27, 2026 · 🔁 Every Friday (until Sat, Dec 5, 2026)" in str(made.message.blocks)
    office.press(office.ann, made, "Done")
    done = office.said(office.ann)
    assert "Comes again: Due Fri, Dec 4, 2026" in done.text
    office.press(office.ann, done, "Undo")
    assert "Nov 27" in office.crm(office.ann, "task mine").text
    office.crm(office.ann, "task done weekly report")
    mine = office.crm(office.ann, "task mine")
    assert "Dec 4" in mine.text
    office.press(office.ann, mine, "Done")
    assert "Nothing to do" in office.crm(office.ann, "task mine").text


def test_a_repetition_is_typed_in_chinese_edited_in_the_form_and_skipped(office: Office) -> None:
    made = office.crm(office.lilei, "任务 交周报 每周五下午5点 共3次")
    assert "交周报" in made.text
    assert "🔁 每星期五 17:00（还有 2 次）" in str(made.message.blocks)
    named = office.crm(office.mia, "任务 每周例会材料 每周一上午10点 共3次")
    assert "*每周例会材料*" in str(named.message.blocks)
    assert "🔁 Every Monday 10:00 AM (2 more times)" in str(named.message.blocks)
    office.press(office.lilei, made, "更多…")
    office.press(office.lilei, office.slack.modal(office.lilei), "跳过这次")
    assert "2026年12月4日" in office.slack.modal(office.lilei).text
    assert "2026年12月4日" in office.said(office.lilei).text
    office.press(office.lilei, office.crm(office.lilei, "任务 我的"), "编辑")
    assert list(office.submit(office.lilei, {"repeats": "胡说"}).errors) == ["repeats"]
    office.submit(office.lilei, {"repeats": "每月最后一个工作日"})
    assert "每月最后一个工作日" in str(office.said(office.lilei).blocks)
    office.crm(office.ann, "task")
    office.press(office.ann, office.slack.modal(office.ann), "More…")
    refused = office.submit(office.ann, {"text": "stock take", "repeats": "now and then"})
    assert list(refused.errors) == ["repeats"]
    office.submit(office.ann, {"repeats": "every working day 9:30"})
    assert "🔁 Every working day 9:30 AM" in str(office.said(office.ann).blocks)
