// What tabs are made of. No markup is ever made of strings, so that no text can become a script.

/** An element: element('p', {class: 'hint', onclick: f}, 'text', child, …). */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same within a drawing. */
export function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (key === 'style') {
      for (const [property, to] of Object.entries(value)) made.style.setProperty(property, to);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

let names = 0;

/** A field under its label. */
export function labelled(text, field) {
  field.id ||= `field${++names}`;
  return element('div', {}, element('label', {for: field.id}, text), field);
}

/** A slider that shows its value; read it with .querySelector('input').valueAsNumber. */
export function slider(text, min, max, step, value) {
  const input = element('input', {type: 'range', min, max, step, value});
  input.id = `field${++names}`;
  input.style.width = '100%';
  const shown = element('output', {for: input.id}, String(value));
  input.addEventListener('input', () => { shown.textContent = input.value; });
  return element('div', {}, element('label', {for: input.id}, `${text}: `, shown), input);
}

/** Buttons that put a sample into a field. */
export function samples(texts, field, then) {
  const take = (text) => { field.value = text; then(); };
  return element('div', {class: 'samples', 'aria-label': 'Samples'},
    texts.map((text) => element('button', {type: 'button', onclick: () => take(text)}, text)));
}

/** A bar with a name and a share. */
export function bar(name, share) {
  return element('div', {class: 'bar'}, element('span', {}, name),
    element('meter', {min: 0, max: 1, value: share, 'aria-label': name}),
    element('span', {class: 'number'}, percent(share)));
}

export function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** Shows what asking gave, or one line that says what was wrong; only the last question counts. */
export function answering(place) {
  let last = 0;
  return async (ask, show) => {
    const own = ++last;
    place.setAttribute('aria-busy', 'true');
    try {
      const answer = await ask();
      if (own === last) place.replaceChildren(...[show(answer)].flat());
    } catch (problem) {
      if (own === last) place.replaceChildren(element('p', {class: 'error', role: 'alert'}, problem.message));
    } finally {
      if (own === last) place.removeAttribute('aria-busy');
    }
  };
}

/** Submits on Ctrl+Enter, too. */
export function form(fields, label, submit) {
  const made = element('form', {onsubmit: (event) => { event.preventDefault(); submit(); }},
    fields, element('div', {class: 'row'}, element('button', {class: 'act'}, label)));
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
  });
  return made;
}

/** A field for a text. */
export function textField(name, value = '') {
  const field = element('textarea', {spellcheck: 'false', name});
  field.value = value;
  return field;
}

/** A field for a file; one that is dropped on a place is taken, too. */
export function fileField(accept, place, take) {
  const file = element('input', {type: 'file', accept});
  file.addEventListener('change', () => file.files.length && take(file.files[0]));
  place.addEventListener('dragover', (event) => { event.preventDefault(); place.classList.add('over'); });
  place.addEventListener('dragleave', () => place.classList.remove('over'));
  place.addEventListener('drop', (event) => {
    place.classList.remove('over');
    if (event.dataTransfer.files.length) { event.preventDefault(); take(event.dataTransfer.files[0]); }
  });
  return file;
}

/** Bytes as Base64. */
export function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

/** A hue that a name always has. */
export function hue(name) {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 997;
  return (sum * 137.5) % 360;
}
