"""Charts: figures become a PNG and the same figures as text. They are drawn in a process beside this one."""

from bot.reports.charts.bridge import bridge_chart
from bot.reports.charts.engine import FONTS, ChartFailed
from bot.reports.charts.forecast import forecast_chart
from bot.reports.charts.funnel import funnel_chart
from bot.reports.charts.performance import performance_chart
from bot.reports.charts.win import win_chart

__all__ = [
    "FONTS",
    "ChartFailed",
    "bridge_chart",
    "forecast_chart",
    "funnel_chart",
    "performance_chart",
    "win_chart",
]
