"""A working day in the demo, in a real browser and in both languages, as a newcomer lives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.playground.demo import Demo
from tests.browser.conftest import shot
from tests.payloads.validator import problems_of_journal

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""10:00 for Ann in New York, 23:00 for Li Lei in Shanghai."""


@dataclass(frozen=True)
class Record:
    """One record made by a line and one made by the form that a verb alone opens."""

    line: str
    seen: tuple[str, ...]
    verb: str
    title: str
    typed: dict[str, str]
    chosen: dict[str, str]
    made: tuple[str, ...]


ENGLISH = SimpleNamespace(
    who="ann",
    locale="en-US",
    channel="sales",
    waiting="is won",
    create="Create",
    records=(
        Record(
            "customer Acme, contact Jane Roe jane@acme.example",
            ("Customer created.", "Acme", "Jane Roe"),
            "customer",
            "New customer",
            {"Name": "Globex", "Industry": "Chemicals", "Contact's name": "Omar Said"},
            {},
            ("Customer created.", "Globex", "Chemicals", "Omar Said"),
        ),
        Record(
            "deal Acme 120k annual licence close end of Dec via referral",
            ("Opportunity opened.", "Acme · annual licence", "$120,000", "Thu, Dec 31, 2026", "referral"),
            "deal",
            "New opportunity",
            {"Name": "pilot", "Amount": "45k", "Close date": "2026-12-18"},
            {"Customer": "Globex", "Stage": "Proposal"},
            ("Opportunity opened.", "Globex · pilot", "$45,000", "Fri, Dec 18, 2026", "Proposal"),
        ),
        Record(
            "task Acme send references today 3pm",
            ("Task created.", "send references", "Tue, Nov 24, 2026, 3:00 PM", "A reminder comes"),
            "task",
            "New task",
            {"What is to be done": "Prepare the demo", "Due": "Thu 11am"},
            {"Customer": "Globex"},
            ("Task created.", "Prepare the demo", "Thu, Nov 26, 2026, 11:00 AM", "Globex"),
        ),
        Record(
            "quote Acme 50 x Pro, 8% off",
            ("Quote made.", "50 × Pro @ $240 = $12,000", "Discount 8%", "$11,040"),
            "quote",
            "New quote",
            {"Lines": "10 x Team\n1 x Onboarding", "Discount in percent": "5"},
            {"Customer": "Globex"},
            ("Quote made.", "Globex", "10 × Team", "$5,890"),
        ),
    ),
    before=(),
    reminder=("⏰", "send references", "Acme"),
    done="Done",
    is_done="Done",
    digests=("digest forecast every Monday 9:00", "digest performance every Monday 9:00"),
    subscribed="Subscribed.",
    monday="Monday 09:00",
    monday_shown="Mon, Nov 30, 09:00",
    came=(("Sales forecast Q4 2026", "Likely range"), ("Sales performance Nov 23 – 29, 2026", "By person")),
    report="report",
    figure="Win rate",
    improve="Improve…",
    measure_form="Improvement",
    measure={"Cause": "Demos are booked too late", "What will be done": "Book the demo in the first call"},
    owner=("Who takes it on", "Ann Lee"),
    today=re.compile(r"Today: \d+%"),
    review_on=("Measured again on", "2026-12-08"),
    record="Record",
    recorded=("Improvement measure recorded: Book the demo in the first call", "Demos are booked too late"),
    measured=("Book the demo in the first call", "Win rate"),
)

CHINESE = SimpleNamespace(
    who="lilei",
    locale="zh-CN",
    channel="华南销售",
    waiting="刚拜访了锦程机器人",
    create="新建",
    records=(
        Record(
            "客户 华星 联系人 王芳 wang@huaxing.example",
            ("客户已新建。", "华星", "王芳"),
            "客户",
            "新建客户",
            {"名称": "远航科技", "行业": "软件", "联系人姓名": "赵敏"},
            {},
            ("客户已新建。", "远航科技", "软件", "赵敏"),
        ),
        Record(
            "商机 华星 12万 12月底 转介绍",
            ("商机已新建。", "华星", "US$120,000", "2026年12月31日周四", "转介绍"),
            "商机",
            "新建商机",
            {"名称": "年度授权", "金额": "4.5万", "预计成交": "2026-12-18"},
            {"客户": "远航科技", "阶段": "方案报价"},
            ("商机已新建。", "远航科技 · 年度授权", "US$45,000", "2026年12月18日周五", "方案报价"),
        ),
        Record(
            "任务 华星 发样品 明天下午3点",
            ("任务已创建。", "发样品", "2026年11月25日周三 15:00", "到点会提醒"),
            "任务",
            "新建任务",
            {"要做什么": "准备产品演示", "截止时间": "周四上午11点"},
            {"客户": "远航科技"},
            ("任务已创建。", "准备产品演示", "2026年11月26日周四 11:00", "远航科技"),
        ),
        Record(
            "报价 华星 50 x Pro 打92折",
            ("50 × Pro", "US$11,040"),
            "报价",
            "新建报价单",
            {"明细": "10 x Team\n1 x Onboarding", "整单优惠（%）": "5"},
            {"客户": "远航科技"},
            ("远航科技", "10 × Team", "US$5,890"),
        ),
    ),
    before=("我的一天", "发样品"),
    reminder=("⏰", "发样品", "华星"),
    done="完成",
    is_done="完成",
    digests=("简报 预测 每周一9:00", "订阅 业绩 每周一9:00"),
    subscribed="已订阅。",
    monday="周一 09:00",
    monday_shown="11月30日周一 09:00",
    came=(("2026年第4季度销售预测", "大概率区间"), ("2026年11月23日至29日业绩汇总", "按人")),
    report="报表",
    figure="赢单率",
    improve="改进…",
    measure_form="改进措施",
    measure={"问题原因": "演示约得太晚", "改进措施": "首次通话就约好演示"},
    owner=("负责人", "李雷"),
    today=re.compile(r"\d+%"),
    review_on=("复查日期", "2026-12-08"),
    record="记录",
    recorded=("首次通话就约好演示", "演示约得太晚"),
    measured=("首次通话就约好演示", "赢单率"),
)


@dataclass
class Day:
    """The demo, its page as one person sees it, and that person's words."""

    demo: Demo
    page: Page
    journal: Path
    words: SimpleNamespace

    def go(self, place: str) -> None:
        """Open a channel by its name, or the direct messages with the bot."""
        who = next(user for user in self.demo.slack.users() if user.name == self.words.who)
        found = [channel.id for channel in self.demo.slack.channels() if channel.name == place]
        where = found[0] if found else self.demo.slack.direct(who).id
        self.page.goto(f"{self.demo.url}/u/{who.id}/{where}")

    def type(self, line: str) -> None:
        self.page.locator("#say-main").fill(f"/crm {line}")
        self.page.locator("#say-main").press("Enter")

    def answer(self, *texts: str) -> Locator:
        """The newest message, once it holds all of these."""
        newest = self.page.locator(".scroll .message").last
        for text in texts:
            expect(newest).to_contain_text(text)
        return newest

    def form(self, title: str) -> Locator:
        form = self.page.get_by_role("dialog", name=title)
        expect(form).to_be_visible()
        return form

    def shot(self, name: str) -> None:
        shot(self.page, f"story-{self.words.who}-{name}")


@pytest.fixture(params=[ENGLISH, CHINESE], ids=["english", "chinese"])
def day(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[Day]:
    journal = tmp_path / "journal.jsonl"
    demo = Demo(f"sqlite:///{tmp_path}/demo.db", start_at=TUESDAY, journal=journal).start()
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale=request.param.locale)
    context.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)
    day = Day(demo, context.new_page(), journal, request.param)
    day.go(day.words.channel)
    # The worker tells the latest win as the visitor comes; what is answered next stands under it.
    expect(day.page.locator(".scroll")).to_contain_text(day.words.waiting)
    yield day
    context.close()
    demo.stop()


def labelled(label: str) -> re.Pattern[str]:
    """A field's label, whether or not it says that the field is optional."""
    return re.compile(rf"^{re.escape(label)}(\s*[(（].*)?$")


def field(form: Locator, label: str) -> Locator:
    return form.get_by_label(labelled(label)).and_(form.locator("input, textarea"))


def pick(form: Locator, label: str, option: str) -> None:
    box = form.get_by_role("combobox", name=labelled(label))
    box.click()
    box.press_sequentially(option)
    form.get_by_role("option", name=option).first.click()


def test_a_working_day(day: Day) -> None:
    words = day.words
    for record in words.records:
        make_by_line(day, record)
        make_by_form(day, record)
    for line in words.digests:
        day.type(line)
        day.answer(words.subscribed, words.channel)
    record_a_measure(day)
    be_reminded(day)
    get_digests(day)
    see_it_measured(day)
    assert day.demo.slack.refusals() == []
    assert problems_of_journal(day.journal) == []


def make_by_line(day: Day, record: Record) -> None:
    day.type(record.line)
    day.answer(*record.seen)
    day.shot(f"{record.title}-line")


def make_by_form(day: Day, record: Record) -> None:
    day.type(record.verb)
    form = day.form(record.title)
    for label, option in record.chosen.items():
        pick(form, label, option)
    for label, text in record.typed.items():
        field(form, label).fill(text)
    day.shot(f"{record.title}-form")
    form.get_by_role("button", name=day.words.create, exact=True).click()
    expect(form).to_have_count(0)
    day.answer(*record.made)
    day.shot(f"{record.title}-made")


def record_a_measure(day: Day) -> None:
    words = day.words
    day.type(words.report)
    answer = day.answer(words.figure)
    day.shot("report")
    figure = answer.locator(".section").filter(has_text=words.figure).first
    figure.get_by_role("button", name=words.improve).click()
    form = day.form(words.measure_form)
    expect(form).to_contain_text(words.today)
    for label, text in words.measure.items():
        field(form, label).fill(text)
    pick(form, *words.owner)
    label, review_on = words.review_on
    field(form, label).fill(review_on)
    day.shot("measure-form")
    form.get_by_role("button", name=words.record, exact=True).click()
    expect(form).to_have_count(0)
    day.answer(*words.recorded)
    day.shot("measure-recorded")


def be_reminded(day: Day) -> None:
    words = day.words
    day.go("directmessage")
    if words.before:  # where it is evening, the next morning comes first
        day.page.locator(".clock-next").click()
        day.answer(*words.before)
    day.page.locator(".clock-next").click()
    reminder = day.answer(*words.reminder)
    day.shot("reminder")
    reminder.get_by_role("button", name=words.done, exact=True).click()
    expect(reminder.get_by_role("button", name=words.done, exact=True)).to_have_count(0)
    expect(reminder).to_contain_text(words.is_done)
    day.shot("reminder-done")


def get_digests(day: Day) -> None:
    words, page = day.words, day.page
    day.go(words.channel)
    page.locator(".clock-now").click()
    page.get_by_role("button", name=words.monday).click()
    # On the way the clock stops at every morning, reminder and digest, and sends it.
    expect(page.locator(".clock-now time")).to_have_text(words.monday_shown, timeout=60_000)
    for title, says in words.came:
        told = page.locator(".message:not(.ephemeral)").filter(has_text=title)
        expect(told.filter(has_text=says)).to_have_count(1, timeout=120_000)
        picture = told.locator("figure img")
        picture.scroll_into_view_if_needed(timeout=60_000)  # the first chart of a process takes a while
        expect(picture).to_have_attribute("alt", re.compile(r"\d"))
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 300", arg=picture.element_handle()
        )
        day.shot(f"digest-{title}")


def see_it_measured(day: Day) -> None:
    words, page = day.words, day.page
    day.go("directmessage")
    page.locator(".clock-now").click()
    page.locator("#clock-to").fill(f"{words.review_on[1]}T09:00")
    page.locator("#clock-to").press("Enter")
    what, metric = words.measured  # the morning's message names the task too, but not the metric
    measured = page.locator(".message").filter(has_text=what).filter(has_text=metric).last
    expect(measured).to_contain_text(re.compile(r"\d+%"), timeout=60_000)
    day.shot("measured")
