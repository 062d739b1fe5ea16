// Words: a map to look around in, the neighbours of a word, and analogies as arrows.
import {answering, drawn, element, form, labelled} from '/page/parts.js';

const SIZE = 1000;
const NEAR = 600; // from here on every dot has its name

export default function tab(root, task) {
  const words = element('div');
  root.append(words);
  map(words, task);
  analogies(root, task);
}

function map(root, task) {
  const word = element('input', {type: 'search', autocomplete: 'off', placeholder: 'a word'});
  const near = element('div', {'aria-live': 'polite'});
  const place = element('div');
  const answer = answering(near);
  let view = null;
  const ask = () => answer(
    () => task.ask('nearest', {word: word.value.trim(), top: 10}),
    (found) => {
      const unknown = found[0]?.unknown;
      view?.mark(word.value.trim(), unknown ? [] : found.map((one) => one.word));
      return unknown ? element('p', {class: 'error'}, `“${unknown.join(', ')}” is not in the vocabulary`) : table(found, choose);
    });
  const choose = (chosen) => { word.value = chosen; ask(); };
  word.addEventListener('input', () => view?.find(word.value.trim()));
  root.append(form([labelled('Find a word and its neighbours', word)], 'Nearest', ask),
    element('div', {class: 'grid beside'}, place, near));
  answering(place)(() => task.ask('map', {words: [], top: 300}), (points) => {
    view = drawing(points.points, choose, task.model.facts.words);
    return view.element;
  });
}

function table(found, choose) {
  return element('table', {id: 'embeddings-near'}, found.map((one) => element('tr', {},
    element('td', {}, element('button', {type: 'button', class: 'plain', onclick: () => choose(one.word)}, one.word)),
    element('td', {class: 'number'}, one.similarity.toFixed(3)))));
}

/** Dots with names; the wheel or + and − come nearer, dragging or the arrows move. */
function drawing(points, choose, all) {
  const svg = drawn('svg', {class: 'map far', viewBox: `0 0 ${SIZE} ${SIZE}`, tabindex: 0, role: 'group',
    'aria-label': `A map of ${points.length} of ${all} words; arrows move it, plus and minus zoom`});
  const dots = new Map();
  for (const {word, x, y, labelled} of points) {
    const dot = drawn('circle', {class: 'dot', cx: x, cy: y, r: 4, onclick: () => choose(word)},
      drawn('title', {}, word));
    const name = drawn('text', {x: x + 6, y: y + 4, class: 'faint'}, word);
    if (!labelled) name.dataset.hidden = 'far';
    dots.set(word, {dot, name, x});
    svg.append(dot, name);
  }
  const view = {x: 0, y: 0, size: SIZE};
  const apply = () => {
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.size} ${view.size}`);
    const scale = view.size / SIZE;
    for (const {dot, name, x} of dots.values()) {
      dot.setAttribute('r', 4 * scale);
      name.style.fontSize = `${12 * scale}px`;
      name.setAttribute('x', x + 6 * scale);
    }
    svg.classList.toggle('far', view.size > NEAR);
  };
  const zoom = (factor, cx, cy) => {
    const size = Math.min(SIZE, Math.max(40, view.size * factor));
    view.x += (view.size - size) * cx;
    view.y += (view.size - size) * cy;
    view.size = size;
    apply();
  };
  const move = (dx, dy) => { view.x += dx * view.size; view.y += dy * view.size; apply(); };
  svg.addEventListener('wheel', (event) => {
    event.preventDefault();
    const at = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, (event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height);
  }, {passive: false});
  svg.addEventListener('pointermove', (event) => {
    const width = svg.getBoundingClientRect().width;
    if (event.buttons === 1) move(-event.movementX / width, -event.movementY / width);
  });
  svg.addEventListener('keydown', (event) => {
    const step = {ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1]}[event.key];
    if (step) { event.preventDefault(); move(...step); }
    if (event.key === '+' || event.key === '=') zoom(0.8, 0.5, 0.5);
    if (event.key === '-') zoom(1.25, 0.5, 0.5);
  });
  const each = (shown) => {
    for (const [word, {dot, name}] of dots) {
      const kind = shown(word);
      dot.setAttribute('class', `dot ${kind}`);
      name.setAttribute('class', kind ? 'strong' : 'faint');
      if (kind) svg.append(dot, name); // above the others
    }
  };
  return {
    element: svg,
    find: (beginning) => each((word) => (beginning && word.startsWith(beginning) ? 'near' : '')),
    mark: (chosen, near) => each((word) => (word === chosen ? 'chosen' : near.includes(word) ? 'near' : '')),
  };
}

function analogies(root, task) {
  const fields = ['man', 'king', 'woman'].map((value) => element('input', {type: 'text', value, autocomplete: 'off'}));
  const place = element('div', {'aria-live': 'polite'});
  const answer = answering(place);
  const ask = () => answer(async () => {
    const words = fields.map((field) => field.value.trim());
    const found = await task.ask('analogy', {words, top: 5});
    if (found[0]?.unknown) throw new Error(`“${found[0].unknown.join(', ')}” is not in the vocabulary`);
    const best = found[0]?.word;
    const places = await task.ask('map', {words: [...words, ...(best ? [best] : [])]});
    return {words, best, found, places};
  }, ({words, best, found, places}) => element('div', {class: 'grid'}, arrows(words, best, places.points),
    element('div', {}, element('p', {class: 'big', id: 'embeddings-analogy'}, best ?? '–'), table(found, () => {}))));
  root.append(element('h2', {}, 'Analogies'), form([element('div', {class: 'row'},
    labelled('As', fields[0]), labelled('is to', fields[1]), labelled('so is', fields[2]))], 'is to …', ask), place);
}

function arrows([a, b, c], best, points) {
  const at = new Map(points.map((point) => [point.word, point]));
  const arrow = (from, to, kind) => (at.has(from) && at.has(to) ? [drawn('line', {class: kind,
    x1: at.get(from).x, y1: at.get(from).y, x2: at.get(to).x, y2: at.get(to).y, 'marker-end': 'url(#head)'})] : []);
  return drawn('svg', {class: 'map', viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': `${a} to ${b} as ${c} to ${best}`},
    drawn('defs', {}, drawn('marker', {id: 'head', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto'},
      drawn('path', {d: 'M0 0 10 5 0 10Z', fill: 'context-stroke'}))),
    arrow(a, b, ''), best ? arrow(c, best, 'found') : [],
    points.map((point) => drawn('circle', {class: 'dot near', cx: point.x, cy: point.y, r: 7})),
    points.map((point) => drawn('text', {class: 'strong large', x: Math.min(point.x + 14, SIZE - 160), y: point.y - 14}, point.word)));
}
