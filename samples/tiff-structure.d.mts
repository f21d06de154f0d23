export interface Tag {
  readonly id: number;
}
export function tag(id: number, type: string, value: unknown): Tag;
export function subDirectory(id: number, entries: readonly Tag[]): Tag;
export function gpsTags(area: string): Tag[];
export function tiffStructure(directories: readonly (readonly Tag[])[]): Buffer;
export function pointer(id: number, bytes: Buffer): Tag;
export function rgbPage(
  picture: { width: number; height: number; data: Buffer },
  extra?: readonly Tag[],
): Tag[];
