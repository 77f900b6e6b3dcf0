/** Resident identity numbers, GB 11643-1999: 17 digits and a check character. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** The 18th character for 17 digits; null when they are not 17 digits. */
export function makeCheckDigit(body: string): string | null {
  if (!/^\d{17}$/.test(body)) return null
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  return CHECK_CHARACTERS[sum % 11] ?? null
}

export type IdNumberCheck =
  | {
      ok: true
      /** Eighteen characters, X in capitals. */
      idNumber: string
      birth: string
      sex: 'male' | 'female'
      warnings: ('checkDigit' | 'upgradedFrom15')[]
    }
  | { ok: false; reason: 'length' | 'characters' | 'masked' | 'birth' | 'digitsLost' }

/** Full-width digits, spaces, quotes and a leading apostrophe are cleaned; digits are never guessed. */
function cleanIdNumber(raw: string): string {
  return raw
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000\u00a0\u200b-\u200d\ufeff'"`‘’“”]/g, '')
    .toUpperCase()
}

/** A wrong check digit is a warning, because registers hold such numbers; an impossible birth date is not. */
export function checkIdNumber(raw: string): IdNumberCheck {
  const text = cleanIdNumber(raw)
  if (/^[\d.]+E\+?\d+$/.test(text)) return { ok: false, reason: 'digitsLost' }
  if (/^\d{3,}.*[*＊]{2,}/.test(text)) return { ok: false, reason: 'masked' }
  if (/^\d{15}$/.test(text)) return checkUpgraded(text)
  if (!/^\d+X?$/.test(text)) return { ok: false, reason: 'characters' }
  if (text.length !== 18) return { ok: false, reason: 'length' }
  const expected = makeCheckDigit(text.slice(0, 17))
  // A number keeps 15 to 16 digits of a spreadsheet's text and ends in zeros for the rest.
  if (text.endsWith('00') && expected !== '0') return { ok: false, reason: 'digitsLost' }
  return accept(text, expected === text[17] ? [] : ['checkDigit'])
}

function checkUpgraded(old: string): IdNumberCheck {
  const body = `${old.slice(0, 6)}19${old.slice(6)}`
  return accept(`${body}${makeCheckDigit(body)}`, ['upgradedFrom15'])
}

function accept(idNumber: string, warnings: ('checkDigit' | 'upgradedFrom15')[]): IdNumberCheck {
  const birth = birthOf(idNumber)
  if (birth === null) return { ok: false, reason: 'birth' }
  return { ok: true, idNumber, birth, sex: sexOf(idNumber), warnings }
}

/** 'YYYY-MM-DD', or null when the number holds no real day. */
export function birthOf(idNumber: string): string | null {
  const [, year, month, day] = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(idNumber) ?? []
  if (year === undefined || Number(year) < 1900 || Number(year) > 2100) return null
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const text = `${year}-${month}-${day}`
  return at.toISOString().startsWith(text) ? text : null
}

export const sexOf = (idNumber: string): 'male' | 'female' =>
  Number(idNumber[16]) % 2 === 1 ? 'male' : 'female'
