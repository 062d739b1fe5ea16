// Translation: the sentence, its alternatives, and what the decoder looked at.
import {answering, element, form, labelled, samples, textField} from '/page/parts.js';

const TEXTS = ['Ich lese ein Buch.', 'Wir trinken heute Abend Tee.', 'Wo ist der Bahnhof?'];

export default function tab(root, task) {
  const text = textField('text', TEXTS[0]);
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(
    () => task.ask('translate', {text: text.value, nBest: 3, alignments: task.model.facts.attention}),
    (found) => element('div', {class: 'card'},
      element('p', {class: 'big', id: 'translation-text'}, found.translation || '–'),
      found.alignment ? looking(found.alignment) : [],
      element('p', {class: 'soft'}, 'Alternatives:'),
      element('table', {}, found.alternatives.slice(1).map((other) => element('tr', {},
        element('td', {}, other.translation),
        element('td', {class: 'number'}, `${other.logProbability.toFixed(2)} nats`))))));
  root.append(form([labelled('A text', text), samples(TEXTS, text, ask)], 'Translate', ask), place);
  ask();
}

/** A row a word of the translation, a column a word of the source; the darker, the more it was looked at. */
function looking({source, target, weights}) {
  return element('div', {class: 'scroll'}, element('table', {},
    element('caption', {class: 'soft'}, 'What the decoder looked at'),
    element('tr', {}, element('td'), source.map((word) => element('th', {scope: 'col'}, word))),
    target.map((word, t) => element('tr', {}, element('th', {scope: 'row'}, word),
      source.map((other, s) => element('td', {
        title: `${word} ← ${other}: ${(100 * weights[t][s]).toFixed(0)} %`,
        style: {background: `color-mix(in srgb, var(--accent) ${Math.round(100 * weights[t][s])}%, transparent)`},
      }))))));
}
