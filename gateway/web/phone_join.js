// Coming into a room: from the code to a token. The token is kept per code, so that the same
// browser is the same participant after a reload.
import { local } from './keep.js';
import { h } from './dom.js';
import { forget } from './phone_store.js';
import { bigButton, screen } from './phone_parts.js';
import { spaced } from './words.js';

const tokenKey = (code) => `plenum.token.${code}`;

// {token} or {text}: why not. `again`: the old token was refused, ask for a fresh one for it.
export async function enter(code, { again = false } = {}) {
  const kept = local.get(tokenKey(code));
  const here = await askRoom(code);
  if (here.gone && !kept) return { text: here.text };
  const sameRoom = kept && (!here.room || !kept.room || here.room === kept.room);
  if (sameRoom && !again) return { token: kept.token };
  if (kept && !sameRoom) forget(code); // the code opens another room now
  const body = sameRoom ? { code, token: kept.token } : { code };
  const answer = await ask('/api/v1/join', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) return { text: answer.text };
  local.set(tokenKey(code), { token: answer.data.token, room: answer.data.room });
  local.set('plenum.lastcode', code);
  return { token: answer.data.token };
}

async function askRoom(code) {
  const answer = await ask(`/api/v1/codes/${code}`);
  return { room: answer.ok && answer.data.room, gone: answer.status === 404, text: answer.text };
}

async function ask(path, options) {
  try {
    const response = await fetch(path, options);
    const data = await response.json().catch(() => ({}));
    return {
      ok: response.ok,
      status: response.status,
      data,
      text: data.text || `The server answered ${response.status}.`,
    };
  } catch (e) {
    return {
      ok: false,
      status: 0,
      data: {},
      text: 'No connection to the server. Is the Wi-Fi on?',
    };
  }
}

export function keepLinkToken(code, token) {
  local.set(tokenKey(code), { token });
}

// `join`: {code, text, busy}; `onenter` is called with six digits.
export function joinScreen(join, { onchange, onenter }) {
  const ready = /^\d{6}$/.test(join.code);
  const last = local.get('plenum.lastcode');
  return screen('join-screen', {
    head: [
      h(
        'p',
        { class: 'brand' },
        h('span', { class: 'brand-mark', 'aria-hidden': 'true' }),
        'plenum',
      ),
      h('h1', { tabindex: '-1' }, 'Join the room'),
    ],
    body: h(
      'form',
      {
        id: 'join',
        onsubmit: (event) => {
          event.preventDefault();
          if (ready && !join.busy) onenter(join.code);
        },
      },
      h('label', { for: 'code' }, 'The six digits on the big screen'),
      h('input', {
        id: 'code',
        class: 'code',
        inputmode: 'numeric',
        pattern: '[0-9 ]*',
        autocomplete: 'off',
        maxlength: 7,
        placeholder: '000 000',
        value: spaced(join.code),
        'aria-describedby': 'join-problem',
        oninput: (event) => onchange(event.target.value.replace(/\D/g, '').slice(0, 6)),
      }),
      h('p', { id: 'join-problem', class: 'problem-text', role: 'alert' }, join.text),
    ),
    foot: [
      h('p', { class: 'hint' }, 'No account, no app. Your answers carry no name.'),
      bigButton(join.busy ? 'One moment …' : 'Join', () => onenter(join.code), {
        disabled: !ready || join.busy,
      }),
      last &&
        last !== join.code &&
        bigButton(`Back to room ${spaced(last)}`, () => onenter(last), { quiet: true }),
    ],
  });
}
