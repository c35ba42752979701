"""What must be done first: no rings, and life events in that order."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Relation, Service, Text
from hub.authoring.sequence import dependencies, reached
from tests.hub.authoring.small_source import SERVICE, found, write

EVENT = """\
    events:
      - id: travel
        order: 1
        name: 出国
        hint: 护照
        icon: id
        steps:
          - {service: passport}
          - {service: visa, when: 要签证 | If you need one}
        questions:
          - ask: 要签证吗？
            options:
              - {label: 要, needs: [visa]}
              - {label: 不要, spares: [visa]}
    """


@pytest.fixture
def travel(folder: Path) -> Path:
    """A passport, and a visa that needs it."""
    visa = dedent(SERVICE).replace("13001", "13002").replace("id: passport", "id: visa")
    relation = "  relations: [{service: passport, why: before}]\n"
    (folder / "visa.yaml").write_text(visa + relation, "utf-8")
    (folder / "events.yaml").write_text(dedent(EVENT), "utf-8")
    return folder


def test_an_order_that_can_be_kept_is_fine(travel: Path) -> None:
    assert found(travel) == []


@pytest.mark.parametrize("why", ["together", "similar", "instead", "urgent", "after"])
def test_only_a_dependency_the_other_way_round_closes_a_ring(travel: Path, why: str) -> None:
    write(travel, "channels:", f"relations: [{{service: visa, why: {why}}}]\n  channels:")
    assert found(travel) == []


def test_services_that_wait_for_each_other_are_named_both(travel: Path) -> None:
    write(travel, "channels:", "relations: [{service: visa, why: before}]\n  channels:")
    rings = [one for one in found(travel) if one.field == "relations[0]"]
    assert {one.place.file.name for one in rings} == {"passport.yaml", "visa.yaml"}
    assert all("wait for each other" in one.message for one in rings)


def test_a_ring_through_a_third_service_is_found(travel: Path) -> None:
    ticket = dedent(SERVICE).replace("13001", "13003").replace("id: passport", "id: ticket")
    relations = "  relations: [{service: visa, why: before}, {service: passport, why: after}]\n"
    (travel / "ticket.yaml").write_text(ticket + relations, "utf-8")
    rings = {(one.place.file.name, one.field) for one in found(travel) if "wait" in one.message}
    assert rings == {
        ("visa.yaml", "relations[0]"),
        ("ticket.yaml", "relations[0]"),
        ("ticket.yaml", "relations[1]"),
    }


def test_a_service_that_waits_for_itself_is_one_mistake(travel: Path) -> None:
    write(travel, "service: passport, why: before", "service: visa, why: before", "visa.yaml")
    assert [one.field for one in found(travel)] == ["relations"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("needs: [visa]", "needs: [visa, ticket]", 13, "needs[1]", "ticket is no step"),
        ("spares: [visa]", "spares: [ticket]", 14, "spares[0]", "ticket is no step"),
        (
            "spares: [visa]",
            "needs: [passport], spares: [visa, passport]",
            14,
            "spares[1]",
            "passport is needed by the same answer",
        ),
    ],
)
def test_answers_decide_about_steps_of_the_event(
    travel: Path, old: str, new: str, line: int, field: str, says: str
) -> None:
    file = write(travel, old, new, "events.yaml")
    (finding,) = found(travel)
    assert (finding.place.file, finding.place.line) == (file, line)
    assert finding.field == f"questions[0].options[{line - 13}].{field}"
    assert says in finding.message


def test_steps_that_go_against_a_dependency_are_an_error(travel: Path) -> None:
    write(travel, "{service: passport}", "{service: visa}", "events.yaml")
    write(travel, "{service: visa, when:", "{service: passport, when:", "events.yaml")
    (finding,) = found(travel)
    assert (finding.place.line, finding.field) == (8, "steps[0].service")
    assert "visa stands before passport, which must be done first" in finding.message


def test_a_step_that_stands_twice_is_an_error(travel: Path) -> None:
    write(
        travel,
        "{service: passport}",
        "{service: passport}\n      - {service: passport}",
        "events.yaml",
    )
    (finding,) = found(travel)
    assert (finding.place.line, finding.field) == (9, "steps[1].service")


# the graph ----------------------------------------------------------------------------------------

_SLUGS = st.sampled_from("abcde")
_LINKS = st.lists(st.tuples(_SLUGS, _SLUGS, st.sampled_from(["before", "after", "together"])))


def _service(slug: str, links: list[tuple[str, str, str]]) -> Service:
    relations = tuple(
        Relation(to, why)  # type: ignore[arg-type]  # one of three of its words
        for start, to, why in links
        if start == slug
    )
    name = Text(slug)
    return Service(slug, 1, "g", "c", name, name, name, "p", relations=relations)


@given(_LINKS)
def test_before_and_after_say_the_same_from_both_ends(links: list[tuple[str, str, str]]) -> None:
    turned = [
        (to, start, {"before": "after", "after": "before"}.get(why, why))
        for start, to, why in links
    ]
    one, other = (dependencies(_service(slug, way) for slug in "abcde") for way in (links, turned))
    assert one == other


@given(_LINKS)
def test_everything_reached_is_a_chain_of_dependencies(links: list[tuple[str, str, str]]) -> None:
    needs = dependencies(_service(slug, links) for slug in "abcde")
    for slug in needs:
        found = reached(needs, slug)
        assert needs[slug] <= found
        assert all(needs[one] <= found for one in found)
