// What an item is called: apart from the charts, which a phone loads later.
import { pick } from '../core/language';
import type { Row } from '../core/types';
import { S } from '../words/shared';

export const nameOf = (row: { title?: Row['title']; number?: number }) =>
  pick(row.title) || (row.number ? S().card(row.number) : S().removed);
