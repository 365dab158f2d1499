// Finishes routes that have begun, and gives routes in the order of their rank: what they gain is carried along.
// The rank of a move packs what routes are compared by into one whole number: the cost in billionths, the weakness of
// the evidence, the move itself. A role is meant by its place in the order in which routes of one rank go.

const spurs = (() => {
const COST_SHIFT = 50n;
/** How often one question holds one beginning of a route against another at most; that takes some seconds. */
const MOST_COMPARISONS = 2000000;

class BeyondLimit extends Error {
  constructor(rank) {
    super(`The search was given up after ${MOST_COMPARISONS} comparisons.`);
    this.rank = rank;
  }
}

// --- sets of things, as the bits of 32-bit words

function setOf(width, places) {
  const set = new Uint32Array(width);
  for (const place of places) set[place >>> 5] |= 1 << (place & 31);
  return set;
}
function union(one, other) {
  const both = one.slice();
  for (let word = 0; word < both.length; word++) both[word] |= other[word];
  return both;
}
function common(one, other) {
  const both = one.slice();
  for (let word = 0; word < both.length; word++) both[word] &= other[word];
  return both;
}
/** Tells whether a set is part of the union of two. */
function within(part, one, other) {
  for (let word = 0; word < part.length; word++) if (part[word] & ~(one[word] | other[word])) return false;
  return true;
}
const holds = (set, thing) => set[thing >>> 5] >>> (thing & 31) & 1;
/** The things of a set, one by one. */
function listed(set) {
  const things = [];
  for (let word = 0; word < set.length; word++) {
    for (let left = set[word]; left; left &= left - 1) things.push(32 * word + 31 - Math.clz32(left & -left));
  }
  return things;
}

// --- order

/** Tells whether a route comes before another one: the first number that differs decides. */
function comesBefore(one, other) {
  const common = Math.min(one.length, other.length);
  for (let at = 0; at < common; at++) if (one[at] !== other[at]) return one[at] < other[at];
  return one.length < other.length;
}
const firstOf = (one, other) => one.bound === other.bound ? comesBefore(one.route, other.route) : one.bound < other.bound;
class Heap {
  constructor(before) {
    this.before = before;
    this.items = [];
  }

  push(item) {
    const {items, before} = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = at - 1 >> 1;
      if (!before(item, items[above])) break;
      items[at] = items[above];
      at = above;
    }
    items[at] = item;
  }

  pop() {
    const {items, before} = this;
    const [top] = items;
    const item = items.pop();
    if (!items.length) return top;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && before(items[below + 1], items[below])) below++;
      if (!before(items[below], item)) break;
      items[at] = items[below];
      at = below;
    }
    items[at] = item;
    return top;
  }
}

// --- what is left to the goal

const nearer = (one, other) => one.rank < other.rank;
/** The least rank from any root to every role, null where there is no route. E. W. Dijkstra (1959). */
function distances(count, arcs, roots) {
  const found = new Array(count).fill(null);
  const heap = new Heap(nearer);
  for (const [role, rank] of roots) {
    found[role] = rank;
    heap.push({role, rank});
  }
  while (heap.items.length) {
    const {role, rank} = heap.pop();
    if (rank > found[role]) continue;
    for (const move of arcs(role)) {
      const total = rank + move.rank;
      if (found[move.role] !== null && found[move.role] <= total) continue;
      found[move.role] = total;
      heap.push({role: move.role, rank: total});
    }
  }
  return found;
}
/** For every set of roles still to pass, the least rank to the goal by way of them; none is entered twice. */
function staged(back, goal, passBy) {
  const stages = [];
  for (let waiting = 0; waiting < 1 << passBy.size; waiting++) {
    const roots = new Map(waiting ? [] : [[goal, 0n]]);
    const entered = waiting ? [...passBy.keys()].filter(role => waiting & passBy.get(role)) : [goal];
    for (const role of entered) {
      const here = waiting ? stages[waiting & ~passBy.get(role)][role] : 0n;
      if (here === null) continue;
      for (const move of back[role]) {
        const total = here + move.rank;
        if (!roots.has(move.role) || total < roots.get(move.role)) roots.set(move.role, total);
      }
    }
    const stage = distances(back.length, role => passBy.has(role) || role === goal ? [] : back[role], roots);
    stage[goal] = waiting ? null : 0n;
    stages.push(stage);
  }
  return stages;
}
/** What every role needs that one does not have who sets out from `start`, as lists. */
function stillNeeded({places, told}, start) {
  const had = new Set(told[start] ? places[start] : []);
  return places.map(things => things.filter(thing => !had.has(thing)));
}

/** For every role the things that every route from it to the goal adds: its own, and what is sure after any move. */
function sureThings(back, goal, needs) {
  const everything = needs.reduce(union);
  const sure = needs.map(() => everything);
  sure[goal] = needs[goal];
  const waiting = new Set([goal]);
  for (const role of waiting) {
    waiting.delete(role);
    for (const {role: before} of back[role]) {
      if (before === goal) continue;
      // Its own are always among those that are sure, so that what is sure can only shrink.
      if (within(sure[before], sure[role], needs[before])) continue;
      sure[before] = common(sure[before], union(sure[role], needs[before]));
      waiting.add(before);
    }
  }
  return sure;
}

// --- finishing a route that has begun: best first, by a bound that counts what is sure to come

/** Drops a beginning where another one to the same role has gained nothing more, comes before it, and blocks no
 * role more: label setting for paths with resources (M. Desrochers, F. Soumis, 1988). */
class Spurs {
  constructor({ahead, back, places, prices, told}, start, goal, via) {
    const lists = places && stillNeeded({places, told}, start);
    const bare = !lists?.some(things => things.length);
    const width = bare ? 0 : Math.ceil(prices.length / 32);
    const needs = bare ? null : lists.map(things => setOf(width, things));
    this.nothing = new Uint32Array(width);
    Object.assign(this, {ahead, goal, needs, lists, prices, comparisons: 0, known: new Map()});
    this.passBy = new Map(via.map((role, at) => [role, 1 << at]));
    this.left = staged(back, goal, this.passBy);
    this.sure = bare ? null : sureThings(back, goal, needs);
    this.passing = bare ? null : this.left.map((_, waiting) => via.reduce(
      (things, role, at) => waiting >> at & 1 ? union(things, needs[role]) : things, this.nothing));
  }

  /** What things cost that are not gained yet; exact, since billionths of up to nine million are whole numbers. */
  priceOf(things, gained) {
    let price = 0;
    for (const thing of things) if (!holds(gained, thing)) price += this.prices[thing];
    return price;
  }

  /** What any route will gain on from here, at the latest at the goal; as a set, and as a list. */
  coming(role, waiting) {
    const key = role * this.left.length + waiting;
    let known = this.known.get(key);
    if (!known) {
      const set = waiting ? union(this.sure[role], this.passing[waiting]) : this.sure[role];
      known = {set, list: listed(set)};
      this.known.set(key, known);
    }
    return known;
  }

  begun(route) {
    let rank = 0n;
    let {nothing: gained} = this;
    let priced = 0;
    let waiting = (1 << this.passBy.size) - 1 & ~(this.passBy.get(route[0]) ?? 0);
    for (let at = 1; at < route.length; at++) {
      rank += this.ahead[route[at - 1]].find(move => move.role === route[at]).rank;
      ({gained, priced} = this.gain({gained, priced}, route[at]));
      waiting &= ~(this.passBy.get(route[at]) ?? 0);
    }
    return {route, rank, gained, priced, waiting};
  }

  /** What is gained, and what that costs, with what a role adds. */
  gain({gained, priced}, role) {
    if (!this.needs) return {gained, priced};
    return {gained: union(gained, this.needs[role]), priced: priced + this.priceOf(this.lists[role], gained)};
  }

  /** What may follow: longer routes with a rank that no route that begins so goes below. */
  onwards({route, rank, gained, priced, waiting}, closed) {
    const found = [];
    for (const move of this.ahead[route.at(-1)]) {
      const {role} = move;
      const still = waiting & ~(this.passBy.get(role) ?? 0);
      const left = this.left[still][role];
      if (left === null || closed.has(role) || route.includes(role)) continue;
      const total = rank + move.rank;
      const price = this.needs ? priced + this.priceOf(this.coming(role, still).list, gained) : 0;
      const bound = (BigInt(price) << COST_SHIFT) + total + left;
      found.push({bound, route: [...route, role], rank: total, gained, priced, waiting: still});
    }
    return found;
  }

  /** A rank that no finished route goes below, null where there is none. */
  bound(route, banned) {
    const begun = this.begun(route);
    if (route.at(-1) === this.goal) {
      return banned.size || begun.waiting ? null : begun.rank + (BigInt(begun.priced) << COST_SHIFT);
    }
    return this.onwards(begun, banned).reduce((least, {bound}) => least === null || bound < least ? bound : least, null);
  }

  /** The first of the routes that begin so, visit no role twice, and do not go on to a banned one; or null. */
  finish(route, banned) {
    const begun = this.begun(route);
    if (route.at(-1) === this.goal) return {bound: begun.rank + (BigInt(begun.priced) << COST_SHIFT), route};
    const heap = new Heap(firstOf);
    for (const item of this.onwards(begun, banned)) heap.push(item);
    const blocked = new Set(route);
    const followed = new Map();
    while (heap.items.length) {
      const item = heap.pop();
      const role = item.route.at(-1);
      if (role === this.goal) return item;
      Object.assign(item, this.gain(item, role)); // not before: most beginnings are never looked at
      const key = role * (1 << this.passBy.size) + item.waiting;
      const others = followed.get(key) ?? [];
      if (this.beaten(item, others, role)) continue;
      followed.set(key, others);
      others.push(item);
      this.comparisons += others.length;
      if (this.comparisons > MOST_COMPARISONS) throw new BeyondLimit(item.bound);
      for (const longer of this.onwards(item, blocked)) heap.push(longer);
    }
    return null;
  }

  beaten(item, others, role) {
    if (!others.length) return false;
    const coming = this.needs ? this.coming(role, item.waiting).set : this.nothing;
    const roles = this.passBy.size ? new Set(item.route) : null;
    return others.some(other => (other.rank === item.rank ? comesBefore(other.route, item.route) : other.rank < item.rank)
      && within(other.gained, item.gained, coming)
      && (!roles || other.route.every(one => roles.has(one))));
  }
}

/** The routes by rank, then by their numbers, one after the other. Every route found splits what remains into
 * routes that leave it at its first role, its second ... (J. Y. Yen, 1971; E. L. Lawler, 1972). */
function* inOrder(spurs, start) {
  const heap = new Heap((one, other) => one.bound === other.bound && one.found !== other.found
    ? one.found < other.found : firstOf(one, other));
  const wait = (begun, banned) => {
    const bound = spurs.bound(begun, banned);
    if (bound !== null) heap.push({bound, found: 0, route: begun, begun, banned});
  };
  wait([start], new Set());
  while (heap.items.length) {
    const {bound, found, route, begun, banned} = heap.pop();
    if (!found) {
      const finished = spurs.finish(begun, banned);
      if (finished) heap.push({bound: finished.bound, found: 1, route: finished.route, begun, banned});
      continue;
    }
    yield {rank: bound, route};
    for (let length = begun.length; length < route.length; length++) {
      wait(route.slice(0, length), new Set([route[length], ...(length === begun.length ? banned : [])]));
    }
  }
}
return {BeyondLimit, COST_SHIFT, MOST_COMPARISONS, Spurs, inOrder};
})();
