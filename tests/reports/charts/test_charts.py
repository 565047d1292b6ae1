"""The charts: real pictures, whose every figure is said as text too."""

from collections.abc import Callable

import pytest

from bot.domain.charts import ForecastFigures, FunnelFigures, PerformanceFigures
from bot.domain.money import CurrencyMismatch, Money
from bot.i18n import format_money, format_percent
from bot.reports.charts import bridge_chart, forecast_chart, funnel_chart, performance_chart
from tests.reports.charts import samples
from tests.reports.charts.png import size_and_pixels

LOCALES = ["en-US", "zh-CN"]
SLACK_ALT_TEXT_LIMIT = 2000
both_languages = pytest.mark.parametrize("locale", LOCALES)


@both_languages
@pytest.mark.parametrize(("stages", "months", "quota"), [(1, 1, False), (4, 3, True), (8, 6, True)])
def test_a_forecast_of_any_size_is_a_sharp_picture_of_slacks_width(
    locale: str, stages: int, months: int, quota: bool
) -> None:
    picture = forecast_chart(samples.forecast(locale, stages=stages, months=months, quota=quota), locale)
    width, height, _ = size_and_pixels(picture.png)
    assert 1320 <= width <= 1500
    assert 900 <= height <= 1300
    assert picture.title == "第四季度预测 Forecast"


@both_languages
def test_the_text_of_a_forecast_has_every_figure_of_its_picture(locale: str) -> None:
    figures = samples.forecast(locale, stages=8, months=6)
    alt = forecast_chart(figures, locale).alt
    amounts = [figures.won, figures.weighted, figures.expected, figures.quota]
    for month in figures.months:
        amounts += [month.won, month.open, month.expected, *month.by_stage]
    missing = [money for money in amounts if money and format_money(money, locale, compact=True) not in alt]
    assert not missing
    assert format_percent(713 / 900, locale) in alt
    assert all(label in alt for label in (*figures.stages, figures.title, figures.subtitle, figures.note))
    assert len(alt) <= SLACK_ALT_TEXT_LIMIT


@both_languages
@pytest.mark.parametrize(("people", "quota"), [(1, False), (7, True), (15, True)])
def test_a_performance_chart_grows_with_its_people(locale: str, people: int, quota: bool) -> None:
    picture = performance_chart(samples.performance(locale, people=people, quota=quota), locale)
    width, height, _ = size_and_pixels(picture.png)
    assert 1320 <= width <= 1500
    assert 80 * min(people, 13) < height < 260 + 96 * min(people, 13)


@both_languages
def test_the_text_of_a_performance_chart_has_every_person_most_won_first(locale: str) -> None:
    figures = samples.performance(locale, people=12)
    alt = performance_chart(figures, locale).alt
    ranked = sorted(figures.people, key=lambda person: -person.won.minor)
    places = [alt.index(person.name) for person in ranked]
    assert places == sorted(places)
    for person in figures.people:
        for money in filter(None, (person.won, person.before, person.quota)):
            assert format_money(money, locale, compact=True) in alt
        if person.quota:
            assert format_percent(person.won.minor / person.quota.minor, locale) in alt
    assert len(alt) <= SLACK_ALT_TEXT_LIMIT


def test_people_beyond_the_twelfth_are_one_sum() -> None:
    figures = samples.performance("en-US", people=15)
    alt = performance_chart(figures, "en-US").alt
    rest = sorted(figures.people, key=lambda person: (-person.won.minor, -person.before.minor))[12:]
    won = format_money(sum((person.won for person in rest), Money(0, "USD")), "en-US", compact=True)
    before = format_money(sum((person.before for person in rest), Money(0, "USD")), "en-US", compact=True)
    assert f"3 others: {won}, before {before}" in alt
    assert not any(person.name in alt for person in rest)


@both_languages
@pytest.mark.parametrize("conversions", [True, False])
def test_the_text_of_a_funnel_has_every_stage_and_names_conversions(locale: str, conversions: bool) -> None:
    figures = samples.funnel(locale, conversions=conversions)
    picture = funnel_chart(figures, locale)
    assert size_and_pixels(picture.png)[0] >= 1320
    for stage in figures.stages:
        assert f"{stage.label}{'：' if locale == 'zh-CN' else ': '}{stage.count}" in picture.alt
        if stage.amount is not None:
            assert format_money(stage.amount, locale, compact=True) in picture.alt
        if stage.conversion is not None:
            assert format_percent(stage.conversion, locale) in picture.alt
    assert (("转化率" if locale == "zh-CN" else "conversion") in picture.alt) is conversions
    assert ("金额未知" if locale == "zh-CN" else "amount unknown") in picture.alt


@both_languages
def test_the_text_of_a_bridge_has_every_step_and_both_ends(locale: str) -> None:
    figures = samples.bridge(locale)
    picture = bridge_chart(figures, locale)
    assert size_and_pixels(picture.png)[0] >= 1320
    for step in figures.steps:
        assert f"{'+' if step.adds else '−'}{format_money(step.amount, locale)}" in picture.alt
    for end in (figures.before, figures.after):
        assert format_money(end, locale) in picture.alt


def test_the_same_figures_are_the_same_picture() -> None:
    first, second = (funnel_chart(samples.funnel("zh-CN"), "zh-CN") for _ in range(2))
    assert first == second


def test_a_quota_shows_in_the_picture() -> None:
    with_quota, without = (
        performance_chart(samples.performance("en-US", quota=quota), "en-US") for quota in (True, False)
    )
    assert with_quota.png != without.png


NOUGHT = Money(0, "USD")


@pytest.mark.parametrize(
    ("draw", "figures"),
    [
        (forecast_chart, ForecastFigures("T", "", ("A",), (), Money(100, "USD"), NOUGHT)),
        (forecast_chart, ForecastFigures("T", "", (), (), NOUGHT, NOUGHT)),
        (performance_chart, PerformanceFigures("T", "", "Q4", "Q3", ())),
        (funnel_chart, FunnelFigures("T", "", ())),
    ],
)
def test_nothing_to_draw_is_said(draw: Callable[[object, str], object], figures: object) -> None:
    with pytest.raises(ValueError, match="needs a"):
        draw(figures, "en-US")


def test_two_currencies_never_share_a_chart() -> None:
    dollars, yuan = samples.forecast("en-US"), samples.forecast("zh-CN")
    mixed = ForecastFigures("T", "", dollars.stages, dollars.months, yuan.won, dollars.weighted)
    with pytest.raises(CurrencyMismatch):
        forecast_chart(mixed, "en-US")


def test_names_of_any_length_and_markup_stay_inside_the_picture() -> None:
    people = samples.performance("en-US", people=2).people
    long = PerformanceFigures("<b>" + "长" * 300, "&amp;" * 200, "Q4", "Q3", people, note="🎯" * 300)
    assert size_and_pixels(performance_chart(long, "zh-CN").png)[0] <= 1500
