"""Who wrote, as messages say it: each row is a message and what it says of its writer."""

import pytest

from bot.language.signatures import Signature, read_signature

MESSAGES = [
    (
        "Hi, I'm Tom Baker from Blue Ocean, we need 50 seats. tom@ocean.com or +1 415 555 0134",
        Signature("Blue Ocean", "Tom Baker", "+1 415 555 0134", "tom@ocean.com"),
    ),
    (
        "Inbound: Nina Park <nina@harbor-robotics.com> asked for a quote by Friday, phone (415) 555-0134",
        Signature("Harbor Robotics", "Nina Park", "(415) 555-0134", "nina@harbor-robotics.com"),
    ),
    (
        "Company: Juniper Clinics\nName: Dr. Cole\nPhone: 020 7946 0958",
        Signature("Juniper Clinics", "Dr. Cole", "020 7946 0958"),
    ),
    (
        "This is Maria Gomez with Cedar Logistics Inc. Call me at 415-555-0199",
        Signature("Cedar Logistics Inc", "Maria Gomez", "415-555-0199"),
    ),
    (
        "we met Acme & Sons Ltd at the fair, contact Jane Roe, jane.roe@gmail.com",
        Signature("Acme & Sons Ltd", "Jane Roe", None, "jane.roe@gmail.com"),
    ),
    (
        "你好，我是东湖精密制造有限公司的周敏，电话13900001234，想了解你们的产品",
        Signature("东湖精密制造有限公司", "周敏", "13900001234"),
    ),
    (
        "公司：云帆供应链\n联系人：孙浩\n手机：138-0000-1111\n邮箱：sunhao@yunfan.com.cn",
        Signature("云帆供应链", "孙浩", "138-0000-1111", "sunhao@yunfan.com.cn"),
    ),
    ("展会上认识的蓝海科技 王经理 021-58880000 要100个账号", Signature("蓝海科技", "王经理", "021-58880000")),
    ("need 120000 by 2026-12-01, budget 50k", Signature()),
    ("can somebody send the deck?", Signature()),
    ("", Signature()),
]


@pytest.mark.parametrize(("message", "said"), MESSAGES)
def test_a_message_says_who_wrote_it(message: str, said: Signature) -> None:
    assert read_signature(message) == said
