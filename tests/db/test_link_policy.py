"""The list of link hosts: sorted, each once, nothing else accepted."""

from __future__ import annotations

import pytest

from db import link_policy


def test_hosts_come_back_in_order_and_once():
    content = link_policy.encode(["b.example", "a.example", "b.example"])
    assert link_policy.decode(content) == ("a.example", "b.example")


@pytest.mark.parametrize(
    "content",
    [
        b"<html>",
        b"{}",
        b'{"link_hosts":["*"]}',
        b'{"link_hosts":["http://a.example"]}',
        b'{"link_hosts":[],"schema":2}',
        b'{"link_hosts":[],"more":1}',
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(link_policy.LinkPolicyError):
        link_policy.decode(content)
