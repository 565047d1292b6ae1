"""Days, moments and periods."""

import re
from datetime import datetime, time, timedelta

from bot.language.refusals import DateNotUnderstood, NoSuchDay
from bot.language.values import Language, When, WorkingDays, monday_to_friday

_DAYS = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "yesterday": -1, "昨天": -1, "后天": 2}
_WEEKDAYS = {
    word: index
    for index, words in enumerate(
        [
            "monday mon 周一 星期一",
            "tuesday tue 周二 星期二",
            "wednesday wed 周三 星期三",
            "thursday thu 周四 星期四",
            "friday fri 周五 星期五",
            "saturday sat 周六 星期六",
            "sunday sun 周日 星期日",
        ]
    )
    for word in words.split()
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?$")


def read_when(
    text: str,
    *,
    now: datetime,
    language: Language | None = None,
    past: bool = False,
    working_days: WorkingDays = monday_to_friday,
    fiscal_start_month: int = 1,
) -> When:
    """Read a day, moment or period said at `now` (aware; its zone is the reader's).

    Raises NotUnderstood where no reading is left and Ambiguous where people would read it in more than one way.
    """
    typed = text.strip().casefold()
    day = now.date()
    zone = now.tzinfo
    if typed in _DAYS:
        found = day + timedelta(days=_DAYS[typed])
        return When(datetime.combine(found, time(), zone), None, "day", text)
    if typed in _WEEKDAYS:
        ahead = (_WEEKDAYS[typed] - day.weekday()) % 7
        found = day + timedelta(days=(ahead - 7 if past and ahead else ahead))
        return When(datetime.combine(found, time(), zone), None, "day", text)
    if iso := _ISO.match(typed):
        year, month, dom, hour, minute = (int(part) if part else 0 for part in iso.groups())
        try:
            start = datetime(year, month, dom, hour, minute, tzinfo=zone)
        except ValueError:
            raise NoSuchDay(typed=text, example="2026-12-31") from None
        return When(start, None, "minute" if iso[4] else "day", text)
    raise DateNotUnderstood(typed=text, example="Fri 3pm")
