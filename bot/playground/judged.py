"""How the demo's opportunities were judged: visits that told winners from losers, scores, strategies."""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.custom_fields import FieldKind
from bot.i18n.scorecards import SIX, TEMPLATES
from bot.services.winning import learn_what_wins
from bot.store import Session
from bot.store.models import Activity, Customer, CustomField, Evaluation, Opportunity, Stage, Strategy

_SEED = 25
_MET_EARLY = {True: 0.8, False: 0.25}
"""How many of those won, and of those lost, were visited within a fortnight."""
_JUDGED_EACH = 3
_VISITS = {
    "en": ("On site: saw the line, met the plant manager", "Demo in their meeting room, eight people"),
    "zh": ("上门拜访，参观了产线", "现场演示，来了八个人"),
}
_NOTES = {
    "en": ("The plant manager wants it before spring", "Their buyer showed the budget sheet"),
    "zh": ("厂长希望春节前上线", "采购给看了预算表"),
}
_HEARD = {
    "en": {
        "customer": ("The demo was long, the reports are what they want", "Training on site matters to them"),
        "market": ("Zoho gives 20% off until the end of the year", "Two of their rivals bought in October"),
    },
    "zh": {
        "customer": ("演示偏长，最看重报表", "希望能现场培训"),
        "market": ("用友年底前打八折", "两家同行十月已经采购"),
    },
}
_STRATEGIES = {
    "en": (
        ("Win the engineers with a pilot, then the CFO", None),
        ("Go to the CFO first, with the payback in figures", "the engineers are convinced"),
    ),
    "zh": (
        ("先用试点拿下技术部，再找财务总监", None),
        ("直接找财务总监，用回本周期说话", "技术部已经认可"),
    ),
}


def seed_judgements(session: Session, now: datetime) -> None:
    """Judge a few open opportunities of everybody, twice; and learn from those that ended."""
    chance = random.Random(_SEED)
    stages = {each.id: each for each in session.query(Stage)}
    names = {each.id: each.name for each in session.query(Customer)}
    go_live = CustomField(
        entity=Opportunity.__tablename__, name="Go-live 上线日期", kind=FieldKind.DATE, position=1
    )
    session.add(go_live)
    session.flush()
    judged: dict[int, int] = {}
    for each in session.query(Opportunity).order_by(Opportunity.id):
        stage = stages[each.stage_id]
        language = "en" if names.get(each.customer_id or 0, "").isascii() else "zh"
        if not stage.is_open:
            _visit(session, each, language, chance, is_won=stage.is_won)
        elif judged.setdefault(each.owner_id or 0, 0) < _JUDGED_EACH:
            judged[each.owner_id or 0] += 1
            _judge(session, each, language, chance, now)
            _hear(session, each, language, chance, now)
            each.custom = {go_live.key: f"{now.year + 1}-0{chance.randint(3, 9)}-01"}
    session.flush()
    learn_what_wins(session, now)


def _visit(
    session: Session, opportunity: Opportunity, language: str, chance: random.Random, *, is_won: bool
) -> None:
    if chance.random() >= _MET_EARLY[is_won] or opportunity.opened_on is None:
        return
    day = opportunity.opened_on + timedelta(days=chance.randint(0, 2))
    at = datetime.combine(day, time(14), ZoneInfo("UTC"))
    session.add(
        Activity(
            kind=chance.choice(("visit", "meeting")),
            text=chance.choice(_VISITS[language]),
            happened_at=at,
            created_at=at,
            person_id=opportunity.owner_id,
            customer_id=opportunity.customer_id,
            opportunity_id=opportunity.id,
        )
    )


def _hear(
    session: Session, opportunity: Opportunity, language: str, chance: random.Random, now: datetime
) -> None:
    """What the customer and the market told of it."""
    for tells, texts in _HEARD[language].items():
        at = now - timedelta(days=chance.randint(2, 9))
        session.add(
            Activity(
                kind="note",
                tells=tells,
                text=chance.choice(texts),
                happened_at=at,
                created_at=at,
                person_id=opportunity.owner_id,
                customer_id=opportunity.customer_id,
                opportunity_id=opportunity.id,
            )
        )


def _judge(
    session: Session, opportunity: Opportunity, language: str, chance: random.Random, now: datetime
) -> None:
    keys = [each.key for each in TEMPLATES[SIX][1]]
    levels = {key: chance.randint(0, 2) for key in keys[:4]}
    for days in (12, 3):
        at = now - timedelta(days=days)
        points = sum(levels.values())
        opportunity.score_before = opportunity.score
        opportunity.score = round(100 * points / (3 * len(keys)))
        opportunity.scored_on = at.date()
        session.add(
            Evaluation(
                opportunity_id=opportunity.id,
                person_id=opportunity.owner_id,
                at=at,
                created_at=at,
                levels=dict(levels),
                points=points,
                most=3 * len(keys),
                note=chance.choice(_NOTES[language]),
            )
        )
        for key in chance.sample(keys, 3):
            levels[key] = min(3, levels.get(key, 0) + 1)
    for days, (text, reason) in zip((12, 2), _STRATEGIES[language], strict=True):
        at = now - timedelta(days=days)
        opportunity.strategy = text
        session.add(
            Strategy(
                opportunity_id=opportunity.id,
                person_id=opportunity.owner_id,
                at=at,
                created_at=at,
                text=text,
                reason=reason,
            )
        )
    opportunity.probability = chance.choice((40, 60, 80, 90))
