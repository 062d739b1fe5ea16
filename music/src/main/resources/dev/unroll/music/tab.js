// Music: a piece that is composed note by note, and what the model thinks of a melody.
import {answering, base64, element, fileField, form, labelled, slider, textField} from '/page/parts.js';

const DRAWN = 0.25; // of a quarter: how long a note is shown while it is drawn, when its length is not known

export default function tab(root, task) {
  composing(root, task);
  melody(root, task);
}

/** A choice that may be left open. */
function choice(name, values) {
  return labelled(name, element('select', {}, element('option', {value: ''}, 'any'), values.map((value) => element('option', {value}, value))));
}

function composing(root, task) {
  const {metres, styles} = task.model.facts;
  const bars = slider('Bars', 1, 32, 1, 8);
  const temperature = slider('Temperature', 0, 2, 0.05, 0.8);
  const topP = slider('Top p', 0.05, 1, 0.05, 0.95);
  const key = element('input', {type: 'text', autocomplete: 'off', placeholder: 'such as G, F#m or Ador'});
  const metre = choice('Metre', metres);
  const style = choice('Style', styles);
  const place = element('div', {'aria-live': 'polite'});
  const stop = element('button', {type: 'button', class: 'plain', disabled: true, onclick: () => running?.abort()}, 'Stop');
  const answer = answering(place);
  let running = null;
  const number = (field) => field.querySelector('input').valueAsNumber;
  const chosen = (field) => field.querySelector('select').value;
  const compose = () => answer(async () => {
    running?.abort();
    const own = running = new AbortController();
    stop.disabled = false;
    const draft = drafting(place, number(bars));
    let piece = null;
    try {
      await task.write('compose', {
        motif: '', bars: number(bars), temperature: number(temperature), topP: number(topP), key: key.value.trim(),
        metre: chosen(metre), style: chosen(style), seed: Math.floor(Math.random() * 2 ** 31),
      }, (name, event) => { if (name === 'end') piece = event; else draft(event); }, own.signal);
      return {explained: await explained(task, piece.abc), piece};
    } catch (problem) {
      if (problem.name === 'AbortError') throw new Error('stopped');
      throw problem;
    } finally {
      if (own === running) stop.disabled = true;
    }
  }, ({explained: found, piece}) => card(found, piece.draws === 1 ? [] : `Drawn ${piece.draws} times.`));
  const made = form([element('div', {class: 'row'}, bars, temperature, topP),
    element('div', {class: 'row'}, labelled('Key', key), metre, styles.length > 0 ? style : [])], 'Compose', compose);
  made.lastChild.append(stop);
  root.append(made, place);
}

/** Shows the symbols of a piece as they come; those of ABC are its letters. */
function drafting(place, bars) {
  const canvas = element('canvas', {class: 'roll', role: 'img', 'aria-label': 'The notes drawn so far'});
  const text = element('pre', {class: 'scroll'});
  let draw = 0;
  let notes = [];
  let due = false;
  const show = () => {
    due = false;
    if (canvas.isConnected) drawRoll({notes, bars: [], seconds: Math.max(4 * bars, ...notes.map((note) => note.end))}, canvas, null);
  };
  return (symbol) => {
    if (symbol.draw !== draw) {
      draw = symbol.draw;
      notes = [];
      text.textContent = '';
    }
    if (symbol.text) {
      if (!text.isConnected) place.replaceChildren(text);
      text.textContent = text.textContent.slice(0, symbol.at) + symbol.text;
    } else if (symbol.pitch >= 0) {
      if (!canvas.isConnected) place.replaceChildren(canvas);
      notes.push({pitch: symbol.pitch, start: symbol.at, end: symbol.at + DRAWN, nats: -1});
      if (!due) requestAnimationFrame(show);
      due = true;
    }
  };
}

async function explained(task, music) {
  return task.ask('explain', {music});
}

function melody(root, task) {
  const text = textField('music', task.model.facts.melody);
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const show = () => answer(() => explained(task, text.value), (found) => found.map((piece) => card([piece], [])));
  const harmonise = () => answer(async () => {
    const progress = element('progress', {'aria-label': 'Harmonising'});
    place.replaceChildren(progress);
    let harmonised = null;
    await task.write('harmonise', {melody: text.value}, (name, event) => {
      if (name === 'end') harmonised = event;
      else Object.assign(progress, {max: event.of, value: event.step});
    });
    return {found: await explained(task, harmonised.abc), harmonised};
  }, ({found, harmonised}) => card(found, `${harmonised.added} notes were added below the melody.`));
  const file = fileField('.abc,.mid,.midi,.json', text, async (chosen) => {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const midi = String.fromCharCode(...bytes.subarray(0, 4)) === 'MThd';
    text.value = midi ? base64(bytes) : new TextDecoder().decode(bytes);
    show();
  });
  const made = form([labelled('Music in ABC (write it, or drop a file)', text), labelled('or a file: ABC, MIDI or a piano roll', file)], 'Show', show);
  if (task.model.verbs.some((verb) => verb.verb === 'harmonise')) {
    made.lastChild.append(element('button', {type: 'button', class: 'act', id: 'music-harmonise', onclick: harmonise}, 'Harmonise'));
  }
  root.append(element('h2', {}, 'What does the model think of a melody?'), made, place);
}

function card([piece], story) {
  const canvas = element('canvas', {class: 'roll', role: 'img', 'aria-label': `${piece.name || 'The piece'} as a piano roll`});
  const button = element('button', {type: 'button', class: 'act'});
  const made = element('div', {class: 'card'},
    element('p', {class: 'big'}, piece.name || 'A piece without a name'),
    element('div', {class: 'row'}, button, element('span', {class: 'soft'}, summary(piece))), canvas,
    element('p', {class: 'soft'}, 'How surprising a note is: ', element('span', {class: 'nats'}), ' from 0 to 6 nats and more; grey if the notation does not tell.'),
    element('p', {class: 'soft'}, likeness(piece), ' ', story),
    element('details', {}, element('summary', {}, 'Sheet music in ABC'), element('pre', {class: 'scroll'}, piece.abc)));
  roll(piece, canvas, button);
  return made;
}
