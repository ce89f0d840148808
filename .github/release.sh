#!/usr/bin/env bash
# The steps of a release that take more than a line, kept here so that they can be run and tested anywhere.
set -euo pipefail

usage() {
  cat <<'END'
usage: .github/release.sh verify TAG ADDRESS   checks that the tag, the version, the changelog and the repository's address agree
       .github/release.sh pack TARGET FROM TO  packs the program in folder FROM into folder TO
       .github/release.sh try TARGET PACKED    unpacks it elsewhere and builds the demonstration with it
       .github/release.sh sbom TO              writes the list of crates in the program into folder TO; needs cargo-cyclonedx
       .github/release.sh try-pip PACKAGES     installs the wheel with pip and builds the starter with it
       .github/release.sh try-npm PACKAGES     installs the npm packages and builds the starter with them
       .github/release.sh publish-npm PACKAGES publishes the npm packages
       .github/release.sh sums PACKED          writes checksums of everything in the folder
       .github/release.sh notes TAG            prints the changelog entry of the version
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
fail() {
  printf 'release: %s\n' "$*" >&2
  exit 1
}

# The value of KEY in the first line of Cargo.toml that sets it, which is the package's.
of_package() { # KEY
  sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" "$root/Cargo.toml" | head -n 1
}

# The archive name that `cargo binstall` looks for; see Cargo.toml.
name() { # TARGET
  printf 'backgrounder-v%s-%s' "$(of_package version)" "$1"
}

# The lines of CHANGELOG.md about a version, without its heading.
notes() { # TAG
  awk -v version="${1#v}" '
    /^## / { on = index($0, "## [" version "]") == 1; next }
    /^\[[^]]*\]: / { next }
    on { lines = lines $0 "\n"; if (NF) some = 1 }
    END { gsub(/^\n+|\n+$/, "", lines); print lines; exit !some }
  ' "$root/CHANGELOG.md" || fail "CHANGELOG.md has no entry for $1: turn 'Unreleased' into '## [${1#v}] - DATE'"
}

verify() { # TAG ADDRESS
  local version repository
  version=$(of_package version)
  repository=$(of_package repository)
  [ "v$version" = "$1" ] || fail "the tag is $1, but the version in Cargo.toml is $version"
  [ "$repository" = "$2" ] || fail "repository in Cargo.toml is '$repository', but this is $2: cargo binstall would look in the wrong place"
  notes "$1" >/dev/null
  # It is shown on the pages of the packages.
  ! grep -n -e "isn't out yet" -e 'ADDRESS-OF-' "$root/README.md" >&2 || fail "README.md still reads as it did before the first release"
}

pack() { # TARGET FROM TO
  local target=$1 from=$2 to=$3 folder program=backgrounder shell command
  [[ $target != *windows* ]] || program=backgrounder.exe
  [ -f "$from/$program" ] || fail "there is no $from/$program: compile it first"
  folder=$to/$(name "$target")
  mkdir -p "$folder/completions" "$folder/man"
  cp "$from/$program" "$folder/"
  cp "$root"/{README.md,CHANGELOG.md,LICENSE-APACHE,LICENSE-MIT} "$folder/"
  for shell in bash elvish fish powershell zsh; do
    "$from/$program" completions "$shell" >"$folder/completions/backgrounder.$shell"
  done
  "$from/$program" man >"$folder/man/backgrounder.1"
  for command in $("$from/$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    # Those two are for packagers, and this is the packaging.
    [[ $command = completions || $command = man ]] ||
      "$from/$program" man "$command" >"$folder/man/backgrounder-$command.1"
  done
  # Pack the folder as a whole, so that unpacking does not scatter files into the user's folder.
  case $target in
    *windows*) (cd "$to" && 7z a -bso0 "$(name "$target").zip" "$(name "$target")") ;;
    *) tar -czf "$folder.tar.gz" -C "$to" "$(name "$target")" ;;
  esac
  rm -r "$folder"
}

try() { # TARGET PACKED
  local packed folder
  packed=$(cd "$2" && pwd)/$(name "$1")
  folder=$(mktemp -d)
  # Expand the name now: it is local, and will be gone when the trap runs.
  # shellcheck disable=SC2064
  trap "cd / && rm -rf '$folder'" EXIT
  cp -R "$root/book.toml" "$root/content" "$folder/"
  cd "$folder"
  case $1 in
    *windows*) 7z x -bso0 "$packed.zip" ;;
    *) tar -xzf "$packed.tar.gz" ;;
  esac
  "./$(name "$1")/backgrounder" --version
  "./$(name "$1")/backgrounder" build
  [ -f site/index.html ] || fail "it built no site"
}

# What the program is made of, for those who have to answer for what they run: CycloneDX, for all platforms together.
sbom() { # TO
  local name
  name=backgrounder-v$(of_package version).cdx
  mkdir -p "$1"
  (cd "$root" && SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) \
    cargo cyclonedx --format json --spec-version 1.5 --target all --override-filename "$name")
  mv "$root/$name.json" "$1/"
}

# Makes the starter site with a program and builds it.
starts() { # PROGRAM SITE
  "$1" --version
  "$1" init "$2"
  "$1" build --strict "$2"
  [ -f "$2/site/index.html" ] || fail "$1 built no site"
}

# Installs as people do, but with nothing to install from except the files.
try-pip() { # PACKAGES
  local packages folder
  packages=$(cd "$1" && pwd)
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "cd / && rm -rf '$folder'" EXIT
  cd "$folder"
  python3 -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check --no-index --find-links "$packages" backgrounder-ssg
  venv/bin/pip check --disable-pip-version-check
  starts venv/bin/backgrounder site
}

try-npm() { # PACKAGES
  local packages folder platform
  packages=$(cd "$1" && pwd)
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "cd / && rm -rf '$folder'" EXIT
  cd "$folder"
  platform=$(node --print 'process.platform + "-" + process.arch')
  npm install --silent --offline --no-audit --no-fund --cache cache --prefix . \
    "$packages/backgrounder-ssg-$(of_package version).tgz" "$packages/backgrounder-ssg-$platform-$(of_package version).tgz"
  starts node_modules/.bin/backgrounder site
}

# Puts the packages into the registry, the main one last: it must not ask for others that are not there yet.
publish-npm() { # PACKAGES
  local packages file package tag=latest
  packages=$(cd "$1" && pwd)
  # What people get who ask for no version is never a prerelease.
  [[ $(of_package version) != *-* ]] || tag=next
  for file in "$packages"/backgrounder-ssg-[a-z]*.tgz "$packages"/backgrounder-ssg-[0-9]*.tgz; do
    package=$(tar -xzOf "$file" package/package.json | node --print 'const p = JSON.parse(fs.readFileSync(0)); p.name + "@" + p.version')
    # After a run that broke off, some are there.
    if [ -n "$(npm view "$package" version 2>/dev/null)" ]; then
      printf '%s is published already\n' "$package"
    else
      npm publish --access public --tag "$tag" "$file"
    fi
  done
}

sums() { # PACKED
  cd "$1"
  local file files=()
  for file in *.tar.gz *.zip *.whl *.tgz *.cdx.json; do
    [ ! -f "$file" ] || files+=("$file")
  done
  sha256sum "${files[@]}" >SHA256SUMS
  # Those that people download by hand have their checksum next to them, too.
  for file in *.tar.gz *.zip; do
    [ ! -f "$file" ] || sha256sum "$file" >"$file.sha256"
  done
}

case "${1-} $#" in
  "verify 3" | "pack 4" | "try 3" | "sbom 2" | "try-pip 2" | "try-npm 2" | "publish-npm 2" | "sums 2" | "notes 2") "$@" ;;
  *) usage >&2; exit 2 ;;
esac
