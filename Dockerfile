# A small image with the program in it. docs/guide/installing.md says how to use it.

FROM rust:1.95.0-alpine3.23 AS build
WORKDIR /build
# .dockerignore lets through what the program is made of, and nothing else.
COPY . .
# On Alpine, Rust makes static programs.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    CARGO_PROFILE_RELEASE_LTO=thin cargo build --release --locked --bin backgrounder && \
    cp target/release/backgrounder /usr/local/bin/backgrounder

FROM alpine:3.23.5
# `backgrounder new source` fetches pages with curl. Alpine keeps only the newest package, so a pinned one would soon be gone.
# hadolint ignore=DL3018
RUN apk add --no-cache curl && adduser -D -u 1000 backgrounder
COPY --from=build /usr/local/bin/backgrounder /usr/local/bin/backgrounder
COPY LICENSE-APACHE LICENSE-MIT /usr/share/licenses/backgrounder/
USER 1000:1000
WORKDIR /site
EXPOSE 3000
# What the preview stops for. As the first process of a container, it would not hear the usual signal.
STOPSIGNAL SIGINT
ENTRYPOINT ["backgrounder"]
CMD ["--help"]
