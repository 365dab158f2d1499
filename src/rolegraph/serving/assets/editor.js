'use strict';
(() => {
  const known = JSON.parse(document.getElementById('known').textContent);
  const endpoint = new URL('sparql', document.baseURI).href;
  const desk = document.getElementById('desk');
  const byId = id => document.getElementById(id);
  const FIRST = ['rg', 'skos'].map(prefix => `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`).join('')
    + 'SELECT ?role ?label WHERE {\n  ?role a rg:Role ; skos:prefLabel ?label\n}\nORDER BY ?label\n';

  /** Makes an element; texts become text, never HTML. */
  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Writes an IRI with a prefix where one fits. */
  function shortened(iri) {
    let best = iri;
    for (const [prefix, namespace] of Object.entries(known.prefixes)) {
      const local = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^\w[\w.-]*$/.test(local) && prefix.length + local.length + 1 < best.length) {
        best = `${prefix}:${local}`;
      }
    }
    return best;
  }

  // -- the editor without YASGUI: a text, and a table of what it gives

  function plainDesk() {
    const text = element('textarea', {value: FIRST, spellcheck: false, id: 'text'});
    text.setAttribute('aria-label', 'SPARQL query');
    const run = element('button', {type: 'button', textContent: 'Run', id: 'run'});
    const told = element('span', {id: 'told'});
    told.setAttribute('role', 'status');
    const answer = element('div', {className: 'answer', id: 'answer'});
    desk.append(text, element('div', {className: 'bar'}, run, told), answer);
    run.addEventListener('click', () => ask(text.value, told, answer));
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(text.value, told, answer);
    });
    return {put: query => { text.value = query; ask(query, told, answer); }};
  }

  async function ask(query, told, answer) {
    told.className = '';
    told.textContent = 'asking …';
    answer.replaceChildren();
    try {
      const response = await fetch(endpoint, {
        method: 'POST', body: query,
        headers: {'Content-Type': 'application/sparql-query', Accept: 'application/sparql-results+json, text/turtle;q=0.9'},
      });
      if (!response.ok) throw new Error((await response.text()).trim());
      const cut = response.headers.get('Rolegraph-Truncated');
      show(await response.text(), response.headers.get('Content-Type'), cut, told, answer);
    } catch (error) {
      told.className = 'wrong';
      told.textContent = error.message;
    }
  }

  function show(text, type, cut, told, answer) {
    const more = cut ? ` (cut off by the limit on ${cut})` : '';
    if (!type.includes('json')) {
      told.textContent = `triples${more}`;
      answer.append(element('pre', {textContent: text}));
      return;
    }
    const read = JSON.parse(text);
    if ('boolean' in read) {
      told.textContent = read.boolean ? 'yes' : 'no';
      return;
    }
    const rows = read.results.bindings;
    told.textContent = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${more}`;
    const head = element('tr', {}, ...read.head.vars.map(name => element('th', {textContent: name, scope: 'col'})));
    const body = rows.map(row => element('tr', {}, ...read.head.vars.map(name => element('td', {}, cell(row[name])))));
    answer.append(element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
  }

  function cell(term) {
    if (!term) return '';
    if (term.type !== 'uri') return term.type === 'triple' ? JSON.stringify(term.value) : term.value;
    if (!/^https?:\/\//.test(term.value)) return term.value;
    return element('a', {href: term.value, rel: 'noopener noreferrer', textContent: shortened(term.value), title: term.value});
  }

  // -- with YASGUI

  function yasguiDesk() {
    desk.classList.add('framed');
    const {Yasgui} = window;
    const made = Yasgui.default || Yasgui;
    made.Yasqe.defaults.value = FIRST;
    made.Yasqe.defaults.autocompleters = ['variables'];  // the others ask servers elsewhere
    made.Yasqe.defaults.createShareableLink = null;
    made.Yasr.defaults.prefixes = known.prefixes;
    const yasgui = new made(desk, {
      requestConfig: {endpoint, method: 'POST'},
      copyEndpointOnNewTab: true,
      persistenceId: 'rolegraph',
      endpointCatalogueOptions: {getData: () => [{endpoint}]},
    });
    return {
      put: (query, name) => {
        const tab = yasgui.addTab(true, {name, yasqe: {value: query}, requestConfig: {endpoint}});
        tab.query().catch(() => {});  // the tab tells what is wrong
      },
    };
  }

  // -- named queries and their parameters

  function parameterField(parameter) {
    const field = element('input', {name: parameter.name, placeholder: parameter.default});
    if (parameter.choices.length) {
      field.setAttribute('list', `choices-${parameter.name}`);
      field.after(element('datalist', {id: `choices-${parameter.name}`}, ...parameter.choices.map(value => element('option', {value}))));
    }
    return element('label', {title: parameter.description}, `${parameter.name} (${parameter.type})`, field);
  }

  function choose() {
    const query = known.queries.find(one => one.name === byId('query').value);
    byId('question').className = '';
    byId('question').textContent = query ? query.question : '';
    byId('parameters').replaceChildren(...(query ? query.parameters.map(parameterField) : []));
    byId('take').hidden = !query;
  }

  async function take(event) {
    event.preventDefault();
    const query = known.queries.find(one => one.name === byId('query').value);
    if (!query) return;
    const given = [...byId('parameters').querySelectorAll('input')].filter(field => field.value.trim());
    let text = query.text;
    if (given.length) {
      const asked = new URLSearchParams([['query', query.name], ...given.map(field => ['value', `${field.name}=${field.value.trim()}`])]);
      const response = await fetch(`api/fill?${asked}`);
      const told = await response.json();
      if (!response.ok) {
        byId('question').className = 'wrong';
        byId('question').textContent = told.detail;
        return;
      }
      text = told.query;
    }
    byId('question').className = '';
    byId('question').textContent = query.question;
    editor.put(text, query.name);
  }

  for (const query of known.queries) {
    byId('query').append(element('option', {value: query.name, textContent: query.name}));
  }
  byId('prefixes').textContent = Object.entries(known.prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join('\n');
  byId('query').addEventListener('change', choose);
  byId('named').addEventListener('submit', take);
  choose();
  const editor = window.Yasgui ? yasguiDesk() : plainDesk();
  document.documentElement.dataset.ready = window.Yasgui ? 'yasgui' : 'plain';
})();
