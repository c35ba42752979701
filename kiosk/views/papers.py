"""Which papers are at hand, and what they are good for.

Papers are ticked by touch: nothing is read or kept. Knows how it is shown. Does not know how what
can be done is found (`kiosk.core.errands.SeeDoable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.core.catalog import Material, Service
from kiosk.core.doable import Doable, Possible
from kiosk.core.routes import DoablePage, Go, GroupsPage, Hold, PapersPage, SearchPage, ServicePage
from kiosk.ui.page import Block, Heading, Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene, chosen

OFFERED = 24
_NAMED_LARGE = 10  # services, where only a few stand on a page
_PICTURE = "file-certificate"  # of a paper that has none of its own


def page(scene: Scene, _route: PapersPage) -> Page:
    """What did you bring? Tiles to tick."""
    _ = scene.gettext
    papers = scene.catalog.papers(OFFERED)
    blocks: tuple[Block, ...] = (Tiles(tuple(_paper(scene, one) for one in papers)),)
    dock: tuple[Block, ...] = (Tiles((_onward(scene),)),)
    if not papers:
        blocks, dock = (_nothing_known(scene), Tiles(_others(scene), most_columns=2)), ()
    return scene.page(
        "papers",
        _("您带了哪些证？"),
        blocks,
        dock=dock,
        path=_("首页"),
        text=_("带了哪样按哪样。证不用拿出来，不留记录"),
    )


def _paper(scene: Scene, paper: Material) -> Tile:
    """The picture becomes a tick: the state is told by more than colour."""
    _ = scene.gettext
    has = paper.id in scene.session.case.in_hand
    return Tile(
        f"paper:{paper.id}",
        scene.say(paper.name),
        _("带了") if has else _("没带"),
        "circle-check" if has else paper.icon or _PICTURE,
        Hold(paper.id, not has),
        tone="tint" if has else "plain",
        chosen=has,
    )


def _onward(scene: Scene) -> Tile:
    _ = scene.gettext
    many = len(scene.session.case.in_hand)
    return Tile(
        "papers:doable",
        _("看看能办什么"),
        _("带了 {n} 样").format(n=many),
        "search",
        Go(DoablePage()),
        tone="primary",
        shape="button",
    )


# what can be done -------------------------------------------------------------------------------


def doable(scene: Scene, route: DoablePage) -> Page:
    """What can be done now; what lacks one paper, or several."""
    _ = scene.gettext
    found, in_hand = scene.session.doable, scene.session.case.in_hand
    missing = min(max(route.missing, 0), 2)
    if not in_hand:
        blocks: tuple[Block, ...] = (
            Notice(_("您还没有选证"), _("先选带来的证，再看能办什么"), "info-circle", "warning"),
            Tiles((_back_to_papers(scene),)),
        )
    elif found is None:
        blocks = (Notice(_("正在看……"), _("马上就好"), "clock"),)
    elif not any(found.counts):
        blocks = (_nothing_known(scene), Tiles((_back_to_papers(scene), *_others(scene))))
    else:
        services = (found.now, found.one_missing, found.more_missing)[missing]
        named = services[:_NAMED_LARGE] if scene.has_few_places else services
        lists = (_now, _one_missing, _more_missing)
        blocks = (
            Tiles(_kinds(scene, found, missing), min_em=8.0, fills=True),
            *(lists[missing](scene, named) or _none_of_these(scene, missing)),
            *_rest(scene, found.counts[missing] - len(named)),
        )
    return scene.page(
        "doable",
        _title(scene, missing),
        blocks,
        path=" › ".join((_("首页"), _("您带了哪些证？"))),
        text=_holding(scene),
    )


def _title(scene: Scene, missing: int) -> str:
    _ = scene.gettext
    return (_("现在就能办的事"), _("还差一样的事"), _("还差几样的事"))[missing]


def _holding(scene: Scene) -> str:
    """What was ticked, by name, as far as there is room for it."""
    _ = scene.gettext
    papers = [scene.catalog.material(one) for one in scene.session.case.in_hand]
    names = [scene.say(one.name) for one in papers if one is not None]
    if not names:
        return ""
    if len(names) > 3:
        return _("您带了 {n} 样").format(n=len(names))
    return _("您带了：{papers}").format(papers=_("、").join(names))


def _kinds(scene: Scene, found: Doable, missing: int) -> tuple[Tile, ...]:
    _ = scene.gettext
    titles = (_("现在就能办"), _("还差一样"), _("还差几样"))
    texts = (_("{n} 件事").format(n=count) for count in found.counts)
    return tuple(
        chosen(Tile(f"doable:{n}", *words, act=Go(DoablePage(missing=n))), n == missing)
        for n, words in enumerate(zip(titles, texts, strict=True))
    )


def _now(scene: Scene, services: tuple[Possible, ...]) -> tuple[Block, ...]:
    rows = tuple(scene.service_tile(one, "row") for one, _papers in _known(scene, services))
    return (Tiles(rows, most_columns=1),) if rows else ()


def _one_missing(scene: Scene, services: tuple[Possible, ...]) -> tuple[Block, ...]:
    """By the paper that is missing: whoever gets it can do all that stands below it."""
    _ = scene.gettext
    by_paper: dict[str, list[Service]] = {}
    for service, papers in _known(scene, services):
        by_paper.setdefault(papers[0], []).append(service)
    blocks: list[Block] = []
    for paper, ones in by_paper.items():
        blocks.append(_lacking(scene, paper))
        given = _where_given(scene, paper)
        rows = (*((given,) if given else ()), *(scene.service_tile(one, "row") for one in ones))
        blocks.append(Tiles(rows, most_columns=1))
    return tuple(blocks)


def _more_missing(scene: Scene, services: tuple[Possible, ...]) -> tuple[Block, ...]:
    _ = scene.gettext
    rows, missing = [], dict[str, None]()
    for service, papers in _known(scene, services):
        names = _("、").join(_name(scene, paper) for paper in papers)
        missing |= dict.fromkeys(papers)
        row = scene.service_tile(service, "row")
        text = _("还差 {n} 样：{papers}").format(n=len(papers), papers=names)
        rows.append(Tile(row.name, row.title, text, row.icon, row.act, shape="row"))
    if not rows:
        return ()
    given = tuple(filter(None, (_where_given(scene, paper) for paper in missing)))
    after = (Heading(_("没有的证在这里办")), Tiles(given, most_columns=1)) if given else ()
    return (Tiles(tuple(rows), most_columns=1), *after)


def _known(scene: Scene, services: Iterable[Possible]) -> Iterator[tuple[Service, tuple[str, ...]]]:
    for one in services:
        service = scene.catalog.service(one.service)
        if service is not None:
            yield service, one.missing


def _lacking(scene: Scene, paper: str) -> Notice:
    """Which paper, and who gives it."""
    _ = scene.gettext
    material = scene.catalog.material(paper)
    title = _("还差{paper}").format(paper=_name(scene, paper))
    issuer = scene.say(material.issuer) if material else ""
    if material is not None and material.form == "document":
        issuer = _("到{issuer}办").format(issuer=issuer)
    return Notice(title, issuer, "plus", "warning", leads=True)


def _where_given(scene: Scene, paper: str) -> Tile | None:
    """The service that gives a paper to whoever has none."""
    _ = scene.gettext
    material = scene.catalog.material(paper)
    service = scene.catalog.service(material.service) if material and material.service else None
    if material is None or service is None:
        return None
    return Tile(
        f"paper:{paper}",
        _("没有就先办：{service}").format(service=scene.say(service.plain_name)),
        scene.path(service),
        material.icon or _PICTURE,
        Go(ServicePage(service=service.id)),
        "tint",
        "row",
    )


def _name(scene: Scene, paper: str) -> str:
    material = scene.catalog.material(paper)
    return scene.say(material.name) if material else paper


def _none_of_these(scene: Scene, missing: int) -> tuple[Block, ...]:
    _ = scene.gettext
    titles = (
        _("光有这些，还不够办事"),
        _("没有只差一样的事"),
        _("没有差几样的事"),
    )
    text = _("看看还差一样的，或者改一改带的证")
    if missing:
        text = _("看看别的，或者改一改带的证")
    return (Notice(titles[missing], text, "info-circle"), Tiles((_back_to_papers(scene),)))


def _rest(scene: Scene, many: int) -> tuple[Block, ...]:
    _ = scene.gettext
    if many <= 0:
        return ()
    more = Notice(_("还有 {n} 件事没有写出来").format(n=many), _("这里是大家常办的"), "info-circle")
    return more, Tiles(_others(scene), most_columns=2)


def _nothing_known(scene: Scene) -> Notice:
    _ = scene.gettext
    text = _("搜一搜要办的事，或者问导服台")
    return Notice(_("凭证找事，这会儿找不到"), text, "info-circle", "warning")


def _back_to_papers(scene: Scene) -> Tile:
    _ = scene.gettext
    return Tile("doable:papers", _("选带来的证"), icon="id", act=Go(PapersPage()), tone="tint")


def _others(scene: Scene) -> tuple[Tile, ...]:
    _ = scene.gettext
    return (
        Tile("doable:search", _("搜一搜"), icon="search", act=Go(SearchPage())),
        Tile("doable:groups", _("按类别找"), icon="layout-grid", act=Go(GroupsPage())),
    )
