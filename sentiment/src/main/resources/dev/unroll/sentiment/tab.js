// Sentiment: the label, a bar for each, and which words mattered.
import {answering, bar, element, form, labelled, percent, samples, textField} from '/page/parts.js';

const TEXTS = [
  'Friendly staff, a spotless room and a great breakfast.',
  'The battery died after two days and nobody answered my mails.',
  'The room was small, but the view is wonderful and I would come again.',
];

export default function tab(root, task) {
  const text = textField('text', TEXTS[2]);
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(
    () => Promise.all([task.ask('classify', {text: text.value}), task.ask('explain', {text: text.value})]),
    ([opinion, explanation]) => element('div', {class: 'card'},
      element('p', {class: 'big', id: 'sentiment-label'}, `${opinion.label} `,
        element('span', {class: 'soft'}, percent(opinion.probability))),
      Object.entries(opinion.probabilities).map(([label, share]) => bar(label, share)),
      words(explanation)));
  root.append(form([labelled('A text', text), samples(TEXTS, text, ask)], 'Classify', ask), place);
  ask();
}

/** Words that speak for the label on its side of the colours, those against it on the other. */
function words({label, words: read}) {
  const most = Math.max(1e-9, ...read.map((word) => Math.abs(word.influence)));
  return element('div', {},
    element('p', {class: 'soft'}, `What speaks for “${label}” (green) and against it (red):`),
    element('p', {class: 'reading'}, read.flatMap((word) => {
      const share = Math.round(60 * Math.abs(word.influence) / most);
      const colour = word.influence > 0 ? 'var(--good)' : 'var(--bad)';
      return [element('span', {
        class: 'word', title: `${word.influence > 0 ? '+' : ''}${word.influence.toFixed(3)} nats`,
        style: {background: `color-mix(in srgb, ${colour} ${share}%, transparent)`},
      }, word.word), ' '];
    })));
}
