/** What makes a report's search and filters work; without it, all photos are shown. It asks for nothing and keeps nothing. */
export const SCRIPT = `
'use strict';
{
  const form = document.getElementById('find');
  const photos = [...document.querySelectorAll('article')];
  const plain = (text) => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
  let texts;
  const has = (list, value) => value === '' || list.split(' ').includes(value);
  const update = () => {
    const { search, state, reason, kind } = form.elements;
    const wanted = plain(search.value).split(/\\s+/).filter((word) => word !== '');
    if (wanted.length > 0) texts ??= photos.map((photo) => plain(photo.textContent));
    let shown = 0;
    photos.forEach((photo, i) => {
      const { state: s, reasons, kinds } = photo.dataset;
      const fits = has(s, state.value) && has(reasons, reason.value) && has(kinds, kind.value) &&
        wanted.every((word) => texts[i].includes(word));
      photo.hidden = !fits;
      if (fits) shown++;
    });
    const { none, one, many } = form.dataset;
    form.elements.shown.value = shown === 0 ? none : shown === 1 ? one : many.replace('#', shown);
  };
  form.hidden = false;
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(update));
  update();
}
`;
