// What the build puts in.
declare const THEME_NAME: string;
declare const THEME_MARK: string;
declare const WORDS_URLS: Record<string, string>; // by language
declare const PICTURES_URL: string;
declare const MORE_URL: string; // the second file of the phone
declare module '*.css';
