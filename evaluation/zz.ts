import { attackPoses } from './calibrate-pose-attacks.ts';
import { readOfMoles } from './calibrate-moles.ts';
console.log(readOfMoles());
for (const f of await attackPoses('/work/shared/data')) console.log(f.width, f.pixels, f.attack, f.of, f.hits, f.all, (100 * f.hits / f.all).toFixed(1), f.people);
