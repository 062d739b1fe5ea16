// The language model: a text that grows, and what might have come instead of each symbol.
import {answering, element, form, labelled, percent, slider, textField} from '/page/parts.js';

export default function tab(root, task) {
  if (task.model.verbs.some((verb) => verb.verb === 'sample')) writing(root, task);
  scoring(root, task);
}

function writing(root, task) {
  const prime = element('input', {type: 'text', value: 'The ', autocomplete: 'off'});
  const length = slider('Length', 50, Math.min(2000, task.model.facts.longest), 50, 400);
  const temperature = slider('Temperature', 0, 2, 0.05, 0.6);
  const topP = slider('Top p', 0.05, 1, 0.05, 1);
  const text = element('div', {class: 'text card', 'aria-label': 'The text', id: 'charlm-text'});
  const stop = element('button', {type: 'button', class: 'plain', disabled: true, onclick: () => running?.abort()}, 'Stop');
  let running = null;
  const value = (field) => field.querySelector('input').valueAsNumber;
  const write = async () => {
    running?.abort();
    const own = running = new AbortController();
    text.replaceChildren();
    stop.disabled = false;
    let first = prime.value !== '';
    try {
      await task.write('sample', {
        prime: prime.value, length: value(length), temperature: value(temperature), topP: value(topP),
        seed: Math.floor(Math.random() * 2 ** 31), alternatives: 6,
      }, (name, piece) => {
        if (name !== 'message' || own !== running) return;
        text.append(first ? element('span', {class: 'prime'}, piece.text) : symbol(piece));
        first = false;
      }, own.signal);
    } catch (problem) {
      if (problem.name !== 'AbortError') text.append(element('p', {class: 'error', role: 'alert'}, problem.message));
    } finally {
      if (own === running) stop.disabled = true;
    }
  };
  const made = form([labelled('Begin with', prime), element('div', {class: 'row'}, length, temperature, topP)], 'Write', write);
  made.lastChild.append(stop);
  root.append(made, text, element('p', {class: 'hint'}, 'Point at a character, or go to it with Tab and the arrows, to see what might have come instead.'));
  text.addEventListener('pointerover', (event) => tip(event.target));
  text.addEventListener('focusin', (event) => tip(event.target));
  text.addEventListener('pointerleave', () => tip(null));
  text.addEventListener('focusout', () => tip(null));
  text.addEventListener('keydown', walk);
}

/** One symbol can be reached with Tab, the others from it: thousands of stops would be a trap. */
function symbol({text, alternatives}) {
  const made = element('span', {class: 'fresh', tabindex: -1}, text);
  made.alternatives = alternatives;
  made.symbol = text;
  requestAnimationFrame(() => {
    if (made.parentElement && !made.parentElement.querySelector('[tabindex="0"]')) made.tabIndex = 0;
  });
  return made;
}

function walk(event) {
  const next = {ArrowRight: 'nextElementSibling', ArrowLeft: 'previousElementSibling'}[event.key];
  const to = next && event.target[next];
  if (to?.alternatives) {
    event.preventDefault();
    to.focus();
  }
}

let shown = null;

function tip(target) {
  shown?.remove();
  shown = null;
  if (!target?.alternatives?.length) return;
  const lines = target.alternatives.map(({text, probability}) =>
    `${text === target.symbol ? '▸' : ' '} ${visible(text).padEnd(6)} ${percent(probability).padStart(7)}`);
  shown = element('div', {class: 'tip', role: 'tooltip'}, lines.join('\n'));
  document.body.append(shown);
  const at = target.getBoundingClientRect();
  const left = Math.min(at.left + scrollX, scrollX + document.documentElement.clientWidth - shown.offsetWidth - 8);
  shown.style.left = `${Math.max(4, left)}px`;
  shown.style.top = `${at.bottom + scrollY + 6}px`;
}

function visible(text) {
  return text.replaceAll('\n', '⏎').replaceAll(' ', '␣').replaceAll('\t', '⇥');
}

function scoring(root, task) {
  const text = textField('lines', 'The lamp was lit and the boats came home.\nThe boats was lamp and home came lit the.');
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(
    () => task.ask('score', {texts: text.value.split('\n').filter((line) => line !== '')}),
    (scores) => element('div', {class: 'card scroll'}, element('table', {},
      element('tr', {}, element('th', {}, 'Text'), element('th', {class: 'number'}, 'Nats'), element('th', {class: 'number'}, 'A character')),
      scores.map((score) => element('tr', {}, element('td', {}, score.text),
        element('td', {class: 'number'}, score.logProbability.toFixed(2)),
        element('td', {class: 'number'}, score.perCharacter.toFixed(3)))))));
  root.append(element('h2', {}, 'How probable is a text?'),
    form([labelled('Texts, one a line', text)], 'Score', ask), place);
}
