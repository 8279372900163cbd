import { tables } from '../core/language';
import type { PresenterWords } from './presenter_en';

export const F = () => tables.value.presenter as PresenterWords;
