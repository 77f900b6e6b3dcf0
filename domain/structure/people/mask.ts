/** What is shown of an ID or phone number: decided here and nowhere else (decision 0027). Browser-safe. */
import { birthOf, makeCheckDigit } from './idNumber.ts'

/** Stands where a number is registered and no digit of it is shown. */
export const REGISTERED = '已登记'

/**
 * No digit: whoever reads a mask reads the birth date and the county as well, and beside them seven digits of an ID
 * number give away the others.
 */
export const shownIdNumber = (_idNumber: string): string => REGISTERED

/** The last two digits, as many stars for every number: enough to tell two apart, not enough to try the others. */
export const shownPhone = (phone: string): string => `*********${phone.slice(-2)}`

export const isMask = (text: string): boolean => text === REGISTERED || /^\*{4,}\d{2}$/.test(text)

/** Two that differ and look alike say so. */
export const apart = (one: string | null, other: string | null): string | null =>
  one !== null && one === other ? `${other}（与另一个不同）` : other

/** An ID number written in a text, or one that an earlier release showed in part. */
const WRITTEN =
  /(^|[^\d*])(\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{3}\*{4,}[\dXx]{4})(?!\d)/g

const WHOLE = /(?<!\d)\d{17}[\dX](?!\d)/gi
/** What people put between the digits of a number, and what hides there. */
const BETWEEN = /[\s.\-_·—–\u200b-\u200d\u2060\ufeff]/

interface Place {
  from: number
  to: number
}

/**
 * Where somebody wrote ID numbers into a text, full-width or with something between the digits: told from other long
 * numbers by their check character. Fifteen digits have none, and are left alone.
 */
function idNumbersIn(text: string): Place[] {
  const plain = text.replace(/[０-９Ｘｘ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
  const kept = Array.from({ length: plain.length }, (_, at) => at).filter(
    (at) => !BETWEEN.test(plain.charAt(at)),
  )
  const bare = kept.map((at) => plain[at]).join('')
  const places = (within: string, at: (index: number) => number): Place[] =>
    [...within.matchAll(WHOLE)].flatMap(({ 0: found, index }) => {
      const number = found.toUpperCase()
      const right = birthOf(number) !== null && makeCheckDigit(number.slice(0, 17)) === number[17]
      return right ? [{ from: at(index), to: at(index + 17) + 1 }] : []
    })
  const asWritten = places(plain, (index) => index)
  const others = places(bare, (index) => kept[index] ?? 0).filter(
    (one) => !asWritten.some((other) => one.from < other.to && other.from < one.to),
  )
  return [...asWritten, ...others].sort((one, other) => one.from - other.from)
}

export const writesIdNumber = (text: string): boolean => idNumbersIn(text).length > 0

export const withoutIdNumbers = (text: string): string =>
  idNumbersIn(text).reduceRight(
    (rest, { from, to }) => `${rest.slice(0, from)}某证件号${rest.slice(to)}`,
    text,
  )

/** A text of evidence as it is shown; what is kept stays as it is, and so does its digest. */
export const shownText = (text: string): string => text.replace(WRITTEN, `$1${REGISTERED}`)

export const shownCells = (cells: (string | null)[]): (string | null)[] =>
  cells.map((text) => text && shownText(text))
