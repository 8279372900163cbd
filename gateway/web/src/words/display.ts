import { tables } from '../core/language';
import type { DisplayWords } from './display_en';

export const D = () => tables.value.display as DisplayWords;
