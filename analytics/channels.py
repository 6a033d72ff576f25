"""The shop's own channels: rules that tell wholesale, drafts, point of sale and subscriptions apart by source and tag."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics import actor, audit, db, rollups
from analytics.errors import Refused
from analytics.ingest import images
from analytics.scope import Stores, chosen

FIELDS = ("channel", "tag")
LONGEST = 100
# Sources that Shopify prints as they are, and the ids of apps that sell for many shops.
SOURCES = {
    "subscription_contract": "Subscriptions",
    "subscription_contract_checkout_one": "Subscriptions",
    "shopify_draft_order": "Draft orders",
    "pos": "Point of sale",
    "web": "Online store",
    "580111": "Online store",
    "129785": "Point of sale",
    "1354745": "Draft orders",
    "3890849": "Shop app",
    "2329312": "Facebook and Instagram",
    "4383523": "TikTok",
    "1780363": "Google and YouTube",
    "3009811": "Pinterest",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "tiktok": "TikTok",
    "pinterest": "Pinterest",
}
# Words in a tag, and the channel that such orders usually are.
TAG_WORDS = {
    "wholesale": "Wholesale",
    "b2b": "Wholesale",
    "reseller": "Wholesale",
    "stockist": "Wholesale",
    "faire": "Wholesale",
    "subscription": "Subscriptions",
    "recurring": "Subscriptions",
}


@dataclass(frozen=True)
class Rule:
    """Orders whose printed channel is `value`, or that have the tag `value`, are of `channel`; letter case is the same."""

    field: str
    value: str
    channel: str


def rules(store: Stores) -> pd.DataFrame:
    """The rules in the order in which they are tried. Columns: position, field (channel or tag), value, channel."""
    return db.read("channels/rules", store_ids=list(chosen(store)) or None)


def occurring(store: Stores) -> pd.DataFrame:
    """What rules can go by: the printed channels and the most frequent tags. Columns: field, value, orders."""
    return db.read("channels/occurring", store_ids=list(chosen(store)) or None)


def save(store: int, wanted: Sequence[Rule]) -> int:
    """Replace the store's rules, give every order the channel that they say, and bring the sums up to it.

    Gives how many orders changed their channel. All in one transaction under the store's lock. Raises Refused, naming
    each row, for rules that could never apply; then nothing is changed.
    """
    actor.require("edit")
    wanted = [Rule(rule.field, rule.value.strip(), rule.channel.strip()) for rule in wanted]
    if wrong := problems(wanted):
        raise Refused(" ".join(wrong))
    with db.transaction(store) as cursor:
        db.run(cursor, "load/channels/delete", store_id=store)
        columns = {
            "fields": [rule.field for rule in wanted],
            "texts": [rule.value for rule in wanted],
            "channels": [rule.channel for rule in wanted],
        }
        db.run(cursor, "load/channels/insert", store_id=store, **columns)
        db.run(cursor, "load/channels/apply", store_id=store)
        changed = cursor.rowcount
        if changed:
            images.begin(cursor)
            rollups.refresh(cursor, store, everything=True)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "rules of channels", store, rules=len(wanted), orders=changed)
    return changed


def problems(wanted: Sequence[Rule]) -> list[str]:
    """What keeps rules from being saved, a sentence each that names the row; empty if they can be."""
    said = []
    seen: dict[tuple[str, str], int] = {}
    for row, rule in enumerate(wanted, start=1):
        value, channel = rule.value.strip(), rule.channel.strip()
        if reason := _problem(rule.field, value, channel):
            said.append(f"Rule {row}: {reason}")
        first = seen.setdefault((rule.field, value.lower()), row)
        if first != row and value:
            said.append(
                f"Rule {row}: {rule.field} “{value}” stands in rule {first} already, which comes first and wins."
            )
    return said


def _problem(field: str, value: str, channel: str) -> str | None:
    if field not in FIELDS:
        return "choose whether it goes by the channel or by a tag."
    if not value:
        return f"say which {field} it is for."
    if not channel:
        return f"say which channel orders with {field} “{value}” are."
    if field == "tag" and "," in value:
        return f"“{value}” is more than one tag, because a comma parts tags; write a rule for each."
    if max(len(value), len(channel)) > LONGEST:
        return f"names have at most {LONGEST} characters."
    return None


def suggestions(found: pd.DataFrame, known: Iterable[Rule]) -> list[Rule]:
    """Rules for what occurs (rows of `occurring`) and has no rule yet: tags first, as they say more than the source."""
    taken = {(rule.field, rule.value.lower()) for rule in known}
    offered = []
    for field in ("tag", "channel"):
        for value in found.loc[found["field"] == field, "value"]:
            channel = _of_tag(value) if field == "tag" else SOURCES.get(value.lower())
            if channel and channel != value and (field, value.lower()) not in taken:
                offered.append(Rule(field, value, channel))
    return offered


def _of_tag(tag: str) -> str | None:
    return next((channel for word, channel in TAG_WORDS.items() if word in tag.lower()), None)


def idle(found: pd.DataFrame, wanted: Sequence[Rule]) -> list[Rule]:
    """The rules that no order fits so far: perhaps one is misspelt, perhaps such an order is yet to come."""
    values = {(field, value.lower()) for field, value in zip(found["field"], found["value"], strict=True)}
    return [rule for rule in wanted if (rule.field, rule.value.strip().lower()) not in values]


def unnamed_apps(found: pd.DataFrame, known: Iterable[Rule]) -> list[str]:
    """Channels that are nothing but an app's number and have no rule: only the shop knows which app that is."""
    taken = {rule.value.lower() for rule in known if rule.field == "channel"}
    numbers = [value for value in found.loc[found["field"] == "channel", "value"] if value.isdigit()]
    return [value for value in numbers if value not in taken and value not in SOURCES]
