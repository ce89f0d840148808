#!/usr/bin/env bash
# Installs a released program for the steps of a job that follow. action.yml, which runs it, says what the variables mean.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# GitHub puts this on the run's page as well as in the log.
fail() {
  local message=${*//'%'/%25}
  printf '::error title=Backgrounder is not installed::%s\n' "${message//$'\n'/%0A}"
  exit 1
}

# The value of KEY in the first line of Cargo.toml that sets it, which is the package's.
of_package() { # KEY
  sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" "$root/Cargo.toml" | head -n 1
}

# Downloads ADDRESS to FILE, and prints the HTTP status: 000 if there was no answer.
download() { # ADDRESS FILE
  curl --silent --show-error --location --retry 3 --max-time 300 --output "$2" --write-out '%{http_code}' "$1" || true
}

# The release to install, without its `v`. Not asked for, it is the action's own, so that pinning the action pins the program.
chosen() { # REPOSITORY
  local asked=${VERSION:-} found
  case $asked in
    "") of_package version; return ;;
    latest)
      found=$(curl --silent --show-error --location --retry 3 --max-time 60 --output /dev/null --write-out '%{url_effective}' \
        "$1/releases/latest") || true
      [[ $found == */releases/tag/v* ]] || return 1
      asked=${found##*/}
      ;;
  esac
  printf '%s\n' "${asked#v}"
}

# The target whose archive runs here.
target() {
  case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

sum() { # FILE
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# Downloads an archive and leaves it here, if it is what the release lists.
fetch() { # RELEASE ARCHIVE
  local status listed
  status=$(download "$1/SHA256SUMS" SHA256SUMS)
  case $status in
    200) ;;
    404) fail "there is no release at $1: give \`version\` as one of the repository's releases" ;;
    *) fail "$1/SHA256SUMS could not be downloaded (status $status): run the job again" ;;
  esac
  listed=$(awk -v archive="$2" '$2 == archive { print $1 }' SHA256SUMS)
  [[ $listed =~ ^[0-9a-f]{64}$ ]] || fail "SHA256SUMS of the release does not list $2: the release has no program for this platform"
  status=$(download "$1/$2" "$2")
  [ "$status" = 200 ] || fail "$1/$2 could not be downloaded (status $status): run the job again"
  [ "$(sum "$2")" = "$listed" ] || fail "$2 is not the file that SHA256SUMS lists: its checksum is $(sum "$2"), not $listed"
}

# Checks that the release workflow of the repository made this file, for this tag.
attested() { # ARCHIVE REPOSITORY VERSION
  local name=${2#*://*/}
  command -v gh >/dev/null ||
    fail "the attestation can't be verified without gh: install it on this runner, or set \`verify-attestation: false\`"
  gh attestation verify "$1" --repo "$name" --signer-workflow "$name/.github/workflows/release.yml" --source-ref "refs/tags/v$3" ||
    fail "$1 has no valid attestation of $name for v$3"
}

main() {
  local repository version target name archive scratch folder
  repository=$(of_package repository)
  [ -n "$repository" ] || fail "this copy of the action does not know its releases: set \`repository\` in its Cargo.toml"
  [[ ${VERIFY_ATTESTATION:-true} =~ ^(true|false)$ ]] || fail "\`verify-attestation\` is true or false, not '$VERIFY_ATTESTATION'"
  target=$(target) ||
    fail "there is no program for ${RUNNER_OS:-} on ${RUNNER_ARCH:-}, only for Linux and macOS (X64, ARM64) and Windows (X64)"
  version=$(chosen "$repository") || fail "$repository/releases has no latest release"
  [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "\`version\` is a release such as 0.1.0, or latest, not '$version'"

  scratch=$(mktemp -d "$RUNNER_TEMP/backgrounder-XXXXXX")
  cd "$scratch"
  name=backgrounder-v$version-$target
  archive=$name.tar.gz
  [[ $target != *windows* ]] || archive=$name.zip
  fetch "$repository/releases/download/v$version" "$archive"
  [ "${VERIFY_ATTESTATION:-true}" = false ] || attested "$archive" "$repository" "$version"
  # Nothing was unpacked until here.
  case $archive in
    *.zip) 7z x -bso0 "$archive" ;;
    *) tar -xzf "$archive" ;;
  esac
  rm "$archive"
  [ "$("./$name/backgrounder" --version)" = "backgrounder $version" ] || fail "the program in $archive is not version $version"

  folder=$scratch/$name
  [[ $target != *windows* ]] || folder=$(cygpath --windows "$folder")
  printf '%s\n' "$folder" >>"$GITHUB_PATH"
  printf 'version=%s\n' "$version" >>"$GITHUB_OUTPUT"
  printf 'installed backgrounder %s for %s\n' "$version" "$target"
}

main
