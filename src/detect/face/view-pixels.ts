import sharp from 'sharp';
import type { PixelImage } from '../../core/image.js';
import { placeView, type Turns, type View } from './view.js';

/** Around the content; 0 for the models, so that the border has no contrast of its own. */
const GREY = 0;
const HALF_RANGE = 127.5;

/**
 * What a model sees: `size` × `size` × 3 floats, RGB, −1…1, the view's content in its place and grey around it.
 * @param image three channels
 */
export async function viewPixels(image: PixelImage, view: View, size: number): Promise<Float32Array> {
  const { region, turns } = view;
  const place = placeView(view, size);
  const upright = turns % 2 === 0 ? place : { width: place.height, height: place.width };
  const content = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: image.channels },
    limitInputPixels: false,
  })
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize(upright.width, upright.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  const square = new Float32Array(size * size * 3).fill(GREY);
  for (let y = 0; y < upright.height; y++) {
    for (let x = 0; x < upright.width; x++) {
      const [tx, ty] = turned(x, y, upright.width, upright.height, turns);
      const to = ((place.top + ty) * size + place.left + tx) * 3;
      const from = (y * upright.width + x) * 3;
      for (let c = 0; c < 3; c++) square[to + c] = (content[from + c] as number) / HALF_RANGE - 1;
    }
  }
  return square;
}

/** Where pixel (x, y) of a width × height picture lies after clockwise quarter turns. */
function turned(x: number, y: number, width: number, height: number, turns: Turns): [number, number] {
  switch (turns) {
    case 0:
      return [x, y];
    case 1:
      return [height - 1 - y, x];
    case 2:
      return [width - 1 - x, height - 1 - y];
    case 3:
      return [y, width - 1 - x];
  }
}
