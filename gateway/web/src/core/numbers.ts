// Numbers as people read them.

// 12345 -> "12 345", with a space that does not break.
export const number = (n: number) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');

// 482913 -> "482 913", easier to read out and to type.
export const spaced = (code = '') => code.replace(/(\d{3})(?=\d)/g, '$1 ');

// "1:05".
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
