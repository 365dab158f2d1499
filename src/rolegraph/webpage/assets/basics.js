// The network as the page uses it, what the reader has chosen, and the shapes and colours of things.
// Texts of the network reach the document as text only, never as markup.

const started = performance.now();
const $ = id => document.getElementById(id);
const {nodes: things, edges: links, options} = JSON.parse($('network').textContent);
const {kinds: kindList, relations, evidence, headings, paths, focus, unseen, whole} = JSON.parse($('extras').textContent);
const kinds = new Map(kindList);
const words = new Map(relations);
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
  $('status').textContent = whole && !counts ? `${sentence} · ${things.length} of ${counted(whole.nodes)} things drawn` : sentence;
};
const counted = number => number.toLocaleString('en');
const plural = (number, one, many = one + 's') => `${counted(number)} ${number === 1 ? one : many}`;
const capital = phrase => phrase.charAt(0).toUpperCase() + phrase.slice(1);
const brief = phrase => phrase.length > 300 ? `${phrase.slice(0, 300)}…` : phrase;
const distinct = values => [...new Set(values)].filter(Boolean);

/** A kind of relation in words, as it reads from its start or, incoming, from its end. */
function reading(kind, incoming = false) {
  const known = words.get(kind);
  if (known) return known[incoming ? 1 : 0];
  return (incoming ? '← ' : '') + kind.replaceAll('_', ' ');
}

// --- the network as the page uses it

for (const [id, thing] of things.entries()) {
  Object.assign(thing, {aliases: [], pay: [], notes: [], evidence: [], rest: [], ...thing, id, links: []});
}
const between = new Map();
for (const [id, link] of links.entries()) {
  Object.assign(link, {evidence: [], ...link, id, start: things[link.from], end: things[link.to]});
  link.start.links.push(link);
  if (link.start !== link.end) link.end.links.push(link);
  const pair = [link.from, link.to].sort((a, b) => a - b).join();
  link.twin = between.get(pair) ?? 0; // how many relations between the same two came before
  between.set(pair, link.twin + 1);
}
const other = (thing, link) => link.start === thing ? link.end : link.start;
const sentence = link => `${link.start.label} ${reading(link.kind)} ${link.end.label}`;
const facts = link => [link.necessity, link.seen, link.share].filter(Boolean);
/** A relation of a thing that is not drawn, and its other end, which may not be drawn either. */
function untold(thing, [kind, incoming, far, known, evidence]) {
  const [label, group] = unseen[far - things.length] ?? [];
  return {kind, incoming: Boolean(incoming), known, evidence, far: things[far] ?? {label, group}};
}
/** All relations of a thing as it sees them: those on the map, then those told in words only. */
const relationsOf = thing => [
  ...thing.links.map(link => ({
    kind: link.kind, incoming: link.start !== thing, known: facts(link), evidence: link.evidence, far: other(thing, link),
  })),
  ...thing.rest.map(row => untold(thing, row)),
];
const joined = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
/** How much of the network is drawn, in words; nothing where all is. */
const centres = whole ? joined(whole.around.map(id => brief(things[id].label))) : '';
const extent = whole ? `${counted(things.length)} of ${counted(whole.nodes)} things, around ${centres}.` : '';
const STRENGTH = ['stated', 'observed', 'derived', 'editorial'];
const strength = link => STRENGTH.find(kind => link.evidence.some(number => evidence[number].kind === kind)) ?? '';
/** Whether a source speaks of an occupation that the role is described as, and none of the role itself. */
const indirect = link => link.evidence.length > 0 && link.evidence.every(number => evidence[number].via);
// What comes through an occupation shares the doubts about the match: they are told, and would crowd the map.
const doubted = link => !indirect(link) && link.evidence.some(number => evidence[number].doubt);
const payLine = pay => `${pay.amount} (${[pay.range, pay.basis].filter(Boolean).join('; ')})`;

/** What the reader has chosen: at most one of thing and link; path is the number of the route, or null. */
const state = {thing: null, link: null, path: paths.length ? 0 : null, over: null, lit: null, touched: false};
const hidden = {kinds: new Set(), relations: new Set()};
const shown = thing => !hidden.kinds.has(thing.group);
const linkShown = link => !hidden.relations.has(link.kind) && shown(link.start) && shown(link.end);
const headingShown = heading => !hidden.kinds.has(heading.kind);
const everything = () => things.filter(shown);
const stops = path => path.nodes.map(id => things[id]);

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
  pentagon: ring(5, UP),
  square: ring(4, Math.PI / 4, () => 1.15),
  star: ring(10, UP, corner => corner % 2 ? .48 : 1.12),
  triangle: ring(3, UP, () => 1.1),
  triangleDown: ring(3, -UP, () => 1.1),
  plus: [
    [-THIN, -1], [THIN, -1], [THIN, -THIN], [1, -THIN], [1, THIN], [THIN, THIN],
    [THIN, 1], [-THIN, 1], [-THIN, THIN], [-1, THIN], [-1, -THIN], [-THIN, -THIN],
  ],
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
