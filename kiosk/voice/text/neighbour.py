"""Which reading of a character its neighbours ask for, where no word of the dictionary decides.

Knows the grammar of some forty characters: 还 before a debt is huan2, 得 before a verb dei3. Does
not know words (`kiosk.voice.text.pinyin`).
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

_Rule: TypeAlias = tuple[re.Pattern[str], re.Pattern[str], str]

_NUMERAL = "一二三四五六七八九十两几每半百千万"
_PERSON = "您|我|他|她|它|你|自己|孩子|老人|大家|家人|别人|群众|残疾|市民|企业|父母"
_TITLE = "先生|女士|医生|老师|主任|科长|同志|阿姨|师傅|大爷|大妈|奶奶|爷爷"

# character: (what ends before it, what begins after it, its syllable); the first that fits
_TABLE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "得": (
        ("[查找看听收办想做买领用够拿赶吃考住说动]", "[到上着了起完见清出开动住及懂]", "de5"),
        ("", "了?(?:癌|.{0,2}病|分|票|知|奖|失|力|体|当|意)", "de2"),
        (
            f"^|{_PERSON}|[都就也还才总必只可要时前后先离]",
            "(?!$|多|很|快|慢|好|久|远|近|少)",
            "dei3",
        ),
        ("", "", "de5"),
    ),
    "还": (
        ("", "自己的?(?:房贷|贷款|欠款|钱)", "huan2"),
        ("", "[款贷债钱清本息]|房贷|给|得[起清上]|不[上清起]|完(?!了?[还能可])|卡|书|$", "huan2"),
        ("归|偿|返|按[月期时]|逾期|分期|借[钱款]|提前|一次性|不|没|未", "的?$", "huan2"),
        ("", "的", "huan2"),
        ("", "", "hai2"),
    ),
    "着": (
        ("[不得]|睡|找|[点烧]", "$|[了吗的]|觉|床", "zhao2"),
        ("[不]", "", "zhao2"),
        ("", "火|急(?![用需救诊]|件|事|病)|凉|迷|慌", "zhao2"),
        ("", "[装陆力眼实色]", "zhuo2"),
        ("", "", "zhe5"),
    ),
    "了": (
        ("[办用去来做受管吃走忘]得|不", "", "liao3"),
        ("", "", "le5"),
    ),
    "为": (
        ("", f"{_PERSON}|[了此何什谁民啥]|本人|子女", "wei4"),
        ("", "", "wei2"),
    ),
    "只": (
        (f"[{_NUMERAL}]|哪|那|这", "[手眼脚耳鞋猫狗鸡鸭羊]|动物|宠物", "zhi1"),
        ("", "", "zhi3"),
    ),
    "种": (
        ("接|播|补|耕|[没未]", "", "zhong4"),
        ("", "[树菜粮花]|田|牛痘|疫苗", "zhong4"),
        ("", "", "zhong3"),
    ),
    "长": (
        ("[校院局厅科所站队组班镇乡村县市州省部司董首团家]", "$|[和或说的、]|签", "zhang3"),
        ("", "[大辈]|个子|高了", "zhang3"),
        ("", "", "chang2"),
    ),
    "重": (
        ("[病超体载净毛严沉贵保看着双偏繁很太更最加]", "", "zhong4"),
        ("别人|名", "了", "chong2"),
        (
            "",
            "[签办拍填来做打印领报交考试开发设写传录扫选置审走建修装组启算测学读购返刷]",
            "chong2",
        ),
        ("", "", "zhong4"),
    ),
    "假": (
        ("[请休病婚产销续事寒暑春放丧探亲年]|护理|育儿|哺乳", "$|[时后前里中的了期]", "jia4"),
        ("", "", "jia3"),
    ),
    "倒": (
        ("[昏晕摔跌推绊滑病]", "", "dao3"),
        ("", "[了闭塌]", "dao3"),
        ("", "", "dao4"),
    ),
    "调": (
        ("", "静音|电视|[解整节高低大小亮暗价休试成料味慢快]|不成", "tiao2"),
        ("[会协微空失]", "$|[的吗了]|也", "tiao2"),
        ("", "", "diao4"),
    ),
    "教": (
        ("", f"{_PERSON}|会|书|过|[初高]中|小学", "jiao1"),
        ("人|来|不|电话", "$|[和着的吗]", "jiao1"),
        ("", "", "jiao4"),
    ),
    "落": (
        (
            "东西|包|手机|照|证|卡|钥匙|伞|[没别]",
            "在?(?:出租|车|家|公交|地铁|大厅|哪|窗口|了|$)",
            "la4",
        ),
        ("^", "在?(?:车|出租)", "la4"),
        ("", "", "luo4"),
    ),
    "量": (
        ("上门|[要先来去]", "", "liang2"),
        ("", "[身一]|体温|血压|尺寸|视力", "liang2"),
        ("", "", "liang4"),
    ),
    "看": (
        ("[帮替人谁]", "孩子|老人|家|门|管", "kan1"),
        ("^", "孩子$", "kan1"),
        ("", "", "kan4"),
    ),
    "觉": (("[睡着午懒一]", "", "jiao4"), ("", "", "jue2")),
    "中": (("[选看击命摇抽猜]", "(?!间|心|国|学|文|午|专|职|医|考)", "zhong4"), ("", "", "zhong1")),
    "弹": (("", "[出开窗性回]|钢琴", "tan2"), ("", "", "dan4")),
    "卷": (("[试答考阅字案交]", "", "juan4"), ("", "", "juan3")),
    "露": (("", "[个面脸馅]", "lou4"), ("", "", "lu4")),
    "地": (("(?P<same>.)(?P=same)", "", "de5"), ("", "", "di4")),
    "行": (("[银分支商央工农建招]", "", "hang2"), ("", "", "xing2")),
    "脏": (("[内心肝肾]", "", "zang4"), ("", "", "zang1")),
    "血": (("", "", "xue4"),),
    "谁": (("", "", "shei2"),),
    "都": (("", "", "dou1"),),
    "和": (("", "", "he2"),),
    "没": (("", "", "mei2"),),
    "的": (("", "", "de5"),),
    "啊": (("", "", "a5"),),
    "吧": (("", "", "ba5"),),
    "呀": (("", "", "ya5"),),
    "啦": (("", "", "la5"),),
    "嘛": (("", "", "ma5"),),
    "么": (("", "", "me5"),),
    "差": (("", "[额价旅]", "cha1"), ("", "", "cha4")),
    "应": (("", "[聘用急对变付诉]", "ying4"), ("", "", "ying1")),
    "当": (("", "[成作做真铺]", "dang4"), ("", "", "dang1")),
    "干": (("", "[净燥杯洗旱涉]", "gan1"), ("[晒烘风吹饼]", "", "gan1"), ("", "", "gan4")),
}
_SURNAMES = {
    "单": "shan4",
    "仇": "qiu2",
    "查": "zha1",
    "区": "ou1",
    "任": "ren2",
    "解": "xie4",
    "曾": "zeng1",
    "朴": "piao2",
    "盖": "ge3",
    "乐": "yue4",
    "华": "hua4",
    "应": "ying1",
    "覃": "qin2",
    "缪": "miao4",
    "尹": "yin3",
    "洗": "xian3",
    "宁": "ning4",
}
_NAMED: Final = re.compile(rf"(?:{_TITLE})")


def _compiled(before: str, after: str, syllable: str) -> _Rule:
    return re.compile(rf"(?:{before})\Z" if before else ""), re.compile(after), syllable


RULES: Final = {sign: tuple(_compiled(*rule) for rule in rules) for sign, rules in _TABLE.items()}


def reading(text: str, at: int) -> str | None:
    """The syllable of the character at a place in a run of characters; None where nothing says."""
    sign, before, after = text[at], text[:at], text[at + 1 :]
    if sign in _SURNAMES and (before.endswith("姓") or _NAMED.match(after)):
        return _SURNAMES[sign]
    for ends, begins, syllable in RULES.get(sign, ()):
        if ends.search(before) and begins.match(after):
            return syllable
    return None
