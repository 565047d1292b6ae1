"""The words that names of companies are made of, in English and Chinese."""

import re

FORMS = re.compile(
    r"股份有限公司|有限责任公司|集团有限公司|股份公司|有限公司|控股公司|(?<!分)(?<!子)公司|集团|股份|责任|有限合伙|有限"
)
LATIN_FORMS = frozenset(
    re.findall(
        r"\w+",
        "co ltd limited inc incorporated corp corporation company companies llc llp lp plc gmbh ag kg kgaa "
        "sa srl spa bv nv oy ab as aps pte pty pvt sarl sas kk se group grp mbh the and of for de und et",
    )
)
PLACES = {
    "北京": "beijing", "上海": "shanghai", "深圳": "shenzhen", "广州": "guangzhou", "杭州": "hangzhou",
    "苏州": "suzhou", "南京": "nanjing", "成都": "chengdu", "武汉": "wuhan", "西安": "xian",
    "重庆": "chongqing", "天津": "tianjin", "青岛": "qingdao", "宁波": "ningbo", "长沙": "changsha",
    "厦门": "xiamen", "无锡": "wuxi", "郑州": "zhengzhou", "大连": "dalian", "沈阳": "shenyang",
    "济南": "jinan", "合肥": "hefei", "福州": "fuzhou", "东莞": "dongguan", "佛山": "foshan",
    "珠海": "zhuhai", "昆明": "kunming", "哈尔滨": "harbin", "长春": "changchun", "石家庄": "shijiazhuang",
    "南昌": "nanchang", "贵阳": "guiyang", "太原": "taiyuan", "温州": "wenzhou", "常州": "changzhou",
    "南通": "nantong", "烟台": "yantai", "海口": "haikou", "兰州": "lanzhou", "乌鲁木齐": "urumqi",
    "香港": "hongkong", "澳门": "macau", "台湾": "taiwan", "台北": "taipei", "广东": "guangdong",
    "江苏": "jiangsu", "浙江": "zhejiang", "山东": "shandong", "四川": "sichuan", "湖北": "hubei",
    "湖南": "hunan", "河南": "henan", "河北": "hebei", "福建": "fujian", "安徽": "anhui", "辽宁": "liaoning",
    "陕西": "shaanxi", "江西": "jiangxi", "海南": "hainan", "云南": "yunnan", "浦东": "pudong",
    "伦敦": "london", "巴黎": "paris", "柏林": "berlin", "纽约": "newyork", "东京": "tokyo", "首尔": "seoul",
    "新加坡": "singapore",
}  # fmt: skip
COUNTRIES = {
    "中国": "china", "美国": "usa", "日本": "japan", "德国": "germany", "英国": "uk", "法国": "france",
    "韩国": "korea", "印度": "india", "亚洲": "asia", "欧洲": "europe", "亚太": "asiapacific",
    "北美": "northamerica",
}  # fmt: skip
LATIN_PLACES = {name: name for name in (*PLACES.values(), *COUNTRIES.values())} | {
    "munich": "munich", "hamburg": "hamburg", "frankfurt": "frankfurt", "boston": "boston",
    "dallas": "dallas",
    "chicago": "chicago", "sydney": "sydney", "toronto": "toronto", "america": "usa", "americas": "usa",
    "us": "usa", "xi'an": "xian", "chinese": "china", "prc": "china", "deutschland": "germany",
    "nippon": "japan",
    "madrid": "madrid", "dubai": "dubai", "mumbai": "mumbai", "zurich": "zurich", "vienna": "vienna",
    "canada": "canada", "australia": "australia", "brazil": "brazil", "mexico": "mexico", "spain": "spain",
    "italy": "italy", "apac": "asiapacific", "emea": "emea", "india": "india", "ireland": "ireland",
}  # fmt: skip
NATIONS = frozenset(COUNTRIES.values()) | {
    "canada", "australia", "brazil", "mexico", "spain", "italy", "emea", "singapore", "hongkong", "taiwan",
    "ireland",
}  # fmt: skip
TWO_WORDS = {
    "hong kong": "hongkong", "new york": "newyork", "xi an": "xian", "united states": "usa",
    "north america": "northamerica", "asia pacific": "asiapacific", "united kingdom": "uk",
    "information technology": "it", "real estate": "property", "new energy": "newenergy",
    "network technology": "network tech", "heavy industry": "heavy", "heavy industries": "heavy",
    "head office": "", "holding company": "holding",
}  # fmt: skip
TRADES = {
    "科技": "tech", "技术": "tech", "高科": "tech", "信息技术": "it", "信息科技": "it", "信息": "it",
    "网络": "network", "软件": "software", "电子": "electronic", "贸易": "trade", "商贸": "trade",
    "进出口": "import export", "机械": "machinery", "设备": "equipment", "医药": "pharma", "制药": "pharma",
    "药业": "pharma", "生物": "bio", "医疗": "medical", "器械": "device", "建筑": "construction",
    "建设": "construction", "工程": "engineering", "食品": "food", "饮料": "beverage", "物流": "logistics",
    "快递": "express", "速运": "express", "运输": "transport", "新能源": "newenergy", "能源": "energy",
    "电力": "power", "石油": "petroleum", "化工": "chemical", "化学": "chemical", "材料": "material",
    "教育": "education", "咨询": "consulting", "顾问": "consulting", "管理": "management", "服务": "service",
    "实业": "industry", "工业": "industry", "产业": "industry", "制造": "manufacturing", "汽车": "auto",
    "银行": "bank", "保险": "insurance", "证券": "securities", "基金": "fund", "投资": "investment",
    "资本": "capital", "租赁": "leasing", "信托": "trust", "地产": "property", "房地产": "property",
    "置业": "property", "物业": "propertyservice", "酒店": "hotel", "旅游": "travel", "旅行社": "travel",
    "航空": "airline", "传媒": "media", "文化": "culture", "广告": "advertising", "影视": "film",
    "纺织": "textile", "服装": "clothing", "服饰": "clothing", "家具": "furniture", "家电": "appliance",
    "电器": "appliance", "电气": "electric", "钢铁": "steel", "光电": "opto", "半导体": "semiconductor",
    "集成电路": "semiconductor", "通信": "telecom", "通讯": "telecom", "电信": "telecom", "移动": "mobile",
    "农业": "agriculture", "环保": "environment", "环境": "environment", "数据": "data", "云计算": "cloud",
    "智能": "intelligent", "机器人": "robotics", "超市": "supermarket", "零售": "retail", "印刷": "printing",
    "包装": "packaging", "塑料": "plastic", "重工": "heavy", "国际": "international", "控股": "holding",
    "大学": "university", "医院": "hospital", "律师事务所": "law", "会计师事务所": "accounting",
    "计算机": "computer", "系统": "system", "光学": "optical", "精密": "precision", "仪器": "instrument",
    "玩具": "toy", "珠宝": "jewelry", "茶业": "tea", "酒业": "wine", "设计": "design", "装饰": "decoration",
}  # fmt: skip
LATIN_TRADES = {trade: trade for words in TRADES.values() for trade in words.split()} | {
    "technology": "tech", "technologies": "tech", "technical": "tech", "technologie": "tech",
    "information": "it", "networks": "network", "electronics": "electronic", "trading": "trade",
    "traders": "trade", "imports": "import", "exports": "export", "machine": "machinery",
    "machines": "machinery", "equipments": "equipment", "pharmaceutical": "pharma",
    "pharmaceuticals": "pharma", "biotech": "bio tech", "biotechnology": "bio tech", "biological": "bio",
    "healthcare": "medical", "devices": "device", "builders": "construction", "building": "construction",
    "foods": "food", "beverages": "beverage", "drinks": "beverage", "logistic": "logistics",
    "transportation": "transport", "petrochemical": "petroleum", "oil": "petroleum",
    "chemicals": "chemical", "materials": "material", "consultants": "consulting",
    "consultancy": "consulting", "advisory": "consulting", "services": "service", "industrial": "industry",
    "industries": "industry", "manufacturers": "manufacturing", "automotive": "auto",
    "automobile": "auto", "motor": "motor", "motors": "motor", "banking": "bank", "insurers": "insurance",
    "assurance": "insurance", "funds": "fund", "investments": "investment", "realty": "property",
    "properties": "property", "hotels": "hotel", "tours": "travel", "airlines": "airline",
    "airways": "airline", "textiles": "textile", "apparel": "clothing", "garments": "clothing",
    "garment": "clothing", "appliances": "appliance", "electrical": "electric", "steels": "steel",
    "optoelectronics": "opto", "semiconductors": "semiconductor", "telecommunications": "telecom",
    "communications": "telecom", "communication": "telecom", "agricultural": "agriculture",
    "farms": "agriculture", "environmental": "environment", "robots": "robotics", "smart": "intelligent",
    "stores": "retail", "plastics": "plastic", "intl": "international", "int'l": "international",
    "holdings": "holding", "systems": "system", "computers": "computer", "computing": "computer",
    "optics": "optical", "instruments": "instrument", "solutions": "solution", "solution": "solution",
    "labs": "lab", "laboratories": "lab", "laboratory": "lab", "lab": "lab", "partners": "partner",
    "partner": "partner", "ventures": "venture", "venture": "venture", "studio": "studio",
    "studios": "studio", "works": "works", "aerospace": "aerospace", "marine": "marine", "mining": "mining",
    "foundation": "foundation", "digital": "digital", "analytics": "analytics", "toys": "toy",
    "wines": "wine", "robotic": "robotics", "decorations": "decoration", "mgmt": "management",
    "engineers": "engineering", "tech": "tech", "accountants": "accounting", "lawyers": "law",
}  # fmt: skip
BRANCH = re.compile(
    r"分公司|子公司|分行|支行|营业部|办事处|分店|旗舰店|分部|分院|研究院|事业部|代表处|工厂|门店"
)
LATIN_BRANCH = frozenset(
    ["branch", "subbranch", "office", "division", "dept", "department", "plant", "factory", "outlet", "store"]
)
GENERIC = frozenset(["tech", "international", "solution", "system", "industry"])
"""Trades that people leave out when they call a company by its short name."""

ALSO = [
    ("腾讯", "tencent"), ("阿里巴巴", "alibaba"), ("京东", "jd", "jingdong", "jd.com"),
    ("字节跳动", "bytedance"), ("联想", "lenovo"), ("海尔", "haier"), ("美的", "midea"), ("格力", "gree"),
    ("比亚迪", "byd", "build your dreams"), ("小米", "xiaomi"), ("中兴", "zte"), ("大疆", "dji"),
    ("网易", "netease"), ("新浪", "sina"), ("携程", "ctrip"), ("搜狐", "sohu"), ("美团", "meituan"),
    ("西门子", "siemens"), ("博世", "bosch"), ("通用电气", "ge", "general electric"), ("微软", "microsoft"),
    ("谷歌", "google"), ("苹果", "apple"), ("亚马逊", "amazon"), ("英特尔", "intel"),
    ("国际商业机器", "ibm", "international business machines"), ("甲骨文", "oracle"), ("思科", "cisco"),
    ("惠普", "hp", "hewlett packard"), ("戴尔", "dell"), ("三星", "samsung"), ("索尼", "sony"),
    ("松下", "panasonic"), ("丰田", "toyota"), ("本田", "honda"), ("大众", "volkswagen", "vw"),
    ("宝马", "bmw", "bayerische motoren werke"), ("奔驰", "mercedes benz", "mercedes"), ("特斯拉", "tesla"),
    ("可口可乐", "coca cola"), ("百事", "pepsi", "pepsico"), ("雀巢", "nestle"),
    ("宝洁", "p&g", "procter gamble", "procter & gamble"), ("联合利华", "unilever"), ("汇丰", "hsbc"),
    ("渣打", "standard chartered"), ("花旗", "citi", "citibank", "citigroup"),
    ("摩根大通", "jpmorgan", "jp morgan"),
    ("中国工商银行", "工商银行", "工行", "icbc", "industrial and commercial bank of china"),
    ("中国建设银行", "建设银行", "建行", "ccb", "china construction bank"),
    ("中国农业银行", "农业银行", "农行", "abc", "agricultural bank of china"),
    ("中国银行", "中行", "boc", "bank of china"), ("交通银行", "交行", "bocom", "bank of communications"),
    ("招商银行", "招行", "cmb", "china merchants bank"), ("顺丰", "sf", "sf express", "顺丰速运"),
    ("宁德时代", "catl", "contemporary amperex"),
    ("中国石化", "中石化", "sinopec", "china petroleum & chemical"),
    ("中国石油", "中石油", "cnpc", "petrochina"), ("中国海洋石油", "中海油", "cnooc"),
    ("国家电网", "state grid"), ("中国移动", "china mobile"), ("中国联通", "china unicom"),
    ("中国电信", "china telecom"), ("海康威视", "hikvision"), ("吉利", "geely"),
    ("长城汽车", "great wall motor", "gwm"),
    ("上汽", "上海汽车", "saic", "saic motor"), ("中芯", "中芯国际", "smic"), ("京东方", "boe"),
    ("万科", "vanke"),
    ("恒瑞", "hengrui"), ("药明康德", "wuxi apptec"), ("蒙牛", "mengniu"), ("伊利", "yili"),
    ("茅台", "moutai"),
    ("青岛啤酒", "tsingtao", "tsingtao brewery"), ("安踏", "anta"), ("李宁", "lining", "li ning"),
    ("耐克", "nike"),
    ("阿迪达斯", "adidas"), ("星巴克", "starbucks"), ("麦当劳", "mcdonald's", "mcdonalds"), ("肯德基", "kfc"),
    ("沃尔玛", "walmart", "wal mart"), ("家乐福", "carrefour"), ("宜家", "ikea"),
    ("迪士尼", "disney", "walt disney"),
    ("飞利浦", "philips"), ("巴斯夫", "basf"), ("拜耳", "bayer"), ("辉瑞", "pfizer"), ("罗氏", "roche"),
    ("强生", "j&j", "johnson & johnson"), ("施耐德", "schneider"), ("霍尼韦尔", "honeywell"),
    ("卡特彼勒", "caterpillar"),
    ("波音", "boeing"), ("空中客车", "空客", "airbus"), ("壳牌", "shell"),
    ("埃克森美孚", "exxonmobil", "exxon mobil"),
    ("德勤", "deloitte"), ("普华永道", "pwc", "pricewaterhousecoopers"), ("毕马威", "kpmg"),
    ("安永", "ey", "ernst young", "ernst & young"), ("麦肯锡", "mckinsey"), ("埃森哲", "accenture"),
    ("思爱普", "sap"),
    ("3m", "minnesota mining"),
]  # fmt: skip
"""What companies are called in both languages, where pinyin does not say it."""
