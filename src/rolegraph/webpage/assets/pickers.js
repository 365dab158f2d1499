// Pickers of roles: type a name or an alias, go through the matches by the arrow keys, take one by Enter.

/** What people look for routes between. */
const END = all.things.some(isRole) ? 'role' : 'occupation';
const MOST_OFFERED = 40; // roles that a picker lists at once

class Picker {
  constructor(id, taken, ask) {
    Object.assign(this, {input: $(id), list: $(`${id}-matches`), taken, ask, thing: null, matches: [], at: -1});
    this.input.placeholder = capital(END);
    this.input.addEventListener('input', () => {
      this.thing = null;
      this.offer(this.input.value);
    });
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('blur', () => this.open(false));
    this.input.addEventListener('keydown', event => this.key(event));
  }

  offer(query) {
    const wanted = fold(query);
    const found = travelRoles().map((entry, place) => ({...best(entry, wanted), place})).filter(({rank}) => rank < Infinity);
    if (wanted) found.sort((a, b) => a.rank - b.rank || a.place - b.place);
    this.matches = found.slice(0, MOST_OFFERED);
    this.at = this.matches.length ? 0 : -1;
    this.list.replaceChildren(...this.matches.map(({thing, name}, number) => {
      const more = [wanted && name !== thing.label ? brief(name) : '', isRole(thing) || END !== 'role' ? '' : kinds.get(thing.group).one];
      const also = more.some(Boolean) ? text('small', '', more.filter(Boolean).map(words => ` · ${words}`).join('')) : null;
      const option = make('li', {id: `${this.list.id}-${number}`, role: 'option'}, brief(thing.label), also);
      option.addEventListener('mousedown', event => {
        event.preventDefault();
        this.take(number);
      });
      return option;
    }));
    this.open(this.matches.length > 0);
    if (wanted) say(found.length ? plural(found.length, END) : `No ${END} has that name`);
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute('aria-selected', String(number === this.at));
    }
    if (!open) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.at}`);
    this.list.children[this.at].scrollIntoView({block: 'nearest'});
  }

  key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && this.list.hidden) this.offer(this.thing ? '' : this.input.value);
    else if (step) {
      this.at = (this.at + step + this.matches.length) % this.matches.length;
      this.open(true);
    } else if (event.key === 'Enter' && !this.list.hidden) this.take(this.at);
    else if (event.key === 'Enter') this.ask();
    else if (event.key === 'Escape' && !this.list.hidden) this.open(false);
    else return;
    event.preventDefault();
  }

  take(number) {
    this.put(this.matches[number].thing);
    this.open(false);
    this.taken(this.thing);
  }

  put(thing) {
    this.thing = thing;
    this.input.value = thing?.label ?? '';
  }

  /** The role that was taken, or that has the name that was typed; null where there is none, or several. */
  role() {
    if (this.thing) return this.thing;
    const wanted = fold(this.input.value);
    const exact = !wanted ? [] : travelRoles().filter(entry => best(entry, wanted).rank === 0);
    const labelled = exact.filter(({thing}) => fold(thing.label) === wanted);
    const rolesFirst = list => [list.filter(({thing}) => isRole(thing)), list]; // many occupations have the name of a role
    const [found] = [labelled, exact].flatMap(rolesFirst).find(list => list.length === 1) ?? [];
    if (found) this.put(found.thing);
    return found?.thing ?? null;
  }
}
/** A picker of several roles; each that was taken can be removed. */
class Several {
  constructor(id, most, ask) {
    this.things = [];
    this.most = most;
    this.chips = $(`${id}-chosen`);
    this.picker = new Picker(id, thing => this.put([...this.things, thing]), () => this.typed() && ask());
  }

  put(list) {
    this.things = distinct(list).slice(0, this.most);
    this.picker.put(null);
    this.picker.input.disabled = this.things.length >= this.most;
    this.chips.replaceChildren(...this.things.map(thing => make('li', {}, text('span', '', brief(thing.label)),
      button('×', () => {
        this.put(this.things.filter(one => one !== thing));
        this.picker.input.focus();
      }, {'aria-label': `Remove ${brief(thing.label)}`}))));
  }

  /** Takes what was typed and not taken; tells whether nothing else is left. */
  typed() {
    if (!this.picker.input.value.trim()) return true;
    const role = this.picker.role();
    if (role) this.put([...this.things, role]);
    return Boolean(role);
  }
}
