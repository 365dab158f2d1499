// Finds routes over the moves of the whole network: the same answers, in the same order, as the library's search.

const finder = (() => {
const {BILLION, BeyondLimit, MOST_COMPARISONS, Plan, Ranks, arcTo, arcsOf, inOrder} = spurs;
const WARM_COMPARISONS = 2000;
const MOVES = 2 ** 20; // a tie counts moves below this, and the weakness of evidence in multiples of it

// --- the moves, weighed by one cost

/** A figure in billionths, which is a text where it is too large for a number, as units and billionths. */
function split(figure) {
  if (typeof figure === 'number') return [Math.floor(figure / BILLION), figure % BILLION];
  return [BigInt(figure) / BigInt(BILLION), BigInt(figure) % BigInt(BILLION)].map(Number);
}
const joined = ([whole, part]) => whole < 9e6 ? (whole * BILLION + part) / BILLION : whole + part / BILLION;
const plain = figure => figure === null ? null : joined(split(figure));
const larger = (one, other) => {
  const [a, b] = [split(one), split(other)];
  return (a[0] - b[0] || a[1] - b[1]) >= 0 ? one : other;
};

/** Gives the moves that may be taken, what they cost, and what the roles need. */
function weigh(data, {by, missing, avoid}) {
  const cost = data.costs[by];
  const {needs} = cost;
  const figure = at => needs ? (needs[data.moves[at][1]] && 0) : cost.figures ? cost.figures[at] : cost.each;
  const allowed = [...data.moves.keys()].filter(at => !avoid.has(data.moves[at][1]));
  const known = allowed.filter(at => figure(at) !== null);
  const worst = needs ? cost.worst : cost.figures ? known.map(figure).reduce((most, each) => most === null ? each : larger(most, each), null)
    : known.length ? cost.each : null;
  if (missing === 'worst' && worst === null) {
    throw new RangeError(`No source gives a figure for ${by}, so there is no worst one to count.`);
  }
  const taken = missing === 'skip' ? known : allowed;
  const [from, to] = [0, 1].map(end => Int32Array.from(taken, at => data.moves[at][end]));
  const rank = new Ranks(taken.length);
  for (const [place, at] of taken.entries()) {
    const [whole, part] = split(needs ? 0 : figure(at) ?? (missing === 'worst' ? worst : 0));
    rank.set(place, whole, part, data.moves[at][2] * MOVES + 1);
  }
  const count = data.roles.length;
  return {
    by, data, missing, avoid, ahead: arcsOf(count, from, to, rank, taken), back: arcsOf(count, to, from, rank, taken), kit: kit(cost, count, missing),
    worst, untold: allowed.length - known.length, allowed: allowed.length,
  };
}
/** The things that every role needs, as bits, and what they cost; a role of which no source tells needs, where the
 * worst is to be counted, a thing of its own that costs as much. */
function kit({needs, each, weights, worst}, count, missing) {
  if (!needs) return {width: 0, needs: new Uint32Array(0), told: null, prices: [], each: 0};
  const things = needs.reduce((most, list) => (list ?? []).reduce((a, b) => Math.max(a, b + 1), most), 0);
  const prices = Array.from({length: things}, (_, thing) => Number(weights ? weights[thing] : each));
  const places = needs.map(list => list ?? (missing === 'worst' ? [prices.push(Number(worst)) - 1] : []));
  const width = Math.ceil(prices.length / 32);
  const bits = new Uint32Array(width * count);
  for (const [role, list] of places.entries()) for (const thing of list) bits[role * width + (thing >>> 5)] |= 1 << (thing & 31);
  const alike = prices.every(price => price === prices[0]);
  return {width, needs: bits, told: needs, places, prices, each: alike ? prices[0] ?? 0 : null};
}

// --- the question, and its answer

/** What each move of a route costs; null where no source tells. */
function stepCosts({by, data, ahead, kit: {places, prices, told}}, route) {
  const {figures, each} = data.costs[by];
  if (!told) {
    return route.slice(1).map((role, at) => plain(figures ? figures[ahead.move[arcTo(ahead, route[at], role)]] : each));
  }
  const has = new Set(told[route[0]]);
  return route.slice(1).map(role => {
    const lacking = places[role].filter(thing => !has.has(thing));
    for (const thing of lacking) has.add(thing);
    return told[role] && lacking.reduce((sum, thing) => sum + prices[thing], 0) / BILLION;
  });
}
function reached({first, role: far}, root) {
  const seen = new Set([root]);
  for (const role of seen) for (let at = first[role]; at < first[role + 1]; at++) seen.add(far[at]);
  seen.delete(root);
  return seen;
}
/** Where one can get from the start, and from where the goal can be reached by a route that may be taken. */
function reach({ahead, back, missing, kit: {told}, avoid}, start, goal) {
  const shut = role => avoid.has(role) || missing === 'skip' && told && !told[role];
  const leading = [...reached(back, goal)].filter(role => role === start || !shut(role));
  return {reachable: [...reached(ahead, start)], leading};
}
const kept = {data: null, graphs: new Map()}; // the moves as they were weighed for the last questions
const MOST_KEPT = 8;
function weighed(data, {by, missing = 'skip', avoid = []}) {
  if (kept.data !== data || kept.graphs.size >= MOST_KEPT) Object.assign(kept, {data, graphs: new Map()});
  const key = JSON.stringify([by, missing, avoid]);
  if (!kept.graphs.has(key)) kept.graphs.set(key, weigh(data, {by, missing, avoid: new Set(avoid)}));
  return kept.graphs.get(key);
}

/** Finds the k cheapest routes that visit no role twice, roles given by their numbers on the page.
 *
 * by: hops, gap, pay-cut, years or doubt. via, avoid: roles that a route must pass, in any order; that it may not
 * move into. missing: what becomes of a move whose cost no source gives: skip leaves it out, worst counts the
 * worst known, ignore nothing. Costs are exact to a billionth; the same routes come out as in `rolegraph path`.
 */
function findRoutes(data, {from, to, by = 'hops', k = 3, via = [], avoid = [], missing = 'skip'}) {
  const place = new Map(data.roles.map((id, at) => [id, at]));
  const [start, goal] = [place.get(from), place.get(to)];
  const graph = weighed(data, {by, missing, avoid: avoid.map(id => place.get(id))});
  const passed = [...new Set(via.map(id => place.get(id)))].filter(role => role !== start && role !== goal);
  const answer = {routes: [], untold: graph.untold, allowed: graph.allowed, worst: plain(graph.worst), least: null};
  try {
    for (const {rank, route} of k < 1 ? [] : inOrder(new Plan(graph, start, goal, passed))) {
      const steps = stepCosts(graph, route);
      const unknown = steps.filter(each => each === null).length;
      answer.routes.push({roles: route.map(role => data.roles[role]), cost: joined(rank), unknown, steps});
      if (answer.routes.length === k) break;
    }
  } catch (error) {
    if (!(error instanceof BeyondLimit)) throw error;
    answer.least = joined(error.rank); // what any route that is not given costs at least
  }
  if (!answer.routes.length) {
    const ids = Object.entries(reach(graph, start, goal)).map(([name, roles]) => [name, roles.map(role => data.roles[role])]);
    Object.assign(answer, Object.fromEntries(ids));
  }
  return answer;
}
/** Weighs the moves and searches a little before anybody asks, so that the browser has compiled all of it by then. */
function warm(data, by) {
  const graph = weighed(data, {by});
  const start = graph.ahead.first.findIndex((at, role) => graph.ahead.first[role + 1] > at);
  if (start < 0) return;
  const goal = [...reached(graph.ahead, start)].at(-1);
  if (goal === undefined) return;
  try {
    inOrder(new Plan(graph, start, goal, [], WARM_COMPARISONS)).next();
  } catch (error) {
    if (!(error instanceof BeyondLimit)) throw error;
  }
}
return {findRoutes, warm, MOST_COMPARISONS};
})();
