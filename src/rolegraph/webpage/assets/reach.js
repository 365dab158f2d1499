// How much of the network is drawn: the opening map, what is within some steps of a thing, a route, and more of each.

const MOST_DRAWN = 500; // a focus draws no more: the nearest, and of these the best evidenced
const MOST_ADDED = 40; // things that are added at once
const home = {
  titles: headings, links: [...links],
  spots: new Map(things.map(thing => [thing, {x: thing.x, y: thing.y, side: thing.side}])),
};
/** What is drawn: the opening map, what is within depth steps of a thing, or routes; what was added since, and
 * whether the reader asked for the opening map, however small a route is there. */
const reach = {focus: null, depth: 0, cut: false, routes: null, added: [], kept: false};
const counter = {update() {}}; // the legend puts its own in

const NEVER_FOLLOWED = new Set(['described_as', 'matches']);
const followed = (thing, link) => !NEVER_FOLLOWED.has(link.kind) || thing.group === 'occupation';
const weightOf = link => 10 * (link.kind === 'move' ? 0 : 1) + 4 * (indirect(link) ? 1 : 0)
  + (strength(link) === 'stated' ? 0 : 2) + (link.necessity === 'essential' ? 0 : 1) - Math.min(.9, (link.count ?? 0) / 1000);
/** The things next to one, the best evidenced first. */
function nextTo(thing) {
  const links = thing.links.filter(link => followed(thing, link)).map(link => [weightOf(link), link]);
  const ordered = links.sort(([a, one], [b, two]) => a - b || one.id - two.id);
  return [...new Set(ordered.map(([, link]) => other(thing, link)))].filter(one => one !== thing);
}
/** What is one, two ... steps from a thing, each with what it was reached from. */
function stepsFrom(thing, depth) {
  const seen = new Set([thing]);
  const steps = [];
  let front = [thing];
  steps.cut = false; // whether there was no room for all
  while (steps.length < depth) {
    const step = [];
    for (const parent of front) {
      for (const one of nextTo(parent)) {
        if (seen.has(one)) continue;
        if (seen.size >= MOST_DRAWN) {
          steps.cut = true;
          continue;
        }
        seen.add(one);
        step.push([one, parent]);
      }
    }
    if (!step.length) break;
    steps.push(step);
    front = step.map(([one]) => one);
  }
  return steps;
}

// --- drawing

function stand(spots) {
  for (const [thing, {x, y, side}] of spots) Object.assign(thing, {x, y, side});
}
/** Tells vis-network what is drawn; lines end at the borders of things, which it knows when it has drawn them once. */
function drawThese(list, lines, titles) {
  guide.all = Boolean(reach.routes);
  for (const one of [...things, ...links]) one.drawn = false;
  things = [...new Set(list)].sort((a, b) => a.id - b.id);
  links = [...new Set(lines)].sort((a, b) => a.id - b.id);
  headings = titles;
  for (const one of [...things, ...links]) one.drawn = true;
  remember();
  state.lit = marked();
  linkSet.clear();
  thingSet.clear();
  thingSet.add(things.map(spot));
  linkSet.add(links.map(lineOf));
  network.once('afterDrawing', () => network.redraw());
  network.redraw();
  counter.update();
  letLoose();
}
/** The lines between things: those that start or end at one of them that was opened. */
const linesAmong = (set, opened) => all.links.filter(link => set.has(link.start) && set.has(link.end)
  && (opened.has(link.start) || opened.has(link.end)));
function beginWith(changes = {}) {
  Object.assign(reach, {focus: null, depth: 0, cut: false, routes: null, added: [], kept: false}, changes);
}
/** Goes back to the map as it was at first. */
function drawHome() {
  beginWith();
  stand(home.spots);
  drawThese(home.spots.keys(), home.links, home.titles);
}
/** Draws only what is within some steps of a thing. */
function drawNear(thing, depth) {
  const steps = stepsFrom(thing, depth);
  const inner = [thing, ...steps.slice(0, depth - 1).flat().map(([one]) => one)];
  beginWith({focus: thing, depth, cut: steps.cut});
  const {spots, titles} = ringsOf(thing, steps);
  stand(spots);
  drawThese(spots.keys(), linesAmong(spots, new Set(inner)), titles);
}
/**
 * Draws routes, lists of roles, unless all of them is drawn; on the first map, if that has them and the first of them
 * can be read there from end to end, else alone. Says if it drew.
 */
function drawRoutes(routes, anew = false) {
  const pairs = routes.flatMap(route => route.slice(1).map((role, at) => [route[at], role]));
  const lines = all.links.filter(link => link.kind === 'move' && pairs.some(([start, end]) => link.start === start && link.end === end));
  const [first] = routes;
  if (!anew && routes.flat().every(role => role.drawn) && lines.every(link => link.drawn)
    && (reach.routes || reach.kept || scaleFor(first) >= READABLE)) return false;
  if (!anew && atHome(routes.flat(), lines) && scaleFor(first, home.spots) >= READABLE) {
    drawHome();
    return true;
  }
  beginWith({routes});
  const {spots} = routesPlaced(routes);
  stand(spots);
  drawThese(spots.keys(), lines, []);
  return true;
}
/** Whether the first map has these things and lines. */
const atHome = (list, lines) => list.every(thing => home.spots.has(thing)) && lines.every(link => home.links.includes(link));
function addTo(anchor, list, opened, lines = []) {
  recall();
  if (list.length) {
    const {spots, titles} = beside(anchor, list);
    stand(spots);
    headings = [...headings, ...titles];
  }
  const set = new Set([...things, ...list]);
  drawThese(set, [...links, ...lines, ...linesAmong(set, new Set([opened]))], headings);
}
const undrawnNext = thing => nextTo(thing).filter(one => !one.drawn);
/** Draws the things next to one, at most so many at once. */
function expand(thing) {
  const list = undrawnNext(thing);
  const some = list.slice(0, MOST_ADDED);
  if (!thing.drawn) reveal(thing);
  reach.added.push(['+', thing]);
  addTo(thing, some.filter(one => !one.drawn), thing);
  const left = list.length - some.length;
  return `${plural(some.length, 'thing')} next to ${brief(thing.label)} added${left ? `, ${counted(left)} more are known` : ''}`;
}
/** The shortest way from a thing to one that is drawn, the drawn one last; null where nothing leads there. */
function wayToMap(thing) {
  const from = new Map([[thing, null]]);
  for (const one of from.keys()) {
    if (one.drawn) {
      const way = [one];
      while (from.get(way[0])) way.unshift(from.get(way[0]));
      return way;
    }
    for (const next of nextTo(one)) if (!from.has(next)) from.set(next, one);
  }
  return null;
}
/** Draws a thing that is not on the map, with its lines to what is, or with what leads there. */
function reveal(thing) {
  const way = wayToMap(thing) ?? [thing, things.at(-1)];
  const anchor = way.at(-1);
  const steps = way.slice(1).flatMap((one, at) => one.links.filter(link => other(one, link) === way[at]));
  reach.added.push(['-', thing]);
  if (anchor) return addTo(anchor, way.slice(0, -1), thing, steps);
  stand([[thing, {x: 0, y: 0, side: thing.side}]]);
  drawThese([thing], [], []);
}

/** Draws a relation that is not on the map. */
function revealLink(link) {
  for (const end of [link.start, link.end]) if (!end.drawn) reveal(end);
  if (!link.drawn) drawThese(things, [...links, link], headings);
}

// --- in words, and by buttons

/** How much of the network is drawn; nothing where all is. */
function extent(withLinks = false) {
  if (!partial()) return '';
  const lines = withLinks ? ` and ${counted(links.length)} of ${plural(all.links.length, 'relation')}` : '';
  const size = `${counted(things.length)} of ${counted(all.things.length)} things${lines}`;
  const more = reach.added.length ? ', and what was added' : '';
  if (reach.focus) return `${size}:${reach.cut ? ' the nearest' : ''} within ${plural(reach.depth, 'step')} of ${brief(reach.focus.label)}${more}.`;
  if (reach.routes) return `${size}: ${reach.routes.length === 1 ? 'a route' : 'routes'}${more}.`;
  return around.length ? `${size}, around ${joined(around.map(id => brief(all.things[id].label)))}${more}.` : `${size}.`;
}
const homeIsAll = !partial();
const isHome = () => !reach.focus && !reach.routes && !reach.added.length;
function tellReach(words) {
  state.touched = true;
  if (state.thing?.drawn) choose(state.thing); else clearChoice();
  say(`${words}: ${counted(things.length)} of ${plural(all.things.length, 'thing')} drawn`, true);
}
/** Shows the whole list if it can be read so, else what is in the middle. */
function viewAround(thing, list) {
  if (scaleFor(list) >= .5) return view(list, {most: 1.1});
  network.moveTo({position: {x: thing.x, y: thing.y}, scale: .62, animation: glide(300)});
}
function focusOn(thing, depth) {
  drawNear(thing, depth);
  tellReach(`${reach.cut ? `The nearest ${MOST_DRAWN} w` : 'W'}ithin ${plural(depth, 'step')} of ${brief(thing.label)}`);
  viewAround(thing, everything());
  $(`within-${depth}`)?.focus();
}
function goHome() {
  drawHome();
  reach.kept = true;
  if (state.path !== null && !stops(paths[state.path]).every(role => role.drawn)) state.path = null;
  tellReach(homeIsAll ? 'Everything' : 'The map as it was at first');
  openingView();
  ($('expand') ?? $('panel')).focus();
}
/** Draws more next to a thing; enter leaves the keyboard at the button for still more. */
function grow(thing, {enter = false} = {}) {
  const words = expand(thing);
  tellReach(words);
  viewAround(thing, [thing, ...thing.links.filter(linkShown).map(link => other(thing, link))]);
  if (enter) ($('expand') ?? $('panel')).focus();
}
const homeButton = () => isHome() ? null
  : button(homeIsAll ? 'Back to everything' : 'Back to the first map', goHome, {id: 'go-home'});
/** Buttons for how much is drawn around a thing. */
function reachParts(thing) {
  const undrawn = undrawnNext(thing).length;
  const depths = [1, 2, 3].map(depth => button(String(depth), () => focusOn(thing, depth), {
    id: `within-${depth}`, 'aria-label': `Within ${plural(depth, 'step')}`,
    'aria-pressed': String(reach.focus === thing && reach.depth === depth)}));
  const more = undrawn ? button(`Draw ${undrawn > MOST_ADDED ? `${MOST_ADDED} of ` : ''}${counted(undrawn)} more next to it`,
    () => grow(thing, {enter: true}), {id: 'expand'}) : null;
  const back = homeButton();
  return make('div', {className: 'reach', role: 'group', 'aria-label': 'How much is drawn'},
    make('p', {}, 'Only within', depths, 'steps of it'), more || back ? make('p', {}, [more, back]) : null);
}
network.on('doubleClick', event => {
  const {thing} = under(event.pointer.DOM);
  if (thing) grow(thing);
});

// --- in the address: what is near; what was added is named last, for it builds on routes, too

share.part('near', () => reach.focus ? [called.name(reach.focus), String(reach.depth)] : null, value => {
  const thing = Array.isArray(value) ? called.thing(value[0]) : null;
  if (thing && /^[123]$/.test(value[1])) drawNear(thing, Number(value[1]));
  else drawHome();
});
const addedNames = () => reach.added.length ? reach.added.map(([sign, thing]) => sign + called.name(thing)) : null;
function addNamed(value) {
  if (reach.focus) drawNear(reach.focus, reach.depth);
  else if (reach.routes) drawRoutes(reach.routes, true);
  else drawHome();
  for (const word of (Array.isArray(value) ? value : []).filter(word => typeof word === 'string')) {
    const thing = called.thing(word.slice(1));
    if (!thing) continue;
    if (word.startsWith('+')) expand(thing); else if (!thing.drawn) reveal(thing);
  }
}
