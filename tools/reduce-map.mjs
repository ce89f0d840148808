// Makes assets/maps/world.bin of files of Natural Earth: `node tools/reduce-map.mjs FOLDER`. See assets/maps/README.md for the
// files and where they come from. `src/map/world.rs` reads the result and says what is in it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name the folder that has the files of Natural Earth');
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/// Positions are stored in 250ths of a degree: less than half a kilometer.
const UNITS = 250;

const bytes = [];
function number(value) {
  while (value >= 128) {
    bytes.push((value & 127) | 128);
    value >>>= 7;
  }
  bytes.push(value);
}
const signed = (value) => number(value < 0 ? -value * 2 - 1 : value * 2);

/// The points of a line that are needed for it to stay within `most` of where it was, in degrees (Douglas and Peucker).
function simplified(points, most) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const parts = [[0, points.length - 1]];
  while (parts.length) {
    const [from, to] = parts.pop();
    let worst = most;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const off = distance(points[i], points[from], points[to]);
      if (off > worst) [worst, at] = [off, i];
    }
    if (at >= 0) {
      keep.add(at);
      parts.push([from, at], [at, to]);
    }
  }
  // A ring of one line stays a ring.
  if (keep.size < 4 && String(points[0]) === String(points.at(-1))) {
    const third = Math.floor(points.length / 3);
    [third, 2 * third].forEach((at) => keep.add(at));
  }
  return points.filter((_, at) => keep.has(at));
}

function distance([x, y], [x1, y1], [x2, y2]) {
  const narrow = Math.max(0.1, Math.cos((y1 * Math.PI) / 180));
  const [dx, dy] = [(x2 - x1) * narrow, y2 - y1];
  const [px, py] = [(x - x1) * narrow, y - y1];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
  return Math.hypot(px - along * dx, py - along * dy);
}

/// The lines of a topology, in degrees. A line across the antimeridian goes on beyond 180 degrees.
function arcsOf({ transform, arcs }) {
  const { scale, translate } = transform;
  return arcs.map((arc) => {
    let [x, y, before] = [0, 0, null];
    return arc.map(([dx, dy]) => {
      let degrees = (x += dx) * scale[0] + translate[0];
      if (before !== null) degrees -= Math.round((degrees - before) / 360) * 360;
      before = degrees;
      return [degrees, (y += dy) * scale[1] + translate[1]];
    });
  });
}

const polygonsOf = (geometry) =>
  geometry.type === 'Polygon' ? [geometry.arcs] : geometry.type === 'MultiPolygon' ? geometry.arcs : [];

/// Which lines are in the outlines of two countries.
function bordersOf(countries) {
  const users = new Map();
  countries.geometries.forEach((country, at) => {
    for (const line of polygonsOf(country).flat(2)) {
      const arc = line < 0 ? ~line : line;
      users.set(arc, (users.get(arc) ?? new Set()).add(at));
    }
  });
  return [...users].filter(([, of]) => of.size > 1).map(([arc]) => arc).sort((a, b) => a - b);
}

function level(name, lakesName, statesName, most, largest) {
  const topology = read(name);
  const lines = arcsOf(topology);
  // The data closes Antarctica with an outline along the pole, which a globe doesn't need.
  const isPole = (ring) => ring.every((line) => lines[line < 0 ? ~line : line].every(([, lat]) => lat < -89.9));
  const land = topology.objects.land.geometries
    .flatMap(polygonsOf)
    .map((rings) => rings.filter((ring) => !isPole(ring)))
    .filter((rings) => rings.length);
  const borders = bordersOf(topology.objects.countries);
  const add = (points) => lines.push(points) - 1;
  const outlines = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);
  const lakes = read(lakesName)
    .features.filter((lake) => lake.properties.scalerank <= largest)
    .flatMap((lake) => outlines(lake.geometry))
    .map((rings) => rings.map((ring) => [add(clockwise(ring))]));
  const runs = (geometry) => (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates);
  const states = statesName ? read(statesName).features.flatMap((line) => runs(line.geometry)).map(add) : [];
  // Only lines that something uses are stored.
  const used = [...new Set([...land.flat(2), ...lakes.flat(2)].map((line) => (line < 0 ? ~line : line)).concat(borders, states))];
  used.sort((a, b) => a - b);
  const place = new Map(used.map((arc, at) => [arc, at]));
  let points = 0;
  number(used.length);
  for (const arc of used) points += put(simplified(lines[arc], most));
  for (const polygons of [land, lakes]) {
    number(polygons.length);
    for (const rings of polygons) {
      number(rings.length);
      for (const ring of rings) {
        number(ring.length);
        for (const line of ring) number(line < 0 ? place.get(~line) * 2 + 1 : place.get(line) * 2);
      }
    }
  }
  for (const list of [borders, states]) {
    number(list.length);
    list.forEach((arc) => number(place.get(arc)));
  }
  console.log(`${name}: ${used.length} lines, ${points} points, ${land.length} lands, ${lakes.length} lakes`);
}

/// An outline around its inside clockwise, as the topologies have theirs; GeoJSON has it the other way.
function clockwise(ring) {
  const area = ring.slice(1).reduce((sum, [x, y], at) => sum + (x - ring[at][0]) * (y + ring[at][1]), 0);
  return area > 0 ? ring : [...ring].reverse();
}

/// Writes a line: how many points, the first, and the way from each to the next.
function put(line) {
  number(line.length);
  let [x, y] = [0, 0];
  for (const [px, py] of line.map((point) => point.map((degrees) => Math.round(degrees * UNITS)))) {
    signed(px - x);
    signed(py - y);
    [x, y] = [px, py];
  }
  return line.length;
}

level('countries-110m.json', 'ne_110m_lakes.json', null, 0, 9);
level('countries-50m.json', 'ne_50m_lakes.json', 'ne_50m_admin_1_states_provinces_lines.json', 0.008, 5);
const target = new URL('../assets/maps/world.bin', import.meta.url);
writeFileSync(target, Uint8Array.from(bytes));
console.log(`${bytes.length} bytes`);
