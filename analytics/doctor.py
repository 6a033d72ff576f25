"""What database this is, how it is set, and whether what it holds is true."""

from typing import Any

from analytics import db, embedded, imports, rollups, stores


def check(verify: bool = False) -> dict[str, Any]:
    """The database's version, sizes and settings, the stores, and `problems` found; with `verify` every summary is
    recomputed from the facts and its `differences` are listed."""
    db.migrate()
    sizes = db.read("doctor/sizes")
    report: dict[str, Any] = {
        "database": "embedded" if db.is_embedded() else "DATABASE_URL",
        "server_version": str(sizes["server_version"].iloc[0]),
        "database_bytes": int(sizes["database_bytes"].iloc[0]),
        "tables": sizes[["name", "bytes"]].to_dict("records"),
        "settings": db.read("doctor/settings", names=sorted(embedded.SETTINGS)).to_dict("records"),
        "stores": stores.all_stores().to_dict("records"),
        "freshness": imports.freshness(None).to_dict("records"),
        "problems": db.read("doctor/broken").to_dict("records"),
    }
    if verify:
        report["differences"] = [
            {"store_id": store, **row}
            for store in stores.all_stores()["store_id"]
            for row in rollups.differences(int(store))
        ]
    return report
