"""Names of the demo's invented companies, people and products, in both languages."""

COMPANIES = (
    ("Northwind Robotics", "Manufacturing"),
    ("Blue Harbor Logistics", "Logistics"),
    ("Kestrel Energy", "Energy"),
    ("Lumen Health", "Healthcare"),
    ("Orchard Foods", "Food"),
    ("Granite Bank", "Finance"),
    ("Silverline Rail", "Transport"),
    ("Papaya Learning", "Education"),
    ("Cobalt Mining", "Mining"),
    ("Fjord Textiles", "Textiles"),
    ("Meridian Labs", "Healthcare"),
    ("Juniper Hotels", "Hospitality"),
    ("Atlas Freight", "Logistics"),
    ("Quill Publishing", "Media"),
    ("Redwood Insurance", "Finance"),
    ("Harvest Dairy", "Food"),
    ("Skylark Airports", "Transport"),
    ("Beacon Retail", "Retail"),
    ("锦程机器人有限公司", "制造"),
    ("江南纺织集团", "纺织"),
    ("云帆物流有限公司", "物流"),
    ("北辰医疗器械有限公司", "医疗"),
    ("金穗食品有限公司", "食品"),
    ("远山能源股份有限公司", "能源"),
    ("明德教育科技", "教育"),
    ("长河水务集团", "公用事业"),
    ("青鸟传媒", "传媒"),
    ("东湖汽车零部件有限公司", "汽车"),
    ("南粤家电有限公司", "家电"),
    ("瑞丰银行", "金融"),
    ("西岭旅游集团", "旅游"),
    ("同心连锁药房", "零售"),
    ("海棠服饰有限公司", "服装"),
    ("启明电子有限公司", "电子"),
)

CONTACTS = (
    ("Sarah Klein", "Head of Purchasing"),
    ("Tom Okafor", "CIO"),
    ("Priya Nair", "Operations Director"),
    ("Jonas Weber", "IT Manager"),
    ("Elena Rossi", "CFO"),
    ("Mark Dunn", "Plant Manager"),
    ("王芳", "采购经理"),
    ("张伟", "信息总监"),
    ("刘洋", "副总经理"),
    ("陈静", "财务总监"),
    ("赵敏", "运营总监"),
    ("周杰", "IT 主管"),
)

PRODUCTS = (
    ("Pro", 240),
    ("Team", 120),
    ("Enterprise", 480),
    ("Support", 60),
    ("Onboarding", 5000),
    ("Training Day", 1800),
)

NEEDS = {
    "en": ("annual licence", "renewal", "pilot", "second site", "upgrade to Enterprise", "support contract"),
    "zh": ("年度授权", "续约", "试点项目", "二期扩容", "升级企业版", "服务合同"),
}

CALLS = {
    "en": (
        "Asked for a demo with the plant team",
        "Budget is approved, waiting for legal",
        "Wants references in their industry",
        "Price is above their plan; asked for a three-year offer",
        "Very happy with the pilot",
        "Decision moved to next month",
        "Compared us with Zoho line by line",
        "New IT manager wants to see security papers",
    ),
    "zh": (
        "想先给生产部门做一次演示",
        "预算已批，在等法务",
        "想看同行业的案例",
        "价格超预算，希望报三年的方案",
        "试点反馈很好",
        "决策推到下个月",
        "在和用友逐条对比",
        "新来的信息主管要看安全资料",
    ),
}

TASKS = {
    "en": (
        "Send references",
        "Prepare the demo",
        "Call about the contract",
        "Send the revised offer",
        "Book the site visit",
    ),
    "zh": ("发送案例资料", "准备产品演示", "跟进合同进度", "发修改后的报价", "约现场拜访时间"),
}

SOURCES = ("referral", "website", "exhibition", "cold call", "partner")
COMPETITORS = ("Zoho", "Salesforce", "用友", "金蝶")
LOSSES = {
    "en": ("price", "chose a competitor", "no budget", "timing"),
    "zh": ("价格", "选了竞品", "没有预算", "时机不合适"),
}

TALK: tuple[tuple[int, str, str, str], ...] = (
    (64, "sales", "mia", "Morning all. Forecast call on Monday: please bring your three largest."),
    (47, "华南销售", "lilei", "刚拜访了锦程机器人，采购经理要50套，正在和用友比价，周五前要报价。"),
    (44, "华南销售", "ada", "不错！点这条消息的 ⋮ 菜单，选 *Log to CRM*，就记到客户卡片上了。"),
    (21, "sales", "ann", "Called Harvest Dairy: they want a revised offer by Friday; Zoho is in the race."),
    (19, "sales", "mia", "Good catch! *Log to CRM* in the ⋮ menu of your message puts it on their card."),
)
"""How many minutes ago, in which channel, who spoke and what was said before the visitor came."""

PLANS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "ann",
        "sales",
        "Fjord Textiles sent a site plan. *Log to CRM* in this message's menu keeps the file on the deal.",
        "fjord-site-plan.txt",
        "Two halls, 120 seats, go-live in June. The server room is on the second floor.\n",
    ),
    (
        "mia",
        "华南销售",
        "明德教育科技发来了校区平面图。点这条消息的 ⋮ 菜单选 *Log to CRM*，附件就跟着商机走。",
        "明德校区平面图.txt",
        "两个校区，共 120 个席位，四月上线；机房在二楼。\n",
    ),
)
"""Who, where, what was said, and the file with it: to be kept on an opportunity."""

MAIL_SAID = "A mail from Harbor Robotics. *Log to CRM* in this message's menu reads it."
MAIL = """From: Nina Park <nina@harbor-robotics.example>
To: Mia Moss <mia@dealdesk.example>
Subject: Quote for 40 seats
Date: Thu, 19 Nov 2026 10:12:00 -0500
Message-ID: <quote-40@harbor-robotics.example>
Content-Type: text/plain; charset="utf-8"

Hi Mia,

we would like 40 seats with single sign-on, starting in January. Could you send a quote this week?

Best regards,
Nina Park, Harbor Robotics, +1 415 555 0162
"""
