"""How a team stands, on the day and the Home tab of whoever leads it."""

from bot.i18n import format_date, translator
from bot.store.team_days import TeamDay
from bot.views.blocks import Block, action_row, button, divider, section
from bot.views.text import shown


def summary(team: TeamDay, locale: str) -> str:
    """The team's day in a line of text."""
    _ = translator(locale)
    count = team.figures.open_count
    whose = _("Everybody") if team.is_everybody else _("Your team")
    parts = [whose, _("{count} open opportunity|{count} open opportunities", count=count)]
    if team.overdue_count:
        parts.append(_("⚠️ {count} overdue task|⚠️ {count} overdue tasks", count=team.overdue_count))
    return " · ".join(parts)


def blocks(team: TeamDay, locale: str) -> list[Block]:
    """Who is behind with what, and where to look next."""
    _ = translator(locale)
    found: list[Block] = [
        action_row(
            button(_("Pipeline"), "again", verb="pipeline", text="", style="primary"),
            button(_("Signals"), "again", verb="signals", text=""),
            button(_("Report"), "again", verb="report", text=""),
            button(_("Team"), "again", verb="team", text=""),
            button(_("Forecast"), "again", verb="forecast", text=""),
        ),
        divider(),
    ]
    if not team.overdue:
        return [*found, section("✅ " + _("Nobody in the team has an overdue task."))]
    lines = [f"*⚠️ {_('Overdue tasks by person')}*"]
    for each in team.overdue:
        since = format_date(each.since, locale, year=False)
        lines.append(
            "• "
            + _(
                "{name}: {count} task, since {day}|{name}: {count} tasks, the oldest since {day}",
                name=shown(each.name, 100),
                count=each.count,
                day=since,
            )
        )
    left = team.overdue_count - sum(each.count for each in team.overdue)
    if left:
        lines.append(_("and {count} more task of others|and {count} more tasks of others", count=left))
    return [
        *found,
        section("\n".join(lines), accessory=button(_("Tasks"), "again", verb="team", text="tasks")),
    ]
