// A made-up site with a long timeline.

const SECTIONS = ["alpha", "beta", "gamma", "delta", "epsilon"];

/** A site with `count` events over ten years, the same on every run: its files by their paths. */
export function manyEvents(count) {
  let seed = 7;
  const random = (below) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * below));
  const two = (n) => String(n).padStart(2, "0");
  const files = {
    "book.toml": '[book]\ntitle = "Long"\nlanguage = "en"\n[checks]\nsingle-source = "off"\npossible-duplicate = "off"\n',
    "content/index.md": "---\ntitle: Long\n---\nWords.\n",
    "content/sources/s.yaml": "ap:\n  type: web\n  kind: wire\n  title: A report\n  publisher: AP\n  date: 2025-01-01\n  url: https://example.org/a\n",
    "content/entities/e.yaml": Array.from({ length: 80 }, (_, i) => `- {id: who${i}, kind: ${["person", "organization", "place"][i % 3]}, name: Name ${i}}\n`).join(""),
  };
  for (const id of SECTIONS) files[`content/${id}.md`] = `---\ntitle: ${id}\n---\nWords.\n`;
  let events = "";
  for (let i = 0; i < count; i++) {
    const date = `${2015 + random(10)}-${two(1 + random(12))}-${two(1 + random(28))}${random(20) ? "" : "~"}`;
    const names = [...new Set([random(80), random(80)])].map((n) => `who${n}`).join(", ");
    events += `- {id: e${i}, date: '${date}', title: Event ${i} in which something of some length happened, summary: 'A summary of a sentence or two that says what was known at the time.', significance: ${random(14) ? "minor" : "major"}, sections: [${SECTIONS[random(5)]}], entities: [${names}], sources: [ap]}\n`;
  }
  files["content/events/e.yaml"] = events;
  return files;
}
