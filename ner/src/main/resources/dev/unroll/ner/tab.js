// Names: coloured spans with their probabilities, and a list of them by type.
import {answering, element, form, hue, labelled, percent, samples, textField} from '/page/parts.js';

const TEXTS = [
  'Martha Lindqvist flew from Lisbon to Hamburg on Friday.',
  'Orbit Shipping hired Paul Romano in Dublin.',
  'We waited at the station until it was dark.',
];

export default function tab(root, task) {
  const text = textField('text', TEXTS[0]);
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(() => task.ask('tag', {text: text.value}), show);
  root.append(form([labelled('A text', text), samples(TEXTS, text, ask)], 'Find names', ask), place);
  ask();
}

function show({text, spans}) {
  const characters = [...text]; // start and end count these
  const shown = [];
  let done = 0;
  for (const span of spans) {
    shown.push(characters.slice(done, span.start).join(''), element('span',
      {class: 'span', style: {'--hue': hue(span.type)}, title: percent(span.probability)},
      span.text, element('small', {}, `${span.type} ${percent(span.probability)}`)));
    done = span.end;
  }
  shown.push(characters.slice(done).join(''));
  return element('div', {class: 'card'}, element('p', {class: 'reading'}, shown), byType(spans));
}

function byType(spans) {
  if (spans.length === 0) return element('p', {class: 'soft'}, 'No names.');
  const types = [...new Set(spans.map((span) => span.type))].sort();
  return element('table', {}, types.map((type) => element('tr', {}, element('th', {scope: 'row'}, type),
    element('td', {}, spans.filter((span) => span.type === type).map((span) => span.text).join(', ')))));
}
