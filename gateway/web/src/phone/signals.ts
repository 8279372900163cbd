// Values that know who reads them: of @preact/signals what the phone uses, in a quarter of its size.
// The build puts it in that library's place for this page; the others have the library itself.
// A component that reads a value while it draws is drawn again when the value changes.
import { type Component, options, type VNode } from 'preact';

class Reader {
  private read = new Set<Set<Reader>>(); // the readers of each value that was read
  constructor(readonly changed: () => void) {}

  reads(readers: Set<Reader>) {
    readers.add(this);
    this.read.add(readers);
  }

  forget() {
    this.read.forEach((readers) => readers.delete(this));
    this.read.clear();
  }
}

let reader: Reader | undefined; // who reads just now

export function signal<T>(held: T): { value: T } {
  const readers = new Set<Reader>();
  return {
    get value() {
      reader?.reads(readers);
      return held;
    },
    set value(next) {
      if (next === held) return;
      held = next;
      for (const one of [...readers]) if (readers.has(one)) one.changed();
    },
  };
}

// Done now, and again whenever something that it reads changes.
export function effect(action: () => void) {
  const own = new Reader(() => {
    own.forget();
    const before = reader;
    reader = own;
    try {
      action();
    } finally {
      reader = before;
    }
  });
  own.changed();
}

// Components are drawn once after several changes in any case.
export const batch = (action: () => void) => action();

// The places where Preact says what it does; the letters are its own, as its hooks use them.
const hooks = options as unknown as Record<string, ((node: VNode, ...rest: unknown[]) => void) | undefined>;
const readerOf = new WeakMap<Component, Reader>();
const componentOf = (node: VNode) => (node as unknown as { __c?: Component }).__c;

function before(name: string, act: (component: Component | undefined) => void) {
  const others = hooks[name];
  hooks[name] = (node, ...rest) => {
    act(componentOf(node));
    if (others) others(node, ...rest);
  };
}

// `begins`: a component is about to be drawn; `ends`: it is taken away.
export function whenDrawn(begins: (component: Component) => void, ends: (component: Component) => void) {
  before('__r', (component) => component && begins(component));
  before('unmount', (component) => component && ends(component));
}

whenDrawn(
  (component) => {
    reader = readerOf.get(component);
    if (!reader) readerOf.set(component, (reader = new Reader(() => component.forceUpdate())));
    reader.forget();
  },
  (component) => readerOf.get(component)?.forget(),
);
before('diffed', () => (reader = undefined));
const fails = hooks.__e as unknown as (error: unknown, ...rest: unknown[]) => void;
(hooks as Record<string, unknown>).__e = (error: unknown, ...rest: unknown[]) => {
  reader = undefined;
  fails(error, ...rest);
};
