"""Names of companies and people, half of them Chinese, by number: the same number has the same name."""

import random

SEED = 20261127

PLACES = "北京,上海,深圳,广州,杭州,苏州,南京,成都,武汉,西安,重庆,天津,青岛,宁波,长沙,厦门,无锡,郑州"
BRAND = "华星海天金瑞科恒泰中信达利宏远东方国联安盛嘉德新宇博创亿通维京辰光明智云龙腾飞扬美佳"
TRADES = "科技,贸易,电子,机械,软件,医药,网络科技,信息技术,实业,建筑工程,食品,物流,新能源,教育咨询"
FORMS = "有限公司,股份有限公司,集团,有限责任公司"
FIRST = (
    "Blue,Red,North,South,East,West,Global,United,Prime,Summit,Silver,Golden,Bright,Clear,Pacific,Atlantic,"
    "Alpine,Delta,Omega,Apex,Vertex,Zenith,Nova,Stellar,Solar,Lunar,Quantum,Rapid,Swift,Iron,Stone,Harbor"
)
SECOND = (
    "Ocean,River,Mountain,Forest,Field,Bridge,Gate,Tower,Star,Sky,Cloud,Wave,Wind,Fire,Light,Path,Point,Peak,"
    "Valley,Garden,Crest,Ridge,Haven,Works,Forge,Craft,Logic,Data,Link,Net,Core,Edge"
)
LATIN_TRADES = (
    "Technologies,Systems,Solutions,Trading,Logistics,Foods,Pharma,Energy,Software,Holdings,Consulting,"
    "Partners,Industries,International,Engineering,Media"
)
LATIN_FORMS = "Ltd|Inc.|GmbH|Co., Ltd.|LLC|plc|"
SYLLABLES = "ba,co,da,fe,gi,ho,ka,le,mi,no,pa,qui,ro,sa,te,vo,wi,xa,yo,zu,an,er,in,or,us"
FAMILY = "李王张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉"
FIRST_NAMES = "Anna,Ben,Carla,David,Emma,Frank,Grace,Henry,Irene,Jack,Karen,Leo,Maria,Nick,Olga,Paul"
LAST_NAMES = "Miller,Smith,Brown,Wilson,Taylor,Weber,Rossi,Garcia,Novak,Olsen,Dubois,Silva,Kim,Tanaka"


def name_of(number: int) -> str:
    """The name of one customer: Chinese where the number is even."""
    chance = random.Random(SEED * 2_000_003 + number)
    if number % 2 == 0:
        brand = "".join(chance.choices(BRAND, k=chance.choice((2, 2, 2, 3, 4))))
        place = chance.choice(PLACES.split(",")) if chance.random() < 0.6 else ""
        return f"{place}{brand}{chance.choice(TRADES.split(','))}{chance.choice(FORMS.split(','))}"
    coined = "".join(chance.choices(SYLLABLES.split(","), k=chance.choice((2, 3, 4)))).title()
    words = [chance.choice(FIRST.split(","))] if chance.random() < 0.6 else []
    words += [
        coined if chance.random() < 0.7 else chance.choice(SECOND.split(",")),
        chance.choice(LATIN_TRADES.split(",")),
    ]
    return " ".join([*words, chance.choice(LATIN_FORMS.split("|"))]).strip()


def person_of(number: int) -> str:
    """The name of one person."""
    chance = random.Random(SEED * 3_000_017 + number)
    if number % 2 == 0:
        return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    return f"{chance.choice(FIRST_NAMES.split(','))} {chance.choice(LAST_NAMES.split(','))}"
