"""What the demo's customers say of the team: scores after visits and deliveries."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.satisfaction import Mood, RatingKind, mood
from bot.store import Session
from bot.store.models import Customer, Person, Product, Rating

SEED = 7
SCORES = 60
_DAYS = 170
_COMMENTS = {
    ("en", Mood.GOOD): ("Quick help on site", "The trainer knew our plant", "Delivered a week early"),
    ("en", Mood.MIDDLING): ("Fine, but the invoice was late", "Good product, thin manuals"),
    ("en", Mood.BAD): ("Slow delivery", "Three days without an answer"),
    ("zh", Mood.GOOD): ("现场响应很快", "培训老师很专业", "比约定提前一周交付"),
    ("zh", Mood.MIDDLING): ("还行，就是发票晚了", "产品不错，资料少了点"),
    ("zh", Mood.BAD): ("交货慢", "三天没人回复"),
}


def seed_scores(
    session: Session,
    customers: Sequence[Customer],
    products: Sequence[Product],
    sellers: Sequence[Person],
    now: datetime,
) -> None:
    """Scores of the last two quarters, more good ones than bad; some say why."""
    chance = random.Random(SEED)
    names = {seller.id: seller for seller in sellers}
    for _ in range(SCORES):
        customer = chance.choice(customers)
        kind = chance.choice((RatingKind.CSAT, RatingKind.CSAT, RatingKind.NPS))
        scores = (2, 3, 4, 4, 5, 5) if kind == RatingKind.CSAT else (5, 7, 8, 9, 9, 10)
        score = chance.choice(scores)
        language = "en" if customer.name.isascii() else "zh"
        said = chance.choice((None, *_COMMENTS[language, mood(kind, score)]))
        at = now - timedelta(days=chance.randint(1, _DAYS), hours=chance.randint(0, 6))
        session.add(
            Rating(
                kind=kind,
                score=score,
                comment=said,
                rated_at=at,
                created_at=at,
                customer_id=customer.id,
                person_id=customer.owner_id if customer.owner_id in names else None,
                recorder_id=customer.owner_id,
                product_id=chance.choice(products).id,
            )
        )
