import { COLOURS } from './thumbnails.js';

/** The page's own colours (src/review/web/styles/base.css), on light and on dark. */
export const PALETTE = {
  light: {
    ground: '#f4f3ef',
    card: '#ffffff',
    ink: '#1b2324',
    soft: '#566163',
    line: '#dad8d1',
    field: '#8a9293',
    main: '#0f5e63',
    'main-tint': '#e2efee',
    good: '#1a6638',
    'good-tint': '#e3f2e8',
    bad: '#a3261f',
    'bad-tint': '#fbe9e7',
    'alert-tint': '#fdf3dd',
    stage: '#e7e5df',
  },
  dark: {
    ground: '#131819',
    card: '#1c2324',
    ink: '#e9eded',
    soft: '#a7b3b4',
    line: '#333d3f',
    field: '#7d898a',
    main: '#74cbc8',
    'main-tint': '#21393a',
    good: '#82d6a3',
    'good-tint': '#1c3426',
    bad: '#ffa198',
    'bad-tint': '#41211e',
    'alert-tint': '#3a301a',
    stage: '#0d1112',
  },
} as const;

const variables = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** The whole style of a report. */
export const STYLE = `
:root{color-scheme:light dark;${variables({ ...PALETTE.light, ...COLOURS })};font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Liberation Sans',sans-serif;color:var(--ink);background:var(--ground)}
@media (prefers-color-scheme:dark){:root{${variables(PALETTE.dark)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.25rem;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1rem;margin:0}p{margin:.5rem 0}
ul,dl,dd{margin:0;padding:0;list-style:none}
a{color:var(--main)}:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.run,article dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1rem}
dd{grid-column:2}dt,.soft{color:var(--soft)}
.counts,.charts,form{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
.counts li,.charts section,article{background:var(--card);border:1px solid var(--line);border-radius:12px}
.counts li{flex:1 1 10rem;padding:.5rem 1rem}.counts b{display:block;font-size:1.5rem}
.charts section{flex:1 1 18rem;padding:.75rem 1rem}
.charts li{display:grid;grid-template-columns:9rem 1fr 3.5rem;gap:.5rem;align-items:center;font-size:.9375rem}
.charts .reasons li{grid-template-columns:1fr 5rem 3.5rem}
.charts b{text-align:end;font-variant-numeric:tabular-nums}
.charts svg{width:100%;height:.75rem;background:var(--stage);border-radius:3px}rect{fill:var(--main)}.over rect{fill:var(--bad)}
.dot{display:inline-block;width:.75rem;height:.75rem;border-radius:2px;margin:0 .25rem 0 .5rem}
.face{background:var(--face)}.tattoo{background:var(--tattoo)}.text{background:var(--text)}.code{background:var(--code)}
form{position:sticky;top:0;z-index:1;align-items:end;margin:0;padding:.5rem 0;background:var(--ground)}
form[hidden],article[hidden]{display:none}
label{display:grid;gap:.25rem;min-width:0;font-size:.9375rem}
input,select,button{font:inherit;color:inherit;min-height:2.75rem;max-width:100%;padding:0 .75rem;border:1px solid var(--field);border-radius:8px;background:var(--card)}
select{max-width:16rem}
button{border-color:var(--line);border-radius:10px;font-weight:550;cursor:pointer}button:hover{background:var(--main-tint)}
output{min-height:2.75rem;display:flex;align-items:center}
article{display:grid;grid-template-columns:13rem 1fr;gap:1rem;padding:1rem;margin:.75rem 0;content-visibility:auto;contain-intrinsic-size:auto 14rem}
article>div{grid-column:2;min-width:0}
img{width:13rem;height:10rem;object-fit:contain;background:var(--stage);border-radius:8px;font-size:.875rem}
.badge{display:inline-block;padding:.0625rem .625rem;border-radius:1rem;font-size:.875rem;font-weight:550;background:var(--alert-tint)}
.cleared .badge,.accepted .badge{background:var(--good-tint);color:var(--good)}
.refused .badge,.rejected .badge{background:var(--bad-tint);color:var(--bad)}
article dl{font-size:.9375rem}
summary{min-height:2.75rem;display:inline-flex;align-items:center;color:var(--main);text-decoration:underline;text-underline-offset:3px;cursor:pointer}
@media (max-width:599px){body{padding:.75rem}form{position:static}label,input,select{width:100%;max-width:100%}article{grid-template-columns:1fr}article>div{grid-column:1}
.run,article dl{grid-template-columns:1fr}dd{grid-column:1;margin-block-end:.375rem}.charts li{grid-template-columns:8rem 1fr 3rem}img{width:100%}}
@media print{:root{${variables(PALETTE.light)};background:#fff}body{max-width:none;padding:0;font-size:10pt}form,summary{display:none}
article,.counts li,.charts section{break-inside:avoid}article{content-visibility:visible;grid-template-columns:8rem 1fr}img{width:8rem;height:6rem}
details::details-content{content-visibility:visible;block-size:auto}}
`;
