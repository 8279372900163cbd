// Picture cards: 24 drawings of one family, each a wash (filled) and a line (drawn), on 64 by 64.
// They are shown with their names in the reader's language, so that nobody needs to see them.

export interface Drawing {
  wash: string;
  line: string;
  en: string;
  cy: string;
}

const draw = (en: string, cy: string, wash: string, line: string): Drawing => ({
  wash,
  line,
  en,
  cy,
});

const WAVES = 'q4-3 8 0t8 0 8 0 8 0 8 0 8 0 8 0';

export const DRAWINGS: Record<string, Drawing> = {
  anchor: draw(
    'An anchor',
    'Angor',
    'M25 13a7 7 0 1 0 14 0 7 7 0 1 0-14 0z',
    'M25 13a7 7 0 1 0 14 0 7 7 0 1 0-14 0zM32 20v37M21 29h22M9 39c2 12 12 18 23 18s21-6 23-18M4 47l5-8 8 5M60 47l-5-8-8 5',
  ),
  boat: draw(
    'A sailing boat',
    'Cwch hwylio',
    'M8 43h48l-7 11H15zM34 8c10 6 16 15 17 29H34z',
    'M8 43h48l-7 11H15zM32 43V5M34 8c10 6 16 15 17 29H34zM29 14C22 20 16 28 14 37h15zM4 60' + WAVES,
  ),
  bridge: draw(
    'A bridge over water',
    'Pont dros ddŵr',
    'M4 48h56v12H4z',
    'M19 10v42M45 10v42M4 33c7-3 12-10 15-19 4 16 9 21 13 21s9-5 13-21c3 9 8 16 15 19M4 43h56M26 30v13M32 35v8M38 30v13M4 56' + WAVES,
  ),
  compass: draw(
    'A compass',
    'Cwmpawd',
    'M43 21L36 36 32 32 28 28z',
    'M7 32a25 25 0 1 0 50 0 25 25 0 1 0-50 0zM43 21L36 36 21 43l7-15zM32 12v3M32 49v3M12 32h3M49 32h3',
  ),
  door: draw(
    'An open door',
    'Drws agored',
    'M36 14v44h12V14z',
    'M14 58V6h36v52M14 6l22 8v50l-22-6M30 36v5M4 58h10M36 58h24',
  ),
  hourglass: draw(
    'An hourglass',
    'Awrwydr',
    'M23 56c0-6 4-9 9-12 5 3 9 6 9 12zM25 19h14c-2 5-5 7-7 10-2-3-5-5-7-10z',
    'M16 7h32M16 57h32M21 7v9c0 8 8 11 11 16-3 5-11 8-11 16v9M43 7v9c0 8-8 11-11 16 3 5 11 8 11 16v9M32 34v4',
  ),
  key: draw(
    'A key',
    'Allwedd',
    'M8 21a13 13 0 1 0 26 0 13 13 0 1 0-26 0z',
    'M8 21a13 13 0 1 0 26 0 13 13 0 1 0-26 0zM17 21a4 4 0 1 0 8 0 4 4 0 1 0-8 0zM30 31l26 26M44 45l7-7M51 52l6-6',
  ),
  kite: draw(
    'A kite in the wind',
    'Barcud yn y gwynt',
    'M42 5l13 19-24 15z',
    'M42 5l13 19-24 15-5-22zM42 5L31 39M26 17l29 7M31 39c-8 3-2 8-9 10s-3 7-12 9M23 45l5 6M14 52l4 6',
  ),
  knot: draw(
    'A knot in a ribbon',
    'Cwlwm mewn rhuban',
    'M32 30C22 8 5 8 6 21c1 11 17 12 26 9zM32 30c10-22 27-22 26-9-1 11-17 12-26 9z',
    'M32 30C22 8 5 8 6 21c1 11 17 12 26 9s25 2 26-9C59 8 42 8 32 30zM27 25h10v11H27zM28 36c-2 9-8 15-16 20M36 36c2 9 8 15 16 20',
  ),
  ladder: draw(
    'A ladder to the moon',
    'Ysgol i’r lleuad',
    'M51 5a10 10 0 1 0 8 16A9 9 0 0 1 51 5z',
    'M51 5a10 10 0 1 0 8 16A9 9 0 0 1 51 5zM8 60L30 8M24 60L44 14M12 52h15M16 42h16M21 31h16M26 20h15',
  ),
  lantern: draw(
    'A lit lantern',
    'Llusern olau',
    'M24 18h16l5 9v25H19V27z',
    'M24 18h16l5 9v25H19V27zM26 18v-3a6 6 0 0 1 12 0v3M32 29c6 7 6 15 0 15s-6-8 0-15zM14 57h36M11 32H5M59 32h-6M13 20l-4-4M51 20l4-4',
  ),
  lighthouse: draw(
    'A lighthouse',
    'Goleudy',
    'M26 54l3-29h6l3 29zM25 18L5 11v15zM39 18l20-7v15z',
    'M26 54l3-29h6l3 29M27 25h10M28 25v-9h8v9M26 16l6-7 6 7zM28 35h8M27 45h10M5 11l20 7M5 26l20-5M59 11l-20 7M59 26l-20-5M8 54h48M14 60h36',
  ),
  map: draw(
    'A map with a route',
    'Map â llwybr',
    'M24 9v40l16 6V15z',
    'M8 15l16-6 16 6 16-6v40l-16 6-16-6-16 6zM24 9v40M40 15v40M13 41q5-9 11-7M28 33q8-1 9-6M45 22l6 6M51 22l-6 6',
  ),
  maze: draw(
    'A maze',
    'Drysfa',
    'M28 28h8v8h-8z',
    'M30 6h28v52H6V6h16M14 14v36h36V14H22M22 22v20h20V22h-9M28 28h8v8h-8',
  ),
  mountain: draw(
    'A mountain with a flag',
    'Mynydd â baner',
    'M4 56l22-37 11 18 7-10 16 29z',
    'M4 56l22-37 11 18 7-10 16 29zM26 19V5l10 4-10 4M19 31l4 4 4-5 4 4 2-3',
  ),
  nest: draw(
    'A nest with eggs',
    'Nyth ag wyau',
    'M6 34c1 16 11 24 26 24s25-8 26-24z',
    'M6 34h52c-1 16-11 24-26 24S7 50 6 34zM16 34c0-9 3-14 7-14s7 5 7 14M29 26c1-7 4-11 7-11 5 0 8 8 8 19M12 45l16-5M20 53l18-8M34 54l18-9M40 41l13-3',
  ),
  puzzle: draw(
    'A piece of a puzzle',
    'Darn o bos',
    'M10 20h13c-4-11 16-11 12 0h13v12c11-4 11 16 0 12v13H10V44c11 4 11-16 0-12z',
    'M10 20h13c-4-11 16-11 12 0h13v12c11-4 11 16 0 12v13H10V44c11 4 11-16 0-12z',
  ),
  river: draw(
    'A winding river',
    'Afon droellog',
    'M29 14c-9 8 14 12 8 22S8 46 12 60h28c-4-12 18-14 16-26S28 22 35 14z',
    'M29 14c-9 8 14 12 8 22S8 46 12 60M40 60c-4-12 18-14 16-26S28 22 35 14M4 14h56M8 14l9-9 9 9M40 14l7-6 8 6M10 38c3-5 9-5 12 0M44 52c3-5 9-5 12 0',
  ),
  road: draw(
    'A road to the horizon',
    'Ffordd i’r gorwel',
    'M29 22h6l21 38H8z',
    'M29 22h6l21 38M29 22L8 60M32 28v4M32 38v6M32 51v8M4 22h56M42 22a10 10 0 0 1 18-6M6 22l8-10 8 10',
  ),
  seed: draw(
    'A seedling',
    'Eginyn',
    'M32 33c-11 0-16-6-16-14 11 0 16 5 16 14zM32 27c0-10 6-16 17-16 0 11-6 16-17 16z',
    'M32 33c-11 0-16-6-16-14 11 0 16 5 16 14zM32 27c0-10 6-16 17-16 0 11-6 16-17 16zM32 25v25M6 44h18M40 44h18M26 54a6 5 0 1 0 12 0 6 5 0 1 0-12 0z',
  ),
  storm: draw(
    'A thunderstorm',
    'Storm o fellt',
    'M17 34a10 10 0 0 1 1-20 13 13 0 0 1 25-2 11 11 0 0 1 4 22z',
    'M17 34a10 10 0 0 1 1-20 13 13 0 0 1 25-2 11 11 0 0 1 4 22zM34 28l-8 14h9l-6 15M17 42l-4 9M47 42l-4 9M22 52l-2 5M52 50l-3 7',
  ),
  sunrise: draw(
    'A sunrise',
    'Codiad haul',
    'M15 42a17 17 0 0 1 34 0z',
    'M15 42a17 17 0 0 1 34 0M4 42h56M32 16V7M14 24l-6-6M50 24l6-6M12 50h40M20 58h24',
  ),
  tree: draw(
    'An old tree',
    'Hen goeden',
    'M32 40C17 43 9 33 16 24 13 12 24 4 32 9c9-6 20 3 17 15 6 9-3 19-17 16z',
    'M32 40C17 43 9 33 16 24 13 12 24 4 32 9c9-6 20 3 17 15 6 9-3 19-17 16zM32 24v34M32 38l-8-7M32 33l7-6M25 58l7-7 7 7M10 58h44',
  ),
  umbrella: draw(
    'An umbrella',
    'Ymbarél',
    'M5 34a27 25 0 0 1 54 0c-4-5-9-5-13.500 0-4.500-5-9-5-13.500 0-4.500-5-9-5-13.500 0-4.500-5-9-5-13.500 0z',
    'M5 34a27 25 0 0 1 54 0c-4-5-9-5-13.500 0-4.500-5-9-5-13.500 0-4.500-5-9-5-13.500 0-4.500-5-9-5-13.500 0zM32 9V4M32 34v18a5.500 5.500 0 0 0 11 0',
  ),
};
