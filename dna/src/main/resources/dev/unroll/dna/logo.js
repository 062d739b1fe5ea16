// Letters of nucleotides as high as they count, for a page of its own and for the tab of the server.
const NUCLEOTIDE_COLOURS = {A: '#2a7d3a', C: '#2458b8', G: '#d08a00', T: '#c0392b'};

function shape(name, parent, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  parent.appendChild(made);
  return made;
}

/** A letter from (x, y) upwards, stretched to its width and height; negative heights hang down. */
function letter(svg, text, x, y, width, height, title) {
  const group = shape('g', svg, {transform: `translate(${x} ${y}) scale(${width / 10} ${Math.max(0.02, Math.abs(height) / 10)})`});
  const drawn = shape('text', group, {
    x: 5, y: height < 0 ? 10 : 0, 'text-anchor': 'middle', 'font-family': 'monospace', 'font-weight': 'bold',
    'font-size': 13.7, textLength: 9.4, lengthAdjust: 'spacingAndGlyphs', fill: NUCLEOTIDE_COLOURS[text.toUpperCase()] || '#777',
  });
  drawn.textContent = text;
  if (title) shape('title', drawn, {}).textContent = title;
}

/** A drawing of columns: for each place a list of [letter, height, title]. */
export function logo(columns, width, height) {
  let most = 0;
  let least = 0;
  for (const column of columns) {
    let up = 0;
    let down = 0;
    for (const [, h] of column) { if (h > 0) up += h; else down += h; }
    most = Math.max(most, up);
    least = Math.min(least, down);
  }
  const scale = height / Math.max(most - least, 1e-9);
  const zero = 5 + most * scale;
  const box = document.createElement('div');
  box.className = 'scroll';
  const svg = shape('svg', box, {width: columns.length * width + 10, height: height + 24});
  shape('line', svg, {x1: 0, x2: columns.length * width + 10, y1: zero, y2: zero, stroke: '#bbb'});
  columns.forEach((column, i) => {
    let up = zero;
    let down = zero;
    for (const [text, h, title] of column.slice().sort((a, b) => Math.abs(a[1]) - Math.abs(b[1]))) {
      const size = Math.abs(h) * scale;
      if (h >= 0) { letter(svg, text, 5 + i * width, up, width, size, title); up -= size; }
      else { letter(svg, text, 5 + i * width, down, width, -size, title); down += size; }
    }
    if ((i + 1) % 10 === 0) {
      shape('text', svg, {x: 5 + (i + 0.5) * width, y: height + 20, 'text-anchor': 'middle', 'font-size': 9, fill: '#888'}).textContent = i + 1;
    }
  });
  return box;
}
