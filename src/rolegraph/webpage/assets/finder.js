// Finds routes over the moves of the whole network: the same answers, in the same order, as the library's search.

const finder = (() => {
const {BeyondLimit, COST_SHIFT, MOST_COMPARISONS, Spurs, inOrder} = spurs;
const MOVE_BITS = 20n;

// --- the moves, weighed by one cost

/** Gives the moves that may be taken, what they cost, and what the roles need. */
function weigh(data, {by, missing, avoid}) {
  const cost = data.costs[by];
  const {needs} = cost;
  const figure = at => needs ? (needs[data.moves[at][1]] && 0) : cost.figures ? cost.figures[at] : cost.each;
  const allowed = [...data.moves.keys()].filter(at => !avoid.has(data.moves[at][1]));
  const unknown = allowed.filter(at => figure(at) === null);
  const known = allowed.filter(at => figure(at) !== null).map(at => BigInt(figure(at)));
  const worst = needs ? cost.worst === null ? null : BigInt(cost.worst)
    : known.reduce((most, each) => most === null || each > most ? each : most, null);
  if (missing === 'worst' && worst === null) {
    throw new RangeError(`No source gives a figure for ${by}, so there is no worst one to count.`);
  }
  const ahead = data.roles.map(() => []);
  const back = data.roles.map(() => []);
  for (const at of allowed) {
    const told = figure(at);
    if (told === null && missing === 'skip') continue;
    const [from, to, weakness] = data.moves[at];
    const amount = needs ? 0n : told !== null ? BigInt(told) : missing === 'worst' ? worst : 0n;
    const rank = amount << COST_SHIFT | BigInt(weakness) << MOVE_BITS | 1n;
    ahead[from].push({role: to, rank});
    back[to].push({role: from, rank});
  }
  return {by, data, missing, avoid, ahead, back, worst, untold: unknown.length, allowed: allowed.length, ...kit(cost, missing, worst)};
}
/** Gives the things that every role needs by their places, and what they cost; a role of which no source tells needs,
 * where the worst is to be counted, a thing of its own that costs as much. */
function kit({needs, each, weights}, missing, worst) {
  if (!needs) return {places: null};
  const count = needs.reduce((most, things) => (things ?? []).reduce((a, b) => Math.max(a, b + 1), most), 0);
  const prices = Array.from({length: count}, (_, thing) => Number(weights ? weights[thing] : each));
  const places = needs.map(things => things ?? (missing === 'worst' ? [prices.push(Number(worst)) - 1] : []));
  return {places, prices, told: needs};
}

// --- the question, and its answer

/** What each move of a route costs, in billionths; null where no source tells. */
function stepCosts({by, data, places, prices, told}, route) {
  const cost = data.costs[by];
  if (!places) {
    return route.slice(1).map((role, at) => {
      const move = data.moves.findIndex(([from, to]) => from === route[at] && to === role);
      return cost.figures ? cost.figures[move] : cost.each;
    });
  }
  const has = new Set(told[route[0]]);
  return route.slice(1).map(role => {
    const lacking = places[role].filter(thing => !has.has(thing));
    for (const thing of lacking) has.add(thing);
    return told[role] && lacking.reduce((sum, thing) => sum + prices[thing], 0);
  });
}
function reached(arcs, root) {
  const seen = new Set([root]);
  for (const role of seen) for (const move of arcs[role]) seen.add(move.role);
  seen.delete(root);
  return seen;
}
/** Where one can get from the start, and from where the goal can be reached by a route that may be taken. */
function reach({ahead, back, missing, told, avoid}, start, goal) {
  const shut = role => avoid.has(role) || missing === 'skip' && told && !told[role];
  const leading = [...reached(back, goal)].filter(role => role === start || !shut(role));
  return {reachable: [...reached(ahead, start)], leading};
}
const plain = billionths => Number(billionths) / 1e9;
let last = {}; // the moves as they were weighed for the last question

/** Finds the k cheapest routes that visit no role twice, roles given by their numbers on the page.
 *
 * by: hops, gap, pay-cut, years or doubt. via, avoid: roles that a route must pass, in any order; that it may not
 * move into. missing: what becomes of a move whose cost no source gives: skip leaves it out, worst counts the
 * worst known, ignore nothing. Costs are exact to a billionth; the same routes come out as in `rolegraph path`.
 */
function findRoutes(data, {from, to, by = 'hops', k = 3, via = [], avoid = [], missing = 'skip'}) {
  const place = new Map(data.roles.map((id, at) => [id, at]));
  const [start, goal] = [place.get(from), place.get(to)];
  const key = JSON.stringify([by, missing, avoid]);
  if (last.data !== data || last.key !== key) {
    last = {data, key, graph: weigh(data, {by, missing, avoid: new Set(avoid.map(id => place.get(id)))})};
  }
  const {graph} = last;
  const passed = [...new Set(via.map(id => place.get(id)))].filter(role => role !== start && role !== goal);
  const answer = {routes: [], untold: graph.untold, allowed: graph.allowed, worst: graph.worst === null ? null : plain(graph.worst), least: null};
  try {
    for (const {rank, route} of k < 1 ? [] : inOrder(new Spurs(graph, start, goal, passed), start)) {
      const steps = stepCosts(graph, route).map(each => each === null ? null : plain(each));
      const unknown = steps.filter(each => each === null).length;
      answer.routes.push({roles: route.map(role => data.roles[role]), cost: plain(rank >> COST_SHIFT), unknown, steps});
      if (answer.routes.length === k) break;
    }
  } catch (error) {
    if (!(error instanceof BeyondLimit)) throw error;
    answer.least = plain(error.rank >> COST_SHIFT); // what any route that is not given costs at least
  }
  if (!answer.routes.length) {
    const ids = Object.entries(reach(graph, start, goal)).map(([name, roles]) => [name, roles.map(role => data.roles[role])]);
    Object.assign(answer, Object.fromEntries(ids));
  }
  return answer;
}
return {findRoutes, MOST_COMPARISONS};
})();
