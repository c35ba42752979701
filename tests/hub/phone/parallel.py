"""Many people who press a button of one code at the same moment, against a hub on a real port."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from tests.hub.hall.serving import serving
from tests.hub.phone.building import Hub

LIMIT_S = 60


def at_once(count: int, act: Callable[[int], int]) -> list[int]:
    """Run an act on many threads that all begin together."""
    gate = Barrier(count)

    def wait_and_act(n: int) -> int:
        gate.wait(LIMIT_S)
        return act(n)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(wait_and_act, range(count)))


def accepted(hub: Hub, digits: str, count: int, visit: str = "visit-{}") -> dict[int, int]:
    """How often each status was answered, where so many accept at once."""
    with serving(hub) as url:

        def accept(n: int) -> int:
            with requests.Session() as phone:
                phone.trust_env = False
                answer = phone.post(
                    f"{url}/k/{digits}/accept",
                    params={"visit": visit.format(n)},
                    allow_redirects=False,
                    timeout=LIMIT_S,
                )
                return answer.status_code

        answers = at_once(count, accept)
    return {status: answers.count(status) for status in sorted(set(answers))}
