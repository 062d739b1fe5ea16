// DNA: the label of a strand and the bases that spoke for it, or the regions of a sequence.
import {answering, bar, drawn, element, fileField, form, hue, labelled, percent, textField} from '/page/parts.js';

const EXAMPLE = '>example\nGTGGCACCGTTGACACCACACGGCTAACAAGTGTATAATTAAGTTTGTAACGCAGGCATT';
const LONGEST_SHOWN = 5000; // bases that are shown one by one

export default function tab(root, task) {
  const finds = Boolean(task.model.facts.types);
  const text = textField('sequence', EXAMPLE);
  text.classList.add('bases');
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = finds
    ? () => answer(() => annotated(task, sequences(text.value)), (found) => found.map(regions))
    : () => answer(() => classified(task, text.value), (found) => found.map(strand));
  const file = fileField('.fa,.fasta,.fna,.txt,.tsv,.fastq,.fq', text, async (chosen) => { text.value = await chosen.text(); ask(); });
  root.append(form([labelled('Letters, or FASTA (write it, or drop a file)', text), labelled('or a file', file)],
    finds ? 'Find regions' : 'Classify', ask), place);
  ask();
}

async function classified(task, sequence) {
  const [labels, reasons] = await Promise.all([task.ask('classify', {sequence}), task.ask('explain', {sequence})]);
  return labels.map((label, i) => ({...label, ...reasons[i]}));
}

function strand({id, label, probability, probabilities, bases, influence}) {
  const columns = [...bases].map((base, i) => [[base, influence[i], `${i + 1} ${base}: ${influence[i].toFixed(3)} nats`]]);
  return element('div', {class: 'card'},
    element('p', {class: 'big'}, `${label} `, element('span', {class: 'soft'}, percent(probability))),
    element('p', {class: 'soft'}, id),
    Object.entries(probabilities).map(([name, share]) => bar(name, share)),
    element('p', {class: 'soft'}, `Each base as high as it spoke for “${label}”, or against it, below the line:`),
    logo(columns, 14, 80));
}

/** Letters alone are one sequence, whatever the lines. */
function sequences(text) {
  const records = text.includes('>') ? text.split(/^>/m).slice(1) : [`sequence\n${text}`];
  return records.map((record) => {
    const [header, ...lines] = record.split('\n');
    return {name: header.trim().split(/\s+/)[0], bases: lines.join('').replace(/\s/g, '')};
  });
}

async function annotated(task, all) {
  const found = await task.ask('annotate', {sequences: all.map(({name, bases}) => `>${name}\n${bases}\n`)});
  return all.map((one, i) => ({...one, found: found[i].sort((a, b) => a.start - b.start)}));
}

function regions({name, bases, found}) {
  return element('div', {class: 'card'},
    element('p', {class: 'big'}, `${name} `, element('span', {class: 'soft'}, `${bases.length.toLocaleString('en')} bases, ${found.length} regions`)),
    track(bases.length, found), bases.length <= LONGEST_SHOWN ? letters(bases, found) : [],
    element('div', {class: 'scroll'}, element('table', {},
      element('tr', {}, ['Type', 'Strand'].map((head) => element('th', {}, head)),
        ['From', 'To', 'Probability'].map((head) => element('th', {class: 'number'}, head))),
      found.map((region) => element('tr', {}, element('td', {}, region.type), element('td', {}, region.strand),
        element('td', {class: 'number'}, region.start + 1), element('td', {class: 'number'}, region.end),
        element('td', {class: 'number'}, percent(region.probability)))))));
}

function title({type, start, end, strand: on, probability}) {
  return `${type} ${start + 1}–${end} ${on} ${percent(probability)}`;
}

/** Regions of the strand itself above the line, those of the other one below it. */
function track(length, found) {
  const height = {'+': 4, '-': 34}; // of those that lie on neither: between
  return drawn('svg', {class: 'track', viewBox: `0 0 ${Math.max(1, length)} 60`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${found.length} regions`},
    drawn('line', {x1: 0, x2: length, y1: 30, y2: 30, 'vector-effect': 'non-scaling-stroke', stroke: 'currentColor'}),
    found.map((region) => drawn('rect', {x: region.start, width: region.end - region.start, y: height[region.strand] ?? 19, height: 22,
      fill: `hsl(${hue(region.type)} 60% 50%)`, 'fill-opacity': 0.35 + 0.65 * region.probability}, drawn('title', {}, title(region)))));
}

function letters(bases, found) {
  const shown = [];
  let done = 0;
  for (const region of found) {
    if (region.start < done) continue; // it overlaps one of the other strand
    shown.push(bases.slice(done, region.start),
      element('span', {class: 'region', style: {'--hue': hue(region.type)}, title: title(region)}, bases.slice(region.start, region.end)));
    done = region.end;
  }
  return element('p', {class: 'bases'}, shown, bases.slice(done));
}
