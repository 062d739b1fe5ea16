// Asks every second how the training stands, and draws it.
const chart = document.getElementById('chart');
const [left, right, top, bottom] = [60, 940, 15, 380];

function made(name, attributes, text = '') {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

function clock(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return (parts[0] ? parts : parts.slice(1)).map((part, i) => (i ? String(part).padStart(2, '0') : part)).join(':');
}

function number(value, digits) {
  return value === null || value === undefined ? '–' : value.toLocaleString('en', {maximumFractionDigits: digits, minimumFractionDigits: digits});
}

function range(values) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  return most > least ? [least, most] : [least - 0.5, most + 0.5];
}

function draw(state) {
  chart.replaceChildren();
  const rows = state.history.filter((row) => row.epoch !== undefined);
  const train = state.points;
  const dev = rows.filter((row) => row.devLoss !== null).map((row) => [row.epoch, row.devLoss]);
  const score = rows.filter((row) => row.devScore !== null).map((row) => [row.epoch, row.devScore]);
  const losses = [...train, ...dev].map((point) => point[1]);
  const last = Math.max(1, state.done ?? 1, ...rows.map((row) => row.epoch));
  const x = (epoch) => left + (right - left) * epoch / last;
  const scale = ([least, most]) => (value) => bottom - (bottom - top) * (value - least) / (most - least);
  if (losses.length > 0) {
    const of = range(losses);
    const y = scale(of);
    for (let i = 0; i <= 4; i++) {
      const value = of[0] + (of[1] - of[0]) * i / 4;
      chart.append(made('line', {class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value)}),
        made('text', {x: left - 8, y: y(value) + 5, 'text-anchor': 'end'}, value.toFixed(2)));
    }
    line('train', train, x, y);
    line('dev', dev, x, y);
  }
  if (score.length > 0) {
    const of = range(score.map((point) => point[1]));
    const y = scale(of);
    line('score', score, x, y);
    for (const value of of) chart.append(made('text', {x: right + 6, y: y(value) + 5}, value.toFixed(2)));
  }
  const step = Math.max(1, Math.ceil(last / 10));
  for (let epoch = 0; epoch <= last; epoch += step) {
    chart.append(made('text', {x: x(epoch), y: bottom + 25, 'text-anchor': 'middle'}, String(epoch)));
  }
}

function line(kind, points, x, y) {
  if (points.length === 0) return;
  chart.append(made('polyline', {class: kind, points: points.map(([epoch, value]) => `${x(epoch)},${y(value)}`).join(' ')}));
}

function cell(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function show(state) {
  const epoch = state.done === undefined ? 0 : Math.min(state.epochs, Math.floor(state.done) + 1);
  document.getElementById('state').textContent = state.ended
    ? `Ended: ${state.ended}; kept epoch ${state.bestEpoch}` : state.epochs ? `Training: epoch ${epoch} of ${state.epochs}` : 'Preparing…';
  document.getElementById('progress').value = state.epochs && state.done ? state.done / state.epochs : 0;
  const numbers = [
    ['Loss', number(state.loss, 4)], [`${state.unit ?? 'examples'} a second`, number(state.rate, 0)],
    ['Time', clock(state.seconds)], ['Left, if all epochs are run', state.ended ? '–' : clock(state.left)],
    ['Parameters', number(state.parameters, 0)], ['To train on', number(state.trainExamples, 0)], ['For dev', number(state.devExamples, 0)],
  ];
  document.getElementById('numbers').replaceChildren(...numbers.map(([name, value]) => {
    const one = document.createElement('div');
    one.append(cell('dt', name), cell('dd', value));
    return one;
  }));
  const metric = state.history.find((row) => row.metric)?.metric;
  document.getElementById('metric').textContent = metric ? `dev ${metric}` : '';
  draw(state);
  const head = document.createElement('tr');
  head.append(...['Epoch', 'Training loss', 'Dev loss', metric ?? 'Score', 'Learning rate', 'Time'].map((name) => cell('th', name)));
  document.getElementById('history').replaceChildren(head, ...state.history.slice(-20).reverse().map((row) => {
    const made = document.createElement('tr');
    made.className = row.best ? 'best' : '';
    made.append(...[row.epoch, number(row.trainLoss, 4), number(row.devLoss, 4), number(row.devScore, 4),
      row.learningRate === null ? '–' : row.learningRate.toPrecision(2), clock(row.seconds)].map((text) => cell('td', text)));
    return made;
  }));
}

async function ask() {
  try {
    const state = await (await fetch('/training.json')).json();
    show(state);
    document.title = state.ended ? 'Ended' : `${Math.round(100 * (state.done ?? 0) / (state.epochs ?? 1))} % · training`;
  } catch {
    document.getElementById('state').textContent += document.title === 'Gone' ? '' : ' · the program has ended';
    document.title = 'Gone';
  }
  setTimeout(ask, 1000);
}

ask();
