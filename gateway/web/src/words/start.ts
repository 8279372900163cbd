import { tables } from '../core/language';
import type { StartWords } from './start_en';

export const T = () => tables.value.start as StartWords;
