// The network as the page uses it, what the reader has chosen, and the shapes and colours of things.
// Texts of the network reach the document as text only, never as markup.

const started = performance.now();
const $ = id => document.getElementById(id);
const {nodes, edges, options} = JSON.parse($('network').textContent);
const {kinds: kindList, ends, relations, paths, focus, around, packed, ...opening} = JSON.parse($('extras').textContent);
/** Rows as objects; a column with a star holds numbers of texts, and what is empty is left out. */
const unpacked = (columns, rows) => rows.map(row => {
  const one = {};
  for (const [at, cell] of row.entries()) {
    const column = columns[at];
    if (column.endsWith('*')) {
      if (cell) one[column.slice(0, -1)] = packed.texts[cell];
    } else if (cell || typeof cell === 'number' && NUMBERS.has(column)) one[column] = cell;
  }
  return one;
});
const NUMBERS = new Set(['from', 'to']);
const evidence = unpacked(packed.columns.evidence, packed.evidence);
const kinds = new Map(kindList);
const words = new Map(relations);
/** The kinds of what moves connect, and which things of these kinds are no occupations of a classification. */
const roleKinds = new Set(ends);
const isRole = thing => roleKinds.has(thing.group) && thing.group !== 'occupation';
const root = document.documentElement;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Makes an element; children are elements, texts, lists of them, or null for nothing. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'role' || name.startsWith('aria-')) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat(Infinity).filter(child => child !== null));
  return element;
}
const text = (tag, className, textContent) => make(tag, {className, textContent});
function button(label, action, properties = {}) {
  const element = make('button', {type: 'button', textContent: label, ...properties});
  element.addEventListener('click', action);
  return element;
}

/** Says something in the live region; of a map that is an excerpt, also how much it shows. */
const say = (sentence, counts = false) => {
  $('status').textContent = partial() && !counts
    ? `${sentence} · ${counted(things.length)} of ${counted(all.things.length)} things drawn` : sentence;
};
const counted = number => number.toLocaleString('en');
const plural = (number, one, many = one + 's') => `${counted(number)} ${number === 1 ? one : many}`;
const capital = phrase => phrase.charAt(0).toUpperCase() + phrase.slice(1);
const brief = phrase => phrase.length > 300 ? `${phrase.slice(0, 300)}…` : phrase;
const distinct = values => [...new Set(values)].filter(Boolean);

/** Whether lines of a kind have a point: moves, and relations of which nobody knows how they read backwards. */
const pointed = kind => kind === 'move' || !words.has(kind);

/** A kind of relation in words, as it reads from its start or, incoming, from its end. */
function reading(kind, incoming = false) {
  const known = words.get(kind);
  if (known) return known[incoming ? 1 : 0];
  return (incoming ? '← ' : '') + kind.replaceAll('_', ' ');
}

// --- the network as the page uses it

/** Everything that the page knows. */
const all = {
  things: [...nodes, ...unpacked(packed.columns.nodes, packed.nodes)],
  links: [...edges, ...unpacked(packed.columns.edges, packed.edges)],
};
/** What is drawn now, some of the same objects: at first what came through pyvis. */
let things = all.things.slice(0, nodes.length);
let links = all.links.slice(0, edges.length);
let {headings} = opening; // of the lists that things form
const partial = () => things.length < all.things.length;
for (const [id, thing] of all.things.entries()) {
  Object.assign(thing, {
    aliases: [], pay: [], notes: [], evidence: [], side: 0, lines: [thing.label], ...thing,
    id, links: [], drawn: id < nodes.length,
    iri: thing.iri ?? (thing.space ?? '') + (thing.name || ''),
  });
}
const between = new Map();
for (const [id, link] of all.links.entries()) {
  Object.assign(link, {evidence: [], ...link, id, start: all.things[link.from], end: all.things[link.to], drawn: id < edges.length});
  link.start.links.push(link);
  if (link.start !== link.end) link.end.links.push(link);
  const pair = [link.from, link.to].sort((a, b) => a - b).join();
  link.twin = between.get(pair) ?? 0; // how many relations between the same two came before
  between.set(pair, link.twin + 1);
}
const other = (thing, link) => link.start === thing ? link.end : link.start;
const sentence = link => `${link.start.label} ${reading(link.kind)} ${link.end.label}`;
const facts = link => [link.necessity, link.seen, link.share].filter(Boolean);
/** All relations of a thing as it sees them, on the map or not. */
const relationsOf = thing => thing.links.map(link => ({
  kind: link.kind, incoming: link.start !== thing, known: facts(link), evidence: link.evidence, far: other(thing, link),
}));
const joined = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
const STRENGTH = ['stated', 'observed', 'derived', 'editorial'];
const strength = link => STRENGTH.find(kind => link.evidence.some(number => evidence[number].kind === kind)) ?? '';
/** Whether a source speaks of an occupation that the role is described as, and none of the role itself. */
const indirect = link => link.evidence.length > 0 && link.evidence.every(number => evidence[number].via);
// What comes through an occupation shares the doubts about the match: they are told, and would crowd the map.
const doubted = link => !indirect(link) && link.evidence.some(number => evidence[number].doubt);
const payLine = pay => `${pay.amount} (${[pay.range, pay.basis].filter(Boolean).join('; ')})`;

/** What the reader has chosen: at most one of thing and link; path is the number of the route, or null. */
const state = {thing: null, link: null, path: paths.length ? 0 : null, over: null, lit: null, touched: false};
const hidden = {kinds: new Set(), relations: new Set(), sources: new Set()};
/** Whether a source that the reader has not hidden says so; what no source says is hidden with none. */
const heard = numbers => !hidden.sources.size || !numbers.length || numbers.some(number => !hidden.sources.has(sourceOf(number)));
const sourceOf = number => evidence[number].source ?? '';
/** A thing goes with its sources only when nothing that is left speaks of it. */
const spoken = thing => !hidden.sources.size || heard(thing.evidence) && (thing.evidence.length > 0 || !thing.links.length)
  || thing.links.some(link => heard(link.evidence));
const shown = thing => !hidden.kinds.has(thing.group) && spoken(thing);
const linkShown = link => link.drawn && !hidden.relations.has(link.kind) && heard(link.evidence) && shown(link.start) && shown(link.end);
const headingShown = heading => !physics.on && !hidden.kinds.has(heading.kind);
const everything = () => things.filter(shown);
const stops = path => path.nodes.map(id => all.things[id]);

// --- shapes: the same outlines on the map and in the legend

const ring = (corners, turn, radius = () => 1) => Array.from({length: corners}, (_, corner) => {
  const angle = turn + corner * 2 * Math.PI / corners;
  return [radius(corner) * Math.cos(angle), radius(corner) * Math.sin(angle)];
});
const UP = -Math.PI / 2;
const THIN = .36;
const OUTLINES = {
  circle: ring(24, 0, () => .9),
  cross: ring(8, Math.PI / 4, corner => corner % 2 ? .4 : 1.2),
  diamond: ring(4, UP),
  hexagon: ring(6, 0),
  square: ring(4, Math.PI / 4, () => 1.15),
  star: ring(10, UP, corner => corner % 2 ? .48 : 1.12),
  triangle: ring(3, UP, () => 1.1),
  triangleDown: ring(3, -UP, () => 1.1),
  plus: [
    [-THIN, -1], [THIN, -1], [THIN, -THIN], [1, -THIN], [1, THIN], [THIN, THIN],
    [THIN, 1], [-THIN, 1], [-THIN, THIN], [-1, THIN], [-1, -THIN], [-THIN, -THIN],
  ],
  tag: [[-1.3, -.7], [.95, -.7], [1.3, 0], [.95, .7], [-1.3, .7]],
  round: [[-1.3, -.7], [1.3, -.7], [1.3, .7], [-1.3, .7]],
  cut: [[-1, -.7], [1, -.7], [1.3, -.35], [1.3, .35], [1, .7], [-1, .7], [-1.3, .35], [-1.3, -.35]],
};

function svg(width, tag, attributes) {
  const draw = (name, given) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
    return element;
  };
  const picture = draw('svg', {width, height: 16, viewBox: `0 0 ${width} 16`, 'aria-hidden': 'true'});
  picture.append(draw(tag, {stroke: 'currentColor', ...attributes}));
  return picture;
}
function icon(kind) {
  const {shape, color} = kinds.get(kind);
  const points = OUTLINES[shape].map(([x, y]) => `${(10 + x * 6.4).toFixed(1)},${(8 + y * 6.4).toFixed(1)}`);
  return svg(20, 'polygon', {points: points.join(' '), fill: color, 'stroke-width': .8, 'stroke-linejoin': 'round'});
}

// --- looks: the colours of the theme, from the style sheet

const look = {};
function readTheme(chosen) {
  if (chosen) root.dataset.chosen = chosen;
  root.dataset.theme = root.dataset.chosen ?? (systemDark.matches ? 'dark' : 'light');
  $('theme').setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
  readLook();
}
function readLook() {
  const style = getComputedStyle(root);
  for (const name of ['bg', 'fg', 'muted', 'route', 'move', 'line']) {
    look[name] = style.getPropertyValue(`--${name}`).trim();
  }
  look.font = getComputedStyle(document.body).fontFamily;
}
/** The colour of a kind as a thin line: on white darker than as an area. */
function lineColor(kind) {
  const {color} = kinds.get(kind);
  if (root.dataset.theme === 'dark') return color;
  const parts = [1, 3, 5].map(place => Math.round(parseInt(color.slice(place, place + 2), 16) * .8));
  return `rgb(${parts.join(', ')})`;
}
