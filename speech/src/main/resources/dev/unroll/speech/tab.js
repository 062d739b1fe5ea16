// Speech: record something or drop a file; the words stand where they are heard.
import {answering, base64, element, fileField} from '/page/parts.js';

const RATE = 16000;
const MOST_SECONDS = 20;

export default function tab(root, task) {
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const take = (blob) => answer(async () => {
    const samples = await sound(blob);
    const found = await task.ask('transcribe', {wav: base64(wav(samples))});
    return {samples, found};
  }, ({samples, found}) => shown(samples, found));
  const drop = element('div', {class: 'drop'}, element('label', {for: 'speech-file'}, 'Drop a recording here, or choose one: '));
  const file = fileField('audio/*', drop, take);
  file.id = 'speech-file';
  drop.append(file);
  const buttons = element('div', {class: 'row'}, recorder(take, answer));
  const {sample} = task.model.facts;
  if (sample) {
    buttons.append(element('button', {type: 'button', class: 'plain', id: 'speech-sample', onclick: () => take(new Blob([bytes(sample)]))}, 'A voice of the program'));
  }
  root.append(drop, buttons, place);
}

function recorder(take, answer) {
  let running = null;
  const button = element('button', {type: 'button', class: 'act'}, 'Record');
  button.addEventListener('click', async () => {
    if (running) { running.stop(); return; }
    try {
      if (!navigator.mediaDevices) throw new Error('a browser records on this machine or over TLS only; choose a file');
      const stream = await navigator.mediaDevices.getUserMedia({audio: true});
      running = new MediaRecorder(stream);
      const pieces = [];
      running.addEventListener('dataavailable', (event) => pieces.push(event.data));
      running.addEventListener('stop', () => {
        stream.getTracks().forEach((track) => track.stop());
        running = null;
        button.textContent = 'Record';
        take(new Blob(pieces));
      });
      running.start();
      button.textContent = 'Stop';
      setTimeout(() => running?.stop(), MOST_SECONDS * 1000);
    } catch (problem) {
      answer(() => { throw problem; });
    }
  });
  return button;
}

/** Whatever the browser can read, as samples of one channel. */
async function sound(blob) {
  const decoder = new OfflineAudioContext(1, 1, RATE);
  let decoded;
  try {
    decoded = await decoder.decodeAudioData(await blob.arrayBuffer()); // at RATE
  } catch {
    throw new Error('this is no sound that the browser can read; choose a WAV file');
  }
  const mono = new Float32Array(Math.min(decoded.length, MOST_SECONDS * RATE));
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    const data = decoded.getChannelData(channel);
    for (let i = 0; i < mono.length; i++) mono[i] += data[i] / decoded.numberOfChannels;
  }
  return mono;
}

function wav(samples) {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, word) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF'); view.setUint32(4, 36 + 2 * samples.length, true); text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true); view.setUint32(28, 2 * RATE, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  text(36, 'data'); view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => view.setInt16(44 + 2 * i, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return new Uint8Array(view.buffer);
}

function bytes(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function shown(samples, found) {
  const canvas = element('canvas', {width: 1200, height: 160, class: 'map', role: 'img', 'aria-label': 'The sound'});
  wave(canvas, samples, found.words);
  const player = element('audio', {controls: true, src: URL.createObjectURL(new Blob([wav(samples)], {type: 'audio/wav'}))});
  return element('div', {class: 'card'}, element('p', {class: 'big', id: 'speech-text'}, found.text || '(nothing)'), canvas, player,
    element('div', {class: 'scroll'}, element('table', {},
      element('tr', {}, element('th', {}, 'Word'), element('th', {class: 'number'}, 'From'), element('th', {class: 'number'}, 'To')),
      found.words.map((word) => element('tr', {}, element('td', {}, word.word),
        element('td', {class: 'number'}, `${word.start.toFixed(2)} s`), element('td', {class: 'number'}, `${word.end.toFixed(2)} s`))))));
}

function wave(canvas, samples, words) {
  const pen = canvas.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  const {width, height} = canvas;
  const seconds = samples.length / RATE;
  pen.fillStyle = style.getPropertyValue('--shade');
  for (const word of words) pen.fillRect(width * word.start / seconds, 0, width * (word.end - word.start) / seconds, height);
  pen.fillStyle = style.getPropertyValue('--accent');
  const step = Math.max(1, Math.floor(samples.length / width));
  for (let x = 0; x < width; x++) {
    let most = 0;
    for (let i = x * step; i < Math.min(samples.length, (x + 1) * step); i++) most = Math.max(most, Math.abs(samples[i]));
    pen.fillRect(x, height / 2 - most * height * 0.42, 1, Math.max(1, most * height * 0.84));
  }
  pen.fillStyle = style.getPropertyValue('--ink');
  pen.font = '16px system-ui';
  for (const word of words) pen.fillText(word.word, width * word.start / seconds + 3, 18);
}
