// Runs inside of a copy of a page: finds what overflows, is cut, is too pale or comes from elsewhere, and tells the frame around it.
addEventListener('load', () => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') || ''}"> ${e.textContent.trim().slice(0, 40)}`;

  // [r, g, b, alpha] of a computed colour
  const parsed = (color) => {
    const n = color.match(/[\d.]+/g).map(Number);
    return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = (e) => {
    if (!e) return parsed(getComputedStyle(document.body).backgroundColor).slice(0, 3);
    const own = parsed(getComputedStyle(e).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(e.parentElement));
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };

  if (document.documentElement.scrollWidth > width) {
    found.push(`overflow: ${document.documentElement.scrollWidth} of ${width} pixels`);
  }
  let texts = 0;
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height || ['SCRIPT', 'TITLE', 'DESC'].includes(e.tagName.toUpperCase())) continue;
    const style = getComputedStyle(e);
    const scrolled = e.closest('.scroll') && !e.matches('.scroll');
    if (!scrolled && (box.left < -0.5 || box.right > width + 0.5)) found.push(`cut at the side: ${name(e)}`);
    if (style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1) found.push(`hidden: ${name(e)}`);
    const svg = e.ownerSVGElement;
    if (svg && e.tagName === 'text') {
      const outer = svg.getBoundingClientRect();
      if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.top < outer.top - 1 || box.bottom > outer.bottom + 1) {
        found.push(`cut in its chart: ${name(e)}`);
      }
      const size = parseFloat(style.fontSize) * (outer.width / svg.viewBox.baseVal.width);
      if (size < 10) found.push(`too small, ${size.toFixed(1)} pixels: ${name(e)}`);
    }
    const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!own) continue;
    texts++;
    const ink = parsed(svg ? style.fill : style.color);
    const below = ground(svg ? svg.parentElement : e);
    const ratio = contrast(over(ink, below), below);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
  }
  for (const entry of performance.getEntriesByType('resource')) found.push(`request: ${entry.name}`);
  const forecast = [...document.querySelectorAll('figure path.line.s1')].find((p) => p.getBoundingClientRect().width);
  const beside = [...document.querySelectorAll('.beside')].map((row) => {
    const tops = [...row.children].map((child) => Math.round(child.getBoundingClientRect().top));
    return tops.filter((top) => top === tops[0]).length;
  });
  parent.postMessage({
    page: PAGE,
    found: [...new Set(found)],
    texts,
    width,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    ground: luminance(ground(document.querySelector('section') || document.body)),
    beside,
    forecast: forecast ? forecast.getBoundingClientRect().right : 0,
  }, '*');
});
