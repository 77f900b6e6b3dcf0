import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EDUCATION_LEVELS,
  ETHNICITIES,
  educationRank,
  HAN,
  POLITICAL_STATUSES,
  SEXES,
  titleOf,
} from './codes.ts'
import { birthOf, checkIdNumber, makeCheckDigit, sexOf } from './idNumber.ts'

const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
const body = fc
  .tuple(fc.integer({ min: 990101, max: 990199 }), day, fc.integer({ min: 1, max: 999 }))
  .map(
    ([district, birth, serial]) =>
      `${district}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`,
  )
const idNumber = body.map((digits) => `${digits}${makeCheckDigit(digits)}`)

describe('checkIdNumber', () => {
  test('the standard example', () => {
    expect(makeCheckDigit('11010519491231002')).toBe('X')
    expect(makeCheckDigit('1101051949123100')).toBeNull()
  })

  test('a well-formed number gives birth and sex, written any way', () => {
    fc.assert(
      fc.property(idNumber, (id) => {
        const fullWidth = [...id].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join('')
        for (const written of [
          id,
          id.toLowerCase(),
          `'${id}`,
          `${id.slice(0, 6)} ${id.slice(6)}`,
          fullWidth,
        ]) {
          expect(checkIdNumber(written)).toEqual({
            ok: true,
            idNumber: id,
            birth: `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`,
            sex: Number(id[16]) % 2 ? 'male' : 'female',
            warnings: [],
          })
        }
      }),
    )
  })

  test('any one digit changed is noticed', () => {
    fc.assert(
      fc.property(idNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const changed = `${id.slice(0, at)}${(Number(id[at]) + by) % 10}${id.slice(at + 1)}`
        const check = checkIdNumber(changed)
        expect(check.ok && check.warnings.length === 0).toBe(false)
      }),
    )
  })

  test('what cannot be taken over is refused with its reason', () => {
    const reason = (raw: string) => {
      const check = checkIdNumber(raw)
      return check.ok ? check.warnings.join() : check.reason
    }
    expect(reason('9.90101E+17')).toBe('digitsLost')
    expect(reason('990101200001011000')).toBe('digitsLost')
    expect(reason('990101200212083500')).toBe('digitsLost')
    expect(reason('9901012000****1234')).toBe('masked')
    expect(reason('99010120000230123X')).toBe('birth')
    expect(reason('99010120000101')).toBe('length')
    expect(reason('无号码')).toBe('characters')
    expect(reason('990101900101123')).toBe('upgradedFrom15')
    expect(birthOf('990101900101123')).toBeNull()
    expect(sexOf('990101199001011234')).toBe('male')
  })
})

describe('code tables', () => {
  test.each([
    ['sex', SEXES],
    ['politics', POLITICAL_STATUSES],
    ['education', EDUCATION_LEVELS],
    ['ethnicity', ETHNICITIES],
  ])('no spelling in %s names two values', (_, options) => {
    const owners = new Map<string, string>()
    for (const one of options) {
      for (const word of new Set([one.title, ...one.synonyms])) {
        expect([word, owners.get(word) ?? one.value]).toEqual([word, one.value])
        owners.set(word, one.value)
      }
    }
  })

  test('fifty-six peoples by their codes, and levels in order', () => {
    expect(ETHNICITIES).toHaveLength(56)
    expect(titleOf(ETHNICITIES, HAN)).toBe('汉族')
    expect(titleOf(ETHNICITIES, '15')).toBe('土家族')
    expect(titleOf(ETHNICITIES, '56')).toBe('基诺族')
    expect(titleOf(ETHNICITIES, '99')).toBe('99')
    expect(educationRank('postgraduate')).toBeGreaterThan(educationRank('bachelor') ?? 99)
    expect(educationRank('doctor')).toBeNull()
  })
})
