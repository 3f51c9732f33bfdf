"""Draw the pictures of the example year: pages of notices and halls, all made up and marked as examples.

Run as ``python data/example_year/make_pictures.py``. The files are kept beside it, because fonts and encoders differ from
machine to machine; ``make_examples.py`` only puts them in.
"""

from __future__ import annotations

import io
import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "pictures"
FONTS = ("NotoSansCJK-Regular.ttc", "msyh.ttc", "simhei.ttf", "wqy-microhei.ttc")
PAPER, INK, GREY, SEAL = (255, 255, 255), (27, 39, 51), (120, 130, 140), (180, 40, 45)
BARS = ((11, 92, 138), (150, 30, 35), (20, 110, 90), (60, 70, 150), (120, 80, 20))
EXIF, TAKEN = 0x8769, 0x9003
BODY = (
    "为进一步优化营商环境，方便企业和群众获得用水，",
    "现将有关事项公布如下，请社会各界监督。",
    "一、办理条件：符合规划、产权清楚的用水申请。",
    "二、所需材料：身份证明、用水地址证明各一份。",
    "三、办理时限：无外线三个工作日，有外线五个工作日。",
    "四、收费标准：不收报装费，水价按公布的目录执行。",
    "五、办理地点：政务服务中心供水窗口或线上平台。",
    "六、监督电话：按公布的渠道反映，限时回复。",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return a font with Chinese characters, the first that this machine has."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise SystemExit("no font with Chinese characters was found")


def page(told: dict[str, Any], chance: random.Random) -> Image.Image:
    """Draw a page of an office's web site with a notice on it."""
    wide, high = 440, chance.choice((520, 560, 600))
    sheet = Image.new("RGB", (wide, high), PAPER)
    pen, bar = ImageDraw.Draw(sheet), chance.choice(BARS)
    top = chance.choice((48, 64, 84))
    pen.rectangle((0, 0, wide, top), fill=bar)
    pen.text((16, top // 2 - 12), f"{told['office']}门户网站", font=font(20), fill=PAPER)
    left = chance.choice((20, 34))
    pen.text((left, top + 22), told["title"], font=font(19), fill=INK)
    pen.text((left, top + 54), f"发布日期：{told['day']}　　来源：{told['office']}", font=font(12), fill=GREY)
    row = top + 84
    for number in sorted(chance.sample(range(len(BODY)), chance.randint(4, 7))):
        line = BODY[number]
        pen.text((left, row), line, font=font(14), fill=INK)
        row += chance.choice((26, 30))
    if chance.random() < 0.7:
        pen.rectangle((left, row + 8, left + 260, row + 60), outline=GREY)
        pen.text((left + 12, row + 22), "附件：办事指南（示例）.pdf", font=font(13), fill=bar)
    right = wide - chance.choice((170, 230))
    pen.ellipse((right, high - 130, right + 96, high - 34), outline=SEAL, width=3)
    pen.text((right + 20, high - 96), "示例专用", font=font(14), fill=SEAL)
    pen.text((16, high - 22), "示例图片，内容全部是编造的", font=font(11), fill=GREY)
    return sheet


def hall(told: dict[str, Any], chance: random.Random) -> Image.Image:
    """Draw the inside of a service hall, as a camera would take it."""
    wide, high = 400, 300
    wall = tuple(chance.randint(190, 235) for _ in range(3))
    shot = Image.new("RGB", (wide, high), wall)
    pen, floor = ImageDraw.Draw(shot), chance.randint(170, 210)
    pen.polygon(((0, high), (wide, high), (wide, floor), (0, floor + chance.randint(-14, 14))), fill=(150, 140, 128))
    for number in range(chance.randint(2, 4)):
        left = 20 + number * chance.randint(90, 130)
        pen.rectangle((left, 26, left + 70, 84), fill=(215, 232, 245), outline=GREY)
    sign = chance.randint(20, 120)
    pen.rectangle((sign, 96, sign + 210, 124), fill=chance.choice(BARS))
    pen.text((sign + 10, 99), told["title"], font=font(17), fill=PAPER)
    desk = chance.randint(150, 180)
    for number in range(chance.randint(2, 5)):
        left = chance.randint(0, 30) + number * chance.randint(80, 110)
        pen.rectangle((left, desk, left + 72, desk + 54), fill=(122, 90, 60), outline=(80, 58, 40))
        pen.ellipse((left + 22, desk - 30, left + 44, desk - 6), fill=(224, 188, 160))
        pen.rectangle((left + 16, desk - 8, left + 50, desk + 4), fill=chance.choice(BARS))
    for _ in range(chance.randint(1, 3)):
        left = chance.randint(10, wide - 60)
        pen.ellipse((left, 206, left + 26, 232), fill=(60, 50, 44))
        pen.rectangle((left - 8, 230, left + 34, 300), fill=tuple(chance.randint(40, 150) for _ in range(3)))
    pen.text((8, high - 20), "示例图片", font=font(12), fill=PAPER)
    grain = Image.effect_noise((wide, high), 22).convert("RGB")
    return Image.blend(shot.filter(ImageFilter.GaussianBlur(0.8)), grain, 0.06)


def drawn(told: dict[str, Any]) -> bytes:
    """Return one picture as the bytes of its file."""
    if told["draw"] == "blank":
        return encoded(Image.new("RGB", (320, 240), (250, 250, 250)), told)
    chance = random.Random(told.get("like", told["file"]))
    shot = (hall if told["draw"] == "hall" else page)(told, chance)
    if told.get("cut"):
        shot = shot.resize((round(shot.width * 0.7), round(shot.height * 0.7)))
    return encoded(shot, told)


def encoded(shot: Image.Image, told: dict[str, Any]) -> bytes:
    """Return a picture as PNG, JPEG or PDF, as its file's name says."""
    target, name = io.BytesIO(), told["file"]
    if name.endswith(".png"):
        shot.quantize(16, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    elif name.endswith(".pdf"):
        moment = date.fromisoformat(told["made"]).timetuple()
        shot.save(target, "PDF", quality=45, resolution=96, creationDate=moment, modDate=moment)
    else:
        about = Image.Exif()
        if "taken" in told:
            about.get_ifd(EXIF)[TAKEN] = f"{told['taken'].replace('-', ':')} 10:24:00"
        shot.save(target, "JPEG", quality=58, optimize=True, exif=about)
    return target.getvalue()


def main() -> None:
    """Draw all pictures that the list names, anew."""
    FOLDER.mkdir(exist_ok=True)
    icon = Image.new("RGB", (32, 28), PAPER)
    ImageDraw.Draw(icon).rectangle((7, 2, 24, 25), outline=INK, fill=(236, 240, 244))
    icon.quantize(8).save(FOLDER / "附件图标.png", "PNG", optimize=True)
    for told in tomllib.loads((HERE / "pictures.toml").read_text("utf-8"))["picture"]:
        (FOLDER / told["file"]).write_bytes(drawn(told))


if __name__ == "__main__":
    main()
