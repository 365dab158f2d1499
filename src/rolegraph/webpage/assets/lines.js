// The way of a line between two things: bent as vis-network bends it and, on a route, past what stands between.

const MANY = 1500; // relations above which straight lines keep the map quick
const CLEAR = 4; // pixels that the line of a route keeps from boxes
const SAMPLES = 48; // points of a line that are held against boxes
const STRAIGHT = {enabled: false};
const flowing = (forceDirection, roundness) => ({enabled: true, type: 'cubicBezier', forceDirection, roundness});
const arc = roundness => ({enabled: true, type: roundness > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(roundness)});
/** What is tried on a route, the plainest first. */
const DETOURS = [
  STRAIGHT, ...[.3, .7, .9].map(roundness => flowing('horizontal', roundness)), ...[.5, .3, .7].map(roundness => flowing('vertical', roundness)),
  ...[.1, .2, .3, .4, .5, .65, .8, .95].flatMap(roundness => [arc(roundness), arc(-roundness)]),
];
/** Whether all moves that are drawn are those of routes, and so keep clear of boxes, or only those that are marked. */
const guide = {all: false};

function usual({start, end, twin}) {
  if (links.length > MANY || physics.on && !twin) return STRAIGHT;
  if (twin) return arc((twin % 2 ? 1 : -1) * (.12 + .06 * twin));
  if (Math.abs(start.x - end.x) < 60) return arc(.3);
  return flowing('horizontal', .5);
}
const guided = link => link.kind === 'move' && link.start !== link.end
  && !physics.on && (guide.all || Boolean(state.lit?.route && state.lit.links.has(link.id)));
/** How a line is bent: as usual or, on a route, in the plainest way that touches no box in between. */
function curve(link) {
  if (!guided(link)) return usual(link);
  const boxes = things.filter(thing => thing !== link.start && thing !== link.end && shown(thing)).map(boxOf);
  let best = null;
  let least = Infinity;
  for (const way of [...aligned(link) ? [] : [usual(link)], ...DETOURS]) {
    const hits = touched(bent(link, way), boxes);
    if (hits < least) [best, least] = [way, hits];
    if (!hits) break;
  }
  return best;
}
const aligned = ({start, end}) => Math.abs(start.x - end.x) < 2 || Math.abs(start.y - end.y) < 2;
/** How many points of a curve lie in boxes or close to them. */
function touched(points, boxes) {
  const reach = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  const way = Array.from({length: SAMPLES}, (_, at) => pointOn(points, (at + .5) / SAMPLES));
  for (const [x, y] of way) {
    Object.assign(reach, {left: Math.min(reach.left, x), top: Math.min(reach.top, y), right: Math.max(reach.right, x), bottom: Math.max(reach.bottom, y)});
  }
  const near = boxes.filter(({left, top, right, bottom}) => left - CLEAR < reach.right && right + CLEAR > reach.left
    && top - CLEAR < reach.bottom && bottom + CLEAR > reach.top);
  return way.filter(([x, y]) => near.some(({left, top, right, bottom}) => x > left - CLEAR && x < right + CLEAR
    && y > top - CLEAR && y < bottom + CLEAR)).length;
}
/** A point of a Bézier curve of two, three or four points. */
function pointOn(points, t) {
  const s = 1 - t;
  const weights = [[s, t], [s * s, 2 * s * t, t * t], [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]][points.length - 2];
  return [0, 1].map(axis => points.reduce((sum, point, at) => sum + weights[at] * point[axis], 0));
}
/** The control points of a relation from middle to middle, as vis-network has them. */
function bent(link, way = curve(link)) {
  const {start, end} = link;
  const [from, to] = [[start.x, start.y], [end.x, end.y]];
  if (start === end) return [[start.x - 12, start.y], [start.x - 60, start.y - 70], [start.x + 60, start.y - 70], [start.x + 12, start.y]];
  if (!way.enabled) return [from, to];
  const {type, forceDirection, roundness} = way;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  if (type === 'cubicBezier') {
    return forceDirection === 'horizontal' ? [from, [start.x + dx * roundness, start.y], [end.x - dx * roundness, end.y], to]
      : [from, [start.x, start.y + dy * roundness], [end.x, end.y - dy * roundness], to];
  }
  const half = .5 + (type === 'curvedCW' ? roundness : -roundness) / 2;
  const angle = Math.atan2(-dy, dx) + half * Math.PI;
  const far = half * Math.hypot(dx, dy);
  return [from, [start.x + far * Math.sin(angle), start.y + far * Math.cos(angle)], to];
}
