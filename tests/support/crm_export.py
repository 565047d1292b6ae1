"""A made-up export with the shape and the untidiness of real ones: four files, every name in them invented.

Dates are M/D/Y without zeros, one product is spelled two ways, a sector is misspelled, some sales have no
account, open ones have neither close date nor value, lost ones have the value 0.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PRODUCTS = {"Orbit Basic": 410, "Orbit Pro": 5120, "Orbit Plus": 1096, "Lumen One": 62, "Lumen Grand": 24999}
ACCOUNT_COLUMNS = (
    *("account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"),
)
PIPELINE_COLUMNS = (
    *("opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date"),
    "close_value",
)
_SPELLED = {"Orbit Pro": "OrbitPro"}
_SECTORS = ("retail", "finance", "technolgy", "medical", "services")
_FIRST = (
    "Ada",
    "Bruno",
    "Chiara",
    "Dmitri",
    "Esra",
    "Femi",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kamala",
    "Li-Na",
)
_LAST = ("Abara", "Bielik", "Castellan", "Dorn")


@dataclass(frozen=True)
class Sale:
    """One row of the pipeline, as it truly is; the file writes it untidily."""

    id: str
    seller: str
    product: str
    account: str | None
    stage: str
    engaged_on: date
    closed_on: date | None
    value: int | None


@dataclass(frozen=True)
class CrmExport:
    """The four files as CSV text, and the sales that they tell of."""

    accounts: str
    products: str
    teams: str
    pipeline: str
    sales: tuple[Sale, ...]
    sellers: tuple[str, ...]
    managers: tuple[str, ...]
    account_names: tuple[str, ...]


def crm_export(seed: int = 7, sales: int = 400) -> CrmExport:
    """The export of one seed; equal seeds give equal files."""
    random = Random(seed)
    sellers = tuple(f"{first} {_LAST[place % 4]}" for place, first in enumerate(_FIRST))
    managers = tuple(f"{first} Overby" for first in ("Maud", "Nils", "Oda"))
    accounts = tuple(
        f"{start}{end}" for start in ("Quar", "Zel", "Vint", "Plex", "Hol") for end in ("tex", "mori", "da")
    )
    made = tuple(_sale(random, number, sellers, accounts) for number in range(sales))
    return CrmExport(
        accounts=_csv(
            ACCOUNT_COLUMNS,
            [_account(random, name) for name in accounts],
        ),
        products=_csv(
            ["product", "series", "sales_price"],
            [[name, name.split()[0], price] for name, price in PRODUCTS.items()],
        ),
        teams=_csv(
            ["sales_agent", "manager", "regional_office"],
            [
                [name, managers[place % 3], ("Central", "East", "West")[place % 3]]
                for place, name in enumerate(sellers)
            ],
        ),
        pipeline=_csv(
            PIPELINE_COLUMNS,
            [_row(sale) for sale in made],
        ),
        sales=made,
        sellers=sellers,
        managers=managers,
        account_names=accounts,
    )


def _account(random: Random, name: str) -> list[object]:
    revenue = f"{random.randint(100, 999)}.5"
    founded, employees = random.randint(1970, 2015), random.randint(10, 9000)
    return [name, random.choice(_SECTORS), founded, revenue, employees, "United States", ""]


def _sale(random: Random, number: int, sellers: Sequence[str], accounts: Sequence[str]) -> Sale:
    engaged_on = date(2016, 10, 20) + timedelta(days=random.randint(0, 200))
    # The last sellers have sold nothing yet: they stand in the file of teams alone.
    seller, product = random.choice(sellers[:-2]), random.choice(list(PRODUCTS))
    account = None if random.random() < 0.1 else random.choice(accounts)
    stage = random.choices(("Won", "Lost", "Engaging", "Prospecting"), (30, 20, 40, 10))[0]
    is_over = stage in ("Won", "Lost")
    value = round(PRODUCTS[product] * random.uniform(0.7, 1.2)) if stage == "Won" else 0
    return Sale(
        f"{random.getrandbits(32):08X}{number}",
        seller,
        product,
        account,
        stage,
        engaged_on,
        engaged_on + timedelta(days=random.randint(1, 130)) if is_over else None,
        value if is_over else None,
    )


def _row(sale: Sale) -> list[object]:
    return [
        sale.id,
        sale.seller,
        _SPELLED.get(sale.product, sale.product),
        sale.account or "",
        sale.stage,
        _untidy(sale.engaged_on),
        _untidy(sale.closed_on) if sale.closed_on else "",
        "" if sale.value is None else sale.value,
    ]


def _untidy(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _csv(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue()
