// Texts of the room in the reader's language, and the small change of sentences.

let languages = ['en'];

// The room's languages; the reader's own comes first if the room has it.
export function setLanguages(ofRoom, preferred = navigator.languages || [navigator.language]) {
  const room = ofRoom && ofRoom.length ? ofRoom : ['en'];
  const wish = preferred.map((tag) => tag.split('-')[0]).find((tag) => room.includes(tag));
  languages = wish ? [wish, ...room.filter((tag) => tag !== wish)] : room;
}

// A TEXT ({"en": "…"}) as a string.
export function say(text) {
  if (!text) return '';
  if (typeof text === 'string') return text;
  const tag = languages.find((l) => text[l]) || Object.keys(text)[0];
  return text[tag] || '';
}

// The other languages of a TEXT, for screens that show all of them.
export function others(text) {
  if (!text || typeof text === 'string') return [];
  const first = say(text);
  return languages
    .filter((l) => text[l] && text[l] !== first)
    .map((l) => ({ lang: l, text: text[l] }));
}

export function count(n, one, many = one + 's') {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function number(n) {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}

// 482913 -> "482 913", easier to read out and to type.
export function spaced(code) {
  return code ? code.replace(/(\d{3})(?=\d)/g, '$1 ') : '';
}

// What a person sees as one character, as the server counts them.
export function graphemes(text) {
  if (typeof Intl !== 'undefined' && Intl.Segmenter) {
    return [...new Intl.Segmenter().segment(text)].length;
  }
  return [...text].length;
}

export const bytes = (text) => new TextEncoder().encode(text).length;

export function joined(list) {
  if (list.length < 2) return list.join('');
  return `${list.slice(0, -1).join(', ')} and ${list[list.length - 1]}`;
}

// "1:05", and the words for those who listen.
export function clockFace(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function timeWords(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds === 0) return 'time is up';
  if (seconds < 60) return `${count(seconds, 'second')} left`;
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return rest ? `${count(minutes, 'minute')} ${rest} s left` : `${count(minutes, 'minute')} left`;
}

// What may be known of a person here, as the server derives it from the settings.
export function labelWords(now, run) {
  if (now.label === 'named') return 'Shows a name';
  if (now.label !== 'linked') return 'Anonymous';
  const titles = (now.linked_with || []).map((id) => {
    const other = (run || []).find((a) => a.activity === id);
    return other ? `“${say(other.title)}”` : id;
  });
  return titles.length
    ? `Linked to your answer in ${joined(titles)}`
    : 'Linked to your other answer';
}

export const isDeck = (now) => !!now.deal;
export const isOpen = (phase) =>
  ['collecting', 'voting', 'swapping', 'scoring', 'closing'].includes(phase);
