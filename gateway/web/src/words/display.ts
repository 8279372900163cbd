import { words } from '../core/language';
import type { DisplayWords } from './display_en';

export const D = () => words().display as DisplayWords;
