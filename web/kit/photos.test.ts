import { expect, test } from 'vitest'
import { isHeic, isPicture } from './photos.ts'

const named = (name: string, type = '') => new File(['x'], name, { type })

test('a HEIC picture is known by its name where the system does not know its type', () => {
  for (const file of [
    named('IMG_1.HEIC'),
    named('a.heif'),
    named('a', 'image/heic'),
    named('a', 'image/heif'),
  ]) {
    expect(isPicture(file)).toBe(true)
    expect(isHeic(file)).toBe(true)
  }
  expect(isPicture(named('a.jpg', 'image/jpeg'))).toBe(true)
  for (const file of [named('a.jpg', 'image/jpeg'), named('heic.pdf', 'application/pdf')])
    expect(isHeic(file)).toBe(false)
  expect(isPicture(named('名单.xlsx'))).toBe(false)
})
