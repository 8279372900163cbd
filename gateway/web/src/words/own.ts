// The language that a page brings along, so that nothing has to be fetched first: none. For the phone, the
// build puts another in this place, once for each language.
export const OWN: string = '';
export const OWN_TABLES: Record<string, unknown> = {};
