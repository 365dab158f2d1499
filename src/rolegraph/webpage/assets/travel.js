// The path finder: its form, the routes that it finds, and what is said of them. The search itself is in finder.js.

const MOST_ASKED = 6; // roles to pass: each doubles the work
const MOST_FOUND = 3;
const COST_WORDS = {
  hops: 'few moves', gap: 'few skills to learn', 'pay-cut': 'little pay lost', years: 'few years asked for', doubt: 'little doubt',
};
const UNTOLD = {
  gap: 'no source names a skill of the role they lead to',
  years: 'no source says what experience the role they lead to asks for',
  'pay-cut': 'no source gives figures for both roles that may be compared',
  doubt: 'their evidence has no share of people',
};
const given = [...paths]; // the routes that the page was made with
const travel = {asked: null, data: null, roles: null, links: null, weakness: null};
/** What the search needs, read when it is first asked for. */
const travelData = () => travel.data ??= JSON.parse($('travel-data').textContent);
/** What can be done before anybody asks, bit by bit while nothing else is to be done. */
function prepare(tasks) {
  const [task, ...rest] = tasks;
  if (!task) return;
  const idle = window.requestIdleCallback ?? (work => setTimeout(work, 200)); // which Safari does not know
  idle(() => {
    task();
    prepare(rest);
  });
}
network.once('afterDrawing', () => prepare([names, ...['gap', 'hops'].map(by => () => finder.warm(travelData(), by))]));
/** What the pickers offer: what moves connect, but of occupations only those that have moves. */
const travelRoles = () => travel.roles ??= travelData().roles.map(id => names()[id])
  .filter(({thing}) => thing.group !== 'occupation' || thing.links.some(link => link.kind === 'move'));

// --- words

/** A cost with its unit: three digits, or whole from a thousand on, as on the command line. */
function inUnit(cost, unit) {
  const whole = Number.isInteger(cost) || cost >= 1000;
  const figure = whole ? counted(Math.round(cost)) : String(Number(cost.toPrecision(3)));
  return `${figure} ${cost === 1 && unit.endsWith('s') ? unit.slice(0, -1) : unit}`.trim();
}
const movesOf = path => path.steps.length;
function costWords({by, unit, missing, unknown, amount}) {
  return `${by}: ${unknown && missing === 'ignore' ? 'at least ' : ''}${inUnit(amount, unit)}`;
}
function unknownWords({missing, unknown}) {
  return `${plural(unknown, 'move')} of unknown cost, ${missing === 'worst' ? 'counted as the worst known' : 'not counted'}`;
}
/** How many moves a route has and what it costs, with what is not known of that. */
function totalWords(path) {
  const moves = plural(movesOf(path), 'move');
  if (path.by === 'hops') return moves;
  if (path.unit === undefined) return `${moves}, ${path.by} ${path.cost}`;
  return `${moves}; ${costWords(path)}${path.unknown ? ` (${unknownWords(path)})` : ''}`;
}
const moveBetween = (start, goal) => {
  travel.links ??= new Map(all.links.filter(link => link.kind === 'move').map(link => [`${link.from} ${link.to}`, link]));
  return travel.links.get(`${start} ${goal}`);
};
/** How weak the evidence of the moves of a route is, from 0 to 800. */
function weaknesses({nodes}) {
  const {roles, moves} = travelData();
  travel.weakness ??= new Map(moves.map(([from, to, weakness]) => [`${roles[from]} ${roles[to]}`, weakness]));
  return nodes.slice(1).map((goal, at) => travel.weakness.get(`${nodes[at]} ${goal}`) ?? 0);
}
/** What a move rests on at best. */
function strengthWords(link, weakness) {
  const best = link ? strength(link) : '';
  if (best === 'stated') return weakness ? 'stated, doubted' : 'stated';
  if (best !== 'observed') return best || 'no source';
  return link.count ? `observed ${link.count === 1 ? 'once' : `${counted(link.count)} times`}` : 'observed';
}
/** The move of the weakest evidence, the first of such; null where all are stated and nobody doubts them. */
function weakestOf(path) {
  const weak = weaknesses(path);
  const most = Math.max(0, ...weak);
  if (!most) return null;
  const at = weak.indexOf(most);
  const [start, goal] = [path.nodes[at], path.nodes[at + 1]];
  return {start: all.things[start], goal: all.things[goal], words: strengthWords(moveBetween(start, goal), most)};
}
/** What stands above a route: what it costs, how strong it is, and what was left out in the search. */
function routeFacts(path) {
  const weakest = weakestOf(path);
  return [
    text('p', 'muted', totalWords(path)),
    weakest ? text('p', 'muted',
      `As strong as its weakest move: ${weakest.start.label} → ${weakest.goal.label}, ${weakest.words}`) : null,
    path.remark ? text('p', 'muted', path.remark) : null,
  ];
}
/** A button that opens one of the routes, with what tells it from the others. */
function routeChoice(path, number, chosen, open) {
  const weakest = weakestOf(path);
  const lines = [
    plural(movesOf(path), 'move'),
    path.by === 'hops' ? '' : path.unit === undefined ? `${path.by} ${path.cost}` : costWords(path),
    path.unknown ? `${counted(path.unknown)} unknown` : '',
    weakest ? `weakest: ${weakest.words}` : '',
  ];
  const card = button('', open, {'aria-pressed': String(chosen)});
  card.append(text('b', '', `Route ${number + 1}`), ...lines.filter(Boolean).map(line => text('span', '', line)));
  return card;
}
/** What a move of a route costs. */
function stepWords(path, at) {
  const cost = path.steps[at].cost;
  if (path.by === 'hops' || cost === undefined) return '';
  return ` · ${path.by}: ${cost === null ? 'not known' : inUnit(cost, path.unit)}`;
}

// --- the form

const asking = {
  from: new Picker('from', () => {}, () => travelNow()),
  to: new Picker('to', () => {}, () => travelNow()),
  via: new Several('via', MOST_ASKED, () => travelNow()),
  avoid: new Several('avoid', Infinity, () => travelNow()),
};
$('by').append(...Object.entries(COST_WORDS).map(([value, words]) => make('option', {value}, words)));
function object(words) {
  $('travel-says').textContent = words;
  $('travel-says').hidden = !words;
  if (words) say(words);
}
const missingName = ({input}, what) => {
  input.focus();
  object(input.value.trim() ? `No ${END}, or more than one, is called “${brief(input.value.trim())}”. Take one from the list.` : what);
};
/** Finds the routes that the form asks for, and opens the first. */
function travelNow() {
  const {from, to, via, avoid} = asking;
  if (!from.role()) return missingName(from, `Name the ${END} to start from.`);
  if (!to.role()) return missingName(to, `Name the ${END} to get to.`);
  for (const several of [via, avoid]) if (!several.typed()) return missingName(several.picker, '');
  answer({from: from.role(), to: to.role(), by: $('by').value, missing: $('missing').value, via: via.things, avoid: avoid.things});
  $('panel').focus({preventScroll: true});
  $('panel').scrollIntoView({block: 'nearest'}); // on a phone it is below the map
}
function fillForm({from, to, by = 'hops', missing = 'skip', via = [], avoid = []}) {
  asking.from.put(from);
  asking.to.put(to);
  asking.via.put(via);
  asking.avoid.put(avoid);
  $('by').value = by in COST_WORDS ? by : 'hops';
  $('missing').value = missing;
  if (via.length || avoid.length || missing !== 'skip') $('conditions').open = true;
}
/** Back to the routes that the page was made with, or to none. */
function forgetRoutes() {
  travel.asked = null;
  object('');
  paths.splice(0, Infinity, ...given);
  fillForm(given.length ? {from: stops(given[0])[0], to: stops(given[0]).at(-1), by: given[0].by} : {from: null, to: null});
  state.path = given.length ? 0 : null;
  clearChoice();
}
$('find').addEventListener('click', travelNow);
$('swap').addEventListener('click', () => {
  const [from, to] = [asking.from.role(), asking.to.role()];
  asking.from.put(to);
  asking.to.put(from);
  say(`From ${to ? brief(to.label) : 'nowhere yet'} to ${from ? brief(from.label) : 'nowhere yet'}`);
});
$('forget').addEventListener('click', () => {
  forgetRoutes();
  asking.from.input.focus();
});
/** Buttons that put a role into the form. */
function travelParts(thing) {
  if ($('travel').hidden || !travelRoles().some(entry => entry.thing === thing)) return null;
  const fillIn = (mine, theirs) => () => {
    asking[mine].put(thing);
    $('travel').querySelector('details').open = true;
    if (asking[theirs].role()) return travelNow();
    asking[theirs].input.focus();
  };
  return make('p', {className: 'reach'},
    button('Find a path from here', fillIn('from', 'to')), ' ', button('to here', fillIn('to', 'from'), {'aria-label': 'Find a path to here'}));
}

// --- the answer

const rulesOf = ({via, avoid}) => [['via', via], ['avoid', avoid]].filter(([, list]) => list.length)
  .map(([rule, list]) => `${rule} ${list.map(thing => thing.label).join(', ')}`);
/** What became of the moves whose figure no source gives. */
function untoldWords({untold, allowed, worst}, {by, missing}, unit) {
  if (!untold) return '';
  const done = {
    skip: 'are left out',
    worst: `count as the worst known, ${inUnit(worst ?? 0, unit)}, each`,
    ignore: 'count as nothing, so that totals are least figures',
  }[missing];
  return `By ${by}, ${counted(untold)} of ${plural(allowed, 'move')} ${done}: ${UNTOLD[by] ?? 'no figure is given'}.`;
}
function limitWords({least, routes}, unit) {
  if (least === null) return '';
  const known = routes.length ? ` The ${routes.length} cheapest ${routes.length === 1 ? 'is' : 'are'} known.` : '';
  return `The search was given up after ${counted(finder.MOST_COMPARISONS)} comparisons of routes.${known} Any other costs at least ${
    inUnit(least, unit)}. Avoid some roles or choose another cost, and it has less to compare.`;
}
function answer(asked) {
  const {by, missing} = asked;
  const {unit} = travelData().costs[by];
  const ids = list => list.map(thing => thing.id);
  travel.asked = asked;
  object('');
  let found;
  try {
    found = finder.findRoutes(travelData(),
      {by, missing, k: MOST_FOUND, from: asked.from.id, to: asked.to.id, via: ids(asked.via), avoid: ids(asked.avoid)});
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    found = {routes: [], problem: error.message, least: null};
  }
  const remarks = [untoldWords(found, asked, unit), limitWords(found, unit)].filter(Boolean);
  paths.splice(0, Infinity, ...found.routes.map(route => ({
    nodes: route.roles, by, unit, missing, unknown: route.unknown, amount: route.cost, remark: remarks.join(' '),
    steps: route.steps.map((cost, at) => {
      const link = moveBetween(route.roles[at], route.roles[at + 1]);
      return {edge: link.id, evidence: link.evidence, cost};
    }),
  })));
  Object.assign(state, {thing: null, link: null, path: paths.length ? 0 : null}); // before anything is drawn
  if (!paths.length) return openNoRoute(asked, found, remarks);
  const roles = paths.map(stops);
  if (!roles.flat().every(shown)) showAll();
  drawRoutes(roles);
  openPath(0);
  viewRoute(roles[0]);
  const count = paths.length < MOST_FOUND ? `${plural(paths.length, 'route')}, no more` : plural(paths.length, 'route');
  say(`${count}. The first: ${totalWords(paths[0])}: ${roles[0].map(role => brief(role.label)).join(' → ')}`);
}
function openNoRoute(asked, {reachable = [], leading = [], problem, least}, remarks) {
  const rules = rulesOf(asked);
  const words = problem ?? `No route ${least === null ? '' : 'is known '}from ${asked.from.label} to ${asked.to.label}${
    rules.length ? ` under the rule: ${rules.join('; ')}` : ''}.`;
  const listed = (heading, list) => [part(heading, list.length), list.length
    ? folded(list.map(id => all.things[id]).sort((a, b) => a.label < b.label ? -1 : 1), goTo) : text('p', '', 'nothing')];
  fill(
    title('No route'), text('p', '', words), remarks.map(words => text('p', 'muted', words)),
    problem || least !== null ? null : [
      listed(`From ${asked.from.label} one can reach`, reachable),
      listed(`${capital(asked.to.label)} can be reached from`, leading)],
  );
  light();
  say(problem ?? `${brief(words)} From there one can reach ${plural(reachable.length, END)}; the goal can be reached from ${leading.length}`);
}

// --- in the address: from, to, cost, what a missing figure does, then roles to pass (+) and to avoid (-)

share.part('route', () => travel.asked && [
  called.name(travel.asked.from), called.name(travel.asked.to), travel.asked.by, travel.asked.missing,
  ...travel.asked.via.map(thing => `+${called.name(thing)}`), ...travel.asked.avoid.map(thing => `-${called.name(thing)}`),
], value => {
  const [from, to, by, missing, ...rules] = Array.isArray(value) ? value : [];
  const role = name => {
    const thing = typeof name === 'string' ? called.thing(name) : null;
    return thing && travelData().roles.includes(thing.id) ? thing : null;
  };
  const ruled = sign => rules.filter(rule => rule[0] === sign).map(rule => role(rule.slice(1))).filter(Boolean);
  const asked = {from: role(from), to: role(to), by, missing, via: ruled('+').slice(0, MOST_ASKED), avoid: ruled('-')};
  const known = asked.from && asked.to && by in COST_WORDS && ['skip', 'worst', 'ignore'].includes(missing);
  if (!known) return forgetRoutes();
  fillForm(asked);
  answer(asked);
});
if (given.length) fillForm({from: stops(given[0])[0], to: stops(given[0]).at(-1), by: given[0].by});
