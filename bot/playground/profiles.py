"""What the demo's customers are beyond their names: places, contacts' roles, quotes of what they bought."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.custom_fields import FieldKind
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.domain.profiles import NO_YEAR, ContactRole
from bot.domain.quotes import LineValue, quote_totals
from bot.store import Session
from bot.store.models import Contact, Customer, CustomField, Opportunity, Product, Quote, QuoteLine, Segment

_SEED = 21

_REGIONS = {
    "en": ("North", "South", "West", "EMEA"),
    "zh": ("华东", "华南", "华北", "西南"),
}
_SIZES = {
    "en": ("80 people", "250 people", "1,200 people", "5,000 people"),
    "zh": ("80人", "250人", "1200人", "5000人"),
}
_TAGS = {
    "en": (("key account",), ("reference",), ("price-sensitive",), ("key account", "reference"), (), ()),
    "zh": (("重点客户",), ("标杆案例",), ("价格敏感",), ("重点客户", "标杆案例"), (), ()),
}
_STREETS = {
    "en": ("12 Harbour Road, Portland", "480 Lake Street, Chicago", "7 Mill Lane, Leeds"),
    "zh": ("深圳市南山区科技园路12号", "上海市浦东新区张江路480号", "杭州市滨江区江南大道7号"),
}
_LIKES = {
    "en": ("Prefers mail; no calls before 10", "Runs marathons", "Likes green tea", None, None),
    "zh": ("爱喝普洱茶", "喜欢羽毛球", "上午开会，下午三点后联系", None, None),
}
ALIASES = {
    "锦程机器人有限公司": ("Jincheng Robotics", "锦程"),
    "云帆物流有限公司": ("Yunfan Logistics",),
    "北辰医疗器械有限公司": ("Beichen Medical",),
    "瑞丰银行": ("Ruifeng Bank",),
    "Northwind Robotics": ("北风机器人", "NWR"),
    "Granite Bank": ("花岗岩银行",),
}
PARENTS = {
    "Atlas Freight": "Blue Harbor Logistics",
    "Meridian Labs": "Lumen Health",
    "海棠服饰有限公司": "江南纺织集团",
}
"""Who belongs to whom."""


class Profiles:
    """Fills in what customers are. It draws from a chance of its own, so that the team's history stays."""

    def __init__(self, session: Session) -> None:
        self.session, self.random = session, random.Random(_SEED)
        self._quotes = 0

    def describe(self, customers: list[Customer], language_of: Callable[[str], str]) -> None:
        """Give every new customer a place, a size and tags, and values of the team's own fields."""
        drink, contract, reference = self._own_fields()
        for number, customer in enumerate(customers, start=1):
            language = language_of(customer.name)
            customer.region = self.random.choice(_REGIONS[language])
            customer.size = self.random.choice(_SIZES[language])
            customer.tags = list(self.random.choice(_TAGS[language]))
            customer.custom = {
                drink.key: self.random.choice(drink.choices),
                contract.key: f"2027-{self.random.randint(1, 12):02}-28",
                reference.key: "reference" in customer.tags or "标杆案例" in customer.tags,
            }
            customer.addresses = [self.random.choice(_STREETS[language])]
            customer.aliases = list(ALIASES.get(customer.name, ()))
            customer.website = f"https://www.customer{number}.example"
            customer.phone = f"0755-8{number:03}-2200" if language == "zh" else f"+1 503 555 {number:04}"
            if language == "zh":
                customer.tax_id = f"91440300MA5{number:04}X{number % 10}K"
        by_name = {customer.name: customer for customer in customers}
        for child, parent in PARENTS.items():
            by_name[child].parent = by_name[parent]

    def _own_fields(self) -> tuple[CustomField, ...]:
        fields = (
            CustomField(
                name="Drink 饮品", kind=FieldKind.CHOICE, choices=["Tea 茶", "Coffee 咖啡"], position=1
            ),
            CustomField(name="Contract ends 合同到期", kind=FieldKind.DATE, position=2),
            CustomField(name="May be named 可公开引用", kind=FieldKind.YES_NO, position=3),
        )
        segments = (
            Segment(name="Key accounts 重点客户", name_key=name_key("Key accounts 重点客户"), classes=["A"]),
            Segment(name="华东成交客户", name_key=name_key("华东成交客户"), kinds=["active"], region="华东"),
        )
        self.session.add_all([*fields, *segments])
        self.session.flush()
        return fields

    def introduce(self, contact: Contact, number: int, language: str) -> None:
        """Give a contact a role, an address and, some, a birthday."""
        contact.decision_role = (
            ContactRole.DECISION_MAKER
            if number == 0
            else self.random.choice((ContactRole.INFLUENCER, ContactRole.USER, ContactRole.BLOCKER))
        )
        contact.email = f"contact{contact.customer_id}.{number + 1}@customer{contact.customer_id}.example"
        contact.phone = (
            f"138{contact.customer_id:04}{number:04}"
            if language == "zh"
            else f"+1 503 556 {contact.customer_id:02}{number:02}"
        )
        contact.preferences = self.random.choice(_LIKES[language])
        if self.random.random() < 0.6:
            year = self.random.choice((NO_YEAR, 1979, 1984, 1990))
            contact.birthday_on = date(year, self.random.randint(1, 12), self.random.randint(1, 28))

    def offer(self, product: Product, products: list[Product], amount: Money) -> "Offer":
        """What of the product, and of something that goes with it, comes to about the amount."""
        extra = products[4 if self.random.random() < 0.5 else 5]
        chosen = [product] if extra is product or self.random.random() < 0.4 else [product, extra]
        price = product.price_minor or 1
        count = max(1, round(amount.minor / price))
        values = [
            LineValue(Decimal(count if each is product else 1), Money(each.price_minor or 0, each.currency))
            for each in chosen
        ]
        discount = Decimal(self.random.choice((0, 0, 5, 8)))
        total = quote_totals(values, discount, product.currency).total
        return Offer(chosen, values, discount, total)

    def quote(self, opportunity: Opportunity, offer: "Offer", state: str, made_at: datetime) -> None:
        """Put the offer into a quote."""
        self._quotes += 1
        quote = Quote(
            number=f"Q-{made_at.year}-{self._quotes:04}",
            customer_id=opportunity.customer_id,
            opportunity_id=opportunity.id,
            owner_id=opportunity.owner_id,
            currency=offer.total.currency,
            discount_percent=offer.discount_percent,
            state=state,
            total_minor=offer.total.minor,
            created_at=made_at,
        )
        quote.lines = [
            QuoteLine(
                product_id=each.id,
                position=position,
                description=each.name,
                quantity=value.quantity,
                unit_price_minor=value.unit_price.minor,
                created_at=made_at,
            )
            for position, (each, value) in enumerate(zip(offer.products, offer.values, strict=True))
        ]
        self.session.add(quote)


@dataclass(frozen=True)
class Offer:
    """What is sold together, at which discount, and what it comes to."""

    products: list[Product]
    values: list[LineValue]
    discount_percent: Decimal
    total: Money
