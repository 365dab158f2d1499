// The legend with its filters, and the details of what the reader has chosen, each fact with its source.

// --- legend and filters

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
function addFilters(box, names, off, picture, counts) {
  for (const [name, words] of names.filter(([name]) => counts.has(name))) {
    const check = make('input', {type: 'checkbox', checked: true});
    check.addEventListener('change', () => {
      if (check.checked) off.delete(name); else off.add(name);
      refilter();
    });
    const count = text('span', 'count', counts.get(name));
    box.append(make('label', {}, check, picture(name), text('span', '', words), count));
  }
}
const relationCounts = tally(links.map(link => link.kind));
const relationKinds = distinct([...words.keys(), ...relationCounts.keys()]);
addFilters($('kinds'), kindList.map(([kind, {many}]) => [kind, many]), hidden.kinds, icon,
  tally(things.map(thing => thing.group)));
addFilters($('relations'), relationKinds.map(kind => [kind, reading(kind)]), hidden.relations,
  () => null, relationCounts);
function showAll() {
  for (const check of document.querySelectorAll('#filters input')) check.checked = true;
  hidden.kinds.clear();
  hidden.relations.clear();
  refilter();
}
$('show-all').addEventListener('click', showAll);

const LINES = {
  stated: 'stated by a source',
  observed: 'observed in data',
  derived: 'derived from other claims',
  editorial: 'added by an editor',
};
const strengths = tally(links.map(strength));
for (const kind of STRENGTH.filter(kind => strengths.has(kind))) {
  const dashes = (DASHES[kind] || []).join(' ');
  const line = svg(34, 'line', {x1: 0, y1: 8, x2: 34, y2: 8, 'stroke-width': 2, 'stroke-dasharray': dashes});
  $('lines').append(make('li', {}, line, LINES[kind]));
}
if (links.some(doubted)) $('lines').append(make('li', {}, text('b', '', '?'), 'with reason to doubt it'));

// --- sources

function webLink(address, label = address) {
  let protocol = '';
  try { ({protocol} = new URL(address)); } catch { /* no address at all: shown as it is */ }
  if (!/^https?:$/.test(protocol)) return text('span', '', address);
  return make('a', {href: address, textContent: label, target: '_blank', rel: 'noopener noreferrer'});
}
function citation({kind, text: words = '', url}) {
  return [
    kind ? text('b', '', `${capital(kind)}: `) : null,
    words,
    url ? make('span', {}, ' · ', webLink(url, 'open source')) : null,
  ];
}
const additions = list => [
  ...distinct(list.map(one => one.qualifier)).map(words => text('div', 'source', capital(words))),
  ...distinct(list.map(one => one.doubt)).map(words => text('div', 'doubt', `Doubt: ${words}`)),
];
/** Evidence in full, each piece with what it adds. */
const sources = numbers => numbers.map(number => evidence[number]).map(one =>
  make('div', {className: 'source'}, citation(one), additions([one])));

/** Evidence as numbers that lead to a list of sources: a card names the same few sources many times. */
class Footnotes {
  constructor() { this.numbers = new Map(); }

  cite(numbers) {
    const cited = numbers.map(number => evidence[number]);
    const marks = distinct(cited.map(one => this.number(one))).map(number => [
      button(String(number), () => this.show(number), {className: 'cite', 'aria-label': `Source ${number}`}), ' ']);
    return [marks, additions(cited)];
  }

  number({kind, text: words, url}) {
    const key = JSON.stringify([kind, words, url]);
    if (!this.numbers.has(key)) this.numbers.set(key, {number: this.numbers.size + 1, kind, text: words, url});
    return this.numbers.get(key).number;
  }

  show(number) {
    const item = $(`source-${number}`);
    item.scrollIntoView({block: 'nearest'});
    item.focus();
  }

  list() {
    if (!this.numbers.size) return null;
    const items = [...this.numbers.values()].map(one => make('li',
      {id: `source-${one.number}`, className: 'source', tabIndex: -1},
      text('span', 'cite', one.number), ' ', citation(one)));
    return [part('Sources'), make('ol', {className: 'sources'}, items)];
  }
}

// --- details

const title = words => text('h2', '', words);
const part = (words, count = 1) => make('h3', {}, `${words} `, count > 1 ? text('span', 'count', `(${count})`) : null);
const kindLine = thing => make('p', {className: 'kind'}, icon(thing.group), capital(kinds.get(thing.group).one));
const goTo = thing => button(thing.label, () => choose(thing, {move: true, enter: true}), {className: 'link'});
const listOf = (list, item, className = '') => make('ul', {className}, list.map(one => make('li', {}, item(one))));

function grouped(list, keyOf) {
  const groups = new Map();
  for (const one of list) {
    const key = keyOf(one);
    if (groups.has(key)) groups.get(key).push(one); else groups.set(key, [one]);
  }
  return [...groups];
}
function payParts(thing, notes) {
  if (!thing.pay.length) return null;
  return [part('Pay'), thing.pay.map(pay => make('div', {},
    text('p', 'pay', pay.amount), make('p', {}, `${capital(pay.basis)} `, notes.cite(pay.evidence))))];
}
/** Relations in the order of the legend; of each kind, those that leave before those that arrive. */
function relationParts(thing, notes) {
  const rank = link => 2 * relationKinds.indexOf(link.kind) + (link.start === thing ? 0 : 1);
  const ordered = [...thing.links].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  return grouped(ordered, link => reading(link.kind, link.start !== thing)).map(([name, group]) => [
    part(capital(name), group.length),
    listOf(group, link => [
      goTo(other(thing, link)),
      text('span', 'muted', `${facts(link).map(fact => ` · ${fact}`).join('')} `),
      notes.cite(link.evidence),
    ]),
  ]);
}
const FOLDED = {statement: 'Statements', comparison: 'Comparisons', caveat: 'Caveats'};
function noteParts(thing, notes) {
  return grouped(thing.notes, note => note.kind).map(([kind, group]) => {
    const items = listOf(group, note => [`${note.text} `, notes.cite(note.evidence)], 'notes');
    if (!FOLDED[kind]) return [part(capital(kind)), items];
    return make('details', {}, text('summary', '', `${FOLDED[kind]} (${group.length})`), items);
  });
}
function fill(...children) {
  const away = (state.thing || state.link) && state.path !== null;
  const back = button('← Back to the route', () => openPath(state.path, true), {className: 'back'});
  $('panel').replaceChildren(...[away ? back : null, ...children].flat(Infinity).filter(child => child !== null));
  $('panel').scrollTop = 0;
}
/** Shows all that is known of a thing; move brings it into view, enter puts the keyboard in its details. */
function choose(thing, {move = false, enter = false} = {}) {
  Object.assign(state, {thing, link: null});
  const notes = new Footnotes();
  const named = notes.cite(thing.evidence);
  fill(
    kindLine(thing), title(thing.label),
    thing.aliases.length ? text('p', 'muted', `Also: ${thing.aliases.join(', ')}`) : null,
    make('p', {}, `${thing.definition ?? (thing.evidence.length ? 'Named in' : '')} `, named),
    payParts(thing, notes), relationParts(thing, notes), noteParts(thing, notes), notes.list(),
    part('Identifier'), make('p', {className: 'source'}, webLink(thing.iri)),
  );
  light();
  if (move) bringIn(thing);
  if (enter) $('panel').focus();
  say(`${brief(thing.label)}, ${kinds.get(thing.group).one}, ${plural(thing.links.length, 'relation')}`);
}
function chooseLink(link) {
  Object.assign(state, {thing: null, link});
  fill(
    text('p', 'kind', 'Relation'), title(sentence(link)),
    facts(link).length ? text('p', '', capital(facts(link).join(', '))) : null,
    part('Who says so'), sources(link.evidence), part('Between'), listOf([link.start, link.end], goTo),
  );
  light();
  say(brief(sentence(link)));
}
function openPath(number, enter = false) {
  Object.assign(state, {thing: null, link: null, path: number});
  const path = paths[number];
  const roles = stops(path);
  const items = roles.map((role, place) => make('li', {},
    goTo(role),
    role.pay.map(pay => text('p', 'source', payLine(pay))),
    role.pay.length ? null : text('p', 'source', 'No source gives a pay figure.'),
    place < path.steps.length
      ? [text('p', '', `can lead to ${roles[place + 1].label}`), sources(path.steps[place].evidence ?? [])] : null));
  const choices = paths.map((one, other) => button(`Route ${other + 1}`, () => {
    openPath(other);
    view(stops(one), {least: .54, most: 1.1});
  }, {'aria-pressed': String(other === number)}));
  const moves = plural(path.steps.length, 'move');
  fill(
    paths.length > 1 ? make('div', {className: 'routes'}, choices) : text('p', 'kind', 'Route'),
    title(`From ${roles[0].label} to ${roles.at(-1).label}`),
    text('p', 'muted', path.by === 'hops' ? moves : `${moves}, ${path.by} ${path.cost}`),
    make('ol', {className: 'route'}, items),
  );
  light();
  if (enter) $('panel').focus();
  say(`Route with ${moves}: ${roles.map(role => brief(role.label)).join(' → ')}`);
}
const HINTS = [
  ['/', 'searches'],
  ['←↑→↓', 'go from thing to thing on the map'],
  ['Enter', 'reads the details'],
  ['F', 'fits everything'],
];
function openStart() {
  Object.assign(state, {thing: null, link: null, path: null});
  const roles = things.filter(thing => thing.side === 0);
  const size = `${plural(things.length, 'thing')} and ${plural(links.length, 'relation')}`;
  fill(
    title('On this map'),
    text('p', '', `${size}. Choose a thing or a line to read what is known of it, and who says so.`),
    part('Keys'), listOf(HINTS, ([key, does]) => [text('kbd', '', key), ` ${does}`]),
    roles.length ? [part('Roles and groups', roles.length), listOf(roles.slice(0, 100), goTo)] : null,
  );
  light();
  say(size);
}
function clearChoice() {
  if (state.path === null) openStart(); else openPath(state.path);
}
/** Moves the map, but only if a thing cannot be seen and read where it is. */
function bringIn(thing) {
  if (!shown(thing)) return;
  const {left, top, right, bottom} = boxOf(thing);
  const scale = network.getScale();
  const one = network.canvasToDOM({x: left, y: top});
  const two = network.canvasToDOM({x: right, y: bottom});
  const room = $('map');
  const seen = one.x >= 0 && one.y >= 0 && two.x <= room.clientWidth && two.y <= room.clientHeight;
  if (seen && scale >= .5) return;
  network.moveTo({position: {x: (left + right) / 2, y: thing.y}, scale: Math.max(scale, .8), animation: glide(250)});
}
