import { tables } from '../core/language';
import type { SharedWords } from './shared_en';

export const S = () => tables.value.shared as SharedWords;
