// Finishes routes that have begun, and gives routes in the order of their rank: what they gain is carried along.
// A rank is what routes are compared by, in three whole numbers: what they cost in units, the billionths beyond these,
// and a tie that adds up the weakness of the evidence and the moves. Ranks stand in columns, and sets of things are the
// bits of 32-bit words in one array, so that the search makes no objects while it runs.
// A role is meant by its place in the order in which routes of one rank go.

const spurs = (() => {
const BILLION = 1e9;
/** How often one question holds one beginning of a route against another at most; that takes some seconds. */
const MOST_COMPARISONS = 2000000;

class BeyondLimit extends Error {
  constructor(rank) {
    super(`The search was given up after ${MOST_COMPARISONS} comparisons.`);
    this.rank = rank;
  }
}

// --- ranks

/** Many ranks, as columns; at first all of them are beyond every other. */
class Ranks {
  constructor(count) {
    for (const column of ['whole', 'part', 'tie']) this[column] = new Float64Array(count).fill(Infinity);
  }

  set(at, whole, part, tie) {
    const over = part >= BILLION && part < Infinity ? Math.floor(part / BILLION) : 0;
    this.whole[at] = whole + over;
    this.part[at] = part - over * BILLION;
    this.tie[at] = tie;
  }

  get(at) { return [this.whole[at], this.part[at], this.tie[at]]; }
  known(at) { return this.tie[at] < Infinity; }
  /** Below 0 where the rank in one place comes before that in another, above 0 where it comes after it. */
  order(one, other) {
    const {whole, part, tie} = this;
    if (whole[one] !== whole[other]) return whole[one] < whole[other] ? -1 : 1;
    if (part[one] !== part[other]) return part[one] < part[other] ? -1 : 1;
    return tie[one] === tie[other] ? 0 : tie[one] < tie[other] ? -1 : 1;
  }

  grown() {
    const larger = new Ranks(2 * this.tie.length);
    for (const column of ['whole', 'part', 'tie']) larger[column].set(this[column]);
    return larger;
  }
}
const orderOf = (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

/** Numbers, of which that comes out next which comes before all others; places: where each stands, if it may rise. */
class Heap {
  constructor(before, places = null) {
    Object.assign(this, {before, places, items: []});
  }

  get size() { return this.items.length; }

  put(item, at) {
    this.items[at] = item;
    if (this.places) this.places[item] = at;
  }

  push(item) { this.rise(item, this.items.push(item) - 1); }

  rise(item, from) {
    const {before, items} = this;
    let at = from;
    while (at > 0) {
      const above = at - 1 >> 1;
      if (!before(item, items[above])) break;
      this.put(items[above], at);
      at = above;
    }
    this.put(item, at);
  }

  pop() {
    const {before, items} = this;
    const [top] = items;
    const item = items.pop();
    if (!items.length) return top;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && before(items[below + 1], items[below])) below++;
      if (!before(items[below], item)) break;
      this.put(items[below], at);
      at = below;
    }
    this.put(item, at);
    return top;
  }
}

// --- moves

/** The moves of every role one after the other: those of a role stand from first[role] up to first[role + 1]. */
function arcsOf(count, from, to, rank, move) {
  const first = new Int32Array(count + 1);
  for (const role of from) first[role + 1]++;
  for (let role = 0; role < count; role++) first[role + 1] += first[role];
  const next = first.slice();
  const arcs = {first, role: new Int32Array(from.length), move: new Int32Array(from.length), rank: new Ranks(from.length)};
  for (let at = 0; at < from.length; at++) {
    const place = next[from[at]]++;
    arcs.role[place] = to[at];
    arcs.move[place] = move[at];
    arcs.rank.set(place, rank.whole[at], rank.part[at], rank.tie[at]);
  }
  return arcs;
}
/** The place of a move among the arcs. */
function arcTo(arcs, from, to) {
  for (let at = arcs.first[from]; at < arcs.first[from + 1]; at++) if (arcs.role[at] === to) return at;
  return -1;
}

// --- what is left to the goal

/** The least rank from any root to every role, without leaving one that is shut. E. W. Dijkstra (1959). */
function distances(arcs, roots, shut) {
  const count = arcs.first.length - 1;
  const found = new Ranks(count);
  const places = new Int32Array(count).fill(-1);
  const heap = new Heap((one, other) => found.order(one, other) < 0, places);
  const {rank: more, role: far, first} = arcs;
  const reach = (role, whole, part, tie) => {
    found.set(role, whole, part, tie);
    if (places[role] < 0) heap.push(role); else heap.rise(role, places[role]);
  };
  for (const [role, rank] of roots) reach(role, ...rank);
  while (heap.size) {
    const role = heap.pop();
    if (shut.has(role)) continue;
    for (let at = first[role]; at < first[role + 1]; at++) {
      const [next, whole, part, tie] = [far[at], found.whole[role] + more.whole[at], found.part[role] + more.part[at], found.tie[role] + more.tie[at]];
      if (shorter(found, next, whole, part, tie)) reach(next, whole, part, tie);
    }
  }
  return found;
}
/** Whether a rank, its billionths perhaps more than one unit, comes before that in a place. */
function shorter(ranks, at, whole, part, tie) {
  const over = part >= BILLION ? 1 : 0;
  if (whole + over !== ranks.whole[at]) return whole + over < ranks.whole[at];
  if (part - over * BILLION !== ranks.part[at]) return part - over * BILLION < ranks.part[at];
  return tie < ranks.tie[at];
}
/** For every set of roles still to pass, the least rank to the goal by way of them; none is entered twice. */
function staged(back, goal, passBy) {
  const shut = new Set([...passBy.keys(), goal]);
  const stages = [];
  for (let waiting = 0; waiting < 1 << passBy.size; waiting++) {
    const roots = new Map(waiting ? [] : [[goal, [0, 0, 0]]]);
    const entered = waiting ? [...passBy.keys()].filter(role => waiting & passBy.get(role)) : [goal];
    for (const role of entered) {
      const here = waiting ? stages[waiting & ~passBy.get(role)].get(role) : [0, 0, 0];
      if (here[2] === Infinity) continue;
      for (let at = back.first[role]; at < back.first[role + 1]; at++) {
        const total = back.rank.get(at).map((each, column) => each + here[column]);
        const known = roots.get(back.role[at]);
        if (!known || orderOf(total, known) < 0) roots.set(back.role[at], total);
      }
    }
    const stage = distances(back, roots, shut);
    stage.set(goal, ...waiting ? [Infinity, Infinity, Infinity] : [0, 0, 0]);
    stages.push(stage);
  }
  return stages;
}

// --- sets of things: those of one role stand in as many words as all of them need

/** For every role the things that every route from it to the goal adds: its own, and what is sure after any move. */
function sureThings(back, goal, needs, width) {
  const count = back.first.length - 1;
  const sure = new Uint32Array(needs.length).fill(0xffffffff);
  sure.set(needs.subarray(goal * width, (goal + 1) * width), goal * width);
  const waiting = [goal];
  const queued = new Uint8Array(count);
  for (let turn = 0; turn < waiting.length; turn++) {
    const role = waiting[turn];
    queued[role] = 0;
    for (let at = back.first[role]; at < back.first[role + 1]; at++) {
      const before = back.role[at];
      if (before === goal) continue;
      let changed = 0;
      for (let word = 0; word < width; word++) {
        const place = before * width + word;
        const kept = sure[place] & sure[role * width + word] | needs[place];
        changed |= kept ^ sure[place];
        sure[place] = kept;
      }
      if (!changed || queued[before]) continue;
      queued[before] = 1;
      waiting.push(before);
    }
  }
  return sure;
}
function bitsIn(word) {
  const pairs = word - (word >>> 1 & 0x55555555);
  const fours = (pairs & 0x33333333) + (pairs >>> 2 & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

// --- the question

/** What all searches of one question share: the moves, what is left to the goal, and what is sure to be gained. */
class Plan {
  constructor({ahead, back, kit}, start, goal, via, most = MOST_COMPARISONS) {
    const {width, needs, told, prices, each} = kit;
    const count = ahead.first.length - 1;
    const stages = 1 << via.length;
    const passBy = new Map(via.map((role, at) => [role, 1 << at]));
    Object.assign(this, {ahead, start, goal, count, stages, width, needs, prices, each, comparisons: 0, most});
    this.left = staged(back, goal, passBy);
    this.sure = width ? sureThings(back, goal, needs, width) : needs;
    this.passed = new Int32Array(count); // the bit of a role that is to be passed
    this.passing = new Uint32Array(width * stages); // what the roles still to pass add
    for (const [role, bit] of passBy) {
      this.passed[role] = bit;
      for (let waiting = 0; waiting < stages; waiting++) if (waiting & bit) unite(this.passing, waiting, needs, role, width);
    }
    this.had = new Uint32Array(width); // what one has who sets out from the start
    if (width && told[start]) unite(this.had, 0, needs, start, width);
    this.here = new Uint32Array(width); // what is gained by the beginning that is looked at
    this.marks = new Int32Array(count);
  }

  /** What the things of one word cost; exact, since billionths of up to nine million are whole numbers. */
  priceOf(things, word) {
    if (this.each !== null) return this.each * bitsIn(things);
    let price = 0;
    for (let left = things; left; left &= left - 1) price += this.prices[32 * word + 31 - Math.clz32(left & -left)];
    return price;
  }
}
function unite(sets, at, others, place, width) {
  for (let word = 0; word < width; word++) sets[at * width + word] |= others[place * width + word];
}
function doubled(column) {
  const larger = new column.constructor(2 * column.length);
  larger.set(column);
  return larger;
}

// --- finishing a route that has begun: best first, by a bound that counts what is sure to come

const ROOM = 256; // for beginnings, at first
const COLUMNS = ['role', 'before', 'waiting', 'carries', 'length', 'next'];
/** The search for the first of the routes that begin so, visit no role twice, and do not go on to a banned one.
 *
 * Beginnings of routes stand in columns: the last role and the beginning before it, the rank so far and the bound of
 * all that begins so, the roles still to pass; of those that are followed also what is gained and what that costs.
 * One is dropped where another one to the same role has gained nothing more, comes before it, and blocks no role
 * more: label setting for paths with resources (M. Desrochers, F. Soumis, 1988).
 */
class Search {
  constructor(plan, route, banned) {
    Object.assign(this, {plan, route, count: 0, followed: 0, rank: new Ranks(ROOM), bound: new Ranks(ROOM)});
    for (const column of COLUMNS) this[column] = new Int32Array(ROOM);
    this.gained = new Uint32Array(ROOM * plan.width);
    this.priced = new Float64Array(ROOM);
    this.latest = null; // the beginning that was followed last, by its role and what it has to pass; and how many were
    this.many = null;
    this.heap = new Heap((one, other) => {
      const order = this.bound.order(one, other);
      return order ? order < 0 : this.comesBefore(one, other);
    });
    const one = this.setOut(route);
    if (route.at(-1) !== plan.goal) this.onwards(one, banned);
    else if (!banned.size && !this.waiting[one]) {
      const {whole, part, tie} = this.rank;
      this.bound.set(one, whole[one], part[one] + this.priced[this.carries[one]], tie[one]);
      this.heap.push(one);
    }
  }

  /** A rank that no route goes below that is still to be found; null where there is none. */
  least() { return this.heap.size ? this.bound.get(this.heap.items[0]) : null; }

  /** Searches until the route is found, and gives it, or until all others cost more than the limit. */
  advance(limit) {
    const {plan, heap} = this;
    this.latest ??= new Int32Array(plan.count * plan.stages).fill(-1);
    this.many ??= new Int32Array(plan.count * plan.stages);
    while (heap.size) {
      if (limit && this.dearer(heap.items[0], limit)) return null;
      const one = heap.pop();
      const role = this.role[one];
      if (role === plan.goal) return {bound: this.bound.get(one), route: this.rolesOf(one)};
      const price = this.gain(one); // not before: most beginnings are never looked at
      const key = this.waiting[one] * plan.count + role;
      if (this.beaten(one, this.latest[key])) continue;
      this.keep(one, price);
      this.next[one] = this.latest[key];
      this.latest[key] = one;
      plan.comparisons += ++this.many[key];
      if (plan.comparisons > plan.most) throw new BeyondLimit(this.bound.get(one));
      this.onwards(one, null);
    }
    return null;
  }

  dearer(one, [whole, part]) {
    return this.bound.whole[one] === whole ? this.bound.part[one] > part : this.bound.whole[one] > whole;
  }

  // --- beginnings

  add(role, before, waiting) {
    if (this.count === this.role.length) {
      for (const column of COLUMNS) this[column] = doubled(this[column]);
      this.rank = this.rank.grown();
      this.bound = this.bound.grown();
    }
    const one = this.count++;
    this.role[one] = role;
    this.before[one] = before;
    this.waiting[one] = waiting;
    this.length[one] = before < 0 ? 1 : this.length[before] + 1;
    return one;
  }

  /** Takes the route that has begun as the beginning of all that follow, and gives its number. */
  setOut(route) {
    const {plan} = this;
    let one = this.add(route[0], -1, plan.stages - 1 & ~plan.passed[route[0]]);
    this.rank.set(one, 0, 0, 0);
    plan.here.set(plan.had);
    this.keep(one, 0);
    for (let at = 1; at < route.length; at++) {
      const last = one;
      one = this.add(route[at], last, this.waiting[last] & ~plan.passed[route[at]]);
      this.goOn(one, last, arcTo(plan.ahead, route[at - 1], route[at]));
      this.keep(one, this.gain(one));
    }
    return one;
  }

  goOn(one, last, arc) {
    const {rank, plan: {ahead: {rank: more}}} = this;
    rank.set(one, rank.whole[last] + more.whole[arc], rank.part[last] + more.part[arc], rank.tie[last] + more.tie[arc]);
  }

  /** Adds what may follow a beginning, each with a rank that no route that begins so goes below. */
  onwards(last, banned) {
    const {plan: {ahead, passed, left: stages, width}} = this;
    const end = this.role[last];
    for (let arc = ahead.first[end]; arc < ahead.first[end + 1]; arc++) {
      const role = ahead.role[arc];
      const still = this.waiting[last] & ~passed[role];
      const left = stages[still];
      if (!left.known(role) || banned?.has(role) || this.passes(last, role)) continue;
      const one = this.add(role, last, still);
      this.goOn(one, last, arc);
      const price = width ? this.coming(role, still, this.carries[last]) : 0;
      const {rank, bound} = this;
      bound.set(one, rank.whole[one] + left.whole[role], rank.part[one] + left.part[role] + price, rank.tie[one] + left.tie[role]);
      this.heap.push(one);
    }
  }

  passes(one, role) {
    for (let at = one; at >= 0; at = this.before[at]) if (this.role[at] === role) return true;
    return false;
  }

  rolesOf(one) {
    const roles = [];
    for (let at = one; at >= 0; at = this.before[at]) roles.push(this.role[at]);
    return roles.reverse();
  }

  /** Whether the roles of a beginning come before those of another one: the first that differs decides. */
  comesBefore(one, other) {
    const {length, before, role} = this;
    let [a, b] = [one, other];
    while (length[a] > length[b]) a = before[a];
    while (length[b] > length[a]) b = before[b];
    let decided = length[one] - length[other];
    for (; a !== b; a = before[a], b = before[b]) if (role[a] !== role[b]) decided = role[a] - role[b];
    return decided < 0;
  }

  // --- what they gain

  /** What all costs that is gained, and that any route gains on from a role, at the latest at the goal. */
  coming(role, waiting, carried) {
    const {gained, plan} = this;
    const {width, sure, passing} = plan;
    let price = this.priced[carried];
    for (let word = 0; word < width; word++) {
      const things = (sure[role * width + word] | passing[waiting * width + word]) & ~gained[carried * width + word];
      if (things) price += plan.priceOf(things, word);
    }
    return price;
  }

  /** Puts into `here` what is gained with the last role of a beginning, and gives what all that costs. */
  gain(one) {
    const {gained, plan} = this;
    const {width, needs, here} = plan;
    const carried = this.carries[this.before[one]];
    const own = this.role[one] * width;
    let price = this.priced[carried];
    for (let word = 0; word < width; word++) {
      const had = gained[carried * width + word];
      const things = needs[own + word] & ~had;
      if (things) price += plan.priceOf(things, word);
      here[word] = had | things;
    }
    return price;
  }

  keep(one, price) {
    if (this.followed === this.priced.length) {
      this.priced = doubled(this.priced);
      this.gained = doubled(this.gained);
    }
    const place = this.followed++;
    this.carries[one] = place;
    this.priced[place] = price;
    this.gained.set(this.plan.here, place * this.plan.width);
  }

  /** Whether one of the beginnings that were followed does as well as this one, whatever comes. */
  beaten(one, latest) {
    for (let other = latest; other >= 0; other = this.next[other]) {
      if (!this.covered(other, this.role[one], this.waiting[one])) continue;
      const order = this.rank.order(other, one);
      if (order > 0 || !order && !this.comesBefore(other, one)) continue;
      if (this.plan.stages === 1 || this.amongRoles(other, one)) return true;
    }
    return false;
  }

  /** Whether what another one carries is gained here, too, or sure to be. */
  covered(other, role, waiting) {
    const {gained, plan: {width, here, sure, passing}} = this;
    const carried = this.carries[other] * width;
    for (let word = 0; word < width; word++) {
      if (gained[carried + word] & ~(here[word] | sure[role * width + word] | passing[waiting * width + word])) return false;
    }
    return true;
  }

  amongRoles(other, one) {
    const {marks} = this.plan;
    marks.fill(0);
    for (let at = one; at >= 0; at = this.before[at]) marks[this.role[at]] = 1;
    for (let at = other; at >= 0; at = this.before[at]) if (!marks[this.role[at]]) return false;
    return true;
  }
}

/** The routes by rank, then by their numbers, one after the other. Every route found splits what remains into
 * routes that leave it at its first role, its second ... (J. Y. Yen, 1971; E. L. Lawler, 1972). Of all searches that
 * with the least bound goes on, until another one has a lower one: none sees more than the routes asked for cost. */
function* inOrder(plan) {
  const parts = [];
  const heap = new Heap((one, other) => {
    const [a, b] = [parts[one], parts[other]];
    const order = orderOf(a.bound, b.bound) || Boolean(a.route) - Boolean(b.route);
    return order ? order < 0 : comesBefore(a.route ?? a.begun, b.route ?? b.begun);
  });
  const wait = part => { if (part.bound) heap.push(parts.push(part) - 1); };
  const begin = (begun, banned) => {
    const search = new Search(plan, begun, banned);
    wait({search, begun, banned, bound: search.least(), route: null});
  };
  begin([plan.start], new Set());
  while (heap.size) {
    const part = parts[heap.pop()];
    const {search, begun, banned, bound, route} = part;
    if (!route) {
      const found = search.advance(heap.size ? parts[heap.items[0]].bound : null);
      wait(found ? {...part, search: null, ...found} : {...part, bound: search.least()});
      continue;
    }
    yield {rank: bound, route};
    for (let length = begun.length; length < route.length; length++) {
      begin(route.slice(0, length), new Set([route[length], ...(length === begun.length ? banned : [])]));
    }
  }
}
/** Tells whether a route comes before another one: the first number that differs decides. */
function comesBefore(one, other) {
  const common = Math.min(one.length, other.length);
  for (let at = 0; at < common; at++) if (one[at] !== other[at]) return one[at] < other[at];
  return one.length < other.length;
}
return {BILLION, BeyondLimit, MOST_COMPARISONS, Plan, Ranks, arcTo, arcsOf, inOrder};
})();
