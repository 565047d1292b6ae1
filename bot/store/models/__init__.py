"""Every table."""

from bot.store.base import Base
from bot.store.models.approvals import Approval
from bot.store.models.calendars import CalendarFeed
from bot.store.models.collaboration import Collaborator, Follow
from bot.store.models.custom_fields import CustomField
from bot.store.models.customers import Contact, Customer
from bot.store.models.delivery import Change, Hold, Interaction, Notice, Schedule
from bot.store.models.duplicates import DifferentPair
from bot.store.models.leads import Lead, LeadPolicy, LeadRule, LeadShare
from bot.store.models.opportunities import (
    Activity,
    ActivityFile,
    Opportunity,
    Pipeline,
    Stage,
    StageChange,
)
from bot.store.models.opportunity_lines import OpportunityLine
from bot.store.models.plans import Measure, Quota
from bot.store.models.private_notes import PrivateNote
from bot.store.models.products import Product, Quote, QuoteLine
from bot.store.models.rates import ExchangeRate
from bot.store.models.reminders import BirthdayReminder
from bot.store.models.rooms import DealRoom
from bot.store.models.satisfaction import Rating
from bot.store.models.scorecards import Criterion, Evaluation, Strategy
from bot.store.models.segments import Segment
from bot.store.models.signals import SignalPause, SignalTold
from bot.store.models.stakes import Involvement, Rival
from bot.store.models.tasks import Task, TaskNote, TaskTemplate, TeamTask
from bot.store.models.winning import SuggestionDismissal, WinLesson
from bot.store.models.workspace import Installation, Person, Routine, Settings, Team, Workspace

__all__ = [
    "Activity",
    "ActivityFile",
    "Approval",
    "Base",
    "BirthdayReminder",
    "CalendarFeed",
    "Change",
    "Collaborator",
    "Contact",
    "Criterion",
    "CustomField",
    "Customer",
    "DealRoom",
    "DifferentPair",
    "Evaluation",
    "ExchangeRate",
    "Follow",
    "Hold",
    "Installation",
    "Interaction",
    "Involvement",
    "Lead",
    "LeadPolicy",
    "LeadRule",
    "LeadShare",
    "Measure",
    "Notice",
    "Opportunity",
    "OpportunityLine",
    "Person",
    "Pipeline",
    "PrivateNote",
    "Product",
    "Quota",
    "Quote",
    "QuoteLine",
    "Rating",
    "Rival",
    "Routine",
    "Schedule",
    "Segment",
    "Settings",
    "SignalPause",
    "SignalTold",
    "Stage",
    "StageChange",
    "Strategy",
    "SuggestionDismissal",
    "Task",
    "TaskNote",
    "TaskTemplate",
    "Team",
    "TeamTask",
    "WinLesson",
    "Workspace",
]
