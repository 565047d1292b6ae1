"""A sales team's figures, in either language and of any size that a chart must hold."""

from decimal import Decimal

from bot.domain.charts import (
    BridgeFigures,
    BridgeStep,
    ForecastFigures,
    ForecastMonth,
    FunnelFigures,
    FunnelStage,
    PerformanceFigures,
    PersonFigures,
)
from bot.domain.money import Money

STAGES = {
    "en-US": (
        ["Prospecting", "Qualified", "Demo", "Proposal", "Negotiation", "Contract", "Legal", "Signature"],
        ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr"],
        "USD",
    ),
    "zh-CN": (
        ["初步接洽", "需求确认", "产品演示", "方案报价", "商务谈判", "合同审批", "法务审核", "等待签约"],
        ["11月", "12月", "1月", "2月", "3月", "4月"],
        "CNY",
    ),
}
NAMES = [
    *("王小明", "Alice", "李雷", "韩梅梅", "Bob", "赵喆", "陈思远", "Darcel"),
    *("欧阳若兰", "刘洋", "Vicki", "周婷", "孙浩", "吴敏", "何平"),
]


def forecast(locale: str, *, stages: int = 4, months: int = 3, quota: bool = True) -> ForecastFigures:
    labels, names, currency = STAGES[locale]
    rows = []
    for month in range(months):
        by_stage = tuple(
            Money.of(31_000 + 7_100 * stage + 11_700 * ((stage * 5 + month * 3) % 7), currency)
            for stage in range(stages)
        )
        weighted = sum(by_stage[1:], by_stage[0]).times(Decimal("0.37"))
        won = Money.of(142_000 if month == 0 else 0, currency)
        rows.append(ForecastMonth(names[month], by_stage, weighted, won))
    return ForecastFigures(
        title="第四季度预测 Forecast",
        subtitle="截至 Nov 23",
        stages=tuple(labels[:stages]),
        months=tuple(rows),
        won=Money.of(412_000, currency),
        weighted=Money.of(301_000, currency),
        quota=Money.of(900_000, currency) if quota else None,
        note="12 without an amount",
    )


def performance(locale: str, *, people: int = 7, quota: bool = True) -> PerformanceFigures:
    currency = STAGES[locale][2]
    rows = tuple(
        PersonFigures(
            name=name,
            won=Money.of(40_000 + 13_000 * ((place * 4) % 15), currency),
            before=Money.of(35_500 + 9_000 * place, currency),
            quota=Money.of(150_000, currency) if quota and place % 3 else None,
        )
        for place, name in enumerate(NAMES[:people])
    )
    return PerformanceFigures("销售业绩 Performance", "Nov 23", "Q4 2026", "Q3 2026", rows)


def funnel(locale: str, *, conversions: bool = True) -> FunnelFigures:
    labels, _, currency = STAGES[locale]
    rows = [(128, 960), (74, 690), (41, None), (0, 0)]
    stages = [
        FunnelStage(
            label=label,
            count=count,
            amount=None if amount is None else Money.of(amount * 1000, currency),
            conversion=Decimal(58 - place) / 100 if conversions else None,
        )
        for place, (label, (count, amount)) in enumerate(zip(labels, rows, strict=False))
    ]
    won = FunnelStage("赢单 Won", 13, Money.of(170_000, currency), is_won=True)
    return FunnelFigures("销售漏斗 Funnel", "", (*stages, won))


def bridge(locale: str) -> BridgeFigures:
    """A week in which every kind of movement happened."""
    currency = STAGES[locale][2]
    rows = [
        ("New", 3, 120, True),
        ("Bigger", 1, 15, True),
        ("Moved out", 4, 210, False),
        ("Won", 2, 95, False),
    ]
    steps = tuple(
        BridgeStep(label, count, Money.of(amount * 1000, currency), adds, label == "Won")
        for label, count, amount, adds in rows
    )
    return BridgeFigures(
        "变化 Changes", "Q4", "Nov 23", Money.of(640_000, currency), steps, "Now", Money.of(470_000, currency)
    )
