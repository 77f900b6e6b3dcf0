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

/** Character for character: places stay what they are. */
const halfWidth = (text: string): string =>
  text.replace(/[０-９Ｘｘ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))

/** Where somebody wrote ID numbers into a text: told from other long numbers by their check character. */
const idNumbersIn = (text: string): number[] =>
  [...halfWidth(text).matchAll(WHOLE)]
    .filter(([found]) => {
      const number = found.toUpperCase()
      return birthOf(number) !== null && makeCheckDigit(number.slice(0, 17)) === number[17]
    })
    .map(({ index }) => index)

export const writesIdNumber = (text: string): boolean => idNumbersIn(text).length > 0

export const withoutIdNumbers = (text: string): string =>
  idNumbersIn(text).reduceRight((rest, at) => `${rest.slice(0, at)}某证件号${rest.slice(at + 18)}`, text)

/** A text of evidence as it is shown; what is kept stays as it is, and so does its digest. */
export const shownText = (text: string): string => text.replace(WRITTEN, `$1${REGISTERED}`)

export const shownCells = (cells: (string | null)[]): (string | null)[] =>
  cells.map((text) => text && shownText(text))
