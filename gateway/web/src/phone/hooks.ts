// Of preact/hooks what the phone uses, in a fifth of its size; the build puts it in that library's
// place for this page. The rules are the same: always in the same order, never in a condition.
import type { Component } from 'preact';
import { whenDrawn } from './signals';

interface Slot {
  state?: [unknown, (next: unknown) => void];
  on?: unknown[];
  end?: void | (() => void);
}

const slotsOf = new WeakMap<Component, Slot[]>();
let drawn: Component;
let slots: Slot[] = [];
let at = 0;

whenDrawn(
  (component) => {
    drawn = component;
    slots = slotsOf.get(component) || [];
    slotsOf.set(component, slots);
    at = 0;
  },
  (component) => {
    for (const slot of slotsOf.get(component) || []) slot.end?.();
    slotsOf.delete(component);
  },
);

const next = (): Slot => (slots[at] ??= {}) && slots[at++];

export function useState<T>(first: T): [T, (next: T) => void] {
  const slot = next();
  const component = drawn;
  slot.state ||= [
    first,
    (value) => {
      if (slot.state?.[0] === value) return;
      slot.state = [value, slot.state?.[1] as () => void];
      component.forceUpdate();
    },
  ];
  return slot.state as [T, (next: T) => void];
}

export const useRef = <T>(first: T) => useState({ current: first })[0];

// After the page is drawn, when something in `on` has changed since.
export function useEffect(act: () => void | (() => void), on: unknown[]) {
  const slot = next();
  const component = drawn;
  if (slot.on && on.every((value, i) => value === slot.on?.[i])) return;
  slot.on = on;
  setTimeout(() => {
    if (!slotsOf.has(component)) return; // gone already
    slot.end?.();
    slot.end = act();
  });
}
