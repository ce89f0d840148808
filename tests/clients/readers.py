"""Reads a built site's feeds, calendars and tables as programs of their kind do.

    python readers.py FOLDER

Exit code 1 if one of them can't be read, or says something else than its twin.
"""

import csv
import json
import pathlib
import sys
from datetime import date, datetime

import feedparser
import icalendar

faults = []
counted = {"feeds": 0, "entries": 0, "calendars": 0, "events": 0, "rows": 0}


def fault(path, words):
    faults.append(f"{path}: {words}")


def feed(folder, file):
    """An Atom feed, and its twin in JSON."""
    path = file.relative_to(folder)
    read = feedparser.parse(file.read_bytes(), sanitize_html=False)
    if read.bozo:
        return fault(path, read.bozo_exception)
    if read.version != "atom10":
        fault(path, f"read as {read.version!r}, not as Atom")
    about = read.feed
    for what in ("id", "title", "link", "updated_parsed", "author", "generator"):
        if not about.get(what):
            fault(path, f"has no {what}")
    twin = json.loads(file.with_suffix(".json").read_text("utf-8"))
    if twin["version"] != "https://jsonfeed.org/version/1.1":
        fault(path.with_suffix(".json"), "is not JSON Feed 1.1")
    counted["feeds"] += 1
    counted["entries"] += len(read.entries)
    ids = [entry.id for entry in read.entries]
    if len(set(ids)) != len(ids):
        fault(path, "two entries have one id")
    times = []
    for entry, item in zip(read.entries, twin["items"], strict=True):
        pairs = [
            ("id", entry.id, item["id"]),
            ("title", entry.title, item["title"]),
            ("link", entry.link, item["url"]),
            ("published", entry.published, item["date_published"]),
            ("updated", entry.updated, item["date_modified"]),
            ("content", entry.content[0].value, item["content_html"]),
            ("summary", entry.get("summary", ""), item.get("summary", entry.get("summary", ""))),
        ]
        for what, one, other in pairs:
            if one != other:
                fault(path, f"{entry.id}: {what} is {one!r} here and {other!r} in JSON")
        if not entry.updated_parsed or not entry.published_parsed or entry.updated_parsed < entry.published_parsed:
            fault(path, f"{entry.id}: published {entry.published}, updated {entry.updated}")
        times.append(entry.updated_parsed)
    if times and max(times) != about.updated_parsed:
        fault(path, f"says {about.updated}, and its latest entry does not")


def calendar(folder, file, events):
    """A calendar; `events` are those of the table, by address."""
    path = file.relative_to(folder)
    data = file.read_bytes()
    if any(len(line) > 75 for line in data.split(b"\r\n")) or b"\n" in data.replace(b"\r\n", b""):
        fault(path, "has lines that are too long, or end as lines do not")
    read = icalendar.Calendar.from_ical(data)
    if read.errors or not read.get("PRODID") or read.get("VERSION") != "2.0":
        fault(path, f"is no sound calendar: {read.errors}")
    counted["calendars"] += 1
    uids = set()
    for event in read.walk("VEVENT"):
        counted["events"] += 1
        name = str(event["SUMMARY"])
        if event.errors:
            fault(path, f"{name}: {event.errors}")
        uids.add(str(event["UID"]))
        row = events.get(str(event["URL"]))
        if row is None:
            fault(path, f"{name}: {event['URL']} is not in the table")
            continue
        if name != row["title"]:
            fault(path, f"{name}: is {row['title']!r} in the table")
        start, end = event.decoded("DTSTART"), event.decoded("DTEND") if "DTEND" in event else None
        if isinstance(start, datetime):
            continue
        if not isinstance(start, date) or end is None or end <= start:
            fault(path, f"{name}: from {start} to {end}")
        if row["first_day"] and start != date.fromisoformat(row["first_day"]):
            fault(path, f"{name}: begins {start}, and {row['first_day']} in the table")
        if len(row["date"]) != 10 and row["date"] not in str(event.get("DESCRIPTION", "")):
            fault(path, f"{name}: does not say {row['date']}")
    if len(uids) != len(read.walk("VEVENT")):
        fault(path, "two events have one UID")
    return uids


def table(folder):
    """The table of events, against the records."""
    path = folder / "data/events.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    counted["rows"] = len(rows)
    records = json.loads((folder / "data/site.json").read_text("utf-8"))["events"]
    for row, record in zip(rows, records, strict=True):
        same = (
            row["id"] == record["id"]
            and row["date"] == record["date"]["edtf"]
            and row["title"] == record["title"]
            and row["summary"] == record.get("summary", "")
            and row["entities"].split() == record.get("entities", [])
            and row["sources"].split() == record.get("cites", [])
        )
        if not same:
            fault("data/events.csv", f"{row['id']} is not {record['id']} of data/site.json")
    return {row["url"]: row for row in rows}


def main():
    folder = pathlib.Path(sys.argv[1])
    for file in sorted([*folder.rglob("feed.xml"), folder / "updates.xml"]):
        feed(folder, file)
    events = table(folder)
    for file in sorted(folder.rglob("events.ics")):
        uids = calendar(folder, file, events)
        if file.parent.name == "data" and len(uids) != len(events):
            fault("data/events.ics", f"has {len(uids)} of {len(events)} events")
    for count in counted:
        if not counted[count]:
            fault(folder, f"no {count}: there was nothing to read")
    print(*faults, sep="\n", end="\n" if faults else "")
    print(", ".join(f"{number} {what}" for what, number in counted.items()) + f" read, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
