// What a browser keeps between page loads. Storage can be full, blocked or absent: then a page
// still works while it stays open.

export interface Keep {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

function guarded(name: 'localStorage' | 'sessionStorage'): Keep {
  const fallback = new Map<string, string>();
  let storage: Storage | null = null;
  try {
    storage = window[name];
    storage.setItem('plenum.probe', '1');
    storage.removeItem('plenum.probe');
  } catch {
    storage = null;
  }
  return {
    get<T>(key: string): T | undefined {
      try {
        const text = fallback.has(key) ? fallback.get(key) : storage?.getItem(key);
        return text ? (JSON.parse(text) as T) : undefined;
      } catch {
        return undefined;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        if (!storage) throw new Error('no storage');
        storage.setItem(key, text);
        fallback.delete(key);
      } catch {
        fallback.set(key, text);
      }
    },
    remove(key) {
      fallback.delete(key);
      try {
        storage?.removeItem(key);
      } catch {
        /* blocked: there was nothing */
      }
    },
  };
}

const nowhere: Keep = { get: () => undefined, set: () => {}, remove: () => {} };
const inBrowser = typeof window !== 'undefined';
export const local = inBrowser ? guarded('localStorage') : nowhere;
export const tab = inBrowser ? /* @__PURE__ */ guarded('sessionStorage') : nowhere;

// 128 random bits in hex. getRandomValues is there on plain http too.
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

// What stands in the fragment (#b=…&n=4) is for this browser alone: it leaves the address bar.
export function takeFragment(): URLSearchParams {
  const found = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return found;
}

// The token of a link stands in the fragment (#t=v1.…): it is kept, and leaves the address bar.
export function tokenFromLink(storage: Keep, key: string): string | undefined {
  const found = /(?:^#|&)t=([^&]+)/.exec(location.hash);
  if (found) {
    storage.set(key, decodeURIComponent(found[1]));
    history.replaceState(null, '', location.pathname + location.search);
  }
  return storage.get<string>(key);
}

// The six digits in /r/482913, /d/482913, /f/482913.
export function codeFromPath(): string {
  const found = /^\/[rdf]\/(\d{6})\/?$/.exec(location.pathname);
  return found ? found[1] : '';
}

// The table in /t/7, which is on the sign that stands on it.
export function tableFromPath(): number {
  const found = /^\/t\/(\d{1,4})\/?$/.exec(location.pathname);
  return found ? Number(found[1]) : 0;
}
