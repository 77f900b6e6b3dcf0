/** Marks of the four heading levels: 一、 （一） 1. （1）. Typed text, because people cut and paste paragraphs. */

import { chineseNumeral } from '../../indicators/wording.ts'

export type Level = 1 | 2 | 3 | 4

export function markOf(level: Level, n: number): string {
  if (level === 1) return `${chineseNumeral(n)}、`
  if (level === 2) return `（${chineseNumeral(n)}）`
  return level === 3 ? `${n}.` : `（${n}）`
}

const TYPED_MARK =
  /^\s*(?:[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)]、?|\d{1,2}(?:、|[.．](?!\d)))\s*/

/** A heading without a mark that somebody typed before it, and without a full stop at its end. */
export const withoutMark = (heading: string): string =>
  heading.replace(TYPED_MARK, '').replace(/[。．；;]\s*$/, '')
