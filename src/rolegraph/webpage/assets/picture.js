// What the reader takes elsewhere: the map as a picture or a drawing, tables as CSV, the view as a link.

function saveFile(content, name) {
  const address = URL.createObjectURL(content);
  make('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// --- the map as SVG: what is shown and how it is marked, in the colours of the light theme, each text as text

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
/** A text or a value as it stands in XML, which knows neither & nor quotes nor control characters. */
const xml = value => String(value).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
const rounded = number => Math.round(number * 100) / 100;
function xmlTag(tag, attributes, content = '') {
  const given = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const head = `${tag}${given.map(([name, value]) => ` ${name}="${xml(typeof value === 'number' ? rounded(value) : value)}"`).join('')}`;
  return content ? `<${head}>${content}</${tag}>` : `<${head}/>`;
}
const pointList = points => points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');

const POINT = 7; // how far the point of an arrow reaches beyond the end of its line
/** A Bézier curve from its beginning to a part t of it, as control points (de Casteljau). */
function beginning(points, t) {
  const found = [];
  for (let row = points; row.length; row = row.slice(1).map(([x, y], at) => [row[at][0] + (x - row[at][0]) * t, row[at][1] + (y - row[at][1]) * t])) {
    found.push(row[0]);
  }
  return found;
}
/** The part of a curve that lies before a thing, with room for the point of an arrow. */
function upTo(thing, points) {
  const [wide, high] = thing.side === 0 ? [thing.w / 2, thing.h / 2] : [ICON, ICON];
  const inside = ([x, y]) => Math.abs(x - thing.x) <= wide + POINT && Math.abs(y - thing.y) <= high + POINT;
  let [from, to] = [0, 1];
  for (let round = 0; round < 30; round++) {
    const middle = (from + to) / 2;
    if (inside(beginning(points, middle).at(-1))) to = middle; else from = middle;
  }
  return beginning(points, from);
}
function wayOf(link) {
  const [from, ...rest] = link.kind === 'move' ? upTo(link.end, bent(link)) : bent(link);
  return `M${pointList([from])} ${['', 'L', 'Q', 'C'][rest.length]}${pointList(rest)}`;
}
function drawnLine(link) {
  const {color: {color, opacity}, width, dashes} = lineOf(link);
  const way = xmlTag('path', {
    d: wayOf(link), fill: 'none', stroke: color, opacity, 'stroke-width': width,
    'stroke-dasharray': dashes ? dashes.join(' ') : null,
    'marker-end': !pointed(link.kind) ? null : color === look.route ? 'url(#marked-arrow)' : 'url(#arrow)',
  }, xmlTag('title', {}, xml(brief(sentence(link)))));
  const doubt = doubted(link) ? xmlTag('text', {
    x: (link.start.x + link.end.x) / 2, y: (link.start.y + link.end.y) / 2, 'font-size': 17, 'text-anchor': 'middle',
    fill: state.lit && !state.lit.links.has(link.id) ? look.line : look.route, stroke: look.bg, 'stroke-width': 6, 'paint-order': 'stroke',
  }, '?') : '';
  return way + doubt;
}
function lettered(thing, x, width, attributes) {
  const top = thing.y - (thing.lines.length - 1) * LINE / 2;
  return thing.lines.map((line, number) => xmlTag('text',
    {x, y: top + number * LINE, 'dominant-baseline': 'central', ...attributes}, xml(line))).join('');
}
function drawnThing(thing) {
  const {color, shape} = kinds.get(thing.group);
  const dim = state.lit !== null && !state.lit.things.has(thing.id);
  const edge = state.thing === thing || !dim && state.lit?.route ? look.route : null;
  const {left, top, right, bottom} = boxOf(thing);
  const name = xmlTag('title', {}, xml(brief(thing.label)));
  if (thing.side === 0) {
    const fill = {fill: color, 'fill-opacity': dim ? .2 : null, stroke: edge, 'stroke-width': edge ? 4 : null};
    const corners = cornersOf(thing);
    const ground = {x: left, y: top, width: thing.w, height: thing.h, rx: corners ? 0 : 9};
    const box = corners ? xmlTag('polygon', {points: pointList(corners), ...fill}) : xmlTag('rect', {...ground, ...fill});
    const {x, width, ink} = lettersOf(thing, dim);
    const words = lettered(thing, x, width, {'text-anchor': 'middle', 'font-weight': 600, fill: ink});
    return xmlTag('g', {}, name + (dim ? xmlTag('rect', {...ground, fill: look.bg}) : '') + box + words);
  }
  const icon = xmlTag('polygon', {
    points: pointList(OUTLINES[shape].map(([x, y]) => [thing.x + x * 7.5, thing.y + y * 7.5])), fill: color,
    stroke: edge ?? look.fg, 'stroke-width': edge ? 3 : .8, opacity: dim ? .35 : null,
  });
  const beside = thing.x + thing.side * 15;
  const ground = xmlTag('rect', {
    x: thing.side > 0 ? beside - 3 : beside - (thing.w - 20) - 3, y: top, width: thing.w - 14, height: thing.h, fill: look.bg,
  });
  const words = lettered(thing, beside, thing.w - 20, {
    'text-anchor': thing.side > 0 ? 'start' : 'end', fill: dim ? look.muted : look.fg,
  });
  return xmlTag('g', {}, name + ground + words + icon);
}
/** Gives what `draw` makes while the page has the colours of the light theme. */
function inLight(draw) {
  const theme = root.dataset.theme;
  root.dataset.theme = 'light';
  readLook();
  const made = draw();
  root.dataset.theme = theme;
  readLook();
  return made;
}
function drawing() {
  const list = everything();
  const {left, top, right, bottom} = list.length ? bounds(list) : {left: 0, top: 0, right: 100, bottom: 100};
  const room = {x: left - 20, y: top - 20, width: right - left + 40, height: bottom - top + 40};
  const titles = list.length ? headings.filter(headingShown) : [];
  const arrow = (id, fill) => xmlTag('marker', {
    id, viewBox: '0 0 10 10', refX: 5.5, refY: 5, markerWidth: 15, markerHeight: 15, markerUnits: 'userSpaceOnUse', orient: 'auto',
  }, xmlTag('path', {d: 'M0,0 L10,5 L0,10 L3,5 z', fill}));
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + xmlTag('svg', {
    xmlns: 'http://www.w3.org/2000/svg', viewBox: [room.x, room.y, room.width, room.height].map(rounded).join(' '),
    width: room.width, height: room.height, 'font-family': FONT, 'font-size': 13, role: 'img',
  }, [
    xmlTag('title', {}, xml(document.title)), xmlTag('defs', {}, arrow('arrow', look.move) + arrow('marked-arrow', look.route)), xmlTag('rect', {...room, fill: look.bg}),
    ...titles.map(heading => xmlTag('text', {
      x: heading.x - heading.side * ICON, y: heading.y, 'text-anchor': heading.side > 0 ? 'start' : 'end',
      'dominant-baseline': 'central', 'font-weight': 600, 'font-size': 11.5, fill: look.muted,
    }, xml(heading.lines[0]))),
    ...links.filter(linkShown).map(drawnLine), ...list.map(drawnThing),
  ].join('\n')) + '\n';
}
$('svg').addEventListener('click', () => saveFile(new Blob([inLight(drawing)], {type: 'image/svg+xml'}), 'rolegraph.svg'));
$('png').addEventListener('click', () => $('map').querySelector('canvas').toBlob(picture => saveFile(picture, 'rolegraph.png')));

// --- CSV as RFC 4180 has it; what a spreadsheet would take for a formula gets an apostrophe

function field(value) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
function csv(sheet) {
  const rows = [sheet.columns.map(column => column.title), ...matching(sheet).map(item => textsOf(sheet, item))];
  return rows.map(row => `${row.map(field).join(',')}\r\n`).join('');
}

// --- the address

$('copy').hidden = !share.possible;
/** Without a clipboard that pages may write to, the address is copied as text from a field. */
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = make('textarea', {value: words, className: 'unseen'});
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    $('copy').focus();
    return done;
  }
}
$('copy').addEventListener('click', async () => {
  const done = await copy(share.address());
  say(done ? 'The link to this view is copied' : 'The link to this view is in the address bar', true);
});
