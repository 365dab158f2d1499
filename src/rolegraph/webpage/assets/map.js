// The map: things and relations drawn on vis-network, the view on them, and what is marked.

const DASHES = {stated: false, observed: [9, 5], derived: [2, 5], editorial: [10, 4, 2, 4]};
const MINOR = .42; // zoom below which the names of icons cannot be read: they are left out, but near what is chosen
let scale = 1;
const LINE = 17; // height of a line of text, as the layout counts it
const ICON = 9; // from the point of an icon to the edge of its box

const leftOf = thing => thing.x - (thing.side === 0 ? thing.w / 2 : thing.side > 0 ? ICON : thing.w - ICON);
function boxOf(thing) {
  const left = leftOf(thing);
  return {left, top: thing.y - thing.h / 2, right: left + thing.w, bottom: thing.y + thing.h / 2};
}

function colorOf(link, lit) {
  if (lit && state.lit.route) return {color: look.route, opacity: 1};
  const move = link.kind === 'move';
  const color = move ? look.move : lineColor(link.end.side === 0 ? link.start.group : link.end.group);
  return {color, opacity: lit === null ? (move ? .85 : .55) : lit ? 1 : .1};
}
/** How wide a line is: observed moves are thin, and wider the more often they were seen. */
function thickness(link) {
  if (link.kind !== 'move') return indirect(link) ? .7 : 1.4;
  return link.count && strength(link) === 'observed' ? Math.min(2.6, .8 + .3 * Math.log2(link.count)) : 2;
}
/** A relation as vis-network draws it. */
function lineOf(link) {
  const lit = state.lit && state.lit.links.has(link.id);
  const wider = !lit ? 0 : state.lit.route ? 2.5 : .6 * thickness(link);
  return {
    id: link.id, from: link.from, to: link.to, arrows: pointed(link.kind) ? 'to' : '',
    smooth: curve(link),
    dashes: DASHES[strength(link)] ?? false,
    width: thickness(link) + wider,
    color: colorOf(link, lit),
    label: doubted(link) ? '?' : undefined,
    font: {
      size: 17, face: look.font, align: 'horizontal', color: lit === false ? look.line : look.route,
      strokeWidth: 6, strokeColor: look.bg,
    },
  };
}

function trace(context, points) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
}
const CORNER = 11; // pixels that are cut off a box
/** The outline of a box that has no round corners; null for one that has. */
function cornersOf(thing) {
  const {left, top, right, bottom} = boxOf(thing);
  const {shape} = kinds.get(thing.group);
  if (shape === 'tag') return [[left, top], [right - CORNER, top], [right, thing.y], [right - CORNER, bottom], [left, bottom]];
  if (shape !== 'cut') return null;
  return [
    [left + CORNER, top], [right - CORNER, top], [right, top + CORNER], [right, bottom - CORNER],
    [right - CORNER, bottom], [left + CORNER, bottom], [left, bottom - CORNER], [left, top + CORNER],
  ];
}
function traceBox(context, thing) {
  const {left, top} = boxOf(thing);
  const corners = cornersOf(thing);
  if (corners) return trace(context, corners);
  context.beginPath();
  context.roundRect(left, top, thing.w, thing.h, 9);
}
/** Where the name stands in a box, how wide it may be, and the colour that can be read there. */
function lettersOf({group, x, w}, dim) {
  const point = kinds.get(group).shape === 'tag' ? CORNER : 0;
  return {x: x - point / 2, width: w - 8 - point, ink: dim ? look.muted : kinds.get(group).shape === 'cut' ? '#000' : '#fff'};
}
function write(context, thing, x, width) {
  let y = thing.y - (thing.lines.length - 1) * LINE / 2;
  for (const line of thing.lines) {
    context.fillText(line, x, y, width); // a face wider than the layout's is condensed to the room there is
    y += LINE;
  }
}
function drawBox(context, thing, kind, {border, dim}) {
  traceBox(context, thing);
  context.fillStyle = look.bg;
  context.fill();
  context.globalAlpha = dim ? .2 : 1;
  context.fillStyle = kind.color;
  context.fill();
  context.globalAlpha = 1;
  if (border) {
    context.strokeStyle = border;
    context.lineWidth = 4;
    context.stroke();
  }
  const {x, width, ink} = lettersOf(thing, dim);
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.font = `600 13px ${look.font}`;
  write(context, thing, x, width);
}
function drawIcon(context, thing, kind, {border, dim, named}) {
  const beside = thing.x + thing.side * 15;
  const width = thing.w - 20;
  context.fillStyle = look.bg; // hides the lines that pass behind the name
  context.fillRect(thing.side > 0 ? beside - 3 : beside - width - 3, thing.y - thing.h / 2, width + 6, thing.h);
  if (named) {
    context.globalAlpha = dim ? .75 : 1;
    context.fillStyle = dim ? look.muted : look.fg;
    context.textAlign = thing.side > 0 ? 'left' : 'right';
    context.font = `13px ${look.font}`;
    write(context, thing, beside, width);
  }
  trace(context, OUTLINES[kind.shape].map(([x, y]) => [thing.x + x * 7.5, thing.y + y * 7.5]));
  context.globalAlpha = dim ? .35 : 1;
  context.fillStyle = kind.color;
  context.fill();
  context.strokeStyle = border ?? look.fg;
  context.lineWidth = border ? 3 : .8;
  context.stroke();
}
/** Draws a thing; vis-network calls it, and wants to know how large the part is that lines end at. */
function drawThing({ctx: context, id}) {
  const thing = all.things[id];
  const lit = state.lit === null || state.lit.things.has(id);
  const chosen = state.thing === thing || lit && state.lit?.route;
  const border = chosen ? look.route : state.over === thing ? look.fg : null;
  return {
    drawNode() {
      context.textBaseline = 'middle';
      const draw = thing.side === 0 ? drawBox : drawIcon;
      const over = state.over === thing;
      const named = scale >= MINOR || over || lit && state.lit !== null;
      draw(context, thing, kinds.get(thing.group), {border, dim: !lit && !over, named});
    },
    nodeDimensions: thing.side === 0 ? {width: thing.w, height: thing.h} : {width: 2 * ICON, height: 2 * ICON},
  };
}
function drawGround(context) {
  if (physics.on) follow();
  scale = network.getScale();
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = look.bg; // without it a saved picture has no background
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  context.font = `600 11.5px ${look.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = look.muted;
  context.globalAlpha = state.lit ? .75 : 1;
  for (const heading of headings.filter(headingShown)) {
    context.textAlign = heading.side > 0 ? 'left' : 'right';
    context.fillText(heading.lines[0], heading.x - heading.side * ICON, heading.y);
  }
  context.globalAlpha = 1;
}

// Before the map measures the room it has:
if (matchMedia('(max-width: 1100px)').matches) {
  for (const box of document.querySelectorAll('#left > section > details')) box.open = false;
}
readTheme();
/** Whether things move by forces, and where they stood before. */
const physics = {on: false, moving: false, places: new Map(), timer: null};
/** A thing as vis-network knows it: the larger it is, the further it pushes others away. */
const spot = ({id, x, y, side, w, h}) => ({
  id, x, y, shape: 'custom', ctxRenderer: drawThing, mass: 1 + w * h / 4000, fixed: {x: physics.on && side === 0, y: false},
});
const thingSet = new vis.DataSet(things.map(spot));
const linkSet = new vis.DataSet(links.map(lineOf));
const thingView = new vis.DataView(thingSet, {filter: item => shown(all.things[item.id])});
const linkView = new vis.DataView(linkSet, {filter: item => linkShown(all.links[item.id])});
const network = new vis.Network($('map'), {nodes: thingView, edges: linkView}, JSON.parse(options));
network.on('beforeDrawing', drawGround);
network.once('afterDrawing', () => {
  // Lines end at the borders of things, which vis-network knows only after it has drawn them once.
  network.once('afterDrawing', () => {
    performance.mark('drawn');
    root.dataset.drawn = Math.round(performance.now() - started);
  });
  openingView();
  network.redraw();
});

const glide = duration => calm.matches ? false : {duration, easingFunction: 'easeInOutQuad'};
/** What things take, where they stand or where spots say that they shall. */
function bounds(list, spots = null) {
  const found = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  const titles = spots || list.length < everything().length ? [] : headings.filter(headingShown);
  const lines = titles.map(({x, y}) => ({left: x, top: y - 11, right: x, bottom: y + 11}));
  const boxes = list.map(thing => boxOf(spots ? {...thing, ...spots.get(thing)} : thing));
  for (const box of [...boxes, ...lines]) {
    found.left = Math.min(found.left, box.left);
    found.top = Math.min(found.top, box.top);
    found.right = Math.max(found.right, box.right);
    found.bottom = Math.max(found.bottom, box.bottom);
  }
  return found;
}
function scaleFor(list, spots = null) {
  const {left, top, right, bottom} = bounds(list, spots);
  return Math.min(($('map').clientWidth - 36) / (right - left), ($('map').clientHeight - 36) / (bottom - top));
}
function view(list, {least = 0, most = 1.25, animation = glide(300)} = {}) {
  if (!list.length) return;
  const {left, top, right, bottom} = bounds(list);
  const scale = Math.max(least, Math.min(most, scaleFor(list)));
  const half = $('map').clientWidth / 2 / scale - 18;
  const high = $('map').clientHeight / 2 / scale - 18;
  const x = Math.min((left + right) / 2, left + half); // what is too wide or too high is shown from its beginning
  network.moveTo({position: {x, y: Math.min((top + bottom) / 2, top + high)}, scale, animation});
}
const READABLE = .54; // the scale from which names can be made out
/** Shows a route: with the others where they are drawn alone and can all be read, else as much of it as can be read. */
function viewRoute(roles, animation = glide(300)) {
  const list = reach.routes && scaleFor(everything()) >= READABLE ? everything() : roles;
  view(list, {least: READABLE, most: 1.1, animation});
}
/** Opens on everything where that can be read; else on the chosen thing, the route, or the roles. */
function openingView() {
  const seen = everything();
  if (!seen.length) return;
  if (scaleFor(seen) >= .62) return view(seen, {most: 1.1, animation: false});
  if (state.thing === null && state.path !== null) return viewRoute(stops(paths[state.path]), false);
  const core = state.thing ? [state.thing, ...state.thing.links.filter(linkShown).map(link => other(state.thing, link))]
    : seen.filter(thing => thing.side === 0 && thing.links.some(link => link.kind === 'move' && link.drawn));
  view(core.length ? core : seen, {least: READABLE, most: 1.1, animation: false});
}
/** In a window that has changed, routes may run the other way. */
function refit() {
  if (state.touched) return;
  if (state.path !== null && !state.thing) drawRoutes(reach.routes ?? [stops(paths[state.path])], Boolean(reach.routes));
  openingView();
}

// --- what is marked: a chosen thing and its neighbours, a chosen relation, or a route; the rest is dimmed

function marked() {
  if (state.thing) {
    const near = state.thing.links.filter(linkShown);
    const ids = near.flatMap(link => [link.from, link.to]);
    return {things: new Set([state.thing.id, ...ids]), links: new Set(near.map(link => link.id))};
  }
  if (state.link) return {things: new Set([state.link.from, state.link.to]), links: new Set([state.link.id])};
  if (state.path === null) return null;
  const {nodes, steps} = paths[state.path];
  return {things: new Set(nodes), links: new Set(steps.map(step => step.edge)), route: true};
}
function light() {
  state.lit = marked();
  linkSet.update(links.map(lineOf));
  network.redraw();
}
function refilter() {
  thingView.refresh();
  linkView.refresh();
  light();
  const part = (view, drawn, name) => `${counted(view.length)} of ${plural(drawn.length, name)}`;
  say(`${part(thingView, things, 'thing')} and ${part(linkView, links, 'relation')} shown`);
}
