import { tables } from '../core/language';
import type { PhoneWords } from './phone_en';

export const P = () => tables.value.phone as PhoneWords;
