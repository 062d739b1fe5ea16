// A piece as a piano roll that can be played, for a page of its own and for the tab of the server:
// {notes: [{pitch, start, end, nats}], bars, seconds, natsPerStep, nearest}, times in seconds.
const ROLL_HEIGHT = 220;
const NATS_SCALE = [[215, 70, 55], [120, 60, 45], [50, 90, 50], [0, 80, 50]]; // from 0 to 6 nats
let audio = null;
let playing = null;

/** The piece in numbers. */
export function summary(piece) {
  return `${piece.notes.length} notes, ${Math.round(piece.seconds)} s, ${piece.natsPerStep} nats a time step`;
}

/** What the piece owes to the training part. */
export function likeness({nearest}) {
  return nearest
    ? `Nearest in the training part: “${nearest.piece}”, ${nearest.notes} of ${nearest.of} notes of the melody in a row.`
    : 'No two notes in a row are in the training part.';
}

function colour(nats) {
  if (nats < 0) return '#888';
  const place = Math.min(nats / 6, 1) * 3;
  const low = Math.min(Math.floor(place), 2);
  const mix = (i) => NATS_SCALE[low][i] + (NATS_SCALE[low + 1][i] - NATS_SCALE[low][i]) * (place - low);
  return `hsl(${mix(0)},${mix(1)}%,${mix(2)}%)`;
}

/** Draws a piece as wide as its canvas is, in ink of the canvas' own colour; now is the second that sounds, or null. */
export function drawRoll(piece, canvas, now) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  canvas.width = width * scale;
  canvas.height = ROLL_HEIGHT * scale;
  canvas.style.height = `${ROLL_HEIGHT}px`;
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  const ink = getComputedStyle(canvas).color;
  const pitches = piece.notes.map((note) => note.pitch);
  const [low, high] = pitches.length ? [Math.min(...pitches) - 2, Math.max(...pitches) + 2] : [58, 74];
  const row = ROLL_HEIGHT / (high - low + 1);
  const x = (second) => second / Math.max(piece.seconds, 0.001) * width;
  const y = (pitch) => (high - pitch) * row;
  const line = (at) => { pen.beginPath(); pen.moveTo(at, 0); pen.lineTo(at, ROLL_HEIGHT); pen.stroke(); };
  pen.fillStyle = ink;
  pen.strokeStyle = ink;
  pen.globalAlpha = 0.06;
  for (let pitch = low; pitch <= high; pitch++) {
    if ([1, 3, 6, 8, 10].includes(pitch % 12)) pen.fillRect(0, y(pitch), width, row);
  }
  pen.globalAlpha = 0.2;
  piece.bars.forEach((bar) => line(x(bar)));
  pen.globalAlpha = 0.6;
  pen.font = '10px sans-serif';
  for (let c = Math.ceil(low / 12) * 12; c <= high; c += 12) pen.fillText(`C${c / 12 - 1}`, 2, y(c) + row / 2 + 4);
  pen.globalAlpha = 1;
  if (piece.nearest) {
    pen.strokeStyle = '#b5520a';
    pen.lineWidth = 2;
    pen.strokeRect(x(piece.nearest.start) + 1, 1, x(piece.nearest.end) - x(piece.nearest.start) - 2, ROLL_HEIGHT - 2);
  }
  for (const note of piece.notes) {
    pen.fillStyle = colour(note.nats);
    pen.fillRect(x(note.start), y(note.pitch) + 1, Math.max(x(note.end) - x(note.start) - 1, 1), Math.max(row - 2, 2));
  }
  if (now !== null) {
    pen.strokeStyle = '#d00';
    pen.lineWidth = 1;
    line(x(now));
  }
}

function tone(note, at, gain) {
  const end = Math.max(at + 0.05, at + note.end - note.start);
  for (const [harmonic, share] of [[1, 0.6], [2, 0.25], [3, 0.1]]) {
    const oscillator = audio.createOscillator();
    const level = audio.createGain();
    oscillator.frequency.value = 440 * 2 ** ((note.pitch - 69) / 12) * harmonic;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(share * 0.25, at + 0.01);
    level.gain.exponentialRampToValueAtTime(share * 0.06, end);
    level.gain.linearRampToValueAtTime(0, end + 0.08);
    oscillator.connect(level).connect(gain);
    oscillator.start(at);
    oscillator.stop(end + 0.1);
  }
}

/** Ends what is played, if anything is. */
export function silence() {
  if (!playing) return;
  const {piece, canvas, button, gain, timer} = playing;
  clearInterval(timer);
  gain.disconnect();
  button.textContent = 'Play';
  playing = null;
  drawRoll(piece, canvas, null);
}

function play(piece, canvas, button, from) {
  silence();
  audio ||= new AudioContext();
  audio.resume();
  const gain = audio.createGain();
  const began = audio.currentTime + 0.1 - from;
  gain.gain.value = 0.5;
  gain.connect(audio.destination);
  const notes = piece.notes.filter((note) => note.start >= from);
  let next = 0;
  button.textContent = 'Stop';
  const timer = setInterval(() => { // notes are handed over a second ahead
    const now = audio.currentTime - began;
    for (; next < notes.length && notes[next].start < now + 1; next++) {
      tone(notes[next], Math.max(began + notes[next].start, audio.currentTime), gain);
    }
    drawRoll(piece, canvas, now);
    if (now > piece.seconds + 0.3 || !canvas.isConnected) silence();
  }, 40);
  playing = {piece, canvas, button, gain, timer};
}

/** Draws a piece whenever its canvas changes its size, and plays it: from its beginning by the button, or where it is clicked into. */
export function roll(piece, canvas, button) {
  button.textContent = 'Play';
  button.onclick = () => (playing?.canvas === canvas ? silence() : play(piece, canvas, button, 0));
  canvas.onclick = (event) => play(piece, canvas, button, event.offsetX / canvas.clientWidth * piece.seconds);
  new ResizeObserver(() => playing?.canvas === canvas || drawRoll(piece, canvas, null)).observe(canvas);
}
