"""The daily run: what waits in the inbox is imported, old forecasts are made anew, and digests that are due are mailed.

One run at a time on a database, also among several machines: the lock is PostgreSQL's, which frees it when a run dies. A mail is
noted before it leaves and after it has left, so that nobody gets one twice: of a run that was ended between the two nobody knows
whether the mail left, and it is told, not sent again.
"""

import smtplib
from collections.abc import Callable
from datetime import date
from threading import Event
from typing import Any

from analytics import actor, audit, db, faults, stores, watch
from analytics.errors import DatabaseUnavailable, Refused
from analytics.forecasts import job
from analytics.reports import digest_view, digests, mail
from analytics.reports.digests import Digest
from analytics.reports.parts import View

Done = dict[str, Any]
Tell = Callable[[str], None]


def run(tell: Tell = lambda said: None) -> Done:
    """Do what is due. Gives ran (False: another run is at it), refreshed (sentences), sent (digest, period, to_count, and in_doubt
    where there are such mails) and failed (digest or what else, why). Raises NotAllowed to whoever is no owner."""
    actor.require("settings")
    done: Done = {"ran": False, "refreshed": [], "sent": [], "failed": []}
    with db.transaction() as cursor:
        db.run(cursor, "load/try_lock", lock=db.DAILY_LOCK)
        row = cursor.fetchone()
        if not (row and row[0]):
            return done
        done["ran"] = True
        _refresh(done, tell)
        _send(done, tell)
    return done


def _refresh(done: Done, tell: Tell) -> None:
    """Import the inbox, if there is one, and forecast what is not of its store's data any more."""

    def imported(result: Done) -> None:
        done["refreshed"].append(watch.in_words(result))

    if watch.inbox().is_dir():
        _try(done, "inbox", lambda: watch.run(watch.Settings(watch.inbox()), imported, Event(), once=True))
    for store_id, name in stores.all_stores()[["store_id", "name"]].itertuples(index=False):
        now = job.state(int(store_id))
        # a shop that was never forecast has nobody who looks at forecasts
        if now["status"] != "none" and not now["is_current"] and now["may_try"] and now["status"] != "working":
            tell(f"Forecasts of {name}")

            def forecast(number: int = int(store_id), name: str = name) -> None:
                made = job.run(number, tell)
                done["refreshed"].append(f"Forecasts of {name} as of {made['as_of']}: {made['series']:,} series")

            _try(done, f"forecasts of {name}", forecast)


def _try(done: Done, what: str, does: Callable[[], None]) -> None:
    """What goes wrong is told, and the rest goes on."""
    try:
        does()
    except DatabaseUnavailable:
        raise
    except Refused as refused:
        done["failed"].append({"what": what, "why": str(refused)})
    except Exception:
        done["failed"].append({"what": what, "why": f"a fault of ours; details are in {faults.keep('daily')}"})


def _send(done: Done, tell: Tell) -> None:
    for digest in digests.all_digests():
        tell(f"Digest {digest.name}")
        _try(done, digest.name, lambda digest=digest: _one(digest, done))  # type: ignore[misc]


def _one(digest: Digest, done: Done) -> None:
    """A digest of its present period, to everybody who has not got it."""
    period = digests.period(digest)
    in_doubt = digests.in_doubt(digest, period)
    server = mail.server()
    view: View | None = None
    sent = 0
    for email in digest.recipients:
        if not digests.begin(digest, period, email):
            continue
        try:
            # made only if somebody is to get it; a fault here must not look like a mail in doubt
            view = view or digest_view.of(digest, digest_view.days(digest, period))
            ready = mail.message(digest, period, view, (server, email))
            with mail.opened(server) as session:
                session.send_message(ready)
        except (OSError, smtplib.SMTPException) as error:
            _failed(done, digest, period, (email, mail.why_not(error)))
        except Exception:
            digests.end(digest, period, email, "it could not be put together")
            raise
        else:
            digests.end(digest, period, email)
            sent += 1
    if sent or in_doubt:
        told = {"in_doubt": in_doubt} if in_doubt else {}
        done["sent"].append({"digest": digest.name, "period": period, "to_count": sent} | told)
    if sent:
        _note(digest, period, sent)


def _failed(done: Done, digest: Digest, period: date, what: tuple[str, str]) -> None:
    email, why = what
    digests.end(digest, period, email, why)
    done["failed"].append({"what": digest.name, "to": email, "why": f"{why}; the next run tries again"})


def _note(digest: Digest, period: date, sent: int) -> None:
    with db.transaction() as cursor:
        audit.record(cursor, "report sent", f"digest {digest.name}", digest.store_id, period=period, to_count=sent)
