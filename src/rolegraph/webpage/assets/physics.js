// Physics, if the reader wants it: things push each other off and lines pull them together, from where they stand, until
// they come to rest. Roles keep their level, so that moves still lead from left to right.

const FORCES = {
  enabled: true, solver: 'barnesHut', stabilization: {enabled: false}, adaptiveTimestep: false, minVelocity: 1, maxVelocity: 40, timestep: .4,
  barnesHut: {theta: .5, gravitationalConstant: -2400, centralGravity: .02, springLength: 95, springConstant: .03, damping: .28},
};
const MOST_STEPS = 600; // after which things stay where they are, even if they have not come to rest
const MOST_ROUNDS = 200; // in which names are moved apart
const APART = 4; // pixels between them
const LONGEST = 20000; // milliseconds that this may take where it is shown

/** Takes over where vis-network has moved things to. */
function follow() {
  for (const [id, {x, y}] of Object.entries(network.getPositions())) Object.assign(all.things[id], {x, y});
}
function remember() {
  physics.places = new Map(things.map(thing => [thing, {x: thing.x, y: thing.y, side: thing.side}]));
}
/** Puts things back to where they stood before they were let loose. */
function recall() {
  if (physics.on) stand(physics.places);
}
/** Lets go of what is drawn: seen on its way or, where the reader wants little motion, when it has come to rest. */
function letLoose() {
  clearTimeout(physics.timer);
  if (!physics.on) return;
  physics.moving = true;
  delete root.dataset.rested;
  network.setOptions({physics: FORCES});
  if (calm.matches) network.stabilize(MOST_STEPS);
  else {
    network.startSimulation();
    physics.timer = setTimeout(rest, LONGEST);
  }
}
function setPhysics(on) {
  if (on === physics.on) return;
  if (on) remember(); else recall();
  physics.on = on;
  $('physics').setAttribute('aria-pressed', String(on));
  network.setOptions({physics: {enabled: false}, interaction: {dragNodes: on}});
  thingSet.update(things.map(spot));
  light();
  if (on) say('Physics is on: things move until they come to rest', true);
  else {
    say('Physics is off: things stand where they stood', true);
    if (!state.touched) openingView();
  }
  letLoose();
}
/** Moves names and boxes apart that lie over each other, up and down by as much as that takes. */
function moveApart() {
  const list = everything();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const boxes = list.map(thing => ({thing, box: boxOf(thing)})).sort((a, b) => a.box.top - b.box.top || a.thing.id - b.thing.id);
    let moved = false;
    for (const [at, {thing, box}] of boxes.entries()) {
      for (let next = at + 1; next < boxes.length && boxes[next].box.top < box.bottom + APART; next++) {
        const other = boxes[next];
        if (other.box.left >= box.right + APART || other.box.right + APART <= box.left) continue;
        const over = (box.bottom + APART - other.box.top) / 2;
        if (over <= .5) continue;
        for (const [one, by] of [[boxes[at], -over], [other, over]]) {
          one.thing.y += by;
          one.box.top += by;
          one.box.bottom += by;
        }
        moved = true;
      }
    }
    if (!moved) return;
  }
}
/** What the map does when it has come to rest: nothing moves any more, until the reader draws something else. */
function rest() {
  if (!physics.on || !physics.moving) return;
  physics.moving = false;
  clearTimeout(physics.timer);
  network.setOptions({physics: {enabled: false}});
  follow();
  moveApart();
  thingSet.update(things.map(spot));
  if (!state.touched) openingView();
  root.dataset.rested = '';
  say('The map has come to rest', true);
}
network.on('stabilizationIterationsDone', rest); // where the way there is not shown
network.on('stabilized', () => { if (!calm.matches) rest(); });
$('physics').addEventListener('click', () => setPhysics(!physics.on));
share.part('physics', () => physics.on ? 'on' : null, value => setPhysics(value === 'on'));
