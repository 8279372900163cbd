// What the page asks of the server: a check of a run sheet, a room made of it, what can be printed.
import type { Text } from '../core/types';

export interface Problem {
  pointer: string;
  line: number;
  column: number; // in bytes
  text: string;
}

export interface Check {
  problems: Problem[];
  warnings?: Problem[];
  labels?: { activity: string; label: string; text: Text }[];
}

export interface Made {
  room: string;
  code: string;
  links: Record<string, string>;
}

// An answer, or why there is none: `text` is the server's own sentence, empty if it was not heard.
export type Answer<T> = { status: number; body: T } | { status: number; text: string };
export const failed = <T>(answer: Answer<T>): answer is { status: number; text: string } => 'text' in answer;

async function ask<T>(path: string, token: string, good: number[], body?: string, signal?: AbortSignal): Promise<Answer<T>> {
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`/api/v1/${path}`, body === undefined ? { headers, signal } : { method: 'POST', headers, body, signal });
    const said = await answer.json();
    if (good.includes(answer.status)) return { status: answer.status, body: said as T };
    return { status: answer.status, text: String(said.text || '') };
  } catch {
    return { status: 0, text: '' };
  }
}

export const checkSheet = (text: string, token: string, signal: AbortSignal) => ask<Check>('check', token, [200], text, signal);

// 422: the problems, as in a check.
export const makeRoom = (text: string, token: string) => ask<Made & Partial<Check>>('rooms', token, [201, 422], text);

export interface Offer {
  expected_people: number;
  documents: string[];
}
export const printOffer = (room: string, token: string) => ask<Offer>(`rooms/${room}/print`, token, [200]);

// One document, to be kept as a file: it has its own style sheet, which this page's policy would stop.
export async function printed(room: string, token: string, document: string): Promise<Blob | undefined> {
  try {
    const answer = await fetch(`/api/v1/rooms/${room}/print/${document}`, { headers: { Authorization: `Bearer ${token}` } });
    return answer.ok ? await answer.blob() : undefined;
  } catch {
    return undefined;
  }
}
