"""Some hundred reports of invented offices with everything in them that spoils published figures: blanks,
dashes, sums that do not hold, two versions of one report, reports compiled from others, two forms, gaps
between years, one name in several places."""

import os
import random

import planted
from planted import form

PLACES = [
    "洛阳市孟津区", "洛阳市涧西区", "洛阳市", "郑州市", "郑州市中原区", "南京市鼓楼区", "徐州市鼓楼区",
    "福州市鼓楼区", "上海市普陀区", "杭州市西湖区", "南昌市西湖区", "重庆市铜梁区", "平遥县", "",
]
OFFICES = ["停车管理局", "水网运行中心", "人民政府办公室", "灯会管理局"]
YEARS = range(2019, 2025)


def damaged(rng, values):
    """What cells print instead of their numbers."""
    texts = {}
    for key in rng.sample(sorted(values), rng.choice([0, 0, 1, 3, 12])):
        texts[key] = rng.choice(["", "", "/", "—", "无", "—"])
    for key in rng.sample(sorted(values), rng.choice([0, 0, 0, 1, 2])):
        if key not in texts:
            texts[key] = planted.show(values[key] + rng.randint(1, 40))
    return texts


def write(folder, seed, count):
    """Writes about `count` reports."""
    rng = random.Random(f"world/{seed}")
    bodies = [(place, place + office) for place in PLACES for office in OFFICES if place or rng.random() < 0.5]
    number = 0
    while number < count:
        place, agency = rng.choice(bodies)
        for year in rng.sample(list(YEARS), rng.randint(1, 5)):
            edition = "2019" if year <= 2020 else "2021"
            values = form.fill(rng, edition)
            scope = rng.choices([None, "own", "rolled_up"], [5, 2, 2 if "人民政府" in agency else 0])[0]
            versions = rng.choice([1, 1, 1, 1, 1, 2])
            for version in range(versions):
                if version and rng.random() < 0.6:
                    values = form.fill(rng, edition)
                text = planted.page(
                    agency, year, values, edition, damaged(rng, values), scope, place or "全市",
                    note=f"本版为第{version + 1}版。" if version else "")
                encoding = "utf-8" if version == 0 else "gb18030"
                path = os.path.join(folder, f"{number:04}.html")
                with open(path, "wb") as file:
                    file.write(text.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding))
                number += 1
