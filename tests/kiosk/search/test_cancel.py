"""A newer keystroke takes the place of a running search; a closed search answers nobody."""

from __future__ import annotations

import threading

import pytest

from kiosk.core.errors import CatalogDamagedError, KioskError, SearchCancelledError
from kiosk.search.searcher import Searcher
from tests.kiosk.search.catalogs import indexed, of_titles


def test_a_running_search_gives_up_when_it_is_interrupted(city):
    outcome: list[BaseException] = []
    begun = threading.Event()

    def search_on() -> None:
        try:
            while True:
                begun.set()
                city.find("我想办理医保和社保查询")
        except SearchCancelledError as error:
            outcome.append(error)

    worker = threading.Thread(target=search_on)
    worker.start()
    begun.wait()
    while worker.is_alive():
        city.interrupt()
        worker.join(0.001)
    assert outcome
    assert isinstance(outcome[0], KioskError)


def test_an_interrupt_between_two_searches_stops_neither(city):
    before = city.find("社保")
    city.interrupt()
    assert city.find("社保") == before


def test_a_search_on_another_thread_gives_the_same_answer(city):
    answers = []
    worker = threading.Thread(target=lambda: answers.append(city.find("gjj")))
    worker.start()
    worker.join()
    assert answers == [city.find("gjj")]


def test_a_closed_search_answers_as_a_cancelled_one(search):
    searcher = search(of_titles(["护照"]))
    searcher.close()
    with pytest.raises(SearchCancelledError):
        searcher.find("护照")
    searcher.interrupt()
    searcher.close()


def test_a_damaged_file_is_a_damaged_catalog(tmp_path):
    file = indexed(tmp_path / "catalog.sqlite", of_titles(["护照"]))
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with pytest.raises(CatalogDamagedError):
        Searcher(file)
