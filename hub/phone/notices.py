"""What a person is told when something is not to be had: plain words, and always a way on.

Knows the words of every refusal and every missing page. Does not know the layout
(`hub/templates`).
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records import Text
from hub.phone import verify


@dataclass(frozen=True)
class Refusal:
    """The words of one refusal."""

    reason: str  # closed vocabulary: logged, counted, and `?why=` of the guide
    status: int
    title: Text
    lines: tuple[Text, ...]
    is_danger: bool = False  # somebody may be cheating: say whom to call
    line_on_guide: Text | None = None


@dataclass(frozen=True)
class Notice:
    """The words of a page that has nothing else to say."""

    status: int
    title: Text
    lines: tuple[Text, ...]


_TAKE_ANOTHER = Text(
    "到大厅的机器上，可以再拿一张", "You can get a new one at a machine in the hall"
)

REFUSALS: dict[type[verify.Refused], Refusal] = {
    verify.Malformed: Refusal(
        "malformed",
        404,
        Text("这不是我们大厅的码", "This code is not from our hall"),
        (
            Text("可能没扫全，再扫一次试试", "It may not have been read whole; scan it again"),
            Text(
                "贴在墙上、门上、机器外面的码，不要扫",
                "Never scan a code that is glued to a wall, a door or a machine",
            ),
        ),
    ),
    verify.Forged: Refusal(
        "forged",
        403,
        Text("这不是我们大厅的码，不要继续", "This code is not from our hall. Do not go on"),
        (
            Text("可能有人换了码", "Somebody may have put another code in its place"),
            Text(
                "不要填银行卡和验证码，不要转钱",
                "Give no bank card, no text-message code, and send no money",
            ),
        ),
        is_danger=True,
    ),
    verify.UnknownKiosk: Refusal(
        "unknown-kiosk",
        403,
        Text("这台机器没有登记，不要继续", "This machine is not registered. Do not go on"),
        (Text("到大厅问工作人员", "Ask somebody in the hall"),),
        is_danger=True,
        line_on_guide=Text("扫的码不能用，内容照样能看", "The code is not good; this guide is"),
    ),
    verify.Revoked: Refusal(
        "revoked",
        403,
        Text("这台机器停用了，码不能用了", "This machine is out of service, and so is its code"),
        (Text("到别的机器上，可以再拿一张", "You can get a new one at another machine"),),
        line_on_guide=Text("扫的码停用了，内容照样能看", "The code is off; this guide is good"),
    ),
    verify.OldKey: Refusal(
        "old-key",
        403,
        Text("这个码太旧，不能用了", "This code is too old to be used"),
        (_TAKE_ANOTHER,),
        line_on_guide=Text("扫的码太旧了，内容照样能看", "The code is too old; this guide is good"),
    ),
    verify.FromTheFuture: Refusal(
        "from-the-future",
        403,
        Text("机器的钟不准，这个码不能用", "The machine's clock is wrong, so the code is no good"),
        (Text("告诉大厅的工作人员，就能修好", "Tell somebody in the hall, and it will be mended"),),
        line_on_guide=Text(
            "机器的钟不准，内容照样能看", "The machine's clock is wrong; this guide is good"
        ),
    ),
    verify.Expired: Refusal(
        "expired",
        410,
        Text("这个码过期了，内容照样能看", "This code has expired; you can still read the guide"),
        (_TAKE_ANOTHER,),
        line_on_guide=Text(
            "您扫的码过期了，内容照样能看", "Your code has expired; this guide is good"
        ),
    ),
    verify.Used: Refusal(
        "used",
        410,
        Text("这个码用过了，内容照样能看", "This code has been used; you can still read the guide"),
        (
            Text(
                "屏幕上的码用 1 次，小票上的码用 3 次",
                "A code on a screen works once, on paper three times",
            ),
            Text(
                "您和家人都没用过？打电话问一声",
                "Neither you nor your family used it? Call and ask",
            ),
            _TAKE_ANOTHER,
        ),
        line_on_guide=Text(
            "您扫的码用过了，内容照样能看", "Your code has been used; this guide is good"
        ),
    ),
}

NO_SERVICE = Refusal(
    "withdrawn",
    410,
    Text("这件事的说明撤下了", "This guide has been taken down"),
    (Text("打电话问，或到大厅的服务台问", "Call, or ask at the help desk of the hall"),),
)

NOT_FOUND = Notice(
    404,
    Text("没有这一页", "There is no such page"),
    (
        Text(
            "网址可能少了几个字，回首页再找",
            "The address may be incomplete; begin at the start page",
        ),
    ),
)
NO_SUCH_NUMBER = Notice(
    404,
    Text("没找到这个短号", "No service has this number"),
    (
        Text(
            "短号印在小票上，最后一位前面有一横",
            "It stands on your slip, with a dash before its last digit",
        ),
        Text("看清楚再输一次，或按事情找", "Check and type it again, or choose a subject"),
    ),
)
WHICH_ONE = Notice(
    200,
    Text("您要看哪一件？", "Which one do you mean?"),
    (Text("这个短号能对上两件事", "Two services fit this number"),),
)
TOO_OFTEN = Notice(
    429,
    Text("扫得太快了", "Too fast"),
    (Text("等一分钟，再扫一次", "Wait a minute and scan again"),),
)
TOO_MANY_PAGES = Notice(
    429,
    Text("打开得太快了", "Too fast"),
    (Text("等一分钟，再打开一次", "Wait a minute and open it again"),),
)
NOT_READY = Notice(
    503,
    Text("办事指南还没准备好", "The guide is not ready yet"),
    (Text("过一会儿再来看", "Please come back a little later"),),
)
BROKEN = Notice(
    500,
    Text("这一页没打开", "This page did not open"),
    (
        Text("不是您弄错了，过一会儿再试", "It is not your fault; try again a little later"),
        Text("急的话，现在就打电话", "If it is urgent, call now"),
    ),
)


CHECK_CODE = "check-code"
"""`?why=` of a guide that was found by a short number with a check code behind it."""

_CHECK_CODE_TYPED = Text(
    "这里只看短号；要比核对码，请扫小票上的码",
    "Only the short number counts here; to compare the check code, scan your slip",
)


def why(reason: str) -> Text | None:
    """The line on a guide that somebody reached from elsewhere; None for any other word."""
    if reason == CHECK_CODE:
        return _CHECK_CODE_TYPED
    return next((r.line_on_guide for r in REFUSALS.values() if r.reason == reason), None)
