// Moderation by keyboard: with a row in focus, one key does it and the next row has the focus. Letters
// do nothing elsewhere on the page.
import type { Item } from '../core/types';
import { nameOf } from '../charts/charts';
import { F } from '../words/presenter';
import { issue } from './desk';

export function moderate(activity: string, item: Item, show: boolean) {
  const order = { type: 'item.moderate', activity, item: item.id };
  issue(show ? F().didShow(nameOf(item)) : F().didHide(nameOf(item)), { ...order, show }, { ...order, show: !show });
}

// What should be seen no longer: the big screens are black at once, and then it is hidden.
export function blankAndHide(activity: string, item: Item) {
  issue(F().didBlank, { type: 'screens.blank', blank: true }, { type: 'screens.blank', blank: false });
  moderate(activity, item, false);
}

export const rowKeys = (activity: string, item: Item, first: boolean) => ({
  tabIndex: first ? 0 : -1,
  'aria-keyshortcuts': 'S H B ArrowDown ArrowUp',
  onKeyDown: (event: KeyboardEvent) => {
    const row = event.currentTarget as HTMLElement;
    const own = event.target === row || (event.target as HTMLElement).matches('[type=checkbox]');
    if (!own || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (to: Element | null) => (to as HTMLElement | null)?.focus();
    const next = () => go(row.nextElementSibling || row.previousElementSibling || document.getElementById('big'));
    switch (event.key.toLowerCase()) {
      case 'arrowdown':
        go(row.nextElementSibling);
        break;
      case 'arrowup':
        go(row.previousElementSibling);
        break;
      case 's':
        next();
        moderate(activity, item, true);
        break;
      case 'h':
        next();
        moderate(activity, item, false);
        break;
      case 'b':
        next();
        blankAndHide(activity, item);
        break;
      default:
        return;
    }
    event.preventDefault();
  },
});
