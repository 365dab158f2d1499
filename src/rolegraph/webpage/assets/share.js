// The exact view in the address, behind the #: what is chosen, hidden, sorted and marked, by names and not by numbers.

/**
 * A part of the view is a name, a function that reads its value, and one that takes a value.
 *
 *   share.part('theme', () => root.dataset.chosen ?? null, value => readTheme(value));
 *
 * read gives null where the view is as the page opens. A value is a text, a list of texts, or anything that JSON
 * can say. write gets what read gave, on another day and perhaps of other data, or null, which means: as the page
 * opens. It may be given anything that somebody typed, and passes over what it does not know; what it throws is
 * passed over, too. Parts are written in the order in which they were named.
 * share.note() says that the view may have changed; after clicks, keys and entries it is called anyway.
 */
const share = (() => {
  const parts = new Map();
  let waiting = null;
  let started = false;

  /** A text as it stands in the address: a blank is +, and nothing stands there that ends a link in a mail. */
  const encoded = words => encodeURIComponent(words.replace(/[\ud800-\udfff]/gu, '\ufffd'))
    .replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+');
  const decoded = words => decodeURIComponent(words.replaceAll('+', ' '));
  const isList = value => Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string');
  /** A list is ;one;two and whatever is neither text nor list is ! and JSON. */
  function written(value) {
    if (typeof value === 'string') return encoded(value);
    return isList(value) ? value.map(item => `;${encoded(item)}`).join('') : `!${encoded(JSON.stringify(value))}`;
  }
  function understood(words) {
    if (words.startsWith(';')) return words.slice(1).split(';').map(decoded);
    return words.startsWith('!') ? JSON.parse(decoded(words.slice(1))) : decoded(words);
  }
  function hash() {
    const values = [...parts].map(([name, {read}]) => [name, read()]).filter(([, value]) => value !== null);
    return values.map(([name, value]) => `${encoded(name)}=${written(value)}`).join('&');
  }
  /** What the address says, by the name of the part; what cannot be read is left out. */
  function asked() {
    const values = new Map();
    for (const item of location.hash.slice(1).split('&')) {
      const [name, ...words] = item.split('=');
      try {
        if (words.length) values.set(decoded(name), understood(words.join('=')));
      } catch { /* no text of ours */ }
    }
    return values;
  }
  /** Makes the view what the address says; parts of which it says nothing become as the page opened. */
  function obey() {
    const values = asked();
    for (const [name, {read, write}] of parts) {
      const value = values.get(name) ?? null;
      if (JSON.stringify(value) === JSON.stringify(read())) continue;
      try { write(value); } catch { /* it was typed by hand, or the data have changed */ }
    }
  }
  function put() {
    clearTimeout(waiting);
    waiting = null;
    const now = hash();
    if (!started || now === location.hash.slice(1)) return;
    // A page inside a notebook has no address, and says so by an error.
    try { history.replaceState(null, '', now ? `#${now}` : location.href.replace(/#.*/s, '')); } catch { /* so be it */ }
  }
  /** Browsers allow few changes of the address in a short time: it follows when the reader pauses. */
  function note() {
    clearTimeout(waiting);
    waiting = setTimeout(put, 150);
  }
  return {
    note,
    part(name, read, write) { parts.set(name, {read, write}); },
    /** Obeys the address and, from now on, follows the view; called once, when everything is there. */
    start() {
      obey();
      started = true;
      put();
      addEventListener('hashchange', () => {
        if (hash() === location.hash.slice(1)) return;
        obey();
        note();
      });
      for (const event of ['click', 'keyup', 'change', 'input']) addEventListener(event, note);
    },
    /** The address of this very view. */
    address() {
      put();
      const now = hash();
      return location.href.replace(/#.*/s, '') + (now && `#${now}`);
    },
    /** Whether there is an address that leads here, unlike in a notebook. */
    possible: /^(https?|file):$/.test(location.protocol),
  };
})();

/**
 * How a thing is called in the address: by its label or, where others have the same, by its IRI. Occupations give way:
 * many have the name of a role.
 */
const called = (() => {
  const labels = new Map();
  for (const occupations of [true, false]) {
    const now = new Map();
    for (const thing of all.things.filter(({group}) => (group === 'occupation') === occupations)) {
      now.set(thing.label, now.has(thing.label) ? null : thing);
    }
    for (const [label, thing] of now) labels.set(label, thing);
  }
  const iris = new Map(all.things.map(thing => [thing.iri, thing]));
  return {
    name: thing => labels.get(thing.label) === thing && !iris.has(thing.label) ? thing.label : thing.iri,
    thing: name => iris.get(name) ?? labels.get(name) ?? null,
  };
})();
