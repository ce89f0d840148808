#!/usr/bin/env bash
# The steps of a release that take more than a line, kept here so that they can be run and tested anywhere.
set -euo pipefail

usage() {
  cat <<'END'
usage: .github/release.sh verify TAG ADDRESS   checks that the tag, the version, the changelog and the repository's address agree
       .github/release.sh pack TARGET FROM TO  packs the program in folder FROM into folder TO
       .github/release.sh try TARGET PACKED    unpacks it elsewhere and builds the demonstration with it
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

sums() { # PACKED
  cd "$1"
  local file
  for file in *.tar.gz *.zip; do
    [ ! -f "$file" ] || sha256sum "$file" >"$file.sha256"
  done
  cat ./*.sha256 >SHA256SUMS
}

case "${1-} $#" in
  "verify 3" | "pack 4" | "try 3" | "sums 2" | "notes 2") "$@" ;;
  *) usage >&2; exit 2 ;;
esac
