"""What each line of a letter of authority means, in the languages of those who read no Chinese.

Data beside `db.letter`: the sheet is Chinese, for a counter reads it and a court may, and these
stand beneath its lines. The Uyghur is a draft made by a machine that no native reader has read, as
`resources/locale/ug`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INTRO: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "en": (
            "Fill in and sign the Chinese lines: the counter reads Chinese.",
            "Not sure? Ask at the help desk.",
        ),
        "ug": (
            "خەنزۇچە قۇرلارنى تولدۇرۇپ، ئىمزا قويۇڭ: كۆزنەكتە خەنزۇچە ئوقۇيدۇ.",
            "بىلمىسىڭىز، ياردەم ئورنىدىن سوراڭ.",
        ),
    }
)
"""Two lines under the title, which nobody needs in Chinese."""

_ENGLISH = {
    "授权委托书": "Letter of authority",
    "委托人": "Principal",
    "自己不能去的人": "who cannot go in person",
    "受托人": "Agent",
    "替他去办的人": "who goes instead",
    "姓名": "Name",
    "电话": "Phone",
    "身份证号码": "ID card number",
    "受托人是委托人的什么人，请打勾": "Who the agent is to the principal: tick one",
    "丈夫或妻子": "Husband or wife",
    "子女": "Son or daughter",
    "父母": "Parent",
    "孙辈": "Grandchild",
    "祖辈": "Grandparent",
    "别的亲戚": "Other relative",
    "朋友、邻居": "Friend, neighbour",
    "社区人员": "Community worker",
    "自己不能去的原因": "Why the principal cannot go",
    "走不动、生病": "Frail or ill",
    "不在本地": "Out of town",
    "没有时间": "No time",
    "别的原因": "Other reason",
    "委托办的事": "What is to be done",
    "短号 {number}，替孩子办的写孩子姓名": (
        "Short number {number}. For a child, write the child's name"
    ),
    "受托人可以做的事，打勾的才算": "What the agent may do: only what is ticked counts",
    "交材料": "Hand in papers",
    "填表、签名": "Fill in, sign",
    "交钱": "Pay",
    "拿证、拿结果": "Collect results",
    "期限": "Valid",
    "从": "From",
    "到": "Until",
    "年": "year",
    "月": "month",
    "日": "day",
    "受托人不能再托别人。": "The agent may not pass this on to anybody else.",
    "委托人随时可以收回。": "The principal may take it back at any time.",
    "委托人签名或盖章": "Principal: signature or seal",
    "手印": "Fingerprint",
    "日期": "Date",
    "受托人签名": "Agent: signature",
    "不会写字的，在委托人后面按手印。": "Cannot write? Fingerprint after the principal's line.",
    "两个人的身份证一起带去。": "Bring the ID cards of both people.",
    "有的窗口要公证过的，先打 {hotline} 问。": (
        "Some counters want it notarised: call {hotline} first and ask."
    ),
    "这张纸不收钱。": "This sheet is free.",
    "手机接着办": "Go on with a phone",
    "核对码 {code}": "Check code {code}",
}

_UYGHUR = {
    "授权委托书": "ھوقۇق بېرىش خېتى",
    "委托人": "ھاۋالە قىلغۇچى",
    "自己不能去的人": "ئۆزى بارالمايدىغان كىشى",
    "受托人": "ۋەكىل",
    "替他去办的人": "ئۇنىڭ ئورنىدا بارىدىغان كىشى",
    "姓名": "ئىسىم",
    "电话": "تېلېفون",
    "身份证号码": "كىملىك نومۇرى",
    "受托人是委托人的什么人，请打勾": "ۋەكىل ھاۋالە قىلغۇچىنىڭ كىمى: بەلگە قويۇڭ",
    "丈夫或妻子": "ئېرى ياكى ئايالى",
    "子女": "بالىسى",
    "父母": "ئاتا-ئانىسى",
    "孙辈": "نەۋرىسى",
    "祖辈": "بوۋا-مومىسى",
    "别的亲戚": "باشقا تۇغقىنى",
    "朋友、邻居": "دوستى، قوشنىسى",
    "社区人员": "مەھەللە خادىمى",
    "自己不能去的原因": "ئۆزى بارالماسلىق سەۋەبى",
    "走不动、生病": "ماڭالمايدۇ، كېسەل",
    "不在本地": "سىرتتا",
    "没有时间": "ۋاقتى يوق",
    "别的原因": "باشقا سەۋەب",
    "委托办的事": "ھاۋالە قىلىنغان ئىش",
    "短号 {number}，替孩子办的写孩子姓名": (
        "قىسقا نومۇر: \u2068{number}\u2069. بالا ئۈچۈن بولسا، بالىنىڭ ئىسمىنى يېزىڭ"
    ),
    "受托人可以做的事，打勾的才算": "ۋەكىل قىلالايدىغان ئىشلار: پەقەت بەلگە قويۇلغانلىرى",
    "交材料": "ماتېرىيال تاپشۇرۇش",
    "填表、签名": "تولدۇرۇش، ئىمزا قويۇش",
    "交钱": "پۇل تۆلەش",
    "拿证、拿结果": "نەتىجىنى ئېلىش",
    "期限": "مۇددىتى",
    "从": "باشلىنىشى",
    "到": "ئاخىرى",
    "年": "يىل",
    "月": "ئاي",
    "日": "كۈن",
    "受托人不能再托别人。": "ۋەكىل بۇنى باشقىلارغا ئۆتكۈزۈپ بېرەلمەيدۇ.",
    "委托人随时可以收回。": "ھاۋالە قىلغۇچى خالىغان ۋاقىتتا قايتۇرۇۋالالايدۇ.",
    "委托人签名或盖章": "ھاۋالە قىلغۇچى: ئىمزا ياكى تامغا",
    "手印": "بارماق ئىزى",
    "日期": "چېسلا",
    "受托人签名": "ۋەكىل: ئىمزا",
    "不会写字的，在委托人后面按手印。": (
        "خەت يازالمىسا، ھاۋالە قىلغۇچىنىڭ يېنىغا بارماق ئىزىنى باسىدۇ."
    ),
    "两个人的身份证一起带去。": "ئىككى كىشىنىڭ كىملىكىنى بىللە ئاپىرىڭ.",
    "有的窗口要公证过的，先打 {hotline} 问。": (
        "بەزى كۆزنەكلەر نوتارىيە سورايدۇ، تېلېفوندا سوراڭ: \u2068{hotline}\u2069"
    ),
    "这张纸不收钱。": "بۇ قەغەز ھەقسىز.",
    "手机接着办": "يانفوندا داۋاملاشتۇرۇش",
    "核对码 {code}": "سېلىشتۇرۇش كودى: \u2068{code}\u2069",
}

GLOSSES: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _ENGLISH, "ug": _UYGHUR})
"""By language, then by the Chinese words with their holes; each language has all of them."""
