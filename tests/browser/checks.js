// What is wrong with how a page looks, found from outside by the test in tests/browser.rs. Gives a list of words.
const wrong = [];
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  wrong.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
}

// Colours as [red, green, blue, alpha], also of notations that are not rgb().
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const known = new Map();
function colour(css) {
  if (!known.has(css)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    known.set(css, [...canvas.getImageData(0, 0, 1, 1).data]);
  }
  return known.get(css);
}

// Relative luminance and contrast, as WCAG 2.2 has them.
function luminance(rgb) {
  const [r, g, b] = rgb.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const [r, g, b, alpha] = colour(getComputedStyle(at).backgroundColor);
    if (alpha === 255) return [r, g, b];
  }
  return [255, 255, 255];
}

let texts = 0;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !element.checkVisibility() || element.closest("title")) continue;
  const style = getComputedStyle(element);
  const ink = colour(element.closest("svg") ? style.fill : style.color).slice(0, 3);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
  const ratio = contrast(ink, ground(element));
  texts += 1;
  if (ratio < (large ? 3 : 4.5)) {
    wrong.push(`contrast ${ratio.toFixed(2)} of ${JSON.stringify(walk.currentNode.data.slice(0, 40))}`);
  }
  if (size < 10) wrong.push(`type of ${size} pixels: ${JSON.stringify(walk.currentNode.data.slice(0, 40))}`);
  const range = document.createRange();
  range.selectNodeContents(walk.currentNode);
  const box = range.getBoundingClientRect();
  if (box.right > width + 1 && !element.closest("svg")) {
    wrong.push(`beyond the edge: ${JSON.stringify(walk.currentNode.data.slice(0, 40))}`);
  }
}
if (texts < 20) wrong.push(`only ${texts} pieces of text are seen`);

// What a chart draws must be seen too (3 to 1).
for (const shape of document.querySelectorAll("svg rect")) {
  const box = shape.getBoundingClientRect();
  const ratio = contrast(colour(getComputedStyle(shape).fill).slice(0, 3), ground(shape.closest("svg").parentElement));
  if (shape.checkVisibility() && box.width > 0 && ratio < 3) wrong.push(`contrast ${ratio.toFixed(2)} of a bar`);
}

// Structure: one h1, no level of headings skipped, links that lead somewhere, charts that say what they show.
const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((heading) => Number(heading.tagName[1]));
if (levels.filter((level) => level === 1).length !== 1) wrong.push("not one h1");
levels.forEach((level, at) => {
  if (at > 0 && level > levels[at - 1] + 1) wrong.push(`a heading of level ${level} after one of ${levels[at - 1]}`);
});
for (const part of ["header", "main", "footer"]) {
  if (document.querySelectorAll(part).length !== 1) wrong.push(`not one ${part}`);
}
for (const link of document.querySelectorAll("a")) {
  const place = link.getAttribute("href");
  if (!place.startsWith("#") || !document.getElementById(place.slice(1))) wrong.push(`a link to ${place}`);
}
for (const chart of document.querySelectorAll("svg")) {
  const told = chart.getAttribute("role") === "img" && chart.querySelector("title")?.textContent.trim();
  if (!told && chart.getAttribute("aria-hidden") !== "true") wrong.push("a chart without words");
}
for (const table of document.querySelectorAll("table")) {
  if (!table.caption?.textContent.trim()) wrong.push("a table without a caption");
}
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
if (new Set(ids).size !== ids.length) wrong.push("an id twice");
if (document.scripts.length > 0) wrong.push("a script");
return wrong;
