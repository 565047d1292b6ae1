"""Laws of scores that come in by a file."""

import pytest

from bot.services.imports import RowsRefused
from bot.services.satisfaction import RatedInFuture, ScoreOutOfScale
from bot.store import Store
from tests.support.importing import bring, rows_of


def test_scores_of_a_survey_tool_come_in_with_their_day_person_and_product(sqlite_store: Store) -> None:
    bring(sqlite_store, "customers", "name,owner\nAcme,Ann\n")
    report = bring(
        sqlite_store,
        "ratings",
        "问卷编号,客户名称,类型,得分,评语,评分日期,产品,负责人\n"
        "R1,Acme,满意度,4,交货慢,2017-06-01,Pro,\n"
        "R2,Acme,NPS,9,,2017-06-02 10:30,,Bo\n"
        "R3,华星,,10,,2017-06-03,,\n",
    )
    assert (report.created, report.made) == (3, {"people": 1, "customers": 1, "products": 1})
    found = [
        (row["customer"], row["kind"], row["score"], row["person"], row["product"], row["rated_at"])
        for row in rows_of(sqlite_store, "ratings")
    ]
    assert found == [
        ("Acme", "csat", 4, "Ann", "Pro", "2017-06-01T00:00:00+00:00"),
        ("Acme", "nps", 9, "Bo", None, "2017-06-02T10:30:00+00:00"),
        ("华星", "nps", 10, None, None, "2017-06-03T00:00:00+00:00"),
    ]
    again = bring(
        sqlite_store,
        "ratings",
        "id,customer,kind,score,rated_at\nR1,Acme,csat,5,2017-06-01\nR2,Acme,nps,9,2017-06-02 10:30\n",
    )
    assert (again.created, again.updated, again.unchanged) == (0, 1, 1)


def test_scores_that_cannot_be_are_refused_by_their_lines_and_nothing_is_kept(sqlite_store: Store) -> None:
    with pytest.raises(RowsRefused) as refused:
        bring(
            sqlite_store,
            "ratings",
            "customer,kind,score,rated_at\n"
            "Acme,csat,9,2017-06-01\nAcme,,11,2017-06-01\nAcme,,4,2017-08-01\nAcme,,4.5,2017-06-01\n"
            ",csat,4,2017-06-01\nAcme,smiles,4,2017-06-01\nAcme,nps,7,2017-06-01\n",
        )
    reasons = {failure.line: failure.reason for failure in refused.value.failures}
    assert sorted(reasons) == [2, 3, 4, 5, 6, 7]
    assert isinstance(reasons[2], ScoreOutOfScale)
    assert isinstance(reasons[4], RatedInFuture)
    assert rows_of(sqlite_store, "customers") == []
