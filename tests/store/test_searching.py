"""Laws of the search: what is found is what a look at every record would find, in the same order."""

import random
from datetime import datetime

import pytest
from sqlalchemy import delete, func, select

from bot.domain.search import Fit, Query, fold, keys_of, what_matched
from bot.store import Store
from bot.store.customers import access_customer, find_customers, search_customers
from bot.store.migrating import migrate
from bot.store.models import Contact, Customer
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS, SEARCH_VERSIONS
from bot.store.search_index import Texts, texts_of
from bot.store.searching import first_ranked
from tests.support.factories import Factory

WORDS = ["北京", "华星", "华", "星光", "科技", "重庆", "长沙", "海", "银行", "有限公司", "集团", "IBM", "360"]
WORDS += ["Acme", "Blue", "Ocean", "blu", "Star", "Øst", "Müller", "Ltd", "Inc.", "o"]
TYPED = [
    *WORDS,
    "hx",
    "huaxing",
    "chongqing",
    "csyh",
    "blueoc",
    "muller",
    "acme inc",
    "华星有限公司",
    "华星集",
    "zz",
    "星",
]
TYPED += ["138", "5678", "13800", "@acme", "star.com", "ohx", "b", "xing", "星科技", "m"]


def page_of_all(store: Store, workspace_id: int, typed: str, limit: int) -> list[int]:
    """The first page, by looking at every customer there is."""
    query: Query | None = Query(typed)
    with store.reading(workspace_id) as session:
        folded = {each.id: fold(texts_of(each)) for each in session.scalars(select(Customer))}
    while query:
        fitting = [
            (fit, record.length, record_id)
            for record_id, record in folded.items()
            if (fit := query.match(record)) is not None
        ]
        if fitting or (query := query.without_suffix) is None:
            return [record_id for _fit, _length, record_id in sorted(fitting)][:limit]
    return []


@pytest.mark.parametrize("few", [1000, 3])
def test_the_first_page_is_the_one_that_a_full_scan_gives(
    factory: Factory, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every number of records that counts as few, so that both ways of reading the index are taken."""
    monkeypatch.setattr("bot.store.searching._FEW", few)
    monkeypatch.setattr("bot.store.searching._FIRST_STEP", 2)
    chance = random.Random(7)
    customers = []
    for number in range(300):
        words = chance.choices(WORDS, k=chance.choice((1, 2, 3, 4)))
        name = chance.choice(["", " "]).join(words)
        phone = chance.choice([None, f"138-{number:04d}-5678"])
        website = chance.choice([None, "https://www.star.com"])
        customers.append(Customer(name=name, name_key=name.lower(), phone=phone, website=website))
    with factory.store.transaction(factory.shell, now=factory.now, how="test") as session:
        session.add_all(customers)
    for typed in TYPED:
        with factory.store.reading(factory.workspace_id) as session:
            page = first_ranked(session, Customer, typed, 20)
        assert page == page_of_all(factory.store, factory.workspace_id, typed, 20), typed


def test_the_index_follows_every_change_and_leaves_nothing_behind(factory: Factory, now: datetime) -> None:
    ann = factory.actor("Ann")
    acme = factory.customer("Acme", phone="010 1234 5678")

    def found(typed: str) -> list[str]:
        with factory.store.reading(factory.workspace_id) as session:
            return [each.name for each in search_customers(session, typed)]

    assert found("acm") == found("12345") == ["Acme"]
    with factory.store.transaction(ann, now=now, how="test") as session:
        session.get_one(Customer, acme.id).name = "华星"
    assert (found("acm"), found("huax")) == ([], ["华星"])
    with factory.store.transaction(ann, now=now, how="test") as session:
        session.get_one(Customer, acme.id).deleted_at = now
    assert found("华星") == []
    with factory.store.transaction(ann, now=now, how="test") as session:
        wanted = select(Customer).execution_options(include_deleted=True)
        session.scalars(wanted).one().deleted_at = None
    assert found("华星") == ["华星"]
    with factory.store.engine.connect() as connection:
        kept = connection.execute(select(SEARCH_RECORDS).where(SEARCH_RECORDS.c.kind == "c")).all()
        keys = connection.execute(
            select(SEARCH_KEYS.c.key).where(SEARCH_KEYS.c.key.startswith("c"))
        ).scalars()
        assert len(kept) == 1
        assert set(keys) == {"c" + key for key in keys_of(fold(Texts(["华星"], ["010 1234 5678"])))}


def test_an_index_of_other_rules_is_made_anew(sqlite_factory: Factory) -> None:
    sqlite_factory.customer("Acme")
    store = sqlite_factory.store
    with store.everywhere() as session:
        for table in (SEARCH_VERSIONS, SEARCH_KEYS, SEARCH_RECORDS):
            session.connection().execute(delete(table))
    migrate(store)
    with store.reading(sqlite_factory.workspace_id) as session:
        assert [each.name for each in search_customers(session, "acme")] == ["Acme"]
        counted = session.connection().execute(select(func.count()).select_from(SEARCH_VERSIONS))
        assert counted.scalar() == 1


def test_a_customer_is_found_by_its_contact_and_never_by_another_workspace_s(
    factory: Factory, now: datetime
) -> None:
    acme = factory.customer("Acme")
    factory.customer("Li Na Trading")
    factory.add(Contact(customer_id=acme.id, name="李娜", phone="13800001234"))
    other = Factory(factory.store, now)
    other.customer("李娜")
    with factory.store.reading(factory.workspace_id) as session:
        assert [(each.name, matched) for each, matched in find_customers(session, "lina")] == [
            ("Li Na Trading", None),
            ("Acme", "李娜"),
        ]
        assert [matched for _each, matched in find_customers(session, "01234")] == ["李娜 13800001234"]
        assert [each.name for each in search_customers(session, "", limit=1)] == ["Li Na Trading"]


def test_names_are_found_by_beginning_word_part_sound_and_initials_in_this_order() -> None:
    fits = {
        "华星": ("华星", Fit.NAME),
        "华": ("华星", Fit.START),
        "ocean": ("Blue Ocean", Fit.WORD),
        "cea": ("Blue Ocean", Fit.WITHIN),
        "changsha": ("北京长沙银行", Fit.SOUND),
        "csyh": ("北京长沙银行", Fit.INITIALS),
        "star inc": ("Star GmbH", None),
    }
    for typed, (name, fit) in fits.items():
        assert Query(typed).match(fold(Texts([name]))) == fit, typed
    assert what_matched("5678", Texts(["Acme"], ["010 5678"])) == "010 5678"
    assert what_matched("acme", Texts(["Acme"], ["010 5678"])) is None


def test_a_name_of_nothing_but_signs_is_kept_and_stands_in_no_index(factory: Factory) -> None:
    kept = factory.customer("🎉")
    with factory.store.reading(factory.workspace_id) as session:
        assert access_customer(session, kept.id).name == "🎉"
