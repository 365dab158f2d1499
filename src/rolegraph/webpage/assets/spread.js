// Where things stand that were not placed before the page opened: beside one another, by plain rules, never by chance.

const BROUGHT_ALONG = new Set(['degree', 'subject', 'certification', 'training', 'organization']);
const REACH = 64; // from a thing to the lists beside it, which lines cross
const ROW_GAP = 3;
const COLUMN_GAP = 26;
const BLOCK_GAP = 14;
const STEP_GAP = 74; // between what is one step away and what is two
const TITLE = 21; // height of the heading of a list
const kindOrder = kindList.map(([kind]) => kind);

/** A list of things of one kind from (0, 0) outwards to a side: places, headings, and the room that they take. */
function listBlock(list, side) {
  const spots = new Map();
  const titles = [];
  const boxed = list[0].side === 0;
  const top = boxed ? 0 : TITLE;
  // About as high as wide: a box is four times as wide as high, a name beside an icon ten times.
  const rows = Math.min(34, Math.max(8, Math.ceil(Math.sqrt((boxed ? 3 : 9) * list.length))));
  if (!boxed) {
    titles.push({kind: list[0].group, lines: [kinds.get(list[0].group).many], x: side * ICON, y: TITLE / 2, side});
  }
  let width = 0;
  let height = 0;
  for (let start = 0; start < list.length; start += rows) {
    const column = list.slice(start, start + rows);
    const left = width ? width + COLUMN_GAP : 0;
    let y = top;
    for (const thing of column) {
      const inwards = boxed ? thing.w / 2 : ICON;
      spots.set(thing, {x: side * (left + inwards), y: y + thing.h / 2, side: boxed ? 0 : side});
      y += thing.h + ROW_GAP * (boxed ? 3 : 1);
    }
    width = left + Math.max(...column.map(thing => thing.w));
    height = Math.max(height, y);
  }
  return {spots, titles, width, height};
}
function moveBlock({spots, titles}, dx, dy) {
  for (const spot of [...spots.values(), ...titles]) {
    spot.x += dx;
    spot.y += dy;
  }
}
/** Lists by kind below each other, the middle of all at y = 0. */
function stackOf(list, side) {
  const groups = grouped(list, thing => thing.group).sort(([a], [b]) => kindOrder.indexOf(a) - kindOrder.indexOf(b));
  const blocks = groups.map(([, group]) => listBlock(group, side));
  const height = blocks.reduce((sum, block) => sum + block.height + BLOCK_GAP, -BLOCK_GAP);
  let y = -height / 2;
  for (const block of blocks) {
    moveBlock(block, 0, y);
    y += block.height + BLOCK_GAP;
  }
  return {
    spots: new Map(blocks.flatMap(block => [...block.spots])), titles: blocks.flatMap(block => block.titles),
    width: Math.max(0, ...blocks.map(block => block.width)), height: Math.max(0, height),
  };
}

/** What is around a thing: what leads to it on its left, where it leads on its right, the rest where there is room. */
function sidesOf(centre, near) {
  const side = new Map();
  const total = {'-1': 0, 1: 0};
  const put = (thing, where) => {
    side.set(thing, where);
    total[where] += thing.h;
  };
  for (const thing of near) {
    const moves = thing.links.filter(link => link.kind === 'move' && other(thing, link) === centre);
    if (moves.length) put(thing, moves.some(link => link.start === centre) ? 1 : -1);
  }
  for (const [kind, group] of grouped(near.filter(thing => !side.has(thing)), thing => thing.group)) {
    const where = BROUGHT_ALONG.has(kind) || total[1] > total[-1] ? -1 : 1;
    for (const thing of group) put(thing, where);
  }
  return side;
}
/** Places what is within a few steps of a thing, step by step outwards; steps are lists of [thing, parent]. */
function ringsOf(centre, steps) {
  const placed = {spots: new Map([[centre, {x: 0, y: 0, side: centre.side}]]), titles: []};
  const side = sidesOf(centre, (steps[0] ?? []).map(([thing]) => thing));
  for (const [thing, parent] of steps.slice(1).flat()) side.set(thing, side.get(parent));
  for (const where of [-1, 1]) {
    let reach = (centre.side === 0 ? centre.w / 2 : where > 0 ? centre.w : ICON) + REACH;
    for (const step of steps) {
      const list = step.map(([thing]) => thing).filter(thing => side.get(thing) === where);
      if (!list.length) continue;
      const stack = stackOf(list, where);
      moveBlock(stack, where * reach, 0);
      for (const [thing, spot] of stack.spots) placed.spots.set(thing, spot);
      placed.titles.push(...stack.titles);
      reach += stack.width + STEP_GAP;
    }
  }
  return placed;
}
const ROUTE_GAP = {along: 64, across: 44, below: 52}; // between roles of a route, and between routes beside each other
/** The level of every role: behind all that lead to it or, where routes lead in a circle, as in the first that has it. */
function levelsOf(routes) {
  const level = new Map(routes.flat().map(role => [role, 0]));
  for (let round = 0; round <= level.size; round++) {
    let changed = false;
    for (const route of routes) {
      for (const [at, role] of route.slice(1).entries()) {
        const least = level.get(route[at]) + 1;
        if (level.get(role) >= least) continue;
        level.set(role, least);
        changed = true;
      }
    }
    if (!changed) return level;
  }
  return new Map([...routes].reverse().flatMap(route => route.map((role, at) => [role, at])));
}
/** The lane of every role: that of the first route that has it, where no other one stands on its level. */
function sharedOut(routes, level) {
  const lane = new Map();
  const taken = new Set();
  for (const [number, route] of routes.entries()) {
    for (const role of route.filter(one => !lane.has(one))) {
      let at = number;
      while (taken.has(`${level.get(role)} ${at}`)) at += 1;
      taken.add(`${level.get(role)} ${at}`);
      lane.set(role, at);
    }
  }
  return lane;
}
/** Whether a move passes a role in its own lane. */
const passing = (routes, level, lane) => routes.some(route => route.slice(1).some((goal, at) => [...lane.keys()].some(role =>
  lane.get(role) === lane.get(goal) && lane.get(role) === lane.get(route[at]) && level.get(route[at]) < level.get(role) && level.get(role) < level.get(goal))));
/** Shares lanes out in the order of the routes or, where a short one would pass roles of a long one, to short ones first. */
function lanesFor(routes, level) {
  const given = sharedOut(routes, level);
  const short = sharedOut([...routes].sort((one, other) => one.length - other.length), level);
  return passing(routes, level, given) && !passing(routes, level, short) ? short : given;
}
/** Places the roles of routes: each route in a lane of its own, which runs to the right or, where tall, downwards. */
function lanesOf(routes, tall) {
  const level = levelsOf(routes);
  const lane = lanesFor(routes, level);
  const high = Math.max(...[...lane.keys()].map(role => role.h));
  const wide = Math.max(...[...lane.keys()].map(role => role.w));
  const spots = new Map([...lane].map(([role, at]) => [role, tall
    ? {x: at * (wide + ROUTE_GAP.across), y: level.get(role) * (high + ROUTE_GAP.below), side: 0}
    : {x: level.get(role) * (wide + ROUTE_GAP.along), y: at * (high + ROUTE_GAP.across), side: 0}]));
  return {spots, titles: []};
}
const WELL = .8; // the scale from which names can be read well
/** Lets routes run to the right where they can be read well so, else to the right or downwards, whichever shows them larger. */
function routesPlaced(routes) {
  const [flat, tall] = [false, true].map(way => lanesOf(routes, way));
  const room = ({spots}) => scaleFor([...spots.keys()], spots);
  return room(flat) >= Math.min(WELL, room(tall)) ? flat : tall;
}
/** Places things beside one that is drawn, as near to it as there is room. */
function beside(anchor, list) {
  const stack = stackOf(list, 1);
  const [halfWidth, halfHeight] = [stack.width / 2, stack.height / 2];
  const taken = [...things.map(boxOf), ...headings.map(({x, y}) => ({left: x - 80, top: y - 11, right: x + 80, bottom: y + 11}))];
  const free = (x, y) => !taken.some(box => box.right > x - halfWidth - 12 && box.left < x + halfWidth + 12
    && box.bottom > y - halfHeight - 8 && box.top < y + halfHeight + 8);
  const box = boxOf(anchor);
  const middle = [(box.left + box.right) / 2, anchor.y];
  for (let far = 0; ; far += 40) {
    const [wide, high] = [(box.right - box.left) / 2 + 40 + halfWidth + far, anchor.h / 2 + 30 + halfHeight + far];
    for (let along = 0; along <= far; along += 40) {
      for (const [dx, dy] of [[wide, along], [wide, -along], [-wide, along], [-wide, -along],
        [along, high], [-along, high], [along, -high], [-along, -high]]) {
        if (!free(middle[0] + dx, middle[1] + dy)) continue;
        moveBlock(stack, middle[0] + dx - halfWidth, middle[1] + dy);
        return stack;
      }
    }
  }
}
