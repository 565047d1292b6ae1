"""Satisfaction as people see it: a score's card, its form, what one customer said, the survey to forward."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from bot.domain.satisfaction import FEW, Mood, RatingKind, Recommended, Satisfied, Scores, likely_kind, mood
from bot.i18n import N_, format_date, format_decimal, format_percent, translate, translator
from bot.store.models import Customer, Product, Rating
from bot.views.activities import typed_moment
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import plain, shown

KINDS = {
    RatingKind.CSAT: N_("Satisfaction (CSAT), 1 to 5"),
    RatingKind.NPS: N_("Recommendation (NPS), 0 to 10"),
}
SHORT = {RatingKind.CSAT: N_("Satisfaction"), RatingKind.NPS: N_("Recommendation")}
_ICONS = {Mood.GOOD: "😊", Mood.MIDDLING: "😐", Mood.BAD: "☹️"}

SURVEYS = {
    RatingKind.CSAT: N_(
        "Hello,\n\n"
        "thank you for working with us. How satisfied were you with our last visit or delivery?\n\n"
        "5 – very satisfied\n4 – satisfied\n3 – neither\n2 – dissatisfied\n1 – very dissatisfied\n\n"
        "One number is enough as an answer; a sentence about what we can do better helps us even more.\n\n"
        "Thank you,\n{name}"
    ),
    RatingKind.NPS: N_(
        "Hello,\n\n"
        "one question only: how likely are you to recommend us to a colleague or friend, "
        "from 0 (not at all) to 10 (surely)?\n\n"
        "The number is enough as an answer; the reason for it helps us even more.\n\n"
        "Thank you,\n{name}"
    ),
}


def score_of(rating: Rating, locale: str) -> str:
    """😊 Satisfaction 4 of 5."""
    return score_words(rating.kind, rating.score, locale)


def score_words(kind_name: str, score: int, locale: str) -> str:
    """The same of a kind and a score."""
    kind = RatingKind(kind_name)
    _ = translator(locale)
    said = _("{score} of {highest}", score=score, highest=kind.highest)
    return f"{_ICONS[mood(kind, score)]} {_(SHORT[kind])} *{said}*"


def card(
    rating: Rating,
    locale: str,
    *,
    zone: tzinfo,
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
) -> Message:
    """One score with whose it is, and the next actions."""
    words = f"*{shown(rating.customer.name, 200)}*\n{score_of(rating, locale)}"
    if rating.comment:
        words += f"\n{shown(rating.comment, 2000)}"
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(words), context(" · ".join(_facts(rating, locale, zone)))]
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks.append(_actions(rating, locale, changeset))
    return Message(f"{said}\n{words}" if said else words, tuple(blocks))


def _facts(rating: Rating, locale: str, zone: tzinfo) -> list[str]:
    facts = [shown(rating.person.name, 80)] if rating.person else []
    facts += [shown(rating.product.name, 80)] if rating.product else []
    return [*facts, format_date(rating.rated_at.astimezone(zone).date(), locale)]


def _actions(rating: Rating, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    kind = RatingKind(rating.kind)
    row = [
        button(_("Task"), "task.new", customer=rating.customer_id),
        button(_("Edit"), "rating.edit", rating=rating.id),
    ]
    if changeset and likely_kind(rating.score) == kind == RatingKind.CSAT:
        other = _("It was {score} of {highest} (NPS)", score=rating.score, highest=10)
        row.append(button(other, "rating.as_nps", rating=rating.id))
    row.append(button(_("All their scores"), "rating.list", customer=rating.customer_id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return action_row(*row)


def satisfied(found: Satisfied, locale: str) -> str:
    """4.3 of 5 · 80% satisfied (49–94%) · 7 answers: the range where they are few."""
    _ = translator(locale)
    mean = format_decimal(Decimal(str(round(found.mean, 1))), locale)
    parts = [_("{score} of {highest}", score=mean, highest=5)]
    share = format_percent(found.share.value or 0.0, locale)
    if found.count < FEW:
        low, high = (round(100 * end) for end in (found.range.low, found.range.high))
        parts.append(_("{share} satisfied (likely {low} to {high}%)", share=share, low=low, high=high))
    else:
        parts.append(_("{share} satisfied", share=share))
    return " · ".join([*parts, answers(found.count, locale)])


def recommended(found: Recommended, locale: str) -> str:
    """NPS 43 (12 to 66) · 9 answers."""
    _ = translator(locale)
    text = f"NPS {found.score}"
    if found.count < FEW:
        low, high = round(found.range.low), round(found.range.high)
        text += _(" (likely {low} to {high})", low=low, high=high)
    return f"{text} · {answers(found.count, locale)}"


def answers(count: int, locale: str) -> str:
    """How many answers."""
    return translate(locale, "{count} answer|{count} answers", count=count)


def summary(found: Scores, locale: str) -> str:
    """Both figures in a line each; empty where nobody answered."""
    lines = [satisfied(found.csat, locale)] if found.csat else []
    lines += [recommended(found.nps, locale)] if found.nps else []
    return "\n".join(lines)


def of_customer(
    customer: Customer, found: Scores, ratings: Sequence[Rating], locale: str, *, zone: tzinfo
) -> Message:
    """What one customer said: the figures, then score by score."""
    _ = translator(locale)
    heading = f"*{_('Satisfaction of {name}', name=shown(customer.name, 200))}*"
    about: dict[str, Any] = {"customer": customer.id}
    row = action_row(
        button(_("Record a score"), "rating.new", style="primary", **about),
        button(_("Survey to forward"), "rating.survey", **about),
        button(_("Customer"), "customer.show", **about),
    )
    if not ratings:
        text = heading + "\n" + _("No score yet. Ask after the next visit or delivery:")
        return Message(text, (section(text), row))
    head = f"{heading}\n{summary(found, locale)}"
    blocks: list[Block] = [section(head)]
    for rating in ratings:
        line = score_of(rating, locale)
        line += f"\n{shown(rating.comment, 300)}" if rating.comment else ""
        line += f"\n{' · '.join(_facts(rating, locale, zone))}"
        blocks.append(section(line, accessory=button(_("Edit"), "rating.edit", rating=rating.id)))
    if found.count > len(ratings):
        blocks.append(context(_("and {count} more", count=found.count - len(ratings))))
    return Message(head, (*blocks, row))


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    products: Sequence[Product] = (),
    problems: Mapping[str, str] | None = None,
    rating: Rating | None = None,
    **metadata: Any,
) -> View:
    """The form of a new score, or of one to edit; `values` are what was typed so far, by field."""
    _ = translator(locale)
    values = values or {}
    chosen = values.get("customer")
    scores = [option(str(number), str(number)) for number in range(11)]
    blocks = [
        search_input(
            "customer",
            _("Customer"),
            option(chosen[0], chosen[1]) if chosen else None,
            optional=False,
            placeholder=_("Type a name; a new one is offered below"),
        ),
        select_input(
            "kind",
            _("What was asked"),
            [option(_(name), kind.value) for kind, name in KINDS.items()],
            values.get("kind") or RatingKind.CSAT,
            optional=False,
        ),
        select_input("score", _("Score"), scores, values.get("score"), optional=False),
        text_input("comment", _("What they said"), values.get("comment"), multiline=True, longest=2000),
    ]
    if products:
        choices = [option(plain(product.name), str(product.id)) for product in products[:100]]
        blocks.append(select_input("product", _("Product"), choices, values.get("product")))
    blocks += [
        user_input("person", _("Whose work"), values.get("person")),
        text_input(
            "rated_at",
            _("When"),
            values.get("rated_at"),
            hint=_("Empty means just now"),
            placeholder=_("yesterday 4pm"),
        ),
    ]
    if rating is not None:
        metadata |= {"rating": rating.id, "version": rating.version, "rated_at": values.get("rated_at")}
    return modal(
        _("Edit score") if rating else _("Record a score"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="rating.edit" if rating else "rating.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(rating: Rating, zone: tzinfo) -> dict[str, Any]:
    """What the form shows of a score."""
    return {
        "customer": (rating.customer.name, str(rating.customer_id)),
        "kind": rating.kind,
        "score": str(rating.score),
        "comment": rating.comment,
        "product": str(rating.product_id) if rating.product_id else None,
        "person": rating.person.slack_user_id if rating.person else None,
        "rated_at": typed_moment(rating.rated_at, zone),
    }


def survey(customer: Customer, locale: str, *, kind: RatingKind, language: str, sender: str) -> View:
    """A text to copy into a mail or a chat, in the customer's language; its answer is recorded from here."""
    _ = translator(locale)
    other = RatingKind.NPS if kind == RatingKind.CSAT else RatingKind.CSAT
    said = translate(language, SURVEYS[kind], name=plain(sender))
    about: dict[str, Any] = {"customer": customer.id, "name": plain(customer.name)[:200]}
    in_other = "en-US" if language == "zh-CN" else "zh-CN"
    turned = _("In English") if in_other == "en-US" else _("In Chinese")
    blocks = [
        section(_("For *{name}*. Copy the text into a mail or a chat.", name=shown(customer.name, 200))),
        text_input(f"text_{kind.value}_{language}", _("Text"), said, multiline=True, longest=3000),
        action_row(
            button(_(SHORT[other]), "rating.survey_turn", kind=other.value, language=language, **about),
            button(turned, "rating.survey_turn", kind=kind.value, language=in_other, **about),
        ),
        context(
            _(
                "When the answer is there, record it here or with: {example}",
                example=_example(customer, locale),
            )
        ),
    ]
    return modal(
        _("Survey to forward"),
        _("Record the answer"),
        blocks,
        callback="rating.answer",
        close=_("Close"),
        customer=customer.id,
        kind=kind.value,
    )


def _example(customer: Customer, locale: str) -> str:
    word = translate(locale, "/crm satisfaction {name} 4", name=shown(customer.name, 80))
    return word.replace("`", "'")
