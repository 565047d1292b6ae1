"""The demo: the whole bot, a pretend Slack with its page, a seeded team and a clock that moves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.app import build_app
from bot.app.http import build_web
from bot.app.manifest import manifest
from bot.app.serving import ThreadedServer, free_port
from bot.app.working import build_worker
from bot.clock import SetClock
from bot.config import Environment
from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.jobs import Worker
from bot.playground.leads import seed_leads
from bot.playground.names import MAIL, MAIL_SAID, PLANS, TALK
from bot.playground.page import Example, Player, create_page
from bot.playground.slack import PretendSlack
from bot.playground.team import Member, seed_team
from bot.playground.wins import seed_win
from bot.store import Store
from bot.store.coming import next_due_at
from bot.store.migrating import migrate
from bot.store.workspaces import list_workspaces

SIGNING_SECRET = "the-demo-has-no-secrets"
BOT_TOKEN = "xoxb-demo"
TEAM_NAME = "Dealdesk demo"

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "en": (
        Example("/crm", "your day"),
        Example("/crm deal", "the form of an opportunity"),
        Example("/crm deal Acme 120k annual licence close end of Dec", "the same in one line"),
        Example("/crm deal Kestrel Energy with 50 Pro at 90, 10 Team", "product lines"),
        Example("/crm room Kestrel Energy", "a channel for one deal"),
        Example("/crm pipelines", "pipelines and what their stages ask"),
        Example("/crm lead pool", "leads that anybody may claim"),
        Example("/crm log Acme call: wants 50 seats, follow up Fri 3pm", "a call and a task"),
        Example("/crm task @ann @lilei send the price list tomorrow", "a task of several people"),
        Example("/crm quote Acme 50 x Pro, 8% off", "a quote"),
        Example("/crm forecast this quarter", "what will be won"),
        Example("/crm deal Fjord Textiles", "products, contacts, competitors of a deal"),
        Example("/crm category Fjord Textiles commit: signed letter", "what it counts as in the forecast"),
        Example("/crm score Fjord Textiles", "how good it looks, and why"),
        Example("/crm satisfaction Northwind Robotics 4 slow delivery", "what a customer says of us"),
        Example("/crm follow Kestrel Energy", "hear of what happens there"),
        Example("/crm report by channel", "what each channel and partner brings"),
        Example("/crm report", "press Improve… beside a figure"),
        Example("/crm digest forecast every Monday 9:00", "a digest, then move the clock"),
        Example("/crm notifications", "what you are told of, and when"),
    ),
    "zh": (
        Example("/crm", "我的一天"),
        Example("/crm 商机", "用表单新建商机"),
        Example("/crm 商机 华星 12万 12月底 转介绍", "一行新建商机"),
        Example("/crm 商机 启明电子 含50套Pro 单价90", "按产品明细建商机"),
        Example("/crm 作战室 明德教育科技", "为商机建作战室"),
        Example("/crm 漏斗设置", "销售漏斗与推进条件"),
        Example("/crm 线索 公海", "领取公海里的线索"),
        Example("/crm 记 华星 拜访采购经理 要50套 周五下午3点跟进", "记跟进并派任务"),
        Example("/crm 任务 @ann @lilei 明天发价目表", "给多人派任务"),
        Example("/crm 报价 华星 50 x Pro 打92折", "做报价单"),
        Example("/crm 预测 本季度", "看看能成交多少"),
        Example("/crm 商机 明德教育科技", "产品、联系人、竞品一张卡看全"),
        Example("/crm 类别 明德教育科技 承诺：已签意向书", "手动改预测类别"),
        Example("/crm 评估 明德教育科技", "这单有几成把握，为什么"),
        Example("/crm 满意度 南粤家电 9 交付很快", "记录客户的评价"),
        Example("/crm 关注 启明电子", "及时了解动态"),
        Example("/crm 报表 按渠道", "各渠道和伙伴的业绩"),
        Example("/crm 报表", "点指标旁的“改进…”"),
        Example("/crm 简报 预测 每周一9:00", "订阅简报，再拨动时钟"),
        Example("/crm 我的提醒", "收哪些通知、什么时候收"),
    ),
}


class NotADemo(Refusal):
    """A database with real work in it."""

    message = (
        "This database holds the workspace “{name}”. The demo only uses one of its own; name another file."
    )


class DemoClock:
    """The page's hand on the clock: what falls due on the way is sent before it returns."""

    def __init__(self, clock: SetClock, store: Store) -> None:
        self._clock, self._store = clock, store
        self.worker: Worker | None = None
        """There once the bot is joined; the page may be looked at before."""

    def now(self) -> datetime:
        """The moment it is in the demo."""
        return self._clock()

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment`, stopping at everything that falls due until then."""
        while (due := self.next_due()) and due <= moment:
            self._move(due)
        self._move(moment)

    def next_due(self) -> datetime | None:
        """When the next reminder or digest goes out."""
        with self._store.everywhere(writes=False) as session:
            return next_due_at(session, after=self._clock())

    def _move(self, moment: datetime) -> None:
        self._clock.move_to(moment)
        if self.worker:
            self.worker.tick()


class Demo:
    """Everything of the demo, started by `start`; `url` is its page."""

    def __init__(
        self, database_url: str, *, start_at: datetime, port: int = 0, journal: Path | None = None
    ) -> None:
        self._clock = SetClock(start_at)
        self._port = port
        self.slack = PretendSlack(
            clock=self._clock,
            journal=journal,
            signing_secret=SIGNING_SECRET,
            bot_token=BOT_TOKEN,
            team_name=TEAM_NAME,
        )
        self._store = Store(database_url)
        migrate(self._store)
        self._players = self._people()
        self._talk(start_at)
        self._seed()

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.slack.url

    def start(self) -> "Demo":
        """Listen, connect and tick."""
        features = manifest(socket_mode=False, url=None)["features"]
        hand = DemoClock(self._clock, self._store)
        page = create_page(
            self.slack, hand, commands=features["slash_commands"], shortcuts=features["shortcuts"],
            people=self._players, examples=EXAMPLES,
        )  # fmt: skip
        self.slack.app.register_blueprint(page)
        self.slack.start(self._port)
        port = free_port()
        self.slack.unfurl_domains = {f"127.0.0.1:{port}"}
        environment = Environment(
            database_url=self._store.url, slack_bot_token=BOT_TOKEN, slack_signing_secret=SIGNING_SECRET,
            slack_api_url=self.slack.api_url, slack_app_token=None, slack_client_id=None,
            slack_client_secret=None, dealdesk_url=f"http://127.0.0.1:{port}",
        )  # fmt: skip
        self.bot = build_app(environment, self._store, self._clock)
        self.bot.warm_up()
        self._server = ThreadedServer(build_web(self.bot), port).start()
        self.slack.bot_url = self._server.url
        mia, sales = self.slack.user("mia"), self.slack.channel("sales")
        for who, channel, text, name, content in PLANS:
            self.slack.say(
                self.slack.user(who), self.slack.channel(channel), text, files=[(name, content.encode())]
            )
        self.slack.say(mia, sales, MAIL_SAID, files=[("harbor-robotics.eml", MAIL.encode())])
        self.worker = build_worker(self.bot)
        hand.worker = self.worker
        self.worker.start()
        return self

    def stop(self) -> None:
        """Stop everything."""
        self.worker.stop()
        self._server.stop()
        self.bot.close()
        self.slack.stop()

    def _people(self) -> tuple[Player, ...]:
        add = self.slack.add_user
        people = (
            (add("ann", "Ann Lee", tz="America/New_York"), Role.REP),
            (add("lilei", "李雷", tz="Asia/Shanghai", locale="zh-CN"), Role.REP),
            (add("mia", "Mia Moss", tz="America/New_York"), Role.MANAGER),
            (add("ada", "Ada Chen", tz="America/New_York", is_admin=True, is_owner=True), Role.ADMIN),
        )
        add_channel = partial(self.slack.add_channel, with_bot=False)
        add_channel("sales", topic="Deals, wins and digests")
        add_channel("华南销售", topic="商机、喜报、简报")
        self._pool = add_channel("lead-pool", topic="Leads to claim · 线索公海")
        self._members = tuple(
            Member(user.real_name, role, user.locale, user.tz, user.id) for user, role in people
        )
        return tuple(Player(user.id, role.value.capitalize()) for user, role in people)

    def _talk(self, now: datetime) -> None:
        """What the team said before the bot was invited, for the message menu to be tried on."""
        for minutes, channel, who, text in TALK:
            self._clock.move_to(now - timedelta(minutes=minutes))
            place = next(each for each in self.slack.channels() if each.name == channel)
            self.slack.say(next(each for each in self.slack.users() if each.name == who), place, text)
        self._clock.move_to(now)
        for place in self.slack.channels():
            place.members.append(self.slack.team.bot_user)

    def _seed(self) -> None:
        team = self.slack.team
        with self._store.everywhere(writes=False) as session:
            known = list_workspaces(session)
        if any(each.slack_team_id != team.id or each.name != TEAM_NAME for each in known):
            raise NotADemo(name=known[0].name)
        if not known:
            colleagues = (
                Member("Bo Berg", Role.REP, "en-US", "Europe/Berlin"),
                Member("韩梅梅", Role.REP, "zh-CN", "Asia/Shanghai"),
            )
            seed_team(self._store, team.id, TEAM_NAME, (*self._members, *colleagues), self._clock())
            seed_leads(self._store, team.id, self._pool.id, self._clock())
            sales = next(each for each in self.slack.channels() if each.name == "sales")
            seed_win(self._store, team.id, sales.id, self._clock())
