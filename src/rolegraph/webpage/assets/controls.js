// How the reader gets about: mouse, keyboard, search and tools; and what the page opens with.

// --- the mouse, and fingers

function under(dom) {
  const {x, y} = network.DOMtoCanvas(dom);
  const thing = things.find(one => {
    const box = boxOf(one);
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && shown(one);
  });
  if (thing) return {thing};
  const link = links.length > MANY ? undefined : network.getEdgeAt(dom);
  return link === undefined ? {} : {link: all.links[link]};
}
function hideTip() { $('tip').hidden = true; }
function showTip({thing, link}, point) {
  const box = $('tip');
  const lines = thing ? [capital(kinds.get(thing.group).one), ...thing.pay.map(payLine)] : [];
  box.replaceChildren(
    text('b', '', brief(thing ? thing.label : sentence(link))),
    ...lines.map(line => text('p', '', brief(line))),
    ...(thing ? [] : sources(link.evidence)),
  );
  box.hidden = false;
  const room = $('map');
  const below = point.y + 18 + box.offsetHeight <= room.clientHeight;
  box.style.left = `${Math.max(4, Math.min(point.x + 14, room.clientWidth - box.offsetWidth - 4))}px`;
  box.style.top = `${below ? point.y + 18 : Math.max(4, point.y - box.offsetHeight - 10)}px`;
}
function hover(thing) {
  if (state.over === thing) return;
  state.over = thing;
  network.redraw();
}
let pointer = null; // where the mouse is, until the next picture is drawn
function point() {
  const found = pointer ? under(pointer) : {};
  const any = found.thing || found.link;
  if (any && !pointer.pressed) showTip(found, pointer); else hideTip();
  $('map').style.cursor = any ? 'pointer' : '';
  hover(found.thing ?? null);
  pointer = null;
}
$('map').addEventListener('mousemove', event => {
  if (pointer === null) requestAnimationFrame(point);
  const frame = $('map').getBoundingClientRect();
  pointer = {x: event.clientX - frame.left, y: event.clientY - frame.top, pressed: event.buttons > 0};
});
$('map').addEventListener('mouseleave', () => {
  pointer = null;
  hideTip();
  hover(null);
});
network.on('click', event => {
  const {thing, link} = under(event.pointer.DOM);
  hideTip();
  if (thing) choose(thing);
  else if (link) chooseLink(link);
  else clearChoice();
});
for (const event of ['zoom', 'dragStart']) {
  network.on(event, () => {
    state.touched = true;
    hideTip();
  });
}
// After a resize vis-network scales the view itself; what the reader has not moved is then fitted anew.
network.on('resize', () => setTimeout(refit));

// --- the keyboard

const DIRECTIONS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
/** The nearest thing in a direction; what lies off the straight line counts as further away. */
function neighbour(from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const thing of everything()) {
    const along = (thing.x - from.x) * dx + (thing.y - from.y) * dy;
    const across = Math.abs((thing.x - from.x) * dy + (thing.y - from.y) * dx);
    const far = along + 2.5 * across;
    if (along > 4 && far < least) [best, least] = [thing, far];
  }
  return best;
}
function walk(direction) {
  const first = state.path === null ? everything()[0] : stops(paths[state.path])[0];
  const next = state.thing ? neighbour(state.thing, direction) : first;
  if (next) choose(next, {move: true});
}
function zoom(factor) {
  state.touched = true;
  const scale = Math.max(.05, Math.min(4, network.getScale() * factor));
  network.moveTo({scale, animation: glide(150)});
}
function fit() {
  state.touched = false;
  view(everything());
}
const KEYS = {
  '+': () => zoom(1.25),
  '=': () => zoom(1.25),
  '-': () => zoom(.8),
  f: fit,
  F: fit,
  Enter: () => $('panel').focus(),
  Escape: clearChoice,
};
$('map').addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (DIRECTIONS[event.key]) walk(DIRECTIONS[event.key]);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});
addEventListener('keydown', event => {
  if (event.key !== '/' || /INPUT|TEXTAREA|SELECT/.test(document.activeElement?.tagName)) return;
  event.preventDefault();
  $('query').focus();
});

// --- search: names and aliases, with accents, case, hyphens and blanks folded as the library does

const MOST_MATCHES = 12;
function fold(name) {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[-_/\u2010-\u2015]/g, ' ');
  return plain.split(/\s+/).filter(Boolean).join(' ');
}
const search = {matches: [], at: -1, index: null};
/** All names, folded when they are first asked for, so that the map need not wait. */
const names = () => search.index ??= all.things.map(thing => ({
  thing,
  names: [thing.label, ...thing.aliases].map(name => ({name, folded: fold(name)})),
}));
function closeness(wanted, name) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : Infinity;
}
function best({thing, names}, wanted) {
  let found = {thing, name: '', rank: Infinity};
  for (const {name, folded} of names) {
    const rank = closeness(wanted, folded);
    if (rank < found.rank) found = {thing, name, rank};
  }
  return found;
}
function find(query) {
  const wanted = fold(query);
  const found = !wanted ? [] : names().map(entry => best(entry, wanted)).filter(({rank}) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.thing.id - b.thing.id);
  search.matches = found.slice(0, MOST_MATCHES);
  search.at = found.length ? 0 : -1;
  $('matches').replaceChildren(...search.matches.map(optionOf));
  openMatches(found.length > 0);
  if (!wanted) return;
  const cut = found.length > MOST_MATCHES ? `, the best ${MOST_MATCHES} listed` : '';
  say(found.length ? plural(found.length, 'match', 'matches') + cut
    : 'Nothing has that name');
}
function optionOf({thing, name}, number) {
  const also = name === thing.label ? '' : `${brief(name)}, `;
  const option = make('li', {id: `match-${number}`, role: 'option'},
    brief(thing.label), text('small', '', ` · ${also}${kinds.get(thing.group).one}`));
  option.addEventListener('mousedown', event => {
    event.preventDefault();
    take(number);
  });
  return option;
}
function openMatches(open) {
  const box = $('query');
  $('matches').hidden = !open;
  box.setAttribute('aria-expanded', String(open));
  for (const [number, option] of [...$('matches').children].entries()) {
    option.setAttribute('aria-selected', String(number === search.at));
  }
  if (open) {
    box.setAttribute('aria-activedescendant', `match-${search.at}`);
    $(`match-${search.at}`).scrollIntoView({block: 'nearest'});
  } else box.removeAttribute('aria-activedescendant');
}
function take(number) {
  const match = search.matches[number];
  if (!match) return;
  openMatches(false);
  if (!shown(match.thing)) showAll();
  choose(match.thing, {move: true, enter: true});
}
$('query').addEventListener('input', event => find(event.target.value));
$('query').addEventListener('focus', () => openMatches(search.matches.length > 0));
$('query').addEventListener('blur', () => openMatches(false));
$('query').addEventListener('keydown', event => {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  const count = search.matches.length;
  if (step && count) {
    search.at = (search.at + step + count) % count;
    openMatches(true);
  } else if (event.key === 'Enter') take(search.at);
  else if (event.key === 'Escape') {
    event.target.value = '';
    find('');
  } else return;
  event.preventDefault();
});

// --- tools

$('fit').addEventListener('click', fit);
$('zoom-in').addEventListener('click', () => zoom(1.25));
$('zoom-out').addEventListener('click', () => zoom(.8));
$('theme').addEventListener('click', () => {
  readTheme(root.dataset.theme === 'dark' ? 'light' : 'dark');
  light();
});
systemDark.addEventListener('change', () => {
  readTheme();
  light();
});
addEventListener('beforeprint', () => {
  root.dataset.theme = 'light';
  readLook();
  light();
});
addEventListener('afterprint', () => {
  readTheme();
  light();
});

// --- what the page opens with

if (paths.length) openPath(0);
else if (focus !== null) choose(all.things[focus]);
else openStart();

// --- what of the view stands in the address

share.part('with', addedNames, addNamed);
share.part('theme', () => root.dataset.chosen ?? null, value => {
  delete root.dataset.chosen;
  readTheme(['light', 'dark'].includes(value) ? value : undefined);
  light();
});
share.part('view', () => root.dataset.view === 'table' ? 'table' : null, openView);
share.part('table', () => table.open && root.dataset.view === 'table' ? table.open.name : null, name => {
  const sheet = ready().find(one => one.name === name);
  if (sheet && root.dataset.view === 'table') openSheet(sheet);
});
share.part('filter', () => table.open?.filter || null, words => {
  if (table.open) openSheet(table.open, {filter: typeof words === 'string' ? words : ''});
});
const inOrderOf = sheet => [sheet.columns[sheet.sort.at].title, sheet.sort.down ? 'down' : 'up'];
share.part('sort', () => table.open && (table.open.sort.at || table.open.sort.down) ? inOrderOf(table.open) : null, value => {
  if (!table.open) return;
  const [title, way] = Array.isArray(value) ? value : [];
  const at = table.open.columns.findIndex(column => column.title === title);
  table.open.sort = at < 0 ? {at: 0, down: false} : {at, down: way === 'down'};
  redrawRows(table.open);
});
share.part('path', () => state.path ? String(state.path + 1) : null, value => {
  const number = value === null ? 0 : Number(value) - 1;
  if (paths[number]) openPath(number);
});
const chosen = () => state.thing ? called.name(state.thing)
  : state.link ? [called.name(state.link.start), state.link.kind, called.name(state.link.end)] : '';
const atFirst = chosen();
share.part('at', () => chosen() === atFirst ? null : chosen(), value => {
  const wanted = value ?? atFirst;
  const [start, kind, end] = Array.isArray(wanted) ? wanted : [];
  const link = all.links.find(one => one.kind === kind && one.start === called.thing(start) && one.end === called.thing(end));
  const thing = called.thing(wanted);
  if (link) chooseLink(link);
  else if (thing) choose(thing, {move: true});
  else if (wanted === '') clearChoice();
});
share.start();

/** For tests and for the curious. */
window.rolegraph = Object.freeze({
  network, boxOf, bent, pointOn, all, find, extent, lit: () => state.lit?.links ?? new Set(), findRoutes: finder.findRoutes, travelData,
  get things() { return things; },
  get links() { return links; },
  /** The point of the window in the middle of a thing's box. */
  place(label) {
    const {left, top, right, bottom} = boxOf(things.find(thing => thing.label === label));
    const frame = $('map').getBoundingClientRect();
    const point = network.canvasToDOM({x: (left + right) / 2, y: (top + bottom) / 2});
    return {x: point.x + frame.left, y: point.y + frame.top};
  },
});
