// The page: asks what is served, and gives each task its tab.
import {element, labelled} from '/page/parts.js';

const main = document.getElementById('main');
const tabs = document.getElementById('tabs');

function headers(more) {
  const token = sessionStorage.getItem('token');
  return token ? {...more, Authorization: `Bearer ${token}`} : more;
}

async function checked(response) {
  if (response.ok) return response;
  let sentence = `the server answered ${response.status}`;
  try {
    sentence = (await response.json()).error || sentence;
  } catch { /* It was no JSON. */ }
  throw Object.assign(new Error(sentence), {status: response.status});
}

async function post(path, body, accept, signal) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST', signal, body: JSON.stringify(body),
      headers: headers({'Content-Type': 'application/json', Accept: accept}),
    });
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    throw new Error('the server does not answer; is it still running?');
  }
  return checked(response);
}

/** Events of a stream, as they come. */
async function events(response, each) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split('\n');
      const name = lines.find((line) => line.startsWith('event: '))?.slice(7) ?? 'message';
      const data = JSON.parse(lines.find((line) => line.startsWith('data: ')).slice(6));
      if (name === 'error') throw new Error(data.error);
      each(name, data);
    }
  }
}

/** What a tab can do: ask a verb of the chosen model, or have it write. */
function taskOf(served) {
  const task = {
    ...served,
    model: served.models[0],
    ask: async (verb, body) =>
      (await post(`/v1/${served.task}/${verb}`, {...body, model: task.model.model}, 'application/json')).json(),
    write: async (verb, body, each, signal) =>
      events(await post(`/v1/${served.task}/${verb}`, {...body, model: task.model.model}, 'text/event-stream', signal), each),
  };
  return task;
}

function models(task, again) {
  if (task.models.length < 2) return [];
  const select = element('select', {}, task.models.map((one) => element('option', {}, one.model)));
  select.addEventListener('change', () => {
    task.model = task.models[select.selectedIndex];
    again();
  });
  return [labelled('Model', select)];
}

async function panel(served) {
  const task = taskOf(served);
  const {default: tab} = await import(served.script);
  const root = element('div');
  const made = element('section', {role: 'tabpanel', id: `panel-${served.task}`, 'aria-labelledby': `tab-${served.task}`, hidden: true},
    models(task, () => { root.replaceChildren(); tab(root, task); }), root);
  tab(root, task);
  return made;
}

function choose(tasks, chosen) {
  for (const one of tasks) {
    const on = one.task === chosen;
    const tab = document.getElementById(`tab-${one.task}`);
    tab.setAttribute('aria-selected', on);
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(`panel-${one.task}`).hidden = !on;
  }
  history.replaceState(null, '', `#${chosen}`);
}

/** Left and right, home and end, as tabs have it. */
function move(event, tasks, index) {
  const to = {ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: tasks.length - 1}[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const {task} = tasks[(to + tasks.length) % tasks.length];
  choose(tasks, task);
  document.getElementById(`tab-${task}`).focus();
}

function askForToken(again) {
  const field = element('input', {type: 'password', autocomplete: 'off'});
  const submit = (event) => {
    event.preventDefault();
    sessionStorage.setItem('token', field.value);
    again();
  };
  main.replaceChildren(element('form', {onsubmit: submit},
    element('h2', {}, 'This server asks for a token'),
    labelled('Token', field), element('div', {class: 'row'}, element('button', {class: 'act'}, 'Enter'))));
  field.focus();
}

/** Adds the tabs of what is served and has none yet; comes again while models are still awaited. */
async function start() {
  let served;
  try {
    served = await (await checked(await fetch('/v1', {headers: headers({})}))).json();
  } catch (problem) {
    if (problem.status === 401) return askForToken(() => { main.replaceChildren(); start(); });
    main.replaceChildren(element('p', {class: 'error', role: 'alert'}, problem.message));
    return;
  }
  const tasks = served.tasks.sort((a, b) => a.place - b.place);
  const chosen = tabs.querySelector('[aria-selected=true]')?.id.slice(4) ?? location.hash.slice(1);
  if (tabs.childElementCount === 0) main.replaceChildren();
  main.append(...await Promise.all(tasks.filter((one) => !document.getElementById(`panel-${one.task}`)).map(panel)));
  const focused = document.activeElement?.getAttribute('role') === 'tab' ? document.activeElement.id : null;
  tabs.replaceChildren(...tasks.map((one, index) => element('button', {
    role: 'tab', id: `tab-${one.task}`, 'aria-controls': `panel-${one.task}`, type: 'button',
    onclick: () => choose(tasks, one.task), onkeydown: (event) => move(event, tasks, index),
  }, one.title)));
  if (tasks.length > 0) choose(tasks, tasks.some((one) => one.task === chosen) ? chosen : tasks[0].task);
  if (focused) document.getElementById(focused)?.focus();
  const footer = [`Unroll ${served.version}`, ...tasks.flatMap((one) =>
    one.models.map((model) => `${model.model} ${model.sha256.slice(0, 8)}`))];
  if (served.awaited.length > 0) {
    footer.push(`still being trained: ${served.awaited.join(', ')}`);
    setTimeout(start, 2000);
  }
  document.getElementById('footer').textContent = footer.join(' · ');
}

start();
