"""Help: the verbs with what they do and an example that works as it stands."""

from functools import cache

from bot.i18n import N_, language_of, translate
from bot.language import verb_words
from bot.views.blocks import Block, Message, action_row, button, context, header, section

EXAMPLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("deal", N_("Open an opportunity, or show one"), (N_("Acme 120k close end of Dec"), N_("Acme"))),
    (
        "customer",
        N_("Add a customer with a contact, show one, or ask about all of them"),
        (
            N_("Acme"),
            N_("Acme tags: key account; class: A"),
            N_("360 Acme"),
            N_("segment class A, region South"),
            N_("moved prospect to customer this quarter"),
            N_("overdue"),
            N_("merge Acme with Acme Labs"),
        ),
    ),
    (
        "lead",
        N_("Keep somebody who may buy, and turn them into an opportunity"),
        (N_("Blue Ocean via website"), N_("pool"), N_("rules"), N_("duplicates")),
    ),
    (
        "contact",
        N_("Add somebody at a customer, or take contacts to the phone"),
        (
            N_("Acme Li Na"),
            N_("Acme Li Na role: decision maker; birthday: 5 May"),
            N_("vcard Acme"),
            N_("duplicates"),
        ),
    ),
    ("log", N_("Log a call, visit, meeting or note"), (N_("Acme call: wants 50 seats, follow up Fri 3pm"),)),
    (
        "task",
        N_("Give yourself or others a task with a reminder, and say what came of it"),
        (
            N_("Acme demo prep Thu 3pm"),
            N_("everyone: send your forecast Friday"),
            N_("weekly report every Friday 5pm"),
            N_("low: tidy the notes Fri"),
            N_("done demo prep: they want 50 seats; next: send the quote Fri 3pm"),
            N_("rules"),
        ),
    ),
    ("stage", N_("Move an opportunity along"), (N_("Acme negotiation"), N_("OPP-1 won 120k"))),
    (
        "approvals",
        N_("See what waits for approval, and answer"),
        ("", N_("OPP-1 yes"), N_("OPP-1 no, discount too deep")),
    ),
    ("quote", N_("Make a quote from products"), (N_("Acme 50 x Pro, 8% off"),)),
    ("find", N_("Find anything by part of a name, pinyin initials or a phone number"), (N_("acme"),)),
    (
        "pipeline",
        N_("See the open opportunities by stage, and what changed"),
        (N_("mine"), N_("channel direct this quarter"), N_("by product"), N_("changes since Monday")),
    ),
    (
        "pipelines",
        N_("Shape the pipelines: their stages, what each asks, who approves"),
        ("", N_("add stage Demo after Discovery"), N_("new Renewals: Contact, Offer, Signature")),
    ),
    ("forecast", N_("See what will be won, and how sure that is"), (N_("this quarter"),)),
    ("plan", N_("Set and see sales quotas"), (N_("Q1"),)),
    (
        "report",
        N_("Compare a period with the one before, and act on it"),
        (N_("win rate by source"), N_("by channel"), N_("satisfaction")),
    ),
    (
        "satisfaction",
        N_("Record what a customer says of us, or prepare a survey"),
        (N_("Acme 4 slow delivery"), N_("survey Acme")),
    ),
    ("follow", N_("Hear of what happens with a customer or opportunity"), (N_("Acme"),)),
    ("collaborators", N_("See and change who works on a record"), (N_("Acme @bo presales"),)),
    (
        "share",
        N_("Share a card into a channel, where it stays up to date"),
        (N_("Acme"), N_("OPP-1 here")),
    ),
    ("room", N_("Work on an opportunity in a channel of its own"), (N_("Acme"), N_("Acme here"))),
    (
        "lines",
        N_("Say what an opportunity is made of; the sum is its amount"),
        (N_("Acme 50 x Pro at 120, 10 x Team"),),
    ),
    ("files", N_("See and attach the files of an opportunity"), (N_("Acme"),)),
    (
        "rival",
        N_("Say who competes for an opportunity, with what, and where we stand"),
        (N_("Acme Zoho: 20% cheaper, behind"),),
    ),
    ("involve", N_("Give contacts their roles in an opportunity"), (N_("Acme Li Na decision maker"),)),
    ("tag", N_("Tag an opportunity"), (N_("Acme key account, -old"),)),
    ("link", N_("Get the link of an opportunity"), (N_("Acme"),)),
    ("wins", N_("See or choose where wins are told"), (N_("here"), N_("here without amounts"))),
    (
        "handover",
        N_("Hand a person's book over to somebody else"),
        (N_("@bo to @ann"), N_("@bo to @ann region North open only")),
    ),
    ("day", N_("See your day"), ("",)),
    ("week", N_("See your week"), ("",)),
    ("calendar", N_("Take your tasks and meetings along in your calendar program"), ("", N_("link"))),
    (
        "notifications",
        N_("Choose what you are told of, and when"),
        ("", N_("leads off"), N_("above 5")),
    ),
    ("quiet", N_("Hear nothing at night"), (N_("22:00-8:00"), N_("off"))),
    ("away", N_("Be away, with somebody who stands in"), (N_("until Fri @mia"), N_("back"))),
    (
        "digest",
        N_("Post a digest to this channel regularly"),
        (N_("forecast every Monday 9:00"), N_("change forecast to every Tuesday 10:00")),
    ),
    (
        "score",
        N_("Evaluate an opportunity, and see its score over time"),
        (N_("Acme need 3 budget 2"), N_("Acme")),
    ),
    (
        "strategy",
        N_("Say how an opportunity is to be won"),
        (N_("Acme: pilot with the engineers first because price no longer decides"),),
    ),
    (
        "category",
        N_("Say what an opportunity counts as in the forecast, and why"),
        (N_("Acme commit: signed letter of intent"), N_("Acme rule")),
    ),
    (
        "private",
        N_("Note what only you, your managers and admins see"),
        (N_("Acme would accept 8% off"),),
    ),
    ("scorecard", N_("See and change what an evaluation asks"), ("",)),
    ("signals", N_("See which opportunities need a look, and why"), (N_("mine"),)),
    (
        "pause",
        N_("Let an opportunity rest until a day, with a reason"),
        (N_("Acme until Dec 20: budget freeze"), N_("Acme off")),
    ),
    ("rate", N_("Enter an exchange rate, or see them"), (N_("USD CNY 7.12"),)),
    ("settings", N_("Currency, fiscal year, time zone, working days"), ("",)),
    ("team", N_("Roles, managers and teams, and who has what to do"), ("", N_("tasks"))),
)


@cache
def help_of(verb: str | None, locale: str) -> Message:
    """Help for one verb, or for all of them. The same message serves every reader of a locale."""
    wanted = [each for each in EXAMPLES if verb in (None, "help", each[0])] or list(EXAMPLES)
    language = language_of(locale)
    blocks: list[Block] = [header(translate(locale, "What you can do here"))] if len(wanted) > 1 else []
    lines = []
    for name, does, examples in wanted:
        word = verb_words(name, language)[0]
        between = "\n" if len(wanted) == 1 else "   "
        typed = between.join(_example(word, each, locale) for each in examples)
        lines.append(f"*{translate(locale, does)}*\n{typed}")
    for start in range(0, len(lines), 6):
        blocks.append(section("\n".join(lines[start : start + 6])))
    if len(wanted) == 1:
        name = wanted[0][0]
        example = translate(locale, wanted[0][2][0]) if wanted[0][2][0] else ""
        blocks.append(action_row(button(translate(locale, "Try it"), "again", verb=name, text=example)))
    else:
        blocks.append(
            context(translate(locale, "Write as you speak: dates, amounts and names in English or Chinese."))
        )
    return Message("\n".join(lines), tuple(blocks))


def _example(word: str, words: str, locale: str) -> str:
    return "`" + f"/crm {word} {translate(locale, words) if words else ''}".strip() + "`"
