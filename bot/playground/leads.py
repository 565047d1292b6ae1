"""The demo's leads: some in the pool's channel, some with the sellers, one that has been idle for long."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.actors import Actor
from bot.domain.leads import Authority
from bot.services.lead_policy import edit_policy, edit_share, make_rule
from bot.services.leads import make_lead
from bot.store import Session, Store
from bot.store.models import CustomField, Lead
from bot.store.people import list_people
from bot.store.workspaces import find_team_workspace

IN_THE_POOL: tuple[dict[str, Any], ...] = (
    {"name": "Harbor Robotics", "contact_name": "Nina Park", "email": "nina@harbor-robotics.example",
     "source": "website", "campaign": "Autumn webinar", "region": "West", "size": 320},
    {"name": "Juniper Clinics", "contact_name": "Dr. Cole", "phone": "+1 415 555 0134",
     "source": "trade fair", "region": "West", "size": 90, "note": "Asked for a demo before Christmas"},
    {"name": "东湖精密制造", "contact_name": "周敏", "phone": "13900001234", "source": "展会",
     "campaign": "华南智造展", "region": "华南", "size": 600},
    {"name": "云帆供应链", "contact_name": "孙浩", "email": "sunhao@yunfan.example", "source": "官网",
     "region": "华东", "size": 150, "note": "想要报价，月底前定"},
)  # fmt: skip

WITH_SELLERS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("Ann Lee", 2, {"name": "Cedar Logistics", "contact_name": "Maria Gomez", "source": "referral",
                    "need": "Track 40 trucks", "budget_minor": 1_800_000, "authority": Authority.DECIDES}),
    ("Ann Lee", 11, {"name": "Polar Foods", "contact_name": "Jon Hale", "source": "cold call"}),
    ("Ann Lee", 4, {"name": "Polar Foods Inc.", "contact_name": "Jon Hale", "source": "trade fair",
                    "phone": "+1 415 555 0178"}),
    ("李雷", 3, {"name": "星河新材料有限公司", "contact_name": "陈洁", "source": "展会",
                "phone": "13900005678"}),
    ("李雷", 1, {"name": "星河新材料", "contact_name": "陈洁", "source": "转介绍", "region": "华东",
                "need": "三个车间的排产", "budget_minor": 3_000_000, "authority": Authority.INFLUENCES}),
)  # fmt: skip
"""Who has it, how many days ago they last worked on it, and what is known."""


TOOLS = ("Spreadsheets", "SAP", "Spreadsheets", "金蝶", "Excel 表格")
"""What they work with today, in a field that the team added."""


def seed_leads(store: Store, slack_team_id: str, pool_channel: str, now: datetime) -> None:
    """Choose the pool's channel, and fill it. What stands there is posted when the worker starts."""
    with store.everywhere(writes=False) as session:
        workspace = find_team_workspace(session, slack_team_id)
    if workspace is None:
        return
    with store.transaction(Actor(workspace.id), now=now, how="demo") as session:
        _fill(session, Actor(workspace.id), pool_channel, now)


def _fill(session: Session, demo: Actor, pool_channel: str, now: datetime) -> None:
    people = {person.name: person for person in list_people(session)}
    policy = {"slack_channel": pool_channel, "idle_days": 14, "warn_days": 2, "most_held": 25}
    edit_policy(session, demo, policy)
    for name in ("Ann Lee", "李雷"):
        edit_share(session, demo, people[name].id, {"takes_turns": True, "capacity": 20}, now=now)
    make_rule(session, demo, {"region": "North", "person_id": people["Ann Lee"].id})
    tool = CustomField(entity=Lead.__tablename__, name="Works with 现用系统", position=1)
    session.add(tool)
    session.flush()
    for values in IN_THE_POOL:
        make_lead(session, demo, owner_id=None, now=now, **values)
    for (name, days, values), used in zip(WITH_SELLERS, TOOLS, strict=True):
        since = now - timedelta(days=days)
        held = {"owner_id": people[name].id, "held_since": since, "touched_at": since, "currency": "USD"}
        held["custom"] = {tool.key: used}
        session.add(Lead(**values, **held))
    session.flush()
