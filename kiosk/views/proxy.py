"""For somebody else: who, why, and whether it may be.

Knows how a ruling is worded and what somebody can do instead. Does not know how it comes about
(`kiosk.core.proxy`). Nobody is asked a name.
"""

from __future__ import annotations

from kiosk.core import proxy_words
from kiosk.core.case import Acting, Whom, Why
from kiosk.core.catalog import Channel, Collecting, NeededMaterial, Service
from kiosk.core.choices import Language
from kiosk.core.proxy import (
    LETTER,
    Guardian,
    Refusal,
    Ruling,
    Verdict,
    asks_why,
    belongings,
    judge,
    reasons,
)
from kiosk.core.routes import (
    Act,
    ActFor,
    Go,
    HandoffPage,
    Home,
    ProxyPage,
    Route,
    ServicePage,
    WhomPage,
    WhyPage,
)
from kiosk.core.situations import papers_of
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles, Tone
from kiosk.views.scene import Scene, opening_words

TITLE_MAX = 18  # signs of Chinese; twice as many letters

_TONES: dict[Verdict, tuple[str, Tone]] = {
    Verdict.ALLOWED: ("circle-check", "yes"),
    Verdict.TOGETHER: ("users", "yes"),
    Verdict.PARTLY: ("user-question", "warning"),
    Verdict.REFUSED: ("user", "warning"),
    Verdict.UNKNOWN: ("help-circle", "warning"),
}


# what other screens say of it ---------------------------------------------------------------------


def whom_words(scene: Scene, whom: Whom) -> str:
    """The person, as the helper calls them, within a sentence."""
    return proxy_words.of_person(whom, scene.gettext)


def notice(scene: Scene, service: Service) -> Notice | None:
    """The verdict in short, for the page of a service; None for somebody who acts for nobody."""
    acting = scene.session.case.acting
    if acting is None:
        return None
    ruling = judge(service, acting)
    icon, tone = _TONES[ruling.verdict]
    title = proxy_words.for_person(ruling, scene.gettext)
    return Notice(title, scene.say(ruling.reason), icon, tone)


def tile(scene: Scene, service: Service) -> Tile:
    """The way from the page of a service to the answer, or first to the question for whom."""
    _ = scene.gettext
    acting = scene.session.case.acting
    if acting is None:
        ask = Go(WhomPage(service=service.id))
        return Tile("proxy:ask", _("帮别人办"), icon="users", act=ask, shape="button")
    whom_ = whom_words(scene, acting.whom)
    title = _("替{whom}办要带什么").format(whom=whom_)
    see = Go(ProxyPage(service=service.id))
    return Tile("proxy:see", title, icon="users", act=see, shape="button")


# for whom -----------------------------------------------------------------------------------------


def whom(scene: Scene, route: WhomPage) -> Page:
    """For whom is it?"""
    _ = scene.gettext
    service = scene.catalog.service(route.service) if route.service else None
    note = Notice(_("只看能不能替办，要带什么"), _("不问名字，也不留记录"), "shield-check")
    blocks: list[Block] = [note, Tiles(_people(scene, service), min_em=9, most_columns=2)]
    visit = service.proxy.home_visit if service and service.proxy else None
    if visit is not None:
        blocks.append(Notice(_("走不动？可以上门办"), scene.say(visit), "home-heart"))
    dock: tuple[Block, ...] = ()
    if scene.session.case.acting is not None:
        own = Tile(
            "whom:self",
            _("还是给我自己办"),
            icon="user",
            act=ActFor(None, ServicePage(service=service.id) if service else Home()),
            shape="button",
        )
        dock = (Tiles((own,)),)
    return scene.page("whom", _("您替谁办？"), tuple(blocks), dock=dock, path=_path(scene, service))


def _people(scene: Scene, service: Service | None) -> tuple[Tile, ...]:
    _ = scene.gettext
    words = {
        Whom.PARENT: (_("爸爸、妈妈"), "old"),
        Whom.SPOUSE: (_("丈夫、妻子"), "hearts"),
        Whom.CHILD: (_("儿子、女儿"), "baby-carriage"),
        Whom.GRANDPARENT: (_("爷爷奶奶这一辈"), "home-heart"),
        Whom.GRANDCHILD: (_("孙子、外孙"), "backpack"),
        Whom.RELATIVE: (_("别的亲戚"), "users"),
        Whom.FRIEND: (_("朋友、邻居"), "heart-handshake"),
        Whom.CLIENT: (_("我是社区或护工"), "building-community"),
    }
    return tuple(
        Tile(f"whom:{one}", title, icon=icon, act=_after_whom(service, one))
        for one, (title, icon) in words.items()
    )


def _after_whom(service: Service | None, one: Whom) -> Act:
    """Why, unless that changes nothing."""
    if service is not None and not asks_why(service, one):
        return ActFor(Acting(one), _answer(service.id))
    return Go(WhyPage(service=service.id if service else "", whom=one))


def _answer(service: str) -> Route:
    return ProxyPage(service=service) if service else Home()


def _path(scene: Scene, service: Service | None) -> str:
    _ = scene.gettext
    return _("帮别人办") + (f" › {scene.say(service.plain_name)}" if service else "")


# why ----------------------------------------------------------------------------------------------


def why(scene: Scene, route: WhyPage) -> Page:
    """Why does the person not come?"""
    _ = scene.gettext
    service = scene.catalog.service(route.service) if route.service else None
    tiles = tuple(_reason(scene, route, one) for one in reasons(route.whom))
    title = _("{whom}为什么不来？").format(whom=whom_words(scene, route.whom))
    blocks = (Tiles(tiles, min_em=9, most_columns=2),)
    return scene.page("why", title, blocks, path=_path(scene, service))


def _reason(scene: Scene, route: WhyPage, one: Why) -> Tile:
    _ = scene.gettext
    words: dict[Why, tuple[str, str]] = {
        "under-16": (_("不到16岁"), "baby-bottle"),
        "minor": (_("16、17岁"), "school"),
        "frail": (_("走不动，生病"), "wheelchair"),
        "away": (_("不在本地"), "luggage"),
        None: (_("来得了，没空"), "clock"),
        "incapable": (_("糊涂了，说不清"), "user-question"),
    }
    title, icon = words[one]
    act = ActFor(Acting(route.whom, one), _answer(route.service))
    return Tile(f"why:{one or 'busy'}", title, icon=icon, act=act)


# the answer ---------------------------------------------------------------------------------------


def page(scene: Scene, route: ProxyPage) -> Page:
    """May it be done, and with what? Without a person first the question for whom."""
    _ = scene.gettext
    service, acting = scene.catalog.service(route.service), scene.session.case.acting
    if service is None:
        hotline = scene.catalog.city().hotline
        text = _("请问导服台，或者打 {hotline}").format(hotline=hotline)
        gone = Notice(_("这件事不在目录里了"), text, "info-circle", "warning")
        return scene.page("proxy:gone", _("没有找到"), (gone,))
    if acting is None:
        return whom(scene, WhomPage(page=route.page, service=service.id))
    ruling = judge(service, acting)
    blocks = (
        _verdict(scene, service, ruling),
        *_conditions(scene, ruling),
        *_papers(scene, service, ruling),
        *_why(scene, ruling),
        *_instead(scene, service, ruling),
        *_again(scene, service, acting),
    )
    title, plain = _title(scene, service, ruling), scene.say(service.plain_name)
    return scene.page(
        f"proxy:{service.id}",
        title,
        blocks,
        dock=(Tiles((_take(scene, service, ruling),)),),
        path=scene.path(service),
        text=scene.say(service.name) if plain in title else plain,
    )


def _title(scene: Scene, service: Service, ruling: Ruling) -> str:
    """The answer with the errand, where there is room for both."""
    _ = scene.gettext
    if scene.has_few_places:
        return proxy_words.for_person(ruling, _)
    full = _("替{whom}办“{service}”：{answer}").format(
        whom=whom_words(scene, ruling.acting.whom),
        service=scene.say(service.plain_name),
        answer=proxy_words.of_verdict(ruling.verdict, _),
    )
    room = TITLE_MAX if scene.choices.language is Language.CHINESE else 2 * TITLE_MAX
    return full if len(full) <= room else proxy_words.for_person(ruling, _)


def _verdict(scene: Scene, service: Service, ruling: Ruling) -> Notice:
    """The answer in a sentence, and where."""
    icon, tone = _TONES[ruling.verdict]
    text = _place(scene, service) if ruling.may_go else _who_else(scene, service, ruling)
    return Notice(proxy_words.sentence(ruling, scene.gettext), text, icon, tone)


def _place(scene: Scene, service: Service) -> str:
    """Which counter; in another hall which, or where the answer is to be had."""
    _ = scene.gettext
    for hall, counter in scene.counters(service)[:1]:
        place = scene.place_of(counter)
        if hall.id != scene.hall:
            return _("到{hall}，{place}").format(hall=scene.say(hall.short), place=place)
        return place + _("，") + opening_words(scene, scene.opening(hall, counter))
    return ""


def _who_else(scene: Scene, service: Service, ruling: Ruling) -> str:
    """For somebody who may not, or for whom nothing is known: who may, or whom to ask."""
    _ = scene.gettext
    if ruling.verdict is Verdict.UNKNOWN:
        return _("先打 {phone} 问，或问窗口").format(phone=_phone(scene, service))
    who = _("、").join(scene.say(text) for text in ruling.who)
    if who and ruling.refusal in (Refusal.OTHERS, Refusal.NOT_NOW):
        return _("能替办的人：{who}").format(who=who)
    return scene.say(ruling.reason)


def _conditions(scene: Scene, ruling: Ruling) -> tuple[Block, ...]:
    """On what the answer hangs, and who must be there."""
    _ = scene.gettext
    blocks: list[Block] = []
    condition = proxy_words.condition(ruling, _)
    if condition is not None:
        tone: Tone = "plain" if ruling.guardian is Guardian.BY_LAW else "warning"
        blocks.append(Notice(*condition, "user-shield", tone))
    if ruling.may_go and ruling.present:
        lines = tuple(Line(scene.say(text)) for text in ruling.present)
        person = whom_words(scene, ruling.acting.whom)
        blocks += [Heading(_("这时候{whom}要在场").format(whom=person)), Panel(lines)]
    return tuple(blocks)


def _papers(scene: Scene, service: Service, ruling: Ruling) -> tuple[Block, ...]:
    _ = scene.gettext
    if ruling.verdict is Verdict.REFUSED:
        return ()
    case = scene.session.case
    both = belongings(ruling, papers_of(service, case), scene.catalog.material)
    person = whom_words(scene, ruling.acting.whom)
    blocks: list[Block] = []
    if both.persons:
        lines = tuple(_paper(scene, ruling, one) for one in both.persons)
        blocks += [Heading(_("要带{whom}的").format(whom=person)), Panel(lines)]
    if both.helpers or ruling.guardian is Guardian.IF_APPOINTED:
        lines = tuple(_paper(scene, ruling, one, own=True) for one in both.helpers)
        if ruling.guardian is Guardian.IF_APPOINTED:
            proof = Line(_("能看出您是监护人的证明"), _("法院判决、社区证明都行"), "box")
            lines = (*lines, proof)
        blocks += [Heading(_("要带您自己的")), Panel(lines)]
    return tuple(blocks)


def _paper(scene: Scene, ruling: Ruling, needed: NeededMaterial, own: bool = False) -> Line:
    _ = scene.gettext
    material = scene.catalog.material(needed.material)
    meant = (
        scene.catalog.material(material.stands_for)
        if own and material and material.stands_for
        else None
    )
    shown = meant or material
    name = scene.say(shown.name) if shown else needed.material
    parts = [_("您说已经有了")] if needed.material in scene.session.case.in_hand else []
    if needed.need == "sometimes":
        when = scene.say(needed.when)
        parts.append(_("{when}才要带").format(when=when) if when else _("有的人才要带"))
    if needed.originals:
        parts.append(_("原件 {n} 份").format(n=needed.originals))
    if needed.copies:
        parts.append(_("复印件 {n} 份").format(n=needed.copies))
    if needed.need == "later":
        parts.append(_("可以以后补"))
    if ruling.needs_letter and needed.material == LETTER:
        parts.append(_letter_words(scene))
    else:
        note = scene.say(needed.note) or (scene.say(material.note) if material else "")
        parts += [note] if note else []
    return Line(name, _("，").join(parts), "box")


def _letter_words(scene: Scene) -> str:
    """Where the letter comes from."""
    _ = scene.gettext
    if scene.local.prints_sheets:
        return _("这里能印，回家签名或按手印")
    return _("导服台免费拿，手机打开的网页上也有")


def _why(scene: Scene, ruling: Ruling) -> tuple[Block, ...]:
    """The reason in the rule's words, and what nobody may do."""
    _ = scene.gettext
    blocks: list[Block] = []
    shown = _shown(scene, ruling)
    texts = [scene.say(text) for text in (ruling.reason, *ruling.notes) if text is not None]
    lines = tuple(Line(text) for text in dict.fromkeys(texts) if text not in shown)
    if lines:
        blocks += [Heading(_("为什么这样")), Panel(lines)]
    if ruling.forbidden is not None:
        words = scene.say(ruling.forbidden)
        blocks.append(Notice(words, icon="shield-exclamation", tone="warning"))
    return tuple(blocks)


def _shown(scene: Scene, ruling: Ruling) -> tuple[str, ...]:
    """What the verdict has said already."""
    return (
        (scene.say(ruling.reason),) if ruling.refusal in (Refusal.NOBODY, Refusal.GUARDIANS) else ()
    )


def _instead(scene: Scene, service: Service, ruling: Ruling) -> tuple[Block, ...]:
    """What can be done without anybody's going, or by the helper at least."""
    _ = scene.gettext
    lines = []
    if ruling.home_visit is not None:
        lines.append(Line(_("可以上门办"), scene.say(ruling.home_visit)))
    if ruling.collect is not None and ruling.verdict is not Verdict.ALLOWED:
        lines.append(Line(_("办好了，您可以替他拿"), _collecting(scene, ruling.collect)))
    lines += [Line(scene.say(one.title), _way(scene, one)) for one in ruling.otherwise]
    phone = _phone(scene, service)
    lines.append(Line(_("拿不准，先打 {phone} 问").format(phone=phone)))
    return Heading(_("还可以这样")), Panel(tuple(lines))


def _collecting(scene: Scene, collect: Collecting) -> str:
    _ = scene.gettext
    found = map(scene.catalog.material, collect.papers)
    names = _("、").join(scene.say(one.name) for one in found if one is not None)
    note = scene.say(collect.note)
    bring = _("带上{papers}").format(papers=names) if names else ""
    return _("，").join(part for part in (bring, note) if part)


def _way(scene: Scene, channel: Channel) -> str:
    parts = (channel.phone or "", scene.say(channel.note))
    return scene.gettext("，").join(part for part in parts if part)


def _again(scene: Scene, service: Service, acting: Acting) -> tuple[Block, ...]:
    """The questions once more; why, where it was not asked before and matters here."""
    _ = scene.gettext
    tiles = [Tile("proxy:whom", _("换一个人"), icon="users", act=Go(WhomPage(service=service.id)))]
    if asks_why(service, acting.whom):
        ask = Go(WhyPage(service=service.id, whom=acting.whom))
        tiles.append(Tile("proxy:why", _("换一个原因"), icon="user-question", act=ask))
    return (Tiles(tuple(tiles), min_em=9, most_columns=2),)


def _take(scene: Scene, service: Service, ruling: Ruling) -> Tile:
    _ = scene.gettext
    title = _("印两张小票：一张给他，一张您拿着") if ruling.may_go else _("带走：小票或手机")
    return Tile(
        "proxy:take",
        title,
        icon="receipt",
        act=Go(HandoffPage(service=service.id)),
        tone="primary",
        shape="button",
    )


def _phone(scene: Scene, service: Service) -> str:
    """Whom to call."""
    return service.consult or scene.catalog.city().hotline
