// Activity: a recording, as a table that is pasted or dropped; its channels are drawn.
import {answering, bar, drawn, element, fileField, form, hue, labelled, percent, textField} from '/page/parts.js';

const MOST_CHANNELS = 12;

export default function tab(root, task) {
  const {channels, sample} = task.model.facts;
  const text = textField('recording', sample ?? `${channels.join(',')}\n${channels.map(() => 0).join(',')}`);
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(() => task.ask('recognise', {recording: text.value}),
    (found) => [curves(text.value), ...found.map((one) => element('div', {class: 'card'},
      element('p', {class: 'big'}, `${one.label} `, element('span', {class: 'soft'}, percent(one.probability))),
      element('p', {class: 'soft'}, one.id),
      Object.entries(one.probabilities).map(([label, share]) => bar(label, share))))]);
  const file = fileField('.csv,.ts,.txt', text, async (chosen) => { text.value = await chosen.text(); ask(); });
  root.append(form([labelled('A recording: a line of names, then a line a step (paste it, or drop a file)', text), labelled('or a file', file)], 'Recognise', ask), place);
  if (sample) ask();
}

/** The first channels that are numbers, each on its own scale. */
function curves(table) {
  const rows = table.trim().split('\n').map((line) => line.split(','));
  const names = rows.shift() ?? [];
  const columns = names.map((name, i) => ({name, values: rows.map((row) => Number.parseFloat(row[i]))}))
    .filter(({values}) => values.length > 1 && values.every(Number.isFinite) && Math.max(...values) > Math.min(...values)).slice(0, MOST_CHANNELS);
  return drawn('svg', {class: 'chart', viewBox: '0 0 100 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': `The channels ${columns.map(({name}) => name).join(', ')}`},
    columns.map(({name, values}) => {
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const points = values.map((value, i) => `${100 * i / (values.length - 1)},${95 - 90 * (value - least) / (most - least)}`);
      return drawn('polyline', {points: points.join(' '), 'vector-effect': 'non-scaling-stroke', style: {stroke: `hsl(${hue(name)} 60% 50%)`}}, drawn('title', {}, name));
    }));
}
