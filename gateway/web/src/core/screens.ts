// What a big screen is told to show. It keeps this itself; the server only passes it on
// (schema/wire.md, Screens).

export interface Screen {
  screen: string; // 32 hex digits, made once
  name: string; // empty: it goes by its number
  mode: 'follow' | 'pinned' | 'monitor';
  activity?: string; // pinned to it
  held?: boolean; // keeps its last frame
  sound?: boolean; // the one that makes the sounds
  sound_ready?: boolean; // somebody has tapped: its browser may make them
  languages: string[]; // one, or two at once
}

export type Settings = Partial<Omit<Screen, 'screen' | 'sound_ready'>>;
export type Sound = 'gong' | 'minute' | 'bell';
export type ScreenOrder = { identify?: true; set?: Settings; play?: 'check' | 'gong' | 'minute' };

// A number of three digits that a screen always has; nobody needs to give it one.
export const screenNumber = (id: string) => 100 + (parseInt(id.slice(0, 8), 16) % 900);
