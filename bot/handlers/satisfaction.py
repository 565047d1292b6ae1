"""Satisfaction: `/crm satisfaction Acme 4 slow delivery`, its form and the buttons of a score."""

from datetime import datetime, time
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.satisfaction import RatingKind, likely_kind
from bot.handlers.answers import Answer
from bot.handlers.choosing import customer_meant
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import typed_when
from bot.handlers.interaction import Interaction
from bot.handlers.lines import question, read_typed, unread
from bot.handlers.router import Routes
from bot.handlers.satisfaction_report import show_report
from bot.handlers.surveys import rating_form, survey_form
from bot.handlers.tasks import chosen_person, typed_choices
from bot.language import Line, NameMatch
from bot.reports.satisfaction import scores_of_customer
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.satisfaction import ScoreMissing, ScoreOutOfScale, edit_rating, record_rating
from bot.store.activities import access_activity
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Rating
from bot.store.products import search_products
from bot.store.ratings import access_rating, list_ratings
from bot.views import satisfaction as views
from bot.views.blocks import Message, View
from bot.views.problems import sentence
from bot.views.text import plain

routes = Routes()

REPORT = (
    *("report", "report all", "by rep", "by person", "by product", "by customer"),
    *("报表", "报告", "统计", "分析", "按人", "按销售", "按产品", "按客户"),
)


@routes.command("satisfaction")
def satisfaction(interaction: Interaction) -> Answer:
    """Record a score from a line, show what a customer said, prepare a survey, or open the form."""
    if not interaction.text:
        return Answer(modal=rating_form(interaction, {}))
    if interaction.text.casefold() in REPORT:
        interaction.text = ""
        return show_report(interaction)
    line = read_typed(interaction, "satisfaction")
    asked = next((ask for ask in line.asks if ask.readings), None)
    if asked:
        return question(interaction, "satisfaction", asked)
    fields = dict(line.fields)
    if line.asks or "customer" not in fields:
        return Answer(
            modal=_prefilled(interaction, line, {ask.field: unread(interaction, ask) for ask in line.asks})
        )
    if "score" not in fields and not _is_known(interaction, fields["customer"]):
        return Answer(modal=_prefilled(interaction, line, {"score": _say(interaction, ScoreMissing())}))
    found = customer_meant(interaction, "satisfaction", fields["customer"])
    if isinstance(found, Answer):
        return found
    customer, is_new = found
    if fields.get("kind") == "survey":
        return Answer(modal=survey_form(interaction, customer.id))
    score = fields.get("score")
    if score is None and not fields.get("comment"):
        return Answer(scores_message(interaction, customer.id))
    kind = RatingKind(fields["kind"]) if fields.get("kind") else None
    if score is None or not (kind or likely_kind(score)).has(score):
        why = ScoreMissing() if score is None else ScoreOutOfScale(typed=str(score))
        return Answer(modal=_prefilled(interaction, line, {"score": _say(interaction, why)}))
    rating = record_rating(
        interaction.session,
        interaction.actor,
        customer_id=customer.id,
        score=score,
        kind=kind,
        comment=fields.get("comment"),
        product_id=_product_id(interaction, fields.get("product")),
        now=interaction.now,
    )
    _ = interaction._
    notes = [_("New customer: {name}", name=plain(customer.name))] if is_new else []
    return Answer(_card(interaction, rating, "✅ " + _("Score recorded."), notes=notes))


def _is_known(interaction: Interaction, typed: Any) -> bool:
    if isinstance(typed, NameMatch):
        return bool(typed.id)
    return bool(find_customers_called(interaction.session, str(typed)))


def _say(interaction: Interaction, refusal: Refusal) -> str:
    return sentence(refusal, interaction.actor.locale)


def _product_id(interaction: Interaction, typed: Any) -> int | None:
    if typed is None:
        return None
    found = search_products(interaction.session, plain(str(getattr(typed, "name", typed))), limit=1)
    return found[0].id if found else None


def _card(interaction: Interaction, rating: Rating, said: str, **more: Any) -> Message:
    return views.card(
        rating,
        interaction.actor.locale,
        zone=interaction.actor.tz,
        said=said,
        changeset=interaction.changeset,
        **more,
    )


def scores_message(interaction: Interaction, customer_id: int) -> Message:
    """What one customer said."""
    session = interaction.session
    return views.of_customer(
        access_customer(session, customer_id),
        scores_of_customer(session, customer_id),
        list_ratings(session, customer_id=customer_id),
        interaction.actor.locale,
        zone=interaction.actor.tz,
    )


def _prefilled(interaction: Interaction, line: Line, problems: dict[str, str]) -> View:
    """The form with what was understood; beside the other fields what was not."""
    fields = line.fields
    typed = fields.get("customer")
    choice = None
    if typed is not None:
        name = plain(str(getattr(typed, "name", typed)))
        known = find_customers_called(interaction.session, name)
        choice = (known[0].name, str(known[0].id)) if known else (name, f"new:{name}")
    elif "customer" not in problems:
        problems["customer"] = interaction._("Which customer was it?")
    score, kind = fields.get("score"), fields.get("kind")
    product_id = _product_id(interaction, fields.get("product"))
    values = {
        "customer": choice,
        "kind": kind if kind in tuple(RatingKind) else None,
        "score": str(score) if score is not None else None,
        "comment": fields.get("comment"),
        "product": str(product_id) if product_id else None,
    }
    return rating_form(interaction, values, problems=problems)


@routes.action("rating.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, about the customer or activity that the button names."""
    values, metadata = _about(interaction)
    return Answer(modal=rating_form(interaction, values, **metadata))


def _about(interaction: Interaction) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values and the metadata of a form about what a button names."""
    session, value = interaction.session, interaction.value
    if value.get("activity") is not None:
        activity = access_activity(session, int(value["activity"]))
        customer, person = activity.customer, activity.person
        values: dict[str, Any] = {
            "customer": (customer.name, str(customer.id)) if customer else None,
            "person": person.slack_user_id if person else None,
        }
        if activity.opportunity and activity.opportunity.product_id:
            values["product"] = str(activity.opportunity.product_id)
        return values, {"activity": activity.id}
    if value.get("customer") is not None:
        customer = access_customer(session, int(value["customer"]))
        owner = customer.owner.slack_user_id if customer.owner else None
        return {"customer": (customer.name, str(customer.id)), "person": owner}, {}
    return {}, {}


@routes.global_shortcut("rating.new", "Record a score")
def shortcut_new(interaction: Interaction) -> Answer:
    """The same from the lightning menu."""
    return Answer(modal=rating_form(interaction, {}))


@routes.view("rating.create")
def submit_create(interaction: Interaction) -> Answer:
    """Write a score down from the form."""
    form = interaction.form
    customer, _is_new = customer_for(
        interaction.session, interaction.actor, form["customer"], now=interaction.now
    )
    activity_id = interaction.metadata.get("activity")
    rating = record_rating(
        interaction.session,
        interaction.actor,
        customer_id=customer.id,
        score=int(form["score"]) if form.get("score") else None,
        kind=RatingKind(form["kind"]) if form.get("kind") else None,
        comment=form.get("comment"),
        product_id=int(form["product"]) if form.get("product") else None,
        activity_id=int(activity_id) if activity_id else None,
        person_id=chosen_person(interaction, "person"),
        rated_at=_rated_at(interaction),
        now=interaction.now,
    )
    return Answer(_card(interaction, rating, "✅ " + interaction._("Score recorded.")))


def _rated_at(interaction: Interaction) -> datetime | None:
    """When it was said; None is now. A day alone is its noon."""
    read = typed_when(interaction, "rated_at", interaction.form.get("rated_at"), past=True)
    if read is None or isinstance(read, datetime):
        return read
    noon = datetime.combine(read, time(12), interaction.actor.tz)
    return min(noon, interaction.now) if read == interaction.today else noon


@routes.action("rating.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a score."""
    rating = access_rating(interaction.session, int(interaction.value["rating"]))
    return Answer(
        modal=rating_form(interaction, views.form_values(rating, interaction.actor.tz), rating=rating)
    )


@routes.view("rating.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, session = interaction.form, interaction.metadata, interaction.session
    rating_id = int(metadata["rating"])
    customer, _is_new = customer_for(session, interaction.actor, form["customer"], now=interaction.now)
    values: dict[str, Any] = {
        "customer_id": customer.id,
        "kind": form.get("kind"),
        "score": int(form["score"]) if form.get("score") else None,
        "comment": form.get("comment"),
    }
    if "product" in form:
        values["product_id"] = int(form["product"]) if form.get("product") else None
    if form.get("rated_at") != metadata.get("rated_at"):
        values["rated_at"] = _rated_at(interaction) or interaction.now
    person_id = chosen_person(interaction, "person")
    values |= {"person_id": person_id} if person_id is not None else {}
    try:
        rating = edit_rating(
            session,
            interaction.actor,
            rating_id,
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        rating = access_rating(session, rating_id)
        theirs = views.form_values(rating, interaction.actor.tz)
        problems = conflict_problems(interaction, conflict, theirs)
        typed = dict(form) | typed_choices(interaction)
        view = rating_form(interaction, typed, rating=rating, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return Answer(_card(interaction, rating, "✅ " + interaction._("Saved.")))


@routes.action("rating.as_nps")
def press_as_nps(interaction: Interaction) -> Answer:
    """The score was one of recommendation."""
    rating = edit_rating(
        interaction.session,
        interaction.actor,
        int(interaction.value["rating"]),
        {"kind": RatingKind.NPS.value},
        now=interaction.now,
    )
    return Answer(_card(interaction, rating, "✅ " + interaction._("Saved.")), replace=True)


@routes.action("rating.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """What a customer said."""
    return Answer(scores_message(interaction, int(interaction.value["customer"])))
