import { words } from '../core/language';
import type { StartWords } from './start_en';

export const T = () => words().start as StartWords;
