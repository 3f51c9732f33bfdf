"""The readings of the rules: the sentence that leaves each open, its readings, and who moves where one is switched. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import htpy as h

from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.rules import PolicyRule, Reading, Rulebook
from scoring.rulebook.policies import make_policy
from ui.show.tables import Html, going, html, subheading
from ui.show.text import points

ReadingLink = Callable[[str, str], str]  # a policy's and a reading's name -> the address of the same view under it

SHOWN = 6  # units named in a line
UNMOVED = "得分和名次都不变"


def alternatives(rulebook: Rulebook, policy: Policy) -> dict[tuple[str, str], Policy]:
    """Return, for every reading, the policy as it would be with that reading alone put in."""
    return {
        (rule.name, reading.name): make_policy(rulebook, policy.as_dict() | {rule.name: reading.name})
        for rule in rulebook.policies
        for reading in rule.readings
    }


def who_moves(now: Board, other: Board, rulebook: Rulebook) -> str:
    """Say whose score and rank another reading changes: ``五华区 99.10→98.90 第3→5名``."""
    moves = []
    for card in other.cards:
        before = now.card.get(card.unit)
        short = rulebook.short(card.unit)
        if before is None:
            moves.append(f"{short} 列入考评，{points(card.score)}分 第{card.rank}名")
        elif (before.score, before.rank) != (card.score, card.rank):
            score = f" {points(before.score)}→{points(card.score)}" if before.score != card.score else ""
            rank = f" 第{before.rank}→{card.rank}名" if before.rank != card.rank else ""
            moves.append(f"{short}{score}{rank}")
    moves += [f"{rulebook.short(card.unit)} 不再列入考评" for card in now.cards if card.unit not in other.card]
    if not moves:
        return UNMOVED
    more = f"等{len(moves)}个单位" if len(moves) > SHOWN else ""
    return f"{len(moves)}个单位变动：{'；'.join(moves[:SHOWN])}{more}"


def count_moving(said: Mapping[tuple[str, str], str]) -> int:
    """Count the readings that would move somebody; the one in force moves nobody."""
    return sum(moves != UNMOVED for moves in said.values())


def headline(chosen: Mapping[str, str], rulebook: Rulebook, moving: int) -> str:
    """Say whether the official readings are in force here, and how many of the others would move somebody."""
    others = sum(len(rule.readings) - 1 for rule in rulebook.policies)
    here = f"您这里有{len(chosen)}处与正式口径不同" if chosen else "现在是正式口径"
    return f"{len(rulebook.policies)}处原文可以有不同读法，{here}；另外{others}种读法中，{moving}种会改变得分或名次"


def policy_cards(
    rulebook: Rulebook, policy: Policy, official: Policy, said: Mapping[tuple[str, str], str], link: ReadingLink
) -> Html:
    """Return a card for each policy: the sentence, the question, every reading with what switching to it would change."""
    now, agreed = policy.as_dict(), official.as_dict()
    return html(*(_card(rule, now[rule.name], agreed[rule.name], said, link) for rule in rulebook.policies))


def _card(rule: PolicyRule, now: str, official: str, said: Mapping[tuple[str, str], str], link: ReadingLink) -> h.Node:
    rows = (_reading(rule, reading, now, official, said, link) for reading in rule.readings)
    head: list[h.Node] = [subheading(rule.title), h.p[h.q[rule.quote]], h.p(".k-quiet")[rule.question]]
    return h.section(".k-policy")[head, rows]


def _reading(
    rule: PolicyRule, reading: Reading, now: str, official: str, said: Mapping[tuple[str, str], str], link: ReadingLink
) -> h.Node:
    here = reading.name == now
    mark = h.span(".k-mark.chosen")["正式"] if reading.name == official else None
    body = [h.b[reading.title], mark, h.span[reading.meaning]]
    if here:
        return h.div(".k-reading.on")[h.div[body], h.span(".here")["● 现在用这个"]]
    moves = h.small[said.get((rule.name, reading.name), "")]
    switch = going(link(rule.name, reading.name), "k-reading")
    return switch[h.div[body, moves], h.span(".switch")["○ 换成这个看看"]]
