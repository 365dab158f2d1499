// The legend with its filters, and the details of what the reader has chosen, each fact with its source.

// --- legend and filters

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
function addFilters(box, names, off, picture, counts, drawn) {
  const checks = new Map();
  const totals = new Map();
  for (const [name, words] of names.filter(([name]) => counts.has(name))) {
    const check = make('input', {type: 'checkbox', checked: true});
    check.addEventListener('change', () => {
      if (check.checked) off.delete(name); else off.add(name);
      refilter();
    });
    checks.set(name, check);
    const count = text('span', 'count', '');
    totals.set(name, count);
    box.append(make('label', {}, check, picture(name), text('span', '', brief(words)), count));
  }
  recounting.push(() => {
    const now = drawn();
    for (const [name, count] of totals) {
      const [some, every] = [now.get(name) ?? 0, counts.get(name)];
      count.textContent = some === every ? counted(every) : `${counted(some)}/${counted(every)}`;
    }
  });
  share.part(`no-${box.id}`, () => off.size ? [...off] : null, value => {
    const given = (Array.isArray(value) ? value : []).filter(name => checks.has(name));
    off.clear();
    for (const name of given) off.add(name);
    for (const [name, check] of checks) check.checked = !off.has(name);
    refilter();
  });
}
const recounting = [];
const countKinds = list => tally(list.map(thing => thing.group));
const countRelations = list => tally(list.map(link => link.kind));
const countSources = list => tally(list.flatMap(link => distinct(link.evidence.map(sourceOf))));
const relationCounts = countRelations(all.links);
const relationOrder = distinct([...words.keys(), ...relationCounts.keys()]);
addFilters($('kinds'), kindList.map(([kind, {many}]) => [kind, many]), hidden.kinds, icon,
  countKinds(all.things), () => countKinds(things));
addFilters($('relations'), relationOrder.map(kind => [kind, reading(kind)]), hidden.relations,
  () => null, relationCounts, () => countRelations(links));
const sourceCounts = countSources(all.links);
const sourceOrder = [...sourceCounts.keys()].sort((a, b) => sourceCounts.get(b) - sourceCounts.get(a) || (a < b ? -1 : 1));
addFilters($('sources'), sourceOrder.map(name => [name, name]), hidden.sources, () => null, sourceCounts,
  () => countSources(links));
/** Says in the legend how much is drawn. */
counter.update = () => {
  for (const recount of recounting) recount();
  $('extent').textContent = extent();
  $('extent').hidden = !partial();
};
counter.update();
$('sources').parentElement.hidden = !sourceOrder.length;

function showAll() {
  for (const check of document.querySelectorAll('#filters input')) check.checked = true;
  for (const off of Object.values(hidden)) off.clear();
  refilter();
}
$('show-all').addEventListener('click', showAll);

const LINES = {
  stated: 'stated by a source',
  observed: 'observed in data',
  derived: 'derived from other claims',
  editorial: 'added by an editor',
};
const strengths = tally(all.links.map(strength));
for (const kind of STRENGTH.filter(kind => strengths.has(kind))) {
  const dashes = (DASHES[kind] || []).join(' ');
  const line = svg(34, 'line', {x1: 0, y1: 8, x2: 34, y2: 8, 'stroke-width': 2, 'stroke-dasharray': dashes});
  $('lines').append(make('li', {}, line, LINES[kind]));
}
if (all.links.some(indirect)) {
  const thin = svg(34, 'line', {x1: 0, y1: 8, x2: 34, y2: 8, 'stroke-width': .7});
  $('lines').append(make('li', {}, thin, 'said of a matching occupation'));
}
if (all.links.some(doubted)) $('lines').append(make('li', {}, text('b', '', '?'), 'with reason to doubt it'));
$('lines').previousElementSibling.hidden = !$('lines').children.length;

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
const sources = numbers => {
  const cited = numbers.map(number => evidence[number]);
  const differ = new Set(cited.map(one => one.detail)).size > 1; // else it is said once, of the relation
  return cited.map(one => make('div', {className: 'source'},
    citation(one), differ && one.detail ? ` · ${one.detail}` : null, additions([one])));
};

/** Evidence as numbers that lead to a list of sources: a card names the same few sources many times. */
class Footnotes {
  constructor() { this.numbers = new Map(); }

  cite(numbers) {
    const cited = numbers.map(number => evidence[number]);
    const marks = distinct(cited.map(one => this.number(one))).map(number => [
      button(String(number), () => this.show(number), {className: 'cite', 'aria-label': `Source ${number}`}), ' ']);
    return [marks, additions(cited.filter(one => !one.via))];
  }

  /** What comes through an occupation has the same doubts again and again: they stand with the source. */
  number({kind, text: words, url, via, doubt, qualifier}) {
    const added = via ? {doubt, qualifier} : {};
    const key = JSON.stringify([kind, words, url, added]);
    if (!this.numbers.has(key)) this.numbers.set(key, {number: this.numbers.size + 1, kind, text: words, url, ...added});
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
      text('span', 'cite', one.number), ' ', citation(one), additions([one])));
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
    text('p', 'pay', pay.amount), pay.range ? text('p', '', capital(pay.range)) : null,
    make('p', {}, `${capital(pay.basis)} `, notes.cite(pay.evidence))))];
}
const MOST_ROWS = 12;
/** A list whose end is folded away where it is long. */
function folded(rows, item) {
  const shown = listOf(rows.slice(0, MOST_ROWS), item);
  if (rows.length <= MOST_ROWS + 2) return listOf(rows, item);
  const more = button(`Show all ${rows.length}`, () => {
    const rest = rows.slice(MOST_ROWS).map(one => make('li', {}, item(one)));
    shown.append(...rest);
    more.remove();
    rest[0].tabIndex = -1; // the keyboard goes on where the list did
    rest[0].focus();
  }, {className: 'more'});
  return [shown, more];
}
/** What is known of a relation, with who says so: figures that differ from source to source are kept apart. */
function byDetail({known, evidence: numbers}) {
  const groups = grouped(numbers, number => evidence[number].detail ?? '');
  if (groups.length < 2) return [[known, numbers]];
  return groups.map(([detail, some]) => [detail ? [detail] : [], some]);
}
const NECESSITIES = ['essential', 'minimum', 'typical', 'preferred', 'optional'];
/** Relations in the order of the legend; of each kind, those that leave before those that arrive. */
function relationParts(thing, notes) {
  const rank = one => 2 * relationOrder.indexOf(one.kind) + (one.incoming ? 1 : 0);
  const need = one => (NECESSITIES.indexOf(one.known[0]) + 6) % 6;
  const ordered = relationsOf(thing).map((one, at) => ({...one, at}))
    .sort((a, b) => rank(a) - rank(b) || b.far.drawn - a.far.drawn || need(a) - need(b) || a.at - b.at);
  for (const one of ordered) notes.cite(one.evidence); // numbers go in the order of the page, folded or not
  return grouped(ordered, one => reading(one.kind, one.incoming)).map(([name, group]) => [
    part(capital(name), group.length),
    folded(group, one => [
      goTo(one.far),
      byDetail(one).map(([known, numbers]) => [
        text('span', 'muted', `${known.map(fact => ` · ${fact}`).join('')} `), notes.cite(numbers), ' ']),
    ]),
  ]);
}
/** Other names; where they are many, the end is folded away. */
function aliasParts({aliases}) {
  if (!aliases.length) return null;
  const whole = text('span', '', aliases.join(', '));
  if (aliases.length <= MOST_ROWS + 2) return make('p', {className: 'muted'}, 'Also: ', whole);
  const some = text('span', '', `${aliases.slice(0, MOST_ROWS).join(', ')} … `);
  const more = button(`Show all ${counted(aliases.length)} names`, () => {
    some.replaceWith(whole);
    more.remove();
    whole.tabIndex = -1; // the keyboard goes on where the list did
    whole.focus();
  }, {className: 'more'});
  return make('p', {className: 'muted'}, 'Also: ', some, more);
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
  if (!thing.drawn) reveal(thing);
  Object.assign(state, {thing, link: null});
  const notes = new Footnotes();
  const named = notes.cite(thing.evidence);
  fill(
    kindLine(thing), title(thing.label),
    aliasParts(thing),
    make('p', {}, `${thing.definition ?? (thing.evidence.length ? 'Named in' : '')} `, named),
    travelParts(thing), reachParts(thing),
    payParts(thing, notes), relationParts(thing, notes), noteParts(thing, notes), notes.list(),
    part('Identifier'), make('p', {className: 'source'}, webLink(thing.iri)),
  );
  light();
  if (move) bringIn(thing);
  if (enter) $('panel').focus();
  say(`${brief(thing.label)}, ${kinds.get(thing.group).one}, ${plural(thing.links.length, 'relation')}`);
}
function chooseLink(link) {
  if (!link.drawn) revealLink(link);
  Object.assign(state, {thing: null, link});
  fill(
    text('p', 'kind', 'Relation'), title(sentence(link)),
    byDetail({known: facts(link), evidence: link.evidence}).length === 1 && facts(link).length
      ? text('p', '', capital(facts(link).join(', '))) : null,
    part('Who says so'), sources(link.evidence), part('Between'), listOf([link.start, link.end], goTo),
  );
  light();
  say(brief(sentence(link)));
}
function openPath(number, enter = false) {
  const path = paths[number];
  const roles = stops(path);
  Object.assign(state, {thing: null, link: null, path: number});
  if (drawRoutes([roles])) viewRoute(roles);
  const items = roles.map((role, place) => make('li', {},
    goTo(role),
    role.pay.map(pay => text('p', 'source', payLine(pay))),
    role.pay.length ? null : text('p', 'source', 'No source gives a pay figure.'),
    place < path.steps.length
      ? [text('p', '', `can lead to ${roles[place + 1].label}${stepWords(path, place)}`), sources(path.steps[place].evidence ?? [])] : null));
  const choices = paths.map((one, other) => routeChoice(one, other, other === number, () => {
    openPath(other);
    viewRoute(stops(one));
    $('panel').querySelector('.routes [aria-pressed="true"]').focus();
  }));
  const moves = plural(path.steps.length, 'move');
  fill(
    paths.length > 1 ? make('div', {className: 'routes', role: 'group', 'aria-label': 'Routes'}, choices) : text('p', 'kind', 'Route'),
    title(`From ${roles[0].label} to ${roles.at(-1).label}`),
    routeFacts(path),
    make('ol', {className: 'route'}, items),
    partial() ? text('p', 'muted', `On the map: ${extent()}`) : null,
    homeButton(),
  );
  light();
  if (enter) $('panel').focus();
  say(`Route with ${moves}: ${roles.map(role => brief(role.label)).join(' → ')}`);
}
const EXCERPT = 'The search and the details know everything; what you choose there is drawn. Double-click on a thing to '
  + 'draw what is next to it.';
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
    text('p', '', `${extent() || `${size}.`} Choose a thing or a line to read what is known of it, and who says so.`),
    partial() ? text('p', 'muted', EXCERPT) : null,
    part('Keys'), listOf(HINTS, ([key, does]) => [text('kbd', '', key), ` ${does}`]),
    roles.length ? [part(roles.some(isRole) ? 'Roles and groups' : 'Occupations', roles.length), listOf(roles.slice(0, 100), goTo)] : null,
  );
  light();
  say(partial() ? extent(true) : size, true);
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
