// The network as tables: roles, moves, skills and what else there is; sorted, filtered, and as CSV.

const SLICE = 200; // rows drawn at once: more are a button away, so that large tables open quickly
const FEW = 6; // neighbours named in a cell
/** Whether the legend lets a relation through, drawn or not. */
const allowed = link => !hidden.relations.has(link.kind) && heard(link.evidence) && shown(link.start) && shown(link.end);
const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

// --- what the tables know of each thing and each move; made when the first table is opened

/** Whether a role has all that is said of an occupation, so that it need not be listed beside the role. */
const lent = thing => thing.group === 'occupation'
  && thing.links.some(link => NEVER_FOLLOWED.has(link.kind) && isRole(other(thing, link)));
let register = null;
function registered() {
  if (register) return register;
  const fresh = () => ({in: [], out: [], skills: [], roles: [], teachers: [], near: []});
  const notes = new Map(all.things.map(thing => [thing, fresh()]));
  for (const {kind, start, end} of all.links) {
    if (kind === 'move') {
      notes.get(start).out.push(end);
      notes.get(end).in.push(start);
    } else if (kind === 'requires') {
      notes.get(start).skills.push(end);
      if (!lent(start)) notes.get(end).roles.push(start);
    } else if (kind === 'teaches') notes.get(end).teachers.push(start);
    notes.get(start).near.push(end);
    if (start !== end) notes.get(end).near.push(start);
  }
  register = thing => notes.get(thing);
  return register;
}
const neighbours = (thing, part) => distinct(registered()(thing)[part]).sort((a, b) => collator.compare(a.label, b.label));
const amountOf = thing => thing.pay.length ? Number(thing.pay[0].amount.replace(/[^\d.]/g, '')) : null;

// A column has a title, the text of a cell and, where they differ from it, what it is sorted by and what is drawn.
const thingCell = (title, thingOf) => ({title, text: item => thingOf(item).label, draw: item => rowLink(thingOf(item))});
const listCell = (title, part) => ({
  title,
  text: thing => neighbours(thing, part).map(near => near.label).join('; '),
  sort: thing => neighbours(thing, part).length || null,
  draw: thing => linkList(thing, neighbours(thing, part)),
});
const countCell = (title, part, words, column) => ({
  title, number: true,
  text: thing => String(neighbours(thing, part).length),
  sort: thing => neighbours(thing, part).length,
  draw: thing => countLink(thing, neighbours(thing, part).length, words, column),
});
const kindsOf = link => distinct(link.evidence.map(number => evidence[number].kind)).map(capital).join(', ');
const kindCell = {title: 'Kind', text: thing => capital(kinds.get(thing.group).one)};
const nameCell = {title: 'Name', text: thing => thing.label, draw: thing => nameLink(thing)};
/** A table of what moves connect. */
const roleSheet = (name, caption, wanted) => ({
  name, title: capital(name), caption, rows: () => all.things.filter(wanted), shown,
  columns: [
    nameCell, kindCell,
    {
      title: 'Pay', className: 'wide', sort: amountOf, text: thing => thing.pay.map(payLine).join('; '),
      draw: thing => thing.pay.map(pay => [text('div', '', pay.amount), text('div', 'source', [pay.range, pay.basis].filter(Boolean).join('; '))]),
    },
    countCell('Moves in', 'in', 'moves into', 'To'), countCell('Moves out', 'out', 'moves out of', 'From'),
    countCell('Skills', 'skills', 'skills of', 'Required by'),
  ],
});
const SHEETS = [
  roleSheet('roles', 'Roles and groups of roles', isRole),
  roleSheet('occupations', 'Occupations of classifications', thing => roleKinds.has(thing.group) && !isRole(thing)),
  {
    name: 'moves', title: 'Moves', caption: 'Moves from role to role',
    rows: () => all.links.filter(link => link.kind === 'move'), shown: allowed,
    columns: [
      thingCell('From', link => link.start), thingCell('To', link => link.end),
      {title: 'Evidence', text: kindsOf, draw: link => button(kindsOf(link) || 'Details', () => openRow(link), {
        className: 'link', 'aria-label': `${kindsOf(link) || 'Details'}: ${brief(sentence(link))}`})},
      {title: 'Times seen', number: true, sort: link => link.count ?? null, text: link => link.count ? String(link.count) : '', draw: link => link.count ? counted(link.count) : ''},
      {title: 'Share of moves out', number: true, sort: link => link.share ? parseFloat(link.share) : null, text: link => (link.share ?? '').replace(' of the moves out', '')},
      {title: 'Source', text: link => distinct(link.evidence.map(number => evidence[number].text)).join('; '), draw: link => sources(link.evidence), className: 'wide'},
    ],
  },
  {
    name: 'skills', title: 'Skills', caption: 'Skills and who asks for them',
    rows: () => all.things.filter(thing => thing.group === 'skill'), shown,
    columns: [
      nameCell,
      {title: 'Roles', number: true, sort: thing => neighbours(thing, 'roles').length, text: thing => String(neighbours(thing, 'roles').length)},
      listCell('Required by', 'roles'), listCell('Taught by', 'teachers'),
    ],
  },
  {
    name: 'others', title: 'Others', caption: 'All other things',
    rows: () => all.things.filter(thing => !roleKinds.has(thing.group) && thing.group !== 'skill'), shown,
    columns: [nameCell, kindCell, listCell('Related to', 'near')],
  },
];
const sheetOf = thing => ready().find(sheet => sheet.all.includes(thing));

// --- links from row to row

const nameLink = thing => button(brief(thing.label), () => openRow(thing), {className: 'link'});
const rowLink = thing => button(brief(thing.label), () => goToRow(thing), {className: 'link'});
function linkList(thing, list) {
  const more = list.length > FEW ? button(`and ${counted(list.length - FEW)} more`, event => {
    const cell = event.target.parentElement;
    cell.replaceChildren(...parted(list));
    cell.querySelectorAll('button')[FEW].focus();
  }, {className: 'more', 'aria-label': `and ${counted(list.length - FEW)} more of ${brief(thing.label)}`}) : null;
  return [...parted(list.slice(0, FEW)), more && ' ', more];
}
const parted = list => list.flatMap((near, place) => place ? [', ', rowLink(near)] : [rowLink(near)]);
function countLink(thing, count, words, column) {
  if (!count) return '0';
  const sheet = SHEETS.find(one => one.columns.some(({title}) => title === column));
  return button(counted(count), () => openSheet(sheet, {filter: `${column}: "${thing.label.replaceAll('"', '')}"`, focus: true}),
    {className: 'link', 'aria-label': `${counted(count)} ${words} ${brief(thing.label)}`});
}
function openRow(item) {
  if (item.start) chooseLink(item); else choose(item);
}
/** Goes to the row of a thing in its table, past the filter where it hides the row. */
function goToRow(thing) {
  const sheet = sheetOf(thing);
  if (!sheet) return;
  if (table.open !== sheet) openSheet(sheet);
  if (!matching(sheet).includes(thing)) openSheet(sheet, {filter: ''});
  const place = matching(sheet).indexOf(thing);
  if (place < 0) {
    say(`${brief(thing.label)} is hidden by the legend`, true);
    return;
  }
  while (sheet.body.rows.length <= place) addRows(sheet);
  const row = sheet.body.rows[place];
  openRow(thing);
  row.scrollIntoView({block: 'center'});
  row.querySelector('button').focus();
}

// --- rows: filtered by words, or by "Column: "words"" for what stands in a column exactly; sorted by one column

function conditions(words) {
  const exact = [];
  const rest = words.replace(/([\p{L}\s]+): ?"([^"]*)"/gu, (_, title, value) => {
    exact.push([fold(title), fold(value)]);
    return ' ';
  });
  return {exact, loose: fold(rest).split(' ').filter(Boolean)};
}
function textsOf(sheet, item) {
  if (!sheet.texts.has(item)) sheet.texts.set(item, sheet.columns.map(column => column.text(item)));
  return sheet.texts.get(item);
}
function foldedOf(sheet, item) {
  if (!sheet.folded.has(item)) sheet.folded.set(item, fold([...textsOf(sheet, item), ...item.aliases ?? []].join(' ')));
  return sheet.folded.get(item);
}
function matching(sheet) {
  if (sheet.found) return sheet.found;
  const {exact, loose} = conditions(sheet.filter);
  const wanted = exact.map(([title, value]) => [sheet.columns.findIndex(column => fold(column.title) === title), value]);
  const stands = (item, [at, value]) => at >= 0
    && textsOf(sheet, item)[at].replaceAll('"', '').split('; ').some(part => fold(part) === value);
  const found = sheet.all.filter(item => sheet.shown(item) && wanted.every(condition => stands(item, condition))
    && (!loose.length || loose.every(word => foldedOf(sheet, item).includes(word))));
  sheet.found = inOrder(sheet, found);
  return sheet.found;
}
/** What has no value comes last, whichever way the rest is sorted; the order is that of the network else. */
function inOrder({sort, columns}, items) {
  const column = columns[sort.at];
  const value = column.sort ?? column.text;
  const keyed = items.map(item => [value(item), item]);
  const empty = key => key === null || key === '';
  const compare = (a, b) => typeof a === 'number' ? a - b : collator.compare(a, b);
  keyed.sort(([a], [b]) => empty(a) || empty(b) ? empty(a) - empty(b) : sort.down ? compare(b, a) : compare(a, b));
  return keyed.map(([, item]) => item);
}

// --- drawing

const table = {open: null, marked: null};
function addRows(sheet) {
  const next = matching(sheet).slice(sheet.body.rows.length, sheet.body.rows.length + SLICE);
  sheet.body.append(...next.map(item => rowOf(sheet, item)));
  const left = matching(sheet).length - sheet.body.rows.length;
  sheet.more.hidden = !left;
  sheet.more.textContent = `Show ${counted(Math.min(SLICE, left))} more of ${counted(left)}`;
}
function rowOf(sheet, item) {
  const cells = sheet.columns.map((column, at) => {
    const content = column.draw ? column.draw(item) : brief(column.text(item));
    return make(at ? 'td' : 'th', {className: column.className ?? (column.number ? 'number' : ''), ...at ? {} : {scope: 'row'}},
      ...Array.isArray(content) ? content : [content]);
  });
  const row = make('tr', {}, cells);
  row.addEventListener('click', event => { if (!event.target.closest('button, a')) openRow(item); });
  sheet.rowOf.set(item, row);
  return row;
}
/** Marks the row of what is chosen, wherever the reader chose it. */
function markRow() {
  const row = table.open?.rowOf.get(state.link ?? state.thing) ?? null;
  if (row === table.marked) return;
  table.marked?.removeAttribute('aria-current');
  row?.setAttribute('aria-current', 'true');
  table.marked = row;
}
for (const event of ['click', 'keyup']) addEventListener(event, markRow);
function sayRows(sheet) {
  const count = matching(sheet).length;
  const part = `${counted(count)} of ${plural(sheet.all.length, 'row')}`;
  say(`${sheet.title}: ${part}`, true);
  sheet.count.textContent = part;
}
/** Draws the rows anew, after another filter, another order, or a change of the legend. */
function redrawRows(sheet) {
  sheet.found = null;
  sheet.rowOf.clear();
  sheet.body.replaceChildren();
  addRows(sheet);
  for (const [at, head] of [...sheet.heads.children].entries()) {
    head.setAttribute('aria-sort', sheet.sort.at !== at ? 'none' : sheet.sort.down ? 'descending' : 'ascending');
  }
  markRow();
  sayRows(sheet);
}
/** The first click sorts names from A, figures from the greatest; the next turns the order round. */
function sortBy(sheet, at) {
  const figures = Boolean(sheet.columns[at].number || sheet.columns[at].sort);
  sheet.sort = {at, down: sheet.sort.at === at ? !sheet.sort.down : figures};
  redrawRows(sheet);
}
function buildSheet(sheet) {
  const heads = sheet.columns.map((column, at) => make('th', {scope: 'col', className: column.number ? 'number' : ''},
    button(column.title, () => sortBy(sheet, at))));
  sheet.heads = make('tr', {}, heads);
  sheet.body = make('tbody');
  const input = make('input', {type: 'search', autocomplete: 'off', spellcheck: false, value: sheet.filter});
  input.addEventListener('input', () => {
    sheet.filter = input.value;
    redrawRows(sheet);
  });
  sheet.input = input;
  sheet.count = text('span', 'muted', '');
  sheet.more = button('', () => {
    const next = sheet.body.rows.length;
    addRows(sheet);
    sheet.body.rows[next].querySelector('button')?.focus();
  });
  sheet.box = make('div', {className: 'sheet', hidden: true},
    make('div', {className: 'sieve'}, make('label', {}, `Filter ${sheet.title.toLowerCase()} `, input), sheet.count,
      button('CSV', () => saveFile(new Blob([csv(sheet)], {type: 'text/csv'}), `rolegraph-${sheet.name}.csv`),
        {title: 'Save the rows shown, all of them, as a file for spreadsheets'})),
    make('table', {}, text('caption', 'unseen', sheet.caption), make('thead', {}, sheet.heads), sheet.body), sheet.more);
  $('tables').append(sheet.box);
}
const ready = () => {
  for (const sheet of SHEETS) sheet.all ??= sheet.rows();
  return SHEETS.filter(sheet => sheet.all.length);
};
function buildTables() {
  if (table.open) return;
  const choices = ready().map(sheet => {
    sheet.choice = button(`${sheet.title} (${counted(sheet.all.length)})`, () => openSheet(sheet));
    return sheet.choice;
  });
  $('tables').append(make('div', {className: 'sheets', role: 'group', 'aria-label': 'Which table'}, choices));
}
function openSheet(sheet, {filter = null, focus: enter = false} = {}) {
  if (!sheet.body) buildSheet(sheet);
  table.open = sheet;
  if (filter !== null) {
    sheet.filter = filter;
    sheet.input.value = filter;
  }
  for (const one of ready()) {
    one.choice.setAttribute('aria-pressed', String(one === sheet));
    if (one.box) one.box.hidden = one !== sheet;
  }
  redrawRows(sheet);
  if (enter) sheet.input.focus();
  share.note();
}
for (const sheet of SHEETS) Object.assign(sheet, {all: null, filter: '', sort: {at: 0, down: false}, found: null, texts: new Map(), folded: new Map(), rowOf: new Map()});

// --- the map or the tables

function openView(name) {
  const asTable = name === 'table' && ready().length > 0;
  root.dataset.view = asTable ? 'table' : 'map';
  $('as-map').setAttribute('aria-pressed', String(!asTable));
  $('as-table').setAttribute('aria-pressed', String(asTable));
  $('tables').hidden = !asTable;
  if (!asTable) return;
  buildTables();
  openSheet(table.open ?? ready()[0]);
}
$('as-map').addEventListener('click', () => openView('map'));
$('as-table').addEventListener('click', () => openView('table'));
$('as-table').disabled = !all.things.length;
/** On paper all rows are there. */
addEventListener('beforeprint', () => {
  if (root.dataset.view === 'table') while (!table.open.more.hidden) addRows(table.open);
});
for (const event of ['change', 'click']) {
  $('filters').addEventListener(event, () => { if (root.dataset.view === 'table') redrawRows(table.open); });
}
