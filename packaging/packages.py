#!/usr/bin/env python3
"""Packs wheels for pip and packages for npm from the archives of a release.

The program in them is the one in the archive, byte for byte: nothing is compiled twice, and what was tried is what is
installed. The same archives always give the same packages. Needs only Python's standard library.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

# `backgrounder` is taken on both registries. The command is `backgrounder` all the same.
NAME = "backgrounder-ssg"

# No time of day gets into a package. Zip archives can't hold an earlier day than this one.
DAY = (1980, 1, 1, 0, 0, 0)
SECONDS = 315532800

LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"]
README = "README.md"


class Platform(NamedTuple):
    """One target of the release, and what it is called elsewhere."""

    target: str
    # As Node.js has them in `process.platform` and `process.arch`.
    os: str
    cpu: str
    tags: list[str]

    @property
    def program(self):
        return "backgrounder.exe" if self.os == "win32" else "backgrounder"

    @property
    def package(self):
        return f"{NAME}-{self.os}-{self.cpu}"


# A static program needs neither C library, so one wheel serves both kinds of Linux. On a Mac, the oldest version is the
# one that Rust compiles for.
PLATFORMS = [
    Platform("x86_64-unknown-linux-musl", "linux", "x64", ["manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"]),
    Platform("aarch64-unknown-linux-musl", "linux", "arm64", ["manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"]),
    Platform("x86_64-apple-darwin", "darwin", "x64", ["macosx_10_12_x86_64"]),
    Platform("aarch64-apple-darwin", "darwin", "arm64", ["macosx_11_0_arm64"]),
    Platform("x86_64-pc-windows-msvc", "win32", "x64", ["win_amd64"]),
]


class Fault(Exception):
    """Something that keeps packages from being made, in words for whoever releases."""


class Entry(NamedTuple):
    """A file in a package."""

    path: str
    data: bytes
    is_program: bool = False


class Project(NamedTuple):
    """What Cargo.toml says of the project."""

    version: str
    description: str
    license: str
    keywords: list[str]
    repository: str | None

    @classmethod
    def read(cls):
        package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
        return cls(package["version"], package["description"], package["license"], package["keywords"], package.get("repository"))

    def readme(self):
        """The README, whose links lead to this version's files: registries show it, but not the files next to it."""
        text = (ROOT / README).read_text(encoding="utf-8")
        if not self.repository:
            return text

        def full(match):
            mark, words, target = match.groups()
            if "://" in target or target.startswith("#"):
                return match.group(0)
            return f"{mark}[{words}]({self.repository}/{'raw' if mark else 'blob'}/v{self.version}/{target})"

        return re.sub(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", full, text)


def program(packed, project, platform):
    """The program's bytes, from the archive of its platform."""
    name = f"backgrounder-v{project.version}-{platform.target}"
    inside = f"{name}/{platform.program}"
    archive = packed / f"{name}{'.zip' if platform.os == 'win32' else '.tar.gz'}"
    try:
        if archive.suffix == ".zip":
            with zipfile.ZipFile(archive) as opened:
                return opened.read(inside)
        with tarfile.open(archive, "r:gz") as opened:
            found = opened.extractfile(inside)
            if found is None:
                raise KeyError(inside)
            return found.read()
    except FileNotFoundError:
        raise Fault(f"there is no {archive}: pack it first with .github/release.sh") from None
    except KeyError:
        raise Fault(f"{archive} has no {inside}") from None
    except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError) as why:
        raise Fault(f"{archive} can't be unpacked: {why}") from None


# pip


def python_version(version):
    """The version as Python writes it: 0.2.0-rc.1 is 0.2.0rc1 there."""
    found = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?", version)
    if not found:
        raise Fault(f"Python has no version like {version}: use 0.2.0, 0.2.0-alpha.1, 0.2.0-beta.1 or 0.2.0-rc.1")
    release, kind, number = found.groups()
    return release + ({"alpha": "a", "beta": "b", "rc": "rc"}[kind] + number if kind else "")


def metadata(project):
    """What an index shows: https://packaging.python.org/en/latest/specifications/core-metadata/."""
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", NAME),
        ("Version", python_version(project.version)),
        ("Summary", project.description),
        ("Keywords", ",".join(project.keywords)),
        ("License-Expression", project.license),
        *[("License-File", name) for name in LICENSES],
        ("Classifier", "Environment :: Console"),
        ("Classifier", "Topic :: Internet :: WWW/HTTP :: Site Management"),
        ("Classifier", "Topic :: Text Processing :: Markup :: Markdown"),
        ("Requires-Python", ">=3.8"),
    ]
    if project.repository:
        fields += [
            ("Project-URL", f"Source, {project.repository}"),
            ("Project-URL", f"Changelog, {project.repository}/blob/v{project.version}/CHANGELOG.md"),
        ]
    fields.append(("Description-Content-Type", "text/markdown; charset=UTF-8; variant=GFM"))
    head = "".join(f"{name}: {value}\n" for name, value in fields)
    return f"{head}\n{project.readme()}".encode()


def wheel(project, platform, data):
    """A wheel that puts the program next to `python`; gives its name and bytes."""
    stem = f"{NAME.replace('-', '_')}-{python_version(project.version)}"
    about = f"{stem}.dist-info"
    tags = "".join(f"Tag: py3-none-{tag}\n" for tag in platform.tags)
    entries = [Entry(f"{stem}.data/scripts/{platform.program}", data, is_program=True)]
    entries += [Entry(f"{about}/licenses/{name}", (ROOT / name).read_bytes()) for name in LICENSES]
    entries += [
        Entry(f"{about}/METADATA", metadata(project)),
        Entry(f"{about}/WHEEL", f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: false\n{tags}".encode()),
    ]
    entries.sort()
    entries.append(Entry(f"{about}/RECORD", record(entries, f"{about}/RECORD")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            told = zipfile.ZipInfo(entry.path, DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            # As on Unix, wherever this runs: a regular file and who may run it.
            told.create_system = 3
            told.external_attr = (0o100000 | mode(entry)) << 16
            archive.writestr(told, entry.data)
    return f"{stem}-py3-none-{'.'.join(platform.tags)}.whl", out.getvalue()


def record(entries, own):
    """The list of a wheel's files with their hashes. It has no hash of itself."""
    lines = []
    for entry in entries:
        digest = base64.urlsafe_b64encode(hashlib.sha256(entry.data).digest()).decode().rstrip("=")
        lines.append(f"{entry.path},sha256={digest},{len(entry.data)}\n")
    return "".join([*lines, f"{own},,\n"]).encode()


# npm


def described(project, name, description, **rest):
    """The `package.json` of a package."""
    package = {"name": name, "version": project.version, "description": description, "license": project.license}
    if project.repository:
        package["homepage"] = f"{project.repository}#readme"
        package["repository"] = {"type": "git", "url": f"git+{project.repository}.git"}
    return Entry("package.json", f"{json.dumps({**package, **rest}, indent=2)}\n".encode())


def main_package(project):
    """The package that people install: a launcher, and a choice of platforms."""
    package = described(
        project,
        NAME,
        project.description,
        keywords=project.keywords,
        bin={"backgrounder": "bin/backgrounder.js"},
        engines={"node": ">=18"},
        optionalDependencies={platform.package: project.version for platform in PLATFORMS},
    )
    launcher = Entry("bin/backgrounder.js", (HERE / "npm/launcher.js").read_bytes(), is_program=True)
    return npm_package(project, NAME, [package, launcher, Entry(README, project.readme().encode())])


def platform_package(project, platform, data):
    """The package that npm installs with it: the program for one platform."""
    what = f"The program of {NAME} for {platform.os} on {platform.cpu}"
    # A zipped package, as some package managers keep it, has nothing that could be run.
    package = described(project, platform.package, what, os=[platform.os], cpu=[platform.cpu], preferUnplugged=True)
    readme = f"# {platform.package}\n\n{what}. Install `{NAME}`; it brings this package along.\n".encode()
    return npm_package(project, platform.package, [package, Entry(f"bin/{platform.program}", data, is_program=True), Entry(README, readme)])


def npm_package(project, name, entries):
    """The archive that `npm publish` takes; gives its name and bytes."""
    entries = [*entries, *[Entry(license, (ROOT / license).read_bytes()) for license in LICENSES]]
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=6, mtime=0, fileobj=out) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for entry in sorted(entries):
            told = tarfile.TarInfo(f"package/{entry.path}")
            told.size, told.mode, told.mtime = len(entry.data), mode(entry), SECONDS
            archive.addfile(told, io.BytesIO(entry.data))
    return f"{name}-{project.version}.tgz", out.getvalue()


def mode(entry):
    """Who may do what with a file of a package."""
    return 0o755 if entry.is_program else 0o644


def main(arguments):
    if len(arguments) != 2:
        print("usage: packaging/packages.py PACKED TO   packs wheels and npm packages from the archives in folder PACKED into folder TO", file=sys.stderr)
        return 2
    packed, to = map(Path, arguments)
    project = Project.read()
    to.mkdir(parents=True, exist_ok=True)
    programs = [(platform, program(packed, project, platform)) for platform in PLATFORMS]
    # Compressing is nearly all there is to do, and Python does it in several threads at a time.
    with ThreadPoolExecutor() as pool:
        wheels = pool.map(lambda each: wheel(project, *each), programs)
        packages = pool.map(lambda each: platform_package(project, *each), programs)
        made = [main_package(project), *wheels, *packages]
    # Written when all are made: a release has every package or none.
    for name, data in made:
        (to / name).write_bytes(data)
        print(f"{len(data):>10,} bytes  {name}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Fault as why:
        print(f"packages: {why}", file=sys.stderr)
        sys.exit(1)
