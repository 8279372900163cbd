// What a browser keeps between page loads. Storage can be full, blocked or absent: then a page
// still works while it stays open.

function guarded(name) {
  const fallback = new Map();
  let storage = null;
  try {
    storage = window[name];
    storage.setItem('plenum.probe', '1');
    storage.removeItem('plenum.probe');
  } catch (e) {
    storage = null;
  }
  return {
    lasting: storage !== null,
    get(key) {
      try {
        const text = fallback.has(key) ? fallback.get(key) : storage && storage.getItem(key);
        return text ? JSON.parse(text) : undefined;
      } catch (e) {
        return undefined;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        if (!storage) throw new Error('no storage');
        storage.setItem(key, text);
        fallback.delete(key);
      } catch (e) {
        fallback.set(key, text);
      }
    },
    remove(key) {
      fallback.delete(key);
      try {
        if (storage) storage.removeItem(key);
      } catch (e) {
        /* blocked: there was nothing */
      }
    },
  };
}

export const local = guarded('localStorage');
export const tab = guarded('sessionStorage');

// 128 random bits in hex. getRandomValues is there on plain http too.
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

// The token of a link stands in the fragment (#t=v1.…): it is kept, and leaves the address bar.
export function tokenFromLink(storage, key) {
  const found = /(?:^#|&)t=([^&]+)/.exec(location.hash);
  if (found) {
    storage.set(key, decodeURIComponent(found[1]));
    history.replaceState(null, '', location.pathname + location.search);
  }
  return storage.get(key);
}

// The six digits in /r/482913, /d/482913, /f/482913.
export function codeFromPath() {
  const found = /^\/[rdf]\/(\d{6})\/?$/.exec(location.pathname);
  return found ? found[1] : '';
}
