import { words } from '../core/language';
import type { SharedWords } from './shared_en';

export const S = () => words().shared as SharedWords;
